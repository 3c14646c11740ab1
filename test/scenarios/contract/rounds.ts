import { faults } from '../../../shared/faults/index.ts'
import { botSettings, playRound } from '../../../shared/headless.ts'
import type { RoundPlan } from '../../../shared/headless.ts'
import { scenarios } from '../../../shared/scenarios/index.ts'
import { createWorld, nodeIds } from '../../../shared/sim/create.ts'
import type { Seed } from '../../../shared/sim/draws.ts'
import type { Fact, FactOf } from '../../../shared/sim/facts.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import type { Simulation } from '../../../shared/sim/simulation.ts'
import type { SimMs } from '../../../shared/sim/types.ts'
import { physics } from '../../sim/physics.ts'
import type { Liveness } from '../expectations.ts'

/** The mission of the registry with this id. */
export function scenarioOf(id: string): Scenario {
  const scenario = scenarios[id]
  if (scenario === undefined) throw new Error(`no mission ${id}`)
  return scenario
}

/** The one command that plays this very round again. */
export function repeat(id: string, plan: RoundPlan): string {
  const level = plan.level === undefined || plan.level === 'L2' ? '' : ` --level ${plan.level}`
  return `npm run -s netsplit -- sim --scenario ${id} --seed ${plan.seed} --rules ${plan.rules} --chaos ${plan.chaos} --minutes ${plan.durationMs / 60_000} --nodes ${plan.nodes}${level}`
}

/** A cluster of every size the mission allows, in turn. */
export function nodesFor(scenario: Scenario, seed: Seed): number {
  const { min, max } = scenario.nodes
  return min + (seed % (max - min + 1))
}

/**
 * Hostile chaos for six minutes, then four in which nothing breaks: as long as any mission may take to return. Every tenth
 * round at the pace of L0, whose timings are others.
 */
export function goodPlan(scenario: Scenario, seed: Seed): RoundPlan {
  return { seed, nodes: nodesFor(scenario, seed), durationMs: 600_000, rules: 'good', chaos: 'random', level: seed % 10 === 0 ? 'L0' : 'L2' }
}

export interface Outcome { breaches: FactOf<'breached'>[]; facts: number; tookMs: SimMs | null; sim: Simulation }

/**
 * Plays a round of bots under the eyes of physics. `tookMs`: until what the mission is for had returned, null if it never
 * did. What goes wrong is thrown with the command that repeats it.
 */
export function playWatched(id: string, plan: RoundPlan, expected?: Liveness): Outcome {
  const scenario = scenarioOf(id)
  const breaches: FactOf<'breached'>[] = []
  const ids = nodeIds(plan.nodes)
  const settings = botSettings(scenario, plan)
  const laws = physics(createWorld(scenario, plan.seed, settings), settings, faults)
  const watch = expected?.watch({ nodes: ids, timings: scenario.timings(settings.level), majority: (ids.length >> 1) + 1 })
  let facts = 0
  try {
    const { sim } = playRound(scenario, plan, (fact: Fact) => {
      facts++
      watch?.fold(fact)
      if (fact.kind === 'breached') breaches.push(fact)
      laws.watch(fact)
    })
    laws.finish(sim.world)
    return { breaches, facts, tookMs: watch?.tookMs() ?? null, sim }
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nRepeat: ${repeat(id, plan)}`, { cause: error })
  }
}

/** What a breach says, for a failure. */
export function inWords(id: string, breach: FactOf<'breached'>): string {
  return `${breach.claim}: ${scenarioOf(id).claims[breach.claim]?.sentence(breach.values) ?? breach.key}`
}
