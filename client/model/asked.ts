import type { Scenario } from '../../shared/sim/scenario.ts'

/** Whether anybody asks a cluster of so many nodes for anything; where not, nothing is said of customers. */
export const isAsked = (scenario: Pick<Scenario, 'workload'>, nodes: number): boolean => scenario.workload.customers(nodes) > 0
