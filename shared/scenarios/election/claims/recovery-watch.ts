import type { ClusterInfo } from '../../../sim/claim.ts'
import type { Fact } from '../../../sim/facts.ts'
import type { FactNo, SimMs } from '../../../sim/types.ts'
import { foldLease, leasedUntilMs, watchLeases } from './lease-watch.ts'
import type { LeaseWatch } from './lease-watch.ts'

/** How long a cluster that is whole again needs until somebody leads under a lease. Plain JSON. */
export interface RecoveryWatch {
  leases: LeaseWatch
  /** Faults that act. */
  active: string[]
  /** Arrival of the last message sent so far. */
  lastArrivalMs: SimMs
  /** When nothing is broken any more and all that was sent before has arrived; null while a fault acts. */
  calmMs: SimMs | null
  /** The heal that began the calm; null at the start of the round. */
  healed: FactNo | null
  /** The first time from then on at which a leader held a lease; null while none has. */
  backMs: SimMs | null
}

export const watchRecovery = (): RecoveryWatch => ({ leases: watchLeases(), active: [], lastArrivalMs: 0, calmMs: 0, healed: null, backMs: null })

/** Folds a fact in constant time; returns true when a calm began by it. */
export function foldRecovery(watch: RecoveryWatch, fact: Fact, cluster: ClusterInfo): boolean {
  const waits = watch.calmMs !== null && watch.backMs === null && fact.atMs >= watch.calmMs
  // A lease from before counts if it was still held when the calm began.
  if (waits && leasedUntilMs(watch.leases) > (watch.calmMs as SimMs)) watch.backMs = watch.calmMs
  const changed = foldLease(watch.leases, fact, cluster)
  if (waits && changed && watch.backMs === null && leasedUntilMs(watch.leases) > fact.atMs) watch.backMs = fact.atMs
  switch (fact.kind) {
    case 'sent':
      for (const ms of fact.arrivals) watch.lastArrivalMs = Math.max(watch.lastArrivalMs, fact.atMs + ms)
      return false
    case 'released':
      // What a fault kept back until its end is under way only now: the calm begins when it has arrived.
      watch.lastArrivalMs = Math.max(watch.lastArrivalMs, fact.atMs + fact.inMs)
      if (watch.calmMs === null || watch.backMs !== null || watch.lastArrivalMs <= watch.calmMs) return false
      watch.calmMs = watch.lastArrivalMs
      return true
    case 'fault-started':
      watch.active.push(fact.fault)
      watch.calmMs = null
      watch.backMs = null
      return false
    case 'fault-ended':
      watch.active = watch.active.filter((one) => one !== fact.fault)
      if (watch.active.length > 0) return false
      watch.calmMs = Math.max(fact.atMs, watch.lastArrivalMs)
      watch.healed = fact.n
      watch.backMs = null
      return true
    default: return false
  }
}

/** How long it took from the calm on, in ms; null while nobody is back, or something is broken. */
export function recoveredInMs(watch: RecoveryWatch): SimMs | null {
  return watch.backMs === null || watch.calmMs === null ? null : watch.backMs - watch.calmMs
}
