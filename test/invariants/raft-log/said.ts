import { nodeIds } from '../../../shared/sim/create.ts'
import type { Fact, FactOf } from '../../../shared/sim/facts.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import { ofBreach } from '../contract.ts'
import type { RaftLog } from './types.ts'

const breachesOf = (facts: readonly Fact[]): FactOf<'breached'>[] => facts.filter((fact): fact is FactOf<'breached'> => fact.kind === 'breached')

/** What broke, each with the claim that says it. */
export const sentences = (mission: Scenario<RaftLog>, facts: readonly Fact[]): string[] =>
  breachesOf(facts).map(({ claim, values }) => `${claim}: ${mission.claims[claim]?.sentence(values)}`)

/** What is wrong with the breaches of a round, by the contract of all claims. */
export function witnessFaults(mission: Scenario<RaftLog>, nodes: number, facts: readonly Fact[]): string[] {
  const cluster = { nodes: nodeIds(nodes), timings: mission.timings('L0'), majority: (nodes >> 1) + 1 }
  return breachesOf(facts).flatMap((breach) => {
    const claim = mission.claims[breach.claim]
    return (claim === undefined ? ['there is no such claim'] : ofBreach(claim, { cluster, facts }, breach)).map((wrong) => `${breach.claim}: ${wrong}`)
  })
}
