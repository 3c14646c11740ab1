import { useEffect, useState } from 'preact/hooks'
import { speedsAt } from '../../../shared/wire/messages.ts'
import { Button, Icon, QrCode, Segmented, Wordmark, clockText, spaced } from '../../components/index.ts'
import { elapsedAt } from '../../link/connect.ts'
import { joinUrl } from '../../link/origins.ts'
import { soundOn, toggleSound } from '../../sound/index.ts'
import { texts as all } from '../../texts/cockpit.ts'
import { texts as directTexts } from '../../texts/direct.ts'
import { followTime, selectedCluster } from './session.ts'
import type { InRound, Session } from './session.ts'

const texts = all.bar

/** The bar of real things: the class, its time, and what holds for all clusters at once. */
export function Bar({ session, lobby }: InRound) {
  const bots = lobby.clusters.flatMap((cluster) => cluster.seats).filter((seat) => seat.playedBy !== 'student').length
  const sound = soundOn.value ? texts.soundOff : texts.soundOn
  return (
    <header class="cockpit-bar"><Wordmark />
      <h1 class="sr-only">{texts.round(session.scenario()?.title ?? '', lobby.round)}</h1>
      <button type="button" class="bar-code" onClick={() => { session.sheet.value = 'share' }}><QrCode text={joinUrl(lobby.code)} sizePx={42} label={directTexts.share.button} /><span><small>{texts.code}</small><b class="mono">{spaced(lobby.code)}</b></span></button>
      <button type="button" class="bar-lines" onClick={() => { session.sheet.value = 'people' }}><span><b>{directTexts.people.button(lobby.here)}</b></span><span>{directTexts.people.bots(bots)}</span></button>
      <span class="bar-right"><button type="button" class="bar-sound" aria-pressed={soundOn.value} aria-label={sound} title={sound} onClick={toggleSound}><Icon name={soundOn.value ? 'sound' : 'mute'} /></button>
        <TimeLeft session={session} lobby={lobby} />
        <Segmented label={texts.speed} value={lobby.speed} onChange={(speed) => { void session.command({ kind: 'speed', speed }) }} options={speedsAt(lobby.level).map((value) => ({ value, label: `${value}x` }))} />
        <Button icon="step" refusal={lobby.paused ? null : texts.stepRefused} onClick={() => step(session)}>{texts.step}</Button>
        <Button icon={lobby.paused ? 'play' : 'pause'} pressed={lobby.paused} onClick={() => { void session.command({ kind: lobby.paused ? 'resume' : 'pause' }) }}>{lobby.paused ? texts.goOn : texts.pause}</Button>
        <EndRound session={session} />
        <Button kind="halt" icon="halt" onClick={() => { void session.command({ kind: 'halt', cluster: null }) }}>{texts.halt}</Button></span>
    </header>
  )
}

/** To the next event of the cluster on the stage; the others come along. */
export function step(session: Session): void {
  void session.command({ kind: 'step', cluster: selectedCluster(session)?.cluster ?? null })
}

function EndRound({ session }: { session: Session }) {
  const [sure, setSure] = useState(false)
  useEffect(() => {
    if (!sure) return
    const timer = setTimeout(() => setSure(false), 4_000)
    return () => clearTimeout(timer)
  }, [sure])
  return <Button icon="flag" onClick={() => { if (sure) void session.command({ kind: 'end' }); else setSure(true) }}>{sure ? texts.reallyEnd : texts.end}</Button>
}

function TimeLeft({ session, lobby }: InRound) {
  followTime(session)
  return <span class="bar-lines bar-time"><span>{texts.round(session.scenario()?.title ?? '', lobby.round)}</span><span><b>{clockText(lobby.durationMs - elapsedAt(lobby, performance.now()))}</b> {texts.left}</span></span>
}
