import { figureFold, meets } from '../../../shared/figures.ts'
import { playRound } from '../../../shared/headless.ts'
import type { RoundPlan } from '../../../shared/headless.ts'
import type { Seed } from '../../../shared/sim/draws.ts'
import type { Fact } from '../../../shared/sim/facts.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import { nodesFor } from './rounds.ts'

/** Seeds within which a misconception must show. */
export const SEEDS_MAX = 1_000
const DURATION_MS = 300_000

/** Round number `seed` of a misconception: half of them under the mission's own plan, half under random chaos. */
export function wrongPlan(scenario: Scenario, rules: string, seed: Seed): RoundPlan {
  return { seed, rules, nodes: nodesFor(scenario, seed), durationMs: DURATION_MS, chaos: seed % 2 === 0 ? 'default' : 'monkey' }
}

export interface Exposed { claim: string; facts: Fact[] }

/** Plays a round up to the first breach that its misconception is to cause; null if there is none. `factsMax`: give up after so many. */
export function firstBreach(scenario: Scenario, plan: RoundPlan, claim: string, factsMax = Infinity): Fact[] | null {
  const facts: Fact[] = []
  let found = false
  playRound(scenario, plan, (fact) => {
    if (found || facts.length >= factsMax) return
    facts.push(fact)
    if (fact.kind === 'breached' && fact.claim === claim) found = true
  })
  return found ? facts : null
}

/** Whether the figure misses its objective at the end of the round, and by which value. */
export function missed(scenario: Scenario, plan: RoundPlan, id: string): { value: number; missed: boolean } {
  const figure = scenario.figures[id]
  if (figure === undefined || figure.objective === null) throw new Error(`mission ${scenario.id} has no objective for a figure ${id}`)
  const { state } = figureFold(scenario, id, figure, plan.nodes, plan.level ?? 'L2')
  playRound(scenario, plan, (fact) => figure.fold(state, fact))
  const value = figure.value(state, plan.durationMs)
  if (value === null) throw new Error(`figure ${id} has no value after a whole round`)
  return { value, missed: meets(figure, value) === false }
}

/** The shortest round in which a misconception misses the objective of a figure that good rules meet there: with nothing broken in it, or else under the mission's own plan. */
export function shortestMiss(scenario: Scenario, rules: string, figure: string): { plan: RoundPlan; facts: Fact[] } | null {
  return shortestMissUnder(scenario, rules, figure, 'none') ?? shortestMissUnder(scenario, rules, figure, 'default')
}

function shortestMissUnder(scenario: Scenario, rules: string, figure: string, chaos: 'none' | 'default'): { plan: RoundPlan; facts: Fact[] } | null {
  let best: { plan: RoundPlan; facts: Fact[] } | null = null
  for (let seed = 1; seed <= SEEDS_MAX; seed++) {
    const plan: RoundPlan = { ...wrongPlan(scenario, rules, seed), chaos }
    const facts: Fact[] = []
    playRound(scenario, plan, (fact) => facts.push(fact))
    if (facts.length >= (best?.facts.length ?? Infinity)) continue
    if (missed(scenario, plan, figure).missed && !missed(scenario, { ...plan, rules: 'good' }, figure).missed) best = { plan, facts }
  }
  return best
}

/** The breach of a claim that takes the fewest facts, of all seeds up to `SEEDS_MAX`. */
export function shortest(scenario: Scenario, rules: string, claim: string): { plan: RoundPlan; facts: Fact[] } | null {
  let best: { plan: RoundPlan; facts: Fact[] } | null = null
  for (let seed = 1; seed <= SEEDS_MAX; seed++) {
    const plan = wrongPlan(scenario, rules, seed)
    const facts = firstBreach(scenario, plan, claim, best?.facts.length)
    if (facts !== null && facts.length < (best?.facts.length ?? Infinity)) best = { plan, facts }
  }
  return best
}
