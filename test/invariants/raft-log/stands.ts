import type { Scenario } from '../../../shared/sim/scenario.ts'
import { rehearse } from './rehearse.ts'
import type { Rehearsal } from './rehearse.ts'
import type { RaftLog } from './types.ts'

/** A stands among five, is voted for by these, and leads. */
export function stands(mission: Scenario<RaftLog>, voters: readonly string[]): Rehearsal {
  const play = rehearse(mission, 5)
  play.click('A', { kind: 'stand' })
  play.pass(1_000)
  for (const voter of voters) play.click(voter, { kind: 'grant', letter: play.letter(voter, 'A', 'ask-vote') })
  play.pass(1_000)
  play.click('A', { kind: 'lead' })
  return play
}
