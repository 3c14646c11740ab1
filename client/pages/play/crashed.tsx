import { useEffect, useRef, useState } from 'preact/hooks'
import { Segmented } from '../../components/controls.tsx'
import { clockText } from '../../components/panels.tsx'
import { predictionOf } from '../../model/prediction.ts'
import type { Seat } from '../../model/student.ts'
import { texts } from '../../texts.ts'
import type { Game } from './game.ts'
import { useTick } from './tick.ts'

/** The node is down: how long still, and one question about what it will know afterwards. */
export function Crashed({ game, seat, speed }: { game: Game; seat: Seat; speed: number }) {
  useTick(250)
  const crash = game.student.crash.value
  const [question] = useState(() => predictionOf(seat.scenario.view(seat.self).plate))
  const [guess, setGuess] = useState('')
  const leftMs = useLeft(crash?.backInMs ?? null, speed)
  const guessed = useRef(guess)
  guessed.current = guess
  useEffect(() => () => {
    // The node is up again: what was foreseen, and what came.
    if (question === null || guessed.current === '') return
    const place = question.asks === 'kept' ? texts.onDisk : texts.inMemory
    game.student.say(guessed.current === question.answer ? texts.predictionRight(question.answer, place) : texts.predictionWrong(question.answer, place), 'info')
  }, [])
  return (
    <section class="crashed" aria-live="polite">
      <h1>{texts.crashed}</h1>
      <p>{texts.crashedNote}</p>
      {leftMs === null ? <p><b>{texts.backUnknown}</b></p> : <p class="crashed-count" aria-live="off"><span>{texts.backIn}</span> <b class="mono">{clockText(leftMs)}</b></p>}
      {question !== null && <div class="crashed-question"><p><b>{question.asks === 'kept' ? texts.predictKept : texts.predictGone}</b></p>
        <Segmented label={question.asks === 'kept' ? texts.predictKept : texts.predictGone} value={guess} onChange={setGuess} options={question.options.map(value => ({ value, label: value }))} />
        {guess !== '' && <p class="quiet">{texts.predicted}</p>}</div>}
    </section>
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
