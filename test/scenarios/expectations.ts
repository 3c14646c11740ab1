import { foldRecovery, recoveredInMs, watchRecovery } from '../../shared/scenarios/election/claims/recovery-watch.ts'
import type { ClusterInfo } from '../../shared/sim/claim.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { SimMs } from '../../shared/sim/types.ts'

/**
 * What well-playing bots must reach once the world is whole again. The claim of a mission says what holds always; these say
 * how often it holds sooner, which is a statement about many rounds and so none that a judge of one could make.
 */
export interface Liveness {
  /** What returns, in words for a failure. */
  words: string
  /** Of all rounds in which everything healed, at least `percent` are back within `withinMs`. */
  shares: readonly { percent: number; withinMs: number }[]
  watch(cluster: ClusterInfo): LivenessWatch
}
export interface LivenessWatch {
  fold(fact: Fact): void
  /** From the end of the trouble to the return, in ms; null if it never returned, Infinity never. */
  tookMs(): SimMs | null
}

/** From the last heal, and the arrival of the last message sent before it, to a leader under lease. */
function leaderUnderLease(cluster: ClusterInfo): LivenessWatch {
  const watch = watchRecovery()
  return { fold: (fact) => { foldRecovery(watch, fact, cluster) }, tookMs: () => recoveredInMs(watch) }
}

/** By mission. SCENARIOS states the shares. */
export const liveness: { readonly [scenario: string]: Liveness } = {
  election: {
    words: 'a leader under lease',
    shares: [{ percent: 90, withinMs: 60_000 }, { percent: 99, withinMs: 110_000 }, { percent: 100, withinMs: 240_000 }],
    watch: leaderUnderLease,
  },
}
