import { playRound } from '../../../shared/headless.ts'
import { quorumStore } from '../../../shared/scenarios/quorum-store/index.ts'
import { quorums } from '../../../shared/scenarios/quorum-store/rules.ts'
import type { Operation } from '../../../shared/scenarios/quorum-store/types.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'

const SEEDS = 40
export interface Latency { read: number; write: number; readS: [median: number, p99: number]; writeS: [median: number, p99: number] }

const whole = (values: number[], percent: number): number => Math.round((values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil((values.length * percent) / 100) - 1)] ?? NaN) / 1_000)

/** How long answers take with other quorums: five bots that play well, forty rounds of five minutes in which nothing breaks, in whole seconds. */
export function latencyOf(read: number, write: number): Latency {
  const scenario = { ...quorumStore, rules: { 'own-quorum': quorums(() => ({ read, write }), 'As it is.'), ...quorumStore.rules } } as unknown as Scenario
  const took: { [kind in Operation['kind']]: number[] } = { read: [], write: [] }
  for (let seed = 1; seed <= SEEDS; seed++) {
    const kinds = new Map<string, Operation['kind']>()
    playRound(scenario, { seed, nodes: 5, durationMs: 300_000, rules: 'good', chaos: 'none' }, (fact) => {
      if (fact.kind === 'requested') kinds.set(fact.request, (fact.operation as Operation).kind)
      if (fact.kind === 'replied') took[kinds.get(fact.request) ?? 'read'].push(fact.tookMs)
    })
  }
  return { read, write, readS: [whole(took.read, 50), whole(took.read, 99)], writeS: [whole(took.write, 50), whole(took.write, 99)] }
}

/** All pairs that just overlap, of five copies. */
export const OVERLAPS: readonly (readonly [read: number, write: number])[] = [[1, 5], [2, 4], [3, 3], [4, 2], [5, 1]]
