import type { ClusterInfo } from '../../sim/claim.ts'
import type { Figure } from '../../sim/scenario.ts'
import { foldRecovery, recoveredInMs, watchRecovery } from './claims/recovery-watch.ts'
import type { RecoveryWatch } from './claims/recovery-watch.ts'

interface State { watch: RecoveryWatch; cluster: ClusterInfo }

/**
 * Liveness as a figure: from the last heal, and the arrival of the last message sent before it, to the first lease after it.
 * Well-playing bots need at most 60 s in 90% of rounds, 110 s in 99% and 240 s in all (claim `leader-returns`).
 */
export const recovery: Figure = {
  title: 'Until a leader is back',
  unit: 'ms',
  init: (cluster): State => ({ watch: watchRecovery(), cluster }),
  fold(state, fact) {
    const own = state as State
    foldRecovery(own.watch, fact, own.cluster)
  },
  value(state, nowMs) {
    const { watch } = state as State
    return recoveredInMs(watch) ?? (watch.calmMs === null || nowMs < watch.calmMs ? null : nowMs - watch.calmMs)
  },
  objective: { atMost: 240_000 },
}
