import { useEffect, useRef, useState } from 'preact/hooks'
import { Segmented } from '../../components/controls.tsx'
import { clockText } from '../../components/panels.tsx'
import { predictionOf } from '../../model/prediction.ts'
import type { Seat } from '../../model/student.ts'
import { texts } from '../../texts/play.ts'
import type { Game } from './game.ts'
import { HowSure } from './question.tsx'
import type { Confidence } from './question.tsx'
import { useTick } from './tick.ts'

/** On the stage: the node is down, and for how long still. */
export function Crashed({ game, speed }: { game: Game; speed: number }) {
  useTick(250)
  const leftMs = useLeft(game.student.crash.value?.backInMs ?? null, speed)
  return (
    <section class="crashed">
      <div><h1>{texts.crashed}</h1><p>{texts.crashedNote}</p></div>
      {leftMs === null ? <p class="crashed-count"><b>{texts.backUnknown}</b></p> : <p class="crashed-count"><span>{texts.backIn}</span> <b class="mono">{clockText(leftMs)}</b></p>}
    </section>
  )
}

/** In the dock: one question about what the node will know when it is up again. It is answered by what comes. */
export function PredictionForm({ game, seat }: { game: Game; seat: Seat }) {
  const [question] = useState(() => predictionOf(seat.scenario.view(seat.self).plate))
  const [guess, setGuess] = useState(''), [sure, setSure] = useState<Confidence>(75)
  const last = useRef({ guess, sure })
  last.current = { guess, sure }
  useEffect(() => () => {
    const { guess: guessed, sure: how } = last.current
    if (question === null || guessed === '') return
    const place = question.asks === 'kept' ? texts.onDisk : texts.inMemory, was = texts.youWereSure[how]
    game.student.say(guessed === question.answer ? texts.predictionRight(question.answer, place, was) : texts.predictionWrong(question.answer, place, was), 'info')
  }, [])
  if (question === null) return null
  const words = question.asks === 'kept' ? texts.predictKept : texts.predictGone
  return (
    <div class="prediction"><b>{words}</b>
      <Segmented label={words} value={guess} onChange={setGuess} options={question.options.map(value => ({ value, label: value }))} />
      {guess !== '' && <><HowSure value={sure} onChange={setSure} /><span class="quiet" role="status">{texts.predicted}</span></>}</div>
  )
}

/** Simulated ms until the restart, counted down at the room's speed from when it was told. */
function useLeft(backInMs: number | null, speed: number): number | null {
  const state = useRef({ told: backInMs, leftMs: backInMs, atMs: performance.now(), speed })
  const now = performance.now(), last = state.current
  if (last.told !== backInMs) state.current = { told: backInMs, leftMs: backInMs, atMs: now, speed }
  else state.current = { ...last, leftMs: last.leftMs === null ? null : Math.max(0, last.leftMs - (now - last.atMs) * last.speed), atMs: now, speed }
  return state.current.leftMs
}
