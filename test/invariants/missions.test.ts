import { describe, expect, test } from 'vitest'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { wrongPlan } from '../scenarios/contract/misconceptions.ts'
import { repeat } from '../scenarios/contract/rounds.ts'
import { complaints } from './contract.ts'
import { toldBy } from './missions.ts'

const SEEDS = 40

/** Holds all claims of a mission to the contract, in rounds that go wrong. Returns what is wrong, each with the command that repeats it, and how many breaches there were of each claim. */
function held(scenario: Scenario): { wrong: string[]; breaches: Map<string, number> } {
  const wrong: string[] = []
  const breaches = new Map<string, number>()
  for (const rules of Object.keys(scenario.misconceptions)) {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const plan = wrongPlan(scenario, rules, seed)
      const told = toldBy(scenario, plan)
      for (const [id, claim] of Object.entries(scenario.claims)) {
        const count = told.facts.filter((fact) => fact.kind === 'breached' && fact.claim === id).length
        // Where nothing broke only the state can be wrong: a few rounds show that.
        if (count === 0 && seed > 2) continue
        breaches.set(id, (breaches.get(id) ?? 0) + count)
        for (const one of complaints(id, claim, told)) wrong.push(`${id}: ${one}\n${repeat(scenario.id, plan)}`)
      }
    }
  }
  return { wrong, breaches }
}

describe.each(Object.values(scenarios))('claims of $id', (scenario) => {
  test('every breach in rounds of its misconceptions keeps the contract', () => {
    const { wrong, breaches } = held(scenario)
    expect(wrong).toEqual([])
    expect([...breaches.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(20)
  })
})
