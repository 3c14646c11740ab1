import { describe, expect, test } from 'vitest'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { RoundPlan } from '../../shared/headless.ts'
import type { Claim } from '../../shared/sim/claim.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { court } from '../scenarios/court.ts'
import { wrongPlan } from '../scenarios/contract/misconceptions.ts'
import { repeat } from '../scenarios/contract/rounds.ts'
import { planKept } from '../transcripts/plan.ts'
import { complaints } from './contract.ts'
import { toldBy } from './missions.ts'

const SEEDS = 20

/** Rounds that go wrong: the first few of each misconception, and those that are kept of how each breaks its claims. */
const roundsOf = (scenario: Scenario): RoundPlan[] => Object.entries(scenario.misconceptions).flatMap(([rules, { breaks }]) => [
  ...Array.from({ length: SEEDS }, (_, seed) => wrongPlan(scenario, rules, seed + 1)),
  ...breaks.map((claim) => planKept(scenario.id, rules, claim)),
])

/** Holds all claims of a mission to the contract. Returns what is wrong, each with the command that repeats it, and which claims broke. */
function held(scenario: Scenario): { wrong: string[]; broken: Set<string> } {
  const wrong: string[] = []
  const broken = new Set<string>()
  for (const [at, plan] of roundsOf(scenario).entries()) {
    const told = toldBy(scenario, plan)
    const here = new Set(told.facts.flatMap((fact) => (fact.kind === 'breached' ? [fact.claim] : [])))
    for (const [id, claim] of Object.entries(scenario.claims)) {
      if (here.has(id)) broken.add(id)
      // Where nothing broke only the state can be wrong: a few rounds show that.
      if (here.has(id) || at % SEEDS === 0) wrong.push(...complaints(id, claim, told).map((one) => `${id}: ${one}\n${repeat(scenario.id, plan)}`))
    }
  }
  return { wrong, broken }
}

describe.each(Object.values(scenarios))('claims of $id', (scenario) => {
  test('every breach in rounds of its misconceptions keeps the contract', () => {
    const { wrong, broken } = held(scenario)
    expect(wrong).toEqual([])
    expect([...broken]).toEqual(expect.arrayContaining(Object.values(scenario.misconceptions).flatMap(({ breaks }) => breaks)))
  })
})

test('stories made by hand are held to it too: a court throws when a witness alone shows nothing', () => {
  const [first] = Object.values(scenarios)
  const forgetful: Claim<{ seen: number }> = {
    words: 'No node crashes twice.', severity: 'minor', concept: 'crashes', prevention: 'Do not.', init: () => ({ seen: 0 }),
    folds: { crashed(state, fact, judge) { if (++state.seen === 2) judge.breach('twice', [fact.n], {}) } },
    sentence: () => 'A node crashed twice.',
  }
  const one = court({ ...(first as Scenario), claims: { forgetful: forgetful as unknown as Claim } }, 'forgetful')
  one.crashes(1_000, 'A')
  expect(() => one.crashes(2_000, 'A')).toThrow('alone does not break it')
})
