import { expect, test } from 'vitest'
import { clockCondition } from '../../../shared/invariants/clock-condition.ts'
import { scenarios } from '../../../shared/scenarios/index.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import { playAllByHand, playByHand } from './by-hand.ts'

const mission = scenarios['logical-clocks'] as Scenario

test('[HAND-1] in a hundred rounds of stamps typed by hand each right one is the true one and blames nobody, and each wrong one is named as soon as a pair shows it, by that pair', () => {
  const { rounds, right, typed, slips } = playAllByHand(1, 100), all = Object.values(slips)
  expect([rounds, right + all.reduce((sum, one) => sum + one.typed, 0)]).toEqual([100, 100])
  expect(typed).toBeGreaterThan(500)
  expect(all.reduce((sum, one) => sum + one.atOnce, 0)).toBeGreaterThan(15)
  // A clock may skip numbers: that breaks nothing.
  expect(slips['clock one too high']).toMatchObject({ atOnce: 0, later: 0 })
})

/** The mission with one claim changed. */
const judgedBy = (id: string, claim: object): Scenario => ({ ...mission, claims: { ...mission.claims, [id]: { ...mission.claims[id], ...claim } } }) as Scenario
const complaints = (scenario: Scenario): string[] => Array.from({ length: 60 }, (_, seed) => playByHand(seed + 1, scenario).complaints).flat()

test.each<[string, Scenario, RegExp]>([
  ['does not look at clocks', judgedBy('clock-condition', { folds: {} }), /^clock-condition broke with fact \d+, and nobody said so/],
  ['does not look at vectors', judgedBy('vector-exactness', { folds: {} }), /^vector-exactness broke with fact \d+, and nobody said so/],
  ['takes every event for one that came after all others', judgedBy('clock-condition', clockCondition({ acted: (fact) => {
    const action = fact.action as { kind: string; stamp?: number[] }
    return action.stamp === undefined ? null : { name: `e${fact.n}`, node: 'one', after: [], clock: action.stamp[0] ?? 0 }
  } })), /^clock-condition named \d+ and \d+, which do not break it/],
])('[HAND-2] a judge who %s is found out', (_what, scenario, says) => expect(complaints(scenario).some((one) => says.test(one))).toBe(true))
