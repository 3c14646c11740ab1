import { foldLease, watchLeases } from '../../shared/scenarios/election/claims/lease-watch.ts'
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
  const leases = watchLeases()
  const active = new Set<string>()
  let lastArrivalMs = 0
  let calmMs = 0
  let backMs: SimMs | null = null
  return {
    fold(fact) {
      if (fact.kind === 'sent') for (const ms of fact.arrivals) lastArrivalMs = Math.max(lastArrivalMs, fact.atMs + ms)
      if (fact.kind === 'fault-started') active.add(fact.fault)
      if (fact.kind === 'fault-ended') active.delete(fact.fault)
      if (fact.kind === 'fault-started' || fact.kind === 'fault-ended') {
        calmMs = Math.max(fact.atMs, lastArrivalMs)
        backMs = active.size === 0 && leases.untilMs > calmMs ? calmMs : null
      }
      // Before the calm begins, a lease counts only if it lasts until then.
      if (foldLease(leases, fact, cluster) && active.size === 0 && backMs === null && leases.untilMs > calmMs) backMs = Math.max(calmMs, fact.atMs)
    },
    tookMs: () => (backMs === null ? null : backMs - calmMs),
  }
}

/** By mission. SCENARIOS states the shares. */
export const liveness: { readonly [scenario: string]: Liveness } = {
  election: {
    words: 'a leader under lease',
    shares: [{ percent: 90, withinMs: 60_000 }, { percent: 99, withinMs: 110_000 }, { percent: 100, withinMs: 240_000 }],
    watch: leaderUnderLease,
  },
}
