import type { ClusterInfo } from '../../sim/claim.ts'
import type { Figure } from '../../sim/scenario.ts'
import type { SimMs } from '../../sim/types.ts'
import { foldLease, watchLeases } from './claims/lease-watch.ts'
import type { LeaseWatch } from './claims/lease-watch.ts'

interface Recovery {
  leases: LeaseWatch
  cluster: ClusterInfo
  active: string[]
  lastArrivalMs: SimMs
  /** When the last fault was over and the last message sent before that had arrived; null while a fault acts. */
  calmMs: SimMs | null
  /** How long after that a leader held a lease; null while none has. */
  tookMs: number | null
}

/**
 * Liveness as a figure: from the last heal, and the arrival of the last message sent before it, to the first lease after it.
 * Well-playing bots need at most 60 s in 90% of rounds, 110 s in 99% and 240 s in all (claim `leader-returns`).
 */
export const recovery: Figure = {
  title: 'Until a leader is back',
  unit: 'ms',
  init: (cluster): Recovery => ({ leases: watchLeases(), cluster, active: [], lastArrivalMs: 0, calmMs: 0, tookMs: null }),
  fold(state, fact) {
    const own = state as Recovery
    switch (fact.kind) {
      case 'fault-started':
        own.active.push(fact.fault)
        own.calmMs = null
        own.tookMs = null
        return
      case 'fault-ended':
        own.active = own.active.filter((one) => one !== fact.fault)
        if (own.active.length > 0) return
        own.calmMs = Math.max(fact.atMs, own.lastArrivalMs)
        own.tookMs = own.leases.untilMs > own.calmMs ? 0 : null
        return
      case 'sent': for (const ms of fact.arrivals) own.lastArrivalMs = Math.max(own.lastArrivalMs, fact.atMs + ms)
    }
    if (!foldLease(own.leases, fact, own.cluster) || own.calmMs === null || own.tookMs !== null) return
    if (own.leases.untilMs > own.calmMs) own.tookMs = Math.max(0, fact.atMs - own.calmMs)
  },
  value(state, nowMs) {
    const own = state as Recovery
    return own.tookMs ?? (own.calmMs === null || nowMs < own.calmMs ? null : nowMs - own.calmMs)
  },
  objective: { atMost: 240_000 },
}
