import type { ClusterInfo } from '../../../sim/claim.ts'
import type { Fact, FactOf } from '../../../sim/facts.ts'
import type { FactNo, SimMs } from '../../../sim/types.ts'
import { leaseFolds, leasedUntilMs, watchLeases } from './lease-watch.ts'
import type { LeaseWatch } from './lease-watch.ts'

/** How long a cluster that is whole again needs until somebody leads under a lease. Plain JSON. */
export interface RecoveryWatch {
  leases: LeaseWatch
  /** Faults that act. */
  active: string[]
  /** Arrival of the last message sent so far, and the fact that says so; null before the first. */
  lastArrivalMs: SimMs
  lastArrival: FactNo | null
  /** When nothing is broken any more and all that was sent before has arrived; null while a fault acts. */
  calmMs: SimMs | null
  /** The facts from which the calm follows: the heal, and what arrived last; none at the start of the round. */
  calmed: FactNo[]
  /** The first time from then on at which a leader held a lease; null while none has. */
  backMs: SimMs | null
}

export const watchRecovery = (): RecoveryWatch => ({ leases: watchLeases(), active: [], lastArrivalMs: 0, lastArrival: null, calmMs: 0, calmed: [], backMs: null })

/** Whether the calm lasts and nobody is back yet. */
function waits(watch: RecoveryWatch, atMs: SimMs): boolean {
  if (watch.calmMs === null || watch.backMs !== null || atMs < watch.calmMs) return false
  // A lease from before counts if it was still held when the calm began.
  if (leasedUntilMs(watch.leases) <= watch.calmMs) return true
  watch.backMs = watch.calmMs
  return false
}

function noteArrival(watch: RecoveryWatch, fact: FactNo, atMs: SimMs): void {
  if (atMs <= watch.lastArrivalMs) return
  watch.lastArrivalMs = atMs
  watch.lastArrival = fact
}

function noteLease(watch: RecoveryWatch, waited: boolean, changed: boolean, atMs: SimMs): void {
  if (waited && changed && leasedUntilMs(watch.leases) > atMs) watch.backMs = atMs
}

/** One fold for each kind of fact, in constant time. */
export const recoveryFolds = {
  sent(watch: RecoveryWatch, fact: FactOf<'sent'>): void {
    const waited = waits(watch, fact.atMs)
    noteLease(watch, waited, leaseFolds.sent(watch.leases, fact), fact.atMs)
    for (const ms of fact.arrivals) noteArrival(watch, fact.n, fact.atMs + ms)
  },
  delivered(watch: RecoveryWatch, fact: FactOf<'delivered'>, _judge: unknown, cluster: ClusterInfo): void {
    const waited = waits(watch, fact.atMs)
    noteLease(watch, waited, leaseFolds.delivered(watch.leases, fact, cluster), fact.atMs)
  },
  acted(watch: RecoveryWatch, fact: FactOf<'acted'>): void {
    const waited = waits(watch, fact.atMs)
    noteLease(watch, waited, leaseFolds.acted(watch.leases, fact), fact.atMs)
  },
  crashed(watch: RecoveryWatch, fact: FactOf<'crashed'>): void {
    const waited = waits(watch, fact.atMs)
    noteLease(watch, waited, leaseFolds.crashed(watch.leases, fact), fact.atMs)
  },
  /** What a fault kept back until its end is under way only now: the calm begins when it has arrived. Returns true when it begins later by it. */
  released(watch: RecoveryWatch, fact: FactOf<'released'>): boolean {
    noteArrival(watch, fact.n, fact.atMs + fact.inMs)
    if (watch.calmMs === null || watch.backMs !== null || watch.lastArrivalMs <= watch.calmMs) return false
    watch.calmMs = watch.lastArrivalMs
    // What is released late puts the calm off by itself, whenever the heal was.
    watch.calmed = watch.lastArrival === null || watch.lastArrival === fact.n ? [fact.n] : [watch.lastArrival, fact.n]
    return true
  },
  'fault-started'(watch: RecoveryWatch, fact: FactOf<'fault-started'>): void {
    watch.active.push(fact.fault)
    watch.calmMs = null
    watch.backMs = null
  },
  /** Returns true when a calm began by it. */
  'fault-ended'(watch: RecoveryWatch, fact: FactOf<'fault-ended'>): boolean {
    watch.active = watch.active.filter((one) => one !== fact.fault)
    if (watch.active.length > 0) return false
    watch.calmMs = Math.max(fact.atMs, watch.lastArrivalMs)
    watch.calmed = watch.lastArrival !== null && watch.lastArrivalMs > fact.atMs ? [watch.lastArrival, fact.n] : [fact.n]
    watch.backMs = null
    return true
  },
}

/** Folds a fact of any kind. */
export function foldRecovery(watch: RecoveryWatch, fact: Fact, cluster: ClusterInfo): void {
  switch (fact.kind) {
    case 'sent': recoveryFolds.sent(watch, fact); return
    case 'delivered': recoveryFolds.delivered(watch, fact, null, cluster); return
    case 'acted': recoveryFolds.acted(watch, fact); return
    case 'crashed': recoveryFolds.crashed(watch, fact); return
    case 'released': recoveryFolds.released(watch, fact); return
    case 'fault-started': recoveryFolds['fault-started'](watch, fact); return
    case 'fault-ended': recoveryFolds['fault-ended'](watch, fact); return
    default: waits(watch, fact.atMs)
  }
}

/** How long it took from the calm on, in ms; null while nobody is back, or something is broken. */
export function recoveredInMs(watch: RecoveryWatch): SimMs | null {
  return watch.backMs === null || watch.calmMs === null ? null : watch.backMs - watch.calmMs
}
