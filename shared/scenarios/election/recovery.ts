import type { ClusterInfo } from '../../sim/claim.ts'
import type { Figure } from '../../sim/scenario.ts'
import { LEADER_RETURNS_MS } from './claims/leader-returns.ts'
import { foldRecovery, recoveredInMs, watchRecovery } from './claims/recovery-watch.ts'
import type { RecoveryWatch } from './claims/recovery-watch.ts'
import { english } from './words/en.ts'

interface State { watch: RecoveryWatch; cluster: ClusterInfo }

/**
 * Liveness as a figure: from the last heal, and the arrival of the last message sent before it, to the first lease after it.
 * While nobody is back there is nothing to say, until it has taken longer than the claim `leader-returns` allows.
 */
export const recovery: Figure = {
  title: english.figures.recovery,
  unit: 'ms',
  init: (cluster): State => ({ watch: watchRecovery(), cluster }),
  fold(state, fact) {
    const own = state as State
    foldRecovery(own.watch, fact, own.cluster)
  },
  value(state, nowMs) {
    const { watch } = state as State
    const waitedMs = watch.calmMs === null ? 0 : nowMs - watch.calmMs
    return recoveredInMs(watch) ?? (waitedMs > LEADER_RETURNS_MS ? waitedMs : null)
  },
  objective: { atMost: LEADER_RETURNS_MS },
  shares: [{ percent: 90, atMost: 60_000 }, { percent: 99, atMost: 110_000 }, { percent: 100, atMost: LEADER_RETURNS_MS }],
}
