import { describe, expect, test } from 'vitest'
import type { Claim } from '../../shared/sim/claim.ts'
import { raftLog } from './raft-log/index.ts'
import { botRound, brokenIn, disagreements, faultsOf, wildRound } from './raft-log/bots.ts'

const mission = raftLog()
const seeds = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1)
const asking = { good: 40, wrong: 15, wild: 100 }

describe('bots play Raft under chaos', () => {
  test('those that play well break nothing, and there is something to break', () => {
    let commits = 0, leaders = 0
    for (const seed of seeds(asking.good)) {
      const { facts } = botRound(mission, 'good', seed)
      expect([...brokenIn(facts)], `seed ${seed}`).toEqual([])
      commits += facts.filter((fact) => fact.kind === 'acted' && fact.action.kind === 'commit').length
      leaders += facts.filter((fact) => fact.kind === 'acted' && fact.action.kind === 'lead').length
    }
    expect(commits).toBeGreaterThan(4 * asking.good)
    expect(leaders).toBeGreaterThan(2 * asking.good)
  })

  test.each(Object.keys(mission.misconceptions))('%s: claims and the dumb verdict agree, and every witness stands alone', (idea) => {
    for (const seed of seeds(asking.wrong)) expect(faultsOf(mission, botRound(mission, idea, seed)), `seed ${seed}`).toEqual([])
  })

  test('students who click anything: claims and the dumb verdict agree, and every witness stands alone', () => {
    const broken = new Set<string>()
    for (const seed of seeds(asking.wild)) {
      const round = wildRound(mission, seed)
      expect(faultsOf(mission, round), `seed ${seed}`).toEqual([])
      for (const claim of brokenIn(round.facts)) broken.add(claim)
    }
    expect(broken.size).toBeGreaterThanOrEqual(6)
  })

  test.each([['vote-for-shorter-log', 'leader-completeness'], ['overwrite-committed', 'log-matching'], ['commit-in-minority', 'no-lost-commit'], ['commit-in-minority', 'quorum-before-ack'], ['vote-for-shorter-log', 'state-machine-safety']])(
    '%s breaks %s', (idea, claim) => expect(seeds(asking.wrong).some((seed) => brokenIn(botRound(mission, idea, seed).facts).has(claim))).toBe(true))

  test('a claim that does not see one kind of fact is found by its disagreement', () => {
    for (const [id, kind, idea] of [
      ['leader-completeness', 'sent', 'vote-for-shorter-log'], ['no-lost-commit', 'acted', 'commit-in-minority'], ['log-matching', 'stored', 'overwrite-committed'],
      ['state-machine-safety', 'acted', 'overwrite-committed'], ['quorum-before-ack', 'stored', 'good'],
    ] as const) {
      const claim = mission.claims[id] as Claim
      const blind = { ...mission, claims: { ...mission.claims, [id]: { ...claim, folds: { ...claim.folds, [kind]: () => {} } } } }
      expect(seeds(asking.wrong).some((seed) => disagreements(botRound(blind, idea, seed)).length > 0), `${id} without ${kind}`).toBe(true)
    }
  })
})
