import { faults } from '../../../shared/faults/index.ts'
import { botSettings, playRound } from '../../../shared/headless.ts'
import type { RoundPlan } from '../../../shared/headless.ts'
import { scenarios } from '../../../shared/scenarios/index.ts'
import { createWorld, nodeIds } from '../../../shared/sim/create.ts'
import type { Seed } from '../../../shared/sim/draws.ts'
import type { Fact, FactOf } from '../../../shared/sim/facts.ts'
import type { Figure, Scenario } from '../../../shared/sim/scenario.ts'
import { physics } from '../../sim/physics.ts'

/** The mission of the registry with this id. */
export function scenarioOf(id: string): Scenario {
  const scenario = scenarios[id]
  if (scenario === undefined) throw new Error(`no mission ${id}`)
  return scenario
}

/** The one command that plays this very round again. */
export function repeat(id: string, plan: RoundPlan): string {
  const level = plan.level === undefined || plan.level === 'L2' ? '' : ` --level ${plan.level}`
  return `npm run -s netsplit -- sim --scenario ${id} --seed ${plan.seed} --rules ${plan.rules} --chaos ${typeof plan.chaos === 'string' ? plan.chaos : 'a plan'} --minutes ${plan.durationMs / 60_000} --nodes ${plan.nodes}${level}`
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
  return { seed, nodes: nodesFor(scenario, seed), durationMs: 600_000, rules: 'good', chaos: 'monkey', level: seed % 10 === 0 ? 'L0' : 'L2' }
}

export interface Outcome { breaches: FactOf<'breached'>[]; figures: { readonly [id: string]: number | null } }

/** Figures of a mission that state in how many rounds they keep within which bounds. */
export function sharedFigures(scenario: Scenario): [id: string, Figure][] {
  return Object.entries(scenario.figures).filter(([, figure]) => (figure.shares ?? []).length > 0)
}

/** Plays a round of bots under the eyes of physics. What goes wrong is thrown with the command that repeats it. */
export function playWatched(id: string, plan: RoundPlan): Outcome {
  const scenario = scenarioOf(id)
  const breaches: FactOf<'breached'>[] = []
  const ids = nodeIds(plan.nodes)
  const settings = botSettings(scenario, plan)
  const laws = physics(createWorld(scenario, plan.seed, settings), settings, faults)
  const cluster = { nodes: ids, timings: scenario.timings(settings.level), majority: (ids.length >> 1) + 1 }
  const figures = sharedFigures(scenario).map(([name, figure]) => ({ name, figure, state: figure.init(cluster) }))
  try {
    const { sim } = playRound(scenario, plan, (fact: Fact) => {
      for (const { figure, state } of figures) figure.fold(state, fact)
      if (fact.kind === 'breached') breaches.push(fact)
      laws.watch(fact)
    })
    laws.finish(sim.world)
    return { breaches, figures: Object.fromEntries(figures.map(({ name, figure, state }) => [name, figure.value(state, plan.durationMs)])) }
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nRepeat: ${repeat(id, plan)}`, { cause: error })
  }
}

/** What a breach says, for a failure. */
export function inWords(id: string, breach: FactOf<'breached'>): string {
  return `${breach.claim}: ${scenarioOf(id).claims[breach.claim]?.sentence(breach.values) ?? breach.key}`
}
