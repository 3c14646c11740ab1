import type { Claim } from '../../../sim/claim.ts'
import { leasedUntilMs } from './lease-watch.ts'
import { recoveryFolds, watchRecovery } from './recovery-watch.ts'
import type { RecoveryWatch } from './recovery-watch.ts'

/** Longest time in ms without a leader under lease once nothing is broken any more. */
export const LEADER_RETURNS_MS = 240_000

/** Liveness: once all is healed and the old messages have arrived, some leader holds a lease within four minutes. Constant time a fact. */
export const leaderReturns: Claim<RecoveryWatch> = {
  words: 'Within 240 s of the last heal, a leader holds a lease.',
  severity: 'liveness',
  concept: 'liveness',
  prevention: 'Stand when you hear no leader for your timeout, and draw that timeout afresh each time.',
  init(_cluster, judge) {
    // A round begins whole: the first leader is due as after a heal.
    judge.checkAt(LEADER_RETURNS_MS, '0')
    return watchRecovery()
  },
  folds: {
    ...recoveryFolds,
    released(state, fact, judge) {
      if (recoveryFolds.released(state, fact) && state.calmMs !== null) judge.checkAt(state.calmMs + LEADER_RETURNS_MS, String(state.calmMs))
    },
    'fault-ended'(state, fact, judge) {
      if (recoveryFolds['fault-ended'](state, fact) && state.calmMs !== null) judge.checkAt(state.calmMs + LEADER_RETURNS_MS, String(state.calmMs))
    },
  },
  due(state, key, judge) {
    if (state.calmMs === null || state.backMs !== null || String(state.calmMs) !== key || leasedUntilMs(state.leases) > state.calmMs) return
    judge.breach(key, state.calmed, { sinceMs: state.calmMs })
  },
  sentence: (v) => `Nothing was broken since ${Math.round(Number(v['sinceMs']) / 1_000)} s into the round, and 240 s later nobody had led under a lease.`,
}
