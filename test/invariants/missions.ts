import { playRound } from '../../shared/headless.ts'
import type { RoundPlan } from '../../shared/headless.ts'
import { nodeIds } from '../../shared/sim/create.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import type { Told } from './example.ts'

/** The facts of a round of a mission, and whose they are. */
export function toldBy(scenario: Scenario, plan: RoundPlan): Told {
  const facts: Fact[] = []
  playRound(scenario, plan, (fact) => facts.push(fact))
  return { cluster: { nodes: nodeIds(plan.nodes), timings: scenario.timings(plan.level ?? 'L2'), majority: (plan.nodes >> 1) + 1 }, facts }
}
