import { describe, expect, test } from 'vitest'
import { faults } from '../../shared/faults/index.ts'
import { botSettings, playRound } from '../../shared/headless.ts'
import type { RoundPlan } from '../../shared/headless.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { Input } from '../../shared/sim/inputs.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { start } from '../../shared/sim/simulation.ts'
import type { SimMs } from '../../shared/sim/types.ts'

/** What was decided about a message when it left, and which faults acted on its link then. */
interface Fate { faults: string; arrivals: string; atMs: SimMs; weather: boolean; crowd: boolean }

function fatesOf(scenario: Scenario, plan: RoundPlan, inputs: readonly Input[]): { fates: Map<string, Fate>; deliveries: Map<string, SimMs> } {
  const fates = new Map<string, Fate>()
  const deliveries = new Map<string, SimMs>()
  const active = new Map<string, Set<string>>()
  /** Faults whose effect depends on the second in which a message leaves, or on what else leaves on its link. */
  const weather = new Set<string>(), crowd = new Set<string>()
  const sink = (fact: Fact): void => {
    if (fact.kind === 'fault-started' && (fact.type === 'burst-loss' || fact.type === 'latency')) weather.add(fact.fault)
    if (fact.kind === 'fault-started' && fact.type === 'rate') crowd.add(fact.fault)
    if (fact.kind === 'fault-started' || fact.kind === 'fault-turned') active.set(fact.fault, new Set(fact.links.map(([from, to]) => `${from}>${to}`)))
    else if (fact.kind === 'fault-ended') active.delete(fact.fault)
    else if (fact.kind === 'delivered') deliveries.set(`${fact.message} ${fact.copy} at ${fact.atMs}`, fact.atMs)
    else if (fact.kind === 'sent') {
      const link = `${fact.node}>${fact.to}`
      const acting = [...active].filter(([, links]) => links.has(link)).map(([id]) => id)
      fates.set(fact.message, { faults: acting.join(' '), arrivals: fact.arrivals.join(' '), atMs: fact.atMs, weather: acting.some((id) => weather.has(id)), crowd: acting.some((id) => crowd.has(id)) })
    }
  }
  const sim = start({ scenario, faults, sink }, plan.seed, botSettings(scenario, plan))
  for (const input of inputs) sim.submit(input)
  return { fates, deliveries }
}

describe.each(Object.entries(scenarios))('%s', (_id, scenario) => {
  test('a fault taken out of history leaves the fate of every message as it was that it did not touch', () => {
    let compared = 0
    let kept = 0
    let all = 0
    for (let seed = 1; seed <= 40; seed++) {
      const plan: RoundPlan = { seed, nodes: scenario.nodes.usual, durationMs: 240_000, rules: 'good', chaos: 'monkey' }
      const { inputs } = playRound(scenario, plan, () => {})
      const removed = inputs.find((input, n) => input.kind === 'fault' && n >= 2)
      if (removed === undefined || removed.kind !== 'fault') continue
      const whole = fatesOf(scenario, plan, inputs)
      const without = fatesOf(scenario, plan, inputs.filter((input) => input !== removed))
      for (const [message, fate] of whole.fates) {
        const other = without.fates.get(message)
        // The same faults on its link at its sending, the removed one not among them: then the same fate.
        if (other === undefined || other.faults !== fate.faults || fate.faults.split(' ').includes(removed.id)) continue
        // Weather is a matter of the time of day: a message that now leaves at another time meets another.
        if (fate.weather && other.atMs !== fate.atMs) continue
        // What a full link drops is a matter of what else was sent.
        if (fate.crowd) continue
        compared++
        expect(other.arrivals, `seed ${seed} without ${removed.id}: ${message}`).toBe(fate.arrivals)
      }
      for (const [delivery, atMs] of whole.deliveries) {
        if (atMs < removed.atMs) continue
        all++
        if (without.deliveries.has(delivery)) kept++
      }
    }
    expect(compared).toBeGreaterThan(5_000)
    // A sequential stream of draws would keep next to none of comes later.
    expect(kept / all).toBeGreaterThan(0.5)
  })

  test('a fault that touches nobody who speaks changes nothing at all', () => {
    const plan: RoundPlan = { seed: 5, nodes: scenario.nodes.usual, durationMs: 120_000, rules: 'good', chaos: 'default' }
    const { inputs } = playRound(scenario, plan, () => {})
    const idle: Input = { kind: 'fault', atMs: 0, id: 'idle', type: 'latency', params: { from: ['A'], to: ['A'], extraMs: 5_000, spreadMs: 0, share: 100, shape: 'constant', correlation: 0 }, durationMs: null }
    const [with_, without] = [fatesOf(scenario, plan, [idle, ...inputs]), fatesOf(scenario, plan, inputs)]
    expect([...with_.deliveries]).toEqual([...without.deliveries])
  })
})
