import { nodeIds } from '../../../shared/sim/create.ts'
import type { Fact, FactOf } from '../../../shared/sim/facts.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import { wrongWitness } from './alone.ts'
import type { RaftLog } from './types.ts'

const breachesOf = (facts: readonly Fact[]): FactOf<'breached'>[] => facts.filter((fact): fact is FactOf<'breached'> => fact.kind === 'breached')

/** What broke, each with the claim that says it. */
export const sentences = (mission: Scenario<RaftLog>, facts: readonly Fact[]): string[] =>
  breachesOf(facts).map(({ claim, values }) => `${claim}: ${mission.claims[claim]?.sentence(values)}`)

/** Every breach of a round whose witness, judged alone, does not say the same, or could be smaller. */
export function witnessFaults(mission: Scenario<RaftLog>, nodes: number, facts: readonly Fact[]): string[] {
  const cluster = { nodes: nodeIds(nodes), timings: mission.timings('L0'), majority: (nodes >> 1) + 1 }
  return breachesOf(facts).flatMap((breach) => {
    const claim = mission.claims[breach.claim]
    const wrong = claim === undefined ? 'there is no such claim' : wrongWitness(claim, cluster, facts, breach)
    return wrong === null ? [] : [`${breach.claim}, ${breach.key}, facts ${breach.because.join(', ')}: ${wrong}`]
  })
}
