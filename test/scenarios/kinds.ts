import { createWorld } from '../../shared/sim/create.ts'
import { botSettings } from '../../shared/headless.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'

type Kind = Fact['kind']
const OF_CUSTOMERS: readonly Kind[] = ['asked', 'requested', 'unreached', 'replied', 'redirected', 'expired']

/** Of some kinds of facts those that can happen in a mission: where nobody asks nothing is answered, and where nothing is kept nothing is stored. */
export function possible(scenario: Scenario, kinds: readonly Kind[]): Kind[] {
  const settings = botSettings(scenario, { seed: 1, nodes: scenario.nodes.usual, durationMs: 60_000, rules: 'good', chaos: 'none' })
  const keeps = createWorld(scenario, 1, settings).nodes.some(({ self }) => Object.keys(self.disk).length > 0)
  const asks = scenario.workload.customers(scenario.nodes.usual) > 0
  return kinds.filter((kind) => (asks || !OF_CUSTOMERS.includes(kind)) && (keeps || kind !== 'stored'))
}
