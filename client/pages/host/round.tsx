import { useEffect, useRef, useState } from 'preact/hooks'
import { SPEEDS } from '../../../shared/wire/messages.ts'
import { Button, Icon, PacketGlyph, QrCode, Segmented, Stage, Wordmark, clockText, spaced } from '../../components/index.ts'
import { joinUrl } from '../../link/origins.ts'
import { elapsedAt } from '../../link/connect.ts'
import type { LobbyView } from '../../link/connect.ts'
import type { Look } from '../../model/above.ts'
import { offsetText } from '../../model/above-clocks.ts'
import type { ClusterSeen } from '../../model/cockpit.ts'
import type { StageScene } from '../../stage/scene.ts'
import { texts as cockpitTexts } from '../../texts/cockpit.ts'
import { texts as directTexts } from '../../texts/direct.ts'
import { texts } from '../../texts/host.ts'
import { aim, chooseFault, everywhere, startFault } from './chaos.ts'
import { ActiveFaults } from './faults-active.tsx'
import { Judge } from './judge.tsx'
import { useKeys } from './keys.ts'
import { Metrics } from './metrics.tsx'
import { NodeMenu } from './node-menu.tsx'
import type { MenuAt } from './node-menu.tsx'
import { Palette } from './palette.tsx'
import { lookEveryMs, seeing, seenScene } from './see-as.ts'
import { followTime, selectedCluster } from './session.ts'
import type { Session } from './session.ts'
import { theme } from './theme.ts'
import { Tiles } from './tiles.tsx'

export interface InRound { session: Session; lobby: LobbyView }

/** The cockpit while a round runs or stands. */
export function Round({ session, lobby }: InRound) {
  const [cutting, setCutting] = useState(false)
  const [menu, setMenu] = useState<MenuAt | null>(null)
  const seen = session.cockpit.value
  const cluster = selectedCluster(session)
  const select = (index: number): void => { if (index < (seen?.clusters.length ?? 0)) { session.selected.value = index; setMenu(null) } }
  useKeys({
    pause: () => { void session.command({ kind: lobby.paused ? 'resume' : 'pause' }) },
    step: () => { if (lobby.paused) step(session) },
    select,
    people: () => { session.sheet.value = 'people' },
    ask: () => { session.sheet.value = 'ask' },
    cut: () => setCutting((on) => !on),
    escape: () => { setCutting(false); seeing.value = null; setMenu(null); chooseFault(null) },
  })
  return (
    <div class="cockpit">
      <Bar session={session} lobby={lobby} />
      <section class="cockpit-chaos" aria-label="Chaos">
        <Palette session={session} cluster={cluster} />
        <ActiveFaults session={session} />
      </section>
      <main class="cockpit-middle">
        <Tiles session={session} lobby={lobby} onSelect={select} />
        {cluster === null ? <div class="stage-box" /> : <StageBox session={session} lobby={lobby} cluster={cluster} cutting={cutting} setCutting={setCutting} menu={menu} setMenu={setMenu} />}
        {cluster !== null && <Metrics session={session} lobby={lobby} cluster={cluster} />}
      </main>
      <Judge session={session} lobby={lobby} cluster={cluster} />
    </div>
  )
}

function Bar({ session, lobby }: InRound) {
  const bots = lobby.clusters.flatMap((cluster) => cluster.seats).filter((seat) => seat.playedBy !== 'student').length
  return (
    <header class="cockpit-bar"><Wordmark />
      <button type="button" class="bar-code" onClick={() => { session.sheet.value = 'share' }}><QrCode text={joinUrl(lobby.code)} sizePx={42} label={directTexts.share.button} /><span><small>class code</small><b class="mono">{spaced(lobby.code)}</b></span></button>
      <button type="button" class="bar-lines" onClick={() => { session.sheet.value = 'people' }}><span><b>{directTexts.people.button(lobby.here)}</b></span><span>{directTexts.people.bots(bots)}</span></button>
      <span class="bar-right"><TimeLeft session={session} lobby={lobby} />
        <Segmented label="Speed" value={lobby.speed} onChange={(speed) => { void session.command({ kind: 'speed', speed }) }} options={SPEEDS.map((value) => ({ value, label: `${value}x` }))} />
        <Button icon="step" refusal={lobby.paused ? null : 'Pause first, then step.'} onClick={() => step(session)}>Step</Button>
        <Button icon={lobby.paused ? 'play' : 'pause'} pressed={lobby.paused} onClick={() => { void session.command({ kind: lobby.paused ? 'resume' : 'pause' }) }}>{lobby.paused ? 'Go on' : 'Pause all'}</Button>
        <EndRound session={session} />
        <Button kind="halt" icon="halt" onClick={() => { void session.command({ kind: 'halt', cluster: null }) }}>Halt chaos</Button></span>
    </header>
  )
}

/** To the next event of the cluster on the stage; the others come along. */
function step(session: Session): void {
  void session.command({ kind: 'step', cluster: selectedCluster(session)?.cluster ?? null })
}

function EndRound({ session }: { session: Session }) {
  const [sure, setSure] = useState(false)
  useEffect(() => {
    if (!sure) return
    const timer = setTimeout(() => setSure(false), 4_000)
    return () => clearTimeout(timer)
  }, [sure])
  return <Button icon="flag" onClick={() => { if (sure) void session.command({ kind: 'end' }); else setSure(true) }}>{sure ? 'Really end' : 'End'}</Button>
}

function TimeLeft({ session, lobby }: InRound) {
  followTime(session)
  return <span class="bar-lines bar-time"><span>{session.scenario()?.title ?? ''} round {lobby.round}</span><span><b>{clockText(lobby.durationMs - elapsedAt(lobby, performance.now()))}</b> left</span></span>
}

/** A stage lower than this, in px, has room for one line below a node. */
const stageHeightShort = 440
/** Room that the node menu takes, in px. */
const menuWidthPx = 452, menuHeightPx = 356, menuOffPx = 44

interface StageBoxProps extends InRound { cluster: ClusterSeen; cutting: boolean; setCutting: (on: boolean) => void; menu: MenuAt | null; setMenu: (menu: MenuAt | null) => void }

/** The chosen cluster as it really is. */
function StageBox({ session, lobby, cluster, cutting, setCutting, menu, setMenu }: StageBoxProps) {
  const box = useRef<HTMLDivElement>(null)
  const pointer = useRef({ x: 0, y: 0 })
  const look = useRef<{ key: string; look: Look }>({ key: '', look: {} })
  const seats = lobby.clusters[cluster.cluster]?.seats ?? []
  const [short, setShort] = useState(false)
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const observer = new ResizeObserver(() => setShort(element.clientHeight < stageHeightShort))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const key = JSON.stringify([cluster.cluster, seats, menu?.node ?? null, lobby.paused, short])
  if (look.current.key !== key) look.current = { key, look: { ...lookAt(seats, menu?.node ?? null, lobby.paused, cluster), short } }
  const eyes = seeing.value !== null && seeing.value.cluster === cluster.cluster ? seeing.value : null
  useEffect(() => {
    if (eyes === null) return
    const look = (): void => session.link.look(eyes.cluster, eyes.seat)
    look()
    const timer = setInterval(look, lookEveryMs)
    return () => clearInterval(timer)
  }, [eyes?.cluster, eyes?.seat])
  const seenNow = (): StageScene | null => {
    const mission = session.scenario()
    return eyes === null || mission === null ? null : seenScene(mission, lobby.paused ? 0 : lobby.speed, performance.now(), (node) => seats.find((one) => one.node === node)?.playedBy !== 'student')
  }
  const menuAt = (node: string): MenuAt => {
    const size = box.current?.getBoundingClientRect()
    const { x, y } = pointer.current, fits = x + menuOffPx + menuWidthPx <= (size?.width ?? 0)
    // Beside the node, not on it.
    return { node, x: fits ? x + menuOffPx : x - menuOffPx - menuWidthPx, y: Math.max(0, Math.min(y, (size?.height ?? 0) - menuHeightPx)) }
  }
  return (
    <div class="stage-box" ref={box} onPointerDownCapture={(event) => {
      const size = box.current?.getBoundingClientRect()
      if (size) pointer.current = { x: event.clientX - size.left, y: event.clientY - size.top }
      if (event.target instanceof Element && event.target.closest('.node-menu') === null) setMenu(null)
    }}>
      <Stage theme={theme.value} label={`${cluster.name}, as it really is`} cutDrawing={cutting}
        scene={() => seenNow() ?? ({ ...cluster.above.sceneAt(cluster.clock.at(performance.now()), cluster.badges, look.current.look), aim: aim.peek() })}
        onPick={(node) => setMenu(menu?.node === node ? null : menuAt(node))}
        onDrawCut={(sides) => { setCutting(false); void startFault(session, 'partition', { side: sides[0].length <= sides[1].length ? sides[0] : sides[1] }) }} />
      <div class="stage-left"><Clock session={session} cluster={cluster} />{eyes === null ? <span>{cluster.name}, as it really is</span> : <b class="stage-eyes" role="status">{cockpitTexts.seenAs(eyes.node)}<small>{cockpitTexts.seeAsWords}</small></b>}{lobby.paused && <b>{texts.paused}</b>}</div>
      <div class="stage-see"><SeeAs cluster={cluster} /></div>
      <div class="stage-right"><Button icon="cut" pressed={cutting} onClick={() => { setMenu(null); setCutting(!cutting) }}>{cutting ? 'Draw it now' : 'Draw a cut'}</Button></div>
      {cutting ? <p class="stage-hint" role="status">{everywhere.value && (session.cockpit.value?.clusters.length ?? 1) > 1 ? texts.round.cuttingAll : texts.round.cutting}</p> : <p class="stage-keys">{texts.round.keys}</p>}
      {menu !== null && <NodeMenu key={menu.node} session={session} cluster={cluster} at={menu} seat={seats.find((one) => one.node === menu.node) ?? null} onDone={() => setMenu(null)} />}
      <div class="stage-legend"><span><PacketGlyph family="beat" letter="" sizePx={14} />beat</span><span><PacketGlyph family="ask" letter="" sizePx={14} />ask</span><span><PacketGlyph family="answer" letter="" sizePx={14} />answer</span><span><Icon name="bot" sizePx={14} />bot</span></div>
    </div>
  )
}

/** Whose eyes to look through: the truth, or a node. */
function SeeAs({ cluster }: { cluster: ClusterSeen }) {
  const eyes = seeing.value !== null && seeing.value.cluster === cluster.cluster ? seeing.value : null
  return (
    <label class="see-as"><Icon name="eye" sizePx={18} /><span class="sr-only">{cockpitTexts.seeAs('...')}</span>
      <select value={eyes?.node ?? ''} onChange={(event) => {
        const seat = cluster.nodes.indexOf(event.currentTarget.value)
        seeing.value = seat < 0 ? null : { cluster: cluster.cluster, seat, node: event.currentTarget.value }
      }}><option value="">{cockpitTexts.seeTruth}</option>{cluster.nodes.map((node) => <option key={node} value={node}>{cockpitTexts.seeAs(node)}</option>)}</select></label>
  )
}

function lookAt(seats: LobbyView['clusters'][number]['seats'], selected: string | null, still: boolean, cluster: ClusterSeen): Look {
  return {
    selected, still,
    names: (seat) => seats[seat]?.name || null,
    students: (seat) => seats[seat]?.playedBy === 'student',
    note: (seat, nowMs) => {
      const node = cluster.nodes[seat] ?? ''
      return `clock ${offsetText(cluster.above.offsetMs(node, nowMs))}${cluster.above.bentMs(node, nowMs) === 0 ? '' : ', bent'}`
    },
  }
}

/** True time, in tenths. It writes into the page by itself: nothing else need be drawn for it. */
function Clock({ session, cluster }: { session: Session; cluster: ClusterSeen }) {
  const place = useRef<HTMLTimeElement>(null)
  useEffect(() => {
    const write = (): void => { if (place.current) place.current.textContent = clockText(cluster.clock.at(performance.now()), true) }
    write()
    const timer = setInterval(write, 100)
    return () => clearInterval(timer)
  }, [session, cluster])
  return <time class="mono stage-clock" ref={place} />
}
