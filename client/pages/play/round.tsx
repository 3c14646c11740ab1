import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { CLOCK_OFFSET_MS_MAX, CLOCK_START_MS } from '../../../shared/sim/limits.ts'
import { elapsedAt } from '../../link/connect.ts'
import type { LobbyView } from '../../link/connect.ts'
import { Icon } from '../../components/icon.tsx'
import { ClockDigits, Plate, clockText } from '../../components/panels.tsx'
import { Stage } from '../../components/stage.tsx'
import { KEYS_MAX, deskOf, emptyDesk } from '../../model/choices.ts'
import type { Desk } from '../../model/choices.ts'
import { alarmWatch } from '../../model/alarms.ts'
import { sceneOf } from '../../model/student-scene.ts'
import type { Seat } from '../../model/student.ts'
import type { StageScene } from '../../stage/scene.ts'
import { texts } from '../../texts/play.ts'
import { Crashed } from './crashed.tsx'
import { Dock } from './dock.tsx'
import type { Game } from './game.ts'
import { Inbox } from './inbox.tsx'
import { QuestionSheet, pressAnswer } from './question.tsx'
import { Requests } from './requests.tsx'
import { RuleSheet } from './rule-card.tsx'
import { Scores } from './scores.tsx'
import { useSounds } from './sounds.ts'
import { useTick } from './tick.ts'
import { LostBanner, Top } from './top.tsx'
import { isAsked } from '../../model/asked.ts'

const panelsEveryMs = 250, clockEveryMs = 100, timerEveryMs = 500

function Timer({ lobby }: { lobby: LobbyView }) {
  useTick(timerEveryMs)
  return <span class="round-timer"><b>{clockText(lobby.durationMs - elapsedAt(lobby, performance.now()))}</b> {texts.left}</span>
}

function OwnClock({ game }: { game: Game }) {
  useTick(clockEveryMs)
  return <div class="own-clock"><ClockDigits valueMs={game.student.clockMs()} note={<>{texts.yourClock(CLOCK_START_MS)}<br />{texts.clockNote(CLOCK_OFFSET_MS_MAX)}</>} /></div>
}

/** Keys that a hand finds without looking: figures act, ? opens the rules. Letters typed into a field are no commands. */
function useKeys(game: Game, desk: Desk, openRules: () => void): void {
  useEffect(() => {
    const down = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || document.querySelector('dialog[open]') !== null) return
      if (event.target instanceof HTMLInputElement && event.target.type !== 'range') return
      if (event.key === 'Escape') return game.hands.cancel()
      if (event.key === '?') return openRules()
      // By place as well as by character: on a French keyboard the figures want Shift.
      const figure = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1] ?? (/^[1-9]$/.test(event.key) ? event.key : undefined)
      if (figure === undefined || Number(figure) > KEYS_MAX) return
      // While a question is open the figures answer it: the world stands still.
      if (game.student.question.value?.open === true) { event.preventDefault(); return pressAnswer(Number(figure)) }
      event.preventDefault()
      if (desk.dials.length > 0) document.querySelector<HTMLElement>(`.dials [aria-keyshortcuts="${figure}"]`)?.focus()
      else game.hands.pressNumber(desk, Number(figure))
    }
    addEventListener('keydown', down)
    return () => removeEventListener('keydown', down)
  }, [game, desk, openRules])
}

/** One thing that is said once, for as long as it takes to read. */
function SaidLine({ game }: { game: Game }) {
  const said = game.student.said.value
  const [gone, setGone] = useState<number | null>(null)
  useEffect(() => {
    if (said === null) return
    const timer = setTimeout(() => setGone(said.key), 2_500 + said.text.length * 60)
    return () => clearTimeout(timer)
  }, [said])
  const shown = said !== null && said.key !== gone
  return <p class={shown ? `said said-${said.kind}` : 'said'} role="status">{shown && said.text}</p>
}

/** What the instructor says, in their own words, until it is put away. */
function ToldLine({ game }: { game: Game }) {
  const { told } = game.student
  return <div class="told" role="status">{told.value !== null && <p><Icon name="people" /><span><small>{texts.instructorSays}</small>{told.value.text}</span>
    <button type="button" class="sheet-close" aria-label={texts.putAway} onClick={() => { told.value = null }}><Icon name="cross" /></button></p>}</div>
}

/** `tools`: in the bar, of a page that plays alone; `coach`: lies over the stage, for who plays for the first time. */
interface RoundProps { game: Game; lobby: LobbyView; seat: Seat; tools?: ComponentChildren; coach?: ComponentChildren }

/** The student's screen: left peers, right customers, in the middle what is believed, below what may be done unasked. */
export function Round({ game, lobby, seat, tools = null, coach = null }: RoundProps) {
  useTick(panelsEveryMs)
  const [rulesOpen, setRulesOpen] = useState(false)
  const { student, hands } = game
  const self = { ...seat.self, clockMs: student.clockMs() }
  const crashed = student.crash.value !== null
  const desk = crashed ? emptyDesk(seat.scenario.view(seat.self)) : deskOf(seat.scenario, self, seat.level, hands.picked.value, hands.target.value)
  useEffect(() => hands.see(desk))
  const alarms = useMemo(alarmWatch, [])
  useSounds(game, desk, self.clockMs, seat.level)
  const openRules = useMemo(() => () => setRulesOpen(true), [])
  useKeys(game, desk, openRules)

  const scene = (): StageScene => {
    const clockMs = student.clockMs(), now = student.seat.value ?? seat
    return sceneOf(now.self.id, now.self.peers, now.scenario.view({ ...now.self, clockMs }), {
      clockMs, shownMs: student.shownMs(), flights: student.flights(), frozen: student.frozen.value, crashed: student.crash.value !== null,
      picked: hands.target.value, alarms: alarms(now.scenario, { ...now.self, clockMs }, clockMs), isBot: id => game.place.value?.seats.find(each => each.node === id)?.playedBy === 'bot',
    })
  }

  return (
    <div class={crashed ? 'play play-round is-crashed' : 'play play-round'}>
      <Top game={game}>
        <b>{seat.scenario.title}</b>{!game.alone && <span class="wide-only">{texts.round(lobby.round)}</span>}{coach === null && <Timer lobby={lobby} />}
        {game.place.value !== null && !game.alone && <span class="wide-only">{texts.cluster(game.place.value.cluster)}</span>}
        {student.score.value !== null && <Scores score={student.score.value} asked={isAsked(seat.scenario, seat.self.peers.length + 1)} />}
        {lobby.paused && !game.alone && student.question.value === null && <span class="stopped" role="status">{texts.stopped}</span>}{tools}
      </Top>
      <h1 class="sr-only">{texts.youAre(seat.self.id)}</h1>
      <div class="round">
        <Inbox game={game} desk={desk} scenario={seat.scenario} clockMs={self.clockMs} onRules={openRules} />
        <main class="centre">
          <div class="world">
            <Stage scene={scene} theme={game.theme.value} label={texts.stage(seat.self.id)} onPick={id => { if (id !== seat.self.id) hands.aim(id) }} />
            {crashed ? <Crashed game={game} speed={lobby.paused ? 0 : lobby.speed} /> : <OwnClock game={game} />}
            <SaidLine game={game} />
            <ToldLine game={game} />
            <QuestionSheet game={game} />
            {coach}
          </div>
          <Plate items={[{ label: texts.youAreLabel, value: seat.self.id, note: game.name.value },
            ...desk.view.plate.map(({ label, value, note, where }) => ({ label, value, note: note ?? null, keptIn: where }))]} />
          <Dock game={game} desk={desk} seat={seat} clockMs={self.clockMs} crashed={crashed} />
        </main>
        <Requests game={game} desk={desk} clockMs={self.clockMs} peers={seat.self.peers} asked={isAsked(seat.scenario, seat.self.peers.length + 1)} />
      </div>
      <LostBanner game={game} />
      {rulesOpen && <RuleSheet scenario={seat.scenario} onClose={() => setRulesOpen(false)} />}
    </div>
  )
}
