import { expect, test } from 'vitest'
import { messageOf, rules } from '../../../shared/scenarios/election/rules.ts'
import { election } from '../../../shared/scenarios/election/index.ts'
import type { Rule, Scenario } from '../../../shared/sim/scenario.ts'
import type { Election } from '../../../shared/scenarios/election/types.ts'
import { scenarios } from '../../../shared/scenarios/index.ts'
import { hunt, huntAll } from './hunt.ts'

for (const id of Object.keys(scenarios)) {
  test(`${id}: bots that play well breach nothing in 200 rounds against an adversary who sees everything`, () => huntAll(id, 1, 200), 240_000)
}

/** Rules that are slightly wrong. Thousands of rounds of random faults let them pass: that is what the adversary is for. */
const grant: Rule<Election> = rules.grant
const planted: [string, Scenario<Election>][] = [
  ['votes although it heard a leader a moment ago', { ...election, rules: { ...rules, grant: { ...grant, when(self, event) {
    const [asked, { term, votedFor }] = [messageOf(event)?.term ?? -1, self.disk]
    return self.memory.role === 'follower' && (asked > term || (asked === term && votedFor === null))
  } } } }],
  ['counts a lease from when it was acknowledged, not from when the heartbeat was sent', { ...election, actions: { ...election.actions, 'note-ack': { ...election.actions['note-ack'], perform(self, action) {
    const letter = self.inbox.find((one) => one.n === action.letter)
    if (letter !== undefined) self.memory.acks[letter.from] = self.clockMs
  } } } }],
]

test.each(planted)('it finds a node that %s', (_what, wrong) => {
  const found = new Set<string>()
  for (let seed = 1; seed <= 200 && found.size === 0; seed++) for (const breach of hunt(wrong as unknown as Scenario, seed)) found.add(breach.claim)
  expect([...found]).toContain('no-stale-serve')
}, 240_000)
