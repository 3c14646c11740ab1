import { afterEach, expect, test } from 'vitest'
import { cockpit } from '../../client/model/cockpit.ts'
import type { Cockpit } from '../../client/model/cockpit.ts'
import { evidence, NAMED_MOST } from '../../client/model/evidence.ts'
import { playRound } from '../../shared/headless.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'

const election = scenarios['election'] as Scenario
const open: Cockpit[] = []
afterEach(() => { for (const one of open.splice(0)) one.close() })

function clustersOf(rules: readonly string[]): Cockpit['clusters'] {
  const made = cockpit(election, 'L2')
  open.push(made)
  made.snapshot({ round: 1, clusters: rules.map((rule, cluster) => {
    const facts: Fact[] = []
    playRound(election, { seed: 2, nodes: 5, durationMs: 300_000, rules: rule, chaos: 'default' }, (fact) => facts.push(fact))
    return { cluster, name: `Cluster ${cluster}`, nodes: ['A', 'B', 'C', 'D', 'E'], clockOffsetsMs: [0, 0, 0, 0, 0], nowMs: 300_000, facts, badges: [], plans: [] }
  }) }, 0)
  return made.clusters
}
const say = (facts: string, clusters: Cockpit['clusters']): string | null => evidence(facts, clusters, () => 300_000, ({ value }) => String(value))

test('every question of the debrief is answered by the facts of the round', () => {
  const clusters = clustersOf(['good', 'eager'])
  const { questions } = election.lesson
  expect(questions.filter(({ facts }) => say(facts, clusters)?.endsWith('.') !== true)).toEqual([])
})

test('a claim says where it broke and how often, or that it held', () => {
  expect(say('quorum-to-lead', clustersOf(['good', 'eager']))).toMatch(/^quorum-to-lead broke (once|\d times) in Cluster 1\.$/)
  expect(say('quorum-to-lead', clustersOf(['good']))).toBe('quorum-to-lead held in every cluster.')
})

test('a figure says its value, the worst cluster first, and no more names than fit', () => {
  const clusters = clustersOf(['good', 'in-step', 'good', 'good', 'good'])
  expect(say('leaderless', clusters)).toMatch(new RegExp(`^Without a leader: 300000 in Cluster 1(, \\d+ in Cluster \\d){${NAMED_MOST - 1}}, 2 more\\.$`))
})

test('what is neither claim nor figure, and a round that nobody has seen, say nothing', () => {
  expect(say('weather', clustersOf(['good']))).toBeNull()
  expect(say('leaderless', [])).toBeNull()
})
