import { describe, expect, test } from 'vitest'
import { faults } from '../../shared/faults/index.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { ChaosLimits, Scenario } from '../../shared/sim/scenario.ts'
import { probe } from '../sim/probe.ts'
import { ensureCalm, halted } from './halt.ts'
import type { Halted, Stage } from './halt.ts'
import { Deviation } from './statistics.ts'

/** Halt under 1,000 random plans of each mission: within a second nothing is left but bent clocks. */

const PLANS = 1_000
const everything: ChaosLimits = Object.fromEntries(Object.keys(faults).map((id) => [id, {}]))
/** Somebody says something to somebody twice a second; bots answer. */
const chatter: Stage['hands'] = (sim, fromMs, untilMs) => {
  for (let atMs = fromMs + 1; atMs < untilMs; atMs += 500) {
    const seat = atMs % sim.ids.length
    sim.submit({ kind: 'act', atMs, seat, action: { kind: 'say', to: sim.ids[(seat + 1 + (atMs % (sim.ids.length - 1))) % sim.ids.length] ?? '', text: 'x' } })
  }
}
const stages: [string, Stage][] = [
  ['a mission in which everything is allowed', { scenario: probe as unknown as Scenario, limits: everything, hands: chatter, calmMs: 5_000 }],
  ...Object.values(scenarios).map((scenario): [string, Stage] => [scenario.id, { scenario, limits: scenario.chaosLimits, hands: () => {}, calmMs: 60_000 }]),
]

describe.each(stages)('%s', (_name, stage) => {
  const seen = { acting: 0, types: new Set<string>() }
  const note = ({ acting, facts }: Halted): void => {
    if (acting > 0) seen.acting++
    for (const fact of facts) if (fact.kind === 'fault-started') seen.types.add(fact.type)
  }

  test(`${PLANS} plans, halted in the middle, leave nothing behind but bent clocks`, () => {
    for (let seed = 1; seed <= PLANS; seed++) {
      const one = halted(stage, seed)
      note(one)
      try { ensureCalm(one, stage) } catch (error) { throw new Error(`the plan of seed ${seed}, halted at ${one.haltedMs} ms`, { cause: error }) }
    }
    expect(seen.acting).toBeGreaterThan(PLANS * 0.7)
    expect([...seen.types].toSorted()).toEqual(Object.keys(stage.limits).toSorted())
  })

  test('where nobody halts them, something is left', () => {
    let told = 0
    for (let seed = 1; seed <= 50; seed++) {
      const one = halted(stage, seed, true)
      if (one.acting === 0) continue
      told++
      expect(() => ensureCalm(one, stage), `seed ${seed}`).toThrow(Deviation)
    }
    expect(told).toBeGreaterThan(30)
  })
})
