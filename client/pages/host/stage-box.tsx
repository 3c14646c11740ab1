import { useEffect, useRef, useState } from 'preact/hooks'
import { Button, Icon, PacketGlyph, Stage, clockText } from '../../components/index.ts'
import type { LobbyView } from '../../link/connect.ts'
import type { Look } from '../../model/above.ts'
import { offsetText } from '../../model/above-clocks.ts'
import type { ClusterSeen } from '../../model/cockpit.ts'
import { play } from '../../sound/index.ts'
import type { Spot, StageScene } from '../../stage/scene.ts'
import { texts } from '../../texts/cockpit.ts'
import { aim, startFault } from './chaos.ts'
import { CutBar } from './cut-bar.tsx'
import { NodeMenu } from './node-menu.tsx'
import type { MenuAt } from './node-menu.tsx'
import { clockOf, knownTo, lookEveryMs, seeAs, seeing, seenScene } from './see-as.ts'
import type { Eyes } from './see-as.ts'
import { followTime } from './session.ts'
import type { InRound, Session } from './session.ts'
import { theme } from './theme.ts'

/** A stage lower than this, in px, has room for one line below a node. */
const stageHeightShort = 440
/** Room that the node menu takes, in px. */
const menuWidthPx = 452, menuOffPx = 44

/** Whether a cut is being drawn, and how it was begun. */
export type Cutting = 'pointer' | 'keyboard' | null
export interface StageBoxProps extends InRound { cluster: ClusterSeen; cutting: Cutting; setCutting: (cutting: Cutting) => void; menu: MenuAt | null; setMenu: (menu: MenuAt | null) => void }

/** The chosen cluster as it really is, or as one of its nodes knows it. */
export function StageBox({ session, lobby, cluster, cutting, setCutting, menu, setMenu }: StageBoxProps) {
  const box = useRef<HTMLDivElement>(null), look = useRef<{ key: string; look: Look }>({ key: '', look: {} })
  const seats = lobby.clusters[cluster.cluster]?.seats ?? [], short = useShort(box)
  const eyes = seeing.value?.cluster === cluster.cluster ? seeing.value : null
  const key = JSON.stringify([cluster.cluster, seats, menu?.node ?? null, lobby.paused, short])
  if (look.current.key !== key) look.current = { key, look: { ...lookAt(seats, menu?.node ?? null, lobby.paused, cluster), short } }
  useLooking(session, eyes)
  useTearing(session, cluster)
  const sceneNow = (): StageScene => {
    const nowMs = cluster.clock.at(performance.now()), mission = session.scenario(), known = eyes === null ? null : knownTo(eyes)
    return eyes !== null && known !== null && mission !== null ? seenScene(cluster, eyes, known, mission, nowMs, (node) => seats.find((one) => one.node === node)?.playedBy !== 'student')
      : { ...cluster.above.sceneAt(nowMs, cluster.badges, look.current.look), aim: aim.peek() }
  }
  const cut = (side: readonly string[]): void => { setCutting(null); void startFault(session, 'partition', { side: [...side] }) }
  return (
    <div class="stage-box" ref={box} onPointerDownCapture={(event) => { if (event.target instanceof Element && event.target.closest('.node-menu') === null) setMenu(null) }}>
      <Stage theme={theme.value} label={eyes === null ? texts.stage.truth(cluster.name) : texts.eyes.seen(eyes.node)} cutDrawing={cutting !== null} scene={sceneNow}
        onPick={(node, spot) => setMenu(menu?.node === node ? null : besideNode(node, spot, box.current))}
        onDrawCut={(sides) => cut(sides[0].length <= sides[1].length ? sides[0] : sides[1])} />
      {eyes !== null && <i class="stage-veil" key={eyes.node} />}
      <div class="stage-head"><div class="stage-left"><Clock cluster={cluster} eyes={eyes} />{eyes === null ? <span>{texts.stage.truth(cluster.name)}</span>
        : <b class="stage-eyes" role="status">{knownTo(eyes) === null ? texts.eyes.waiting(eyes.node) : texts.eyes.seen(eyes.node)}<small>{texts.eyes.words(eyes.node)}</small></b>}{lobby.paused && <b>{texts.stage.paused}</b>}</div>
      <div class="stage-right"><Button icon="cut" pressed={cutting !== null} onClick={() => { setMenu(null); setCutting(cutting === null ? 'pointer' : null) }}>{cutting === null ? texts.cut.button : texts.cut.now}</Button><SeeAs cluster={cluster} eyes={eyes} /></div></div>
      {cutting !== null ? <CutBar cluster={cluster} clusters={session.cockpit.value?.clusters.length ?? 1} byKeyboard={cutting === 'keyboard'} onCut={cut} />
        : <div class="stage-foot"><span class="stage-keys">{texts.stage.keys}</span><Legend /></div>}
      {menu !== null && <NodeMenu key={menu.node} session={session} cluster={cluster} at={menu} seat={seats.find((one) => one.node === menu.node) ?? null} onDone={() => setMenu(null)} />}
    </div>
  )
}

/** Whether the stage has room for one line below a node only. */
function useShort(box: { current: HTMLDivElement | null }): boolean {
  const [short, setShort] = useState(false)
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const observer = new ResizeObserver(() => setShort(element.clientHeight < stageHeightShort))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return short
}

/** Asks the room again and again what the node knows. */
function useLooking(session: Session, eyes: Eyes | null): void {
  useEffect(() => {
    if (eyes === null) return
    const look = (): void => session.link.look(eyes.cluster, eyes.seat)
    look()
    const timer = setInterval(look, lookEveryMs)
    return () => clearInterval(timer)
  }, [eyes?.cluster, eyes?.seat])
}

/** A cut that opens on the stage is heard. */
function useTearing(session: Session, cluster: ClusterSeen): void {
  followTime(session)
  const cuts = cluster.above.cutSpans.length, heard = useRef({ cluster, cuts })
  useEffect(() => {
    if (heard.current.cluster === cluster && cuts > heard.current.cuts) play('tear')
    heard.current = { cluster, cuts }
  }, [cluster, cuts])
}

/** Where a node's menu stands: beside the node, not on it. */
function besideNode(node: string, spot: Spot | null, box: HTMLElement | null): MenuAt {
  const width = box?.clientWidth ?? 0, { x, y } = spot ?? { x: 0, y: 0 }
  const fits = x + menuOffPx + menuWidthPx <= width
  return { node, x: fits ? x + menuOffPx : x - menuOffPx - menuWidthPx, y }
}

/** Whose eyes to look through: the truth, or a node. */
function SeeAs({ cluster, eyes }: { cluster: ClusterSeen; eyes: Eyes | null }) {
  return (
    <label class="see-as"><Icon name="eye" sizePx={18} /><span class="sr-only">{texts.eyes.button}</span>
      <select value={eyes?.node ?? ''} onChange={(event) => seeAs(cluster, event.currentTarget.value)}>
        <option value="">{eyes === null ? texts.eyes.button : texts.eyes.truth}</option>{cluster.nodes.map((node) => <option key={node} value={node}>{texts.eyes.as(node)}</option>)}</select></label>
  )
}

function Legend() {
  return <span class="stage-legend">{(['beat', 'ask', 'answer'] as const).map((family) => <span key={family}><PacketGlyph family={family} letter="" sizePx={14} />{texts.stage[family]}</span>)}<span><Icon name="bot" sizePx={14} />{texts.stage.bot}</span></span>
}

function lookAt(seats: LobbyView['clusters'][number]['seats'], selected: string | null, still: boolean, cluster: ClusterSeen): Look {
  return {
    selected, still,
    names: (seat) => seats[seat]?.name || null,
    students: (seat) => seats[seat]?.playedBy === 'student',
    note: (seat, nowMs) => {
      const node = cluster.nodes[seat] ?? ''
      return texts.stage.clock(offsetText(cluster.above.offsetMs(node, nowMs)), cluster.above.bentMs(node, nowMs) !== 0)
    },
  }
}

/** True time, or the node's own, in tenths. It writes into the page by itself: nothing else need be drawn for it. */
function Clock({ cluster, eyes }: { cluster: ClusterSeen; eyes: Eyes | null }) {
  const place = useRef<HTMLTimeElement>(null)
  useEffect(() => {
    const write = (): void => {
      const nowMs = cluster.clock.at(performance.now()), known = eyes === null ? null : knownTo(eyes)
      if (place.current) place.current.textContent = clockText(eyes !== null && known !== null ? clockOf(cluster, eyes, known, nowMs) : nowMs, true)
    }
    write()
    const timer = setInterval(write, 100)
    return () => clearInterval(timer)
  }, [cluster, eyes])
  return <time class="mono stage-clock" ref={place} />
}
