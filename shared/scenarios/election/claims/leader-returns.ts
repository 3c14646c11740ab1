import type { Claim, ClusterInfo, Judge } from '../../../sim/claim.ts'
import type { Fact } from '../../../sim/facts.ts'
import type { FactNo, SimMs } from '../../../sim/types.ts'
import { foldLease, watchLeases } from './lease-watch.ts'
import type { LeaseWatch } from './lease-watch.ts'

/** Longest time in ms without a leader under lease once nothing is broken any more. */
export const LEADER_RETURNS_MS = 240_000

interface State {
  leases: LeaseWatch
  active: string[]
  /** Arrival of the last message that was sent so far. */
  lastArrivalMs: SimMs
  /** Since when nothing is broken and nothing old is under way; null while a fault acts or a lease was seen since. */
  calmMs: SimMs | null
  because: FactNo | null
}

const fold = (state: State, fact: Fact, _judge: Judge, cluster: ClusterInfo): void => {
  if (foldLease(state.leases, fact, cluster)) state.calmMs = null
  if (fact.kind === 'sent') for (const ms of fact.arrivals) state.lastArrivalMs = Math.max(state.lastArrivalMs, fact.atMs + ms)
}

/** Liveness: once all is healed and the old messages have arrived, some leader holds a lease within four minutes. Constant time a fact. */
export const leaderReturns: Claim<State> = {
  words: 'Within 240 s of the last heal, a leader holds a lease.',
  severity: 'liveness',
  concept: 'liveness',
  prevention: 'Stand when you hear no leader for your timeout, and draw that timeout afresh each time.',
  init: () => ({ leases: watchLeases(), active: [], lastArrivalMs: 0, calmMs: 0, because: null }),
  folds: {
    sent: fold,
    delivered: fold,
    'fault-started'(state, fact) {
      state.active.push(fact.fault)
      state.calmMs = null
    },
    'fault-ended'(state, fact, judge) {
      state.active = state.active.filter((one) => one !== fact.fault)
      if (state.active.length > 0 || state.leases.untilMs > fact.atMs) return
      state.calmMs = Math.max(fact.atMs, state.lastArrivalMs)
      state.because = fact.n
      judge.checkAt(state.calmMs + LEADER_RETURNS_MS, String(state.calmMs))
    },
  },
  due(state, key, judge) {
    if (state.calmMs === null || String(state.calmMs) !== key) return
    judge.breach(key, state.because === null ? [] : [state.because], { sinceMs: state.calmMs })
  },
  sentence: (v) => `Nothing was broken since ${Math.round(Number(v['sinceMs']) / 1_000)} s into the round, and 240 s later nobody had led under a lease.`,
}
