import { useEffect, useRef } from 'preact/hooks'
import { play } from '../../sound/index.ts'
import type { Desk } from '../../model/choices.ts'
import type { ClockMs, Level } from '../../../shared/sim/types.ts'
import type { Game } from './game.ts'

/** A request that has less time left than this, in ms, knocks once. */
const lateMs = 5_000

/** A card has come, a customer was answered, one is about to leave, the world stands still: what the screen shows, for the ear. Of what goes by at L3 nothing waits for the student. */
export function useSounds(game: Game, desk: Desk, clockMs: ClockMs, level: Level): void {
  const { student } = game
  const last = useRef({ letter: 0, outcome: 0, knocked: new Set<number>(), asked: 0 })
  const letter = Math.max(0, ...desk.cards.map(card => card.letter.n)), outcome = student.outcomes.value[0]?.key ?? 0, asked = student.question.value?.n ?? 0
  const late = desk.tickets.filter(({ request }) => request.deadlineAtMs - clockMs < lateMs).map(({ request }) => request.n)
  useEffect(() => {
    const before = last.current, fresh = late.filter(n => !before.knocked.has(n))
    if (!student.frozen.value && level !== 'L3') {
      if (letter > before.letter && before.letter > 0) play('tick')
      if (outcome !== before.outcome && student.outcomes.value[0]?.how !== 'expired' && outcome !== 0) play('tock')
      if (fresh.length > 0) play('knock')
    }
    if (asked !== 0 && asked !== before.asked) play('freeze')
    last.current = { letter: Math.max(letter, before.letter), outcome, knocked: new Set(late), asked }
  })
}
