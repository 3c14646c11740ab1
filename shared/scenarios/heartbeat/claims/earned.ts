import type { Claim } from '../../../sim/claim.ts'
import { foldActed, foldCrashed, foldDelivered, newWatch } from './watch.ts'
import type { Watch } from './watch.ts'

const seconds = (ms: unknown): string => `${(Math.round(Number(ms) / 100) / 10).toFixed(1)} s`

/** Nobody is suspected so soon after a beat of theirs arrived that a usual gap could explain it. Clocks run true here, so the observer's own time is the true one. Constant time a fact. */
export const suspicionEarned: Claim<Watch> = {
  words: 'Nobody is suspected within 12 s of a heartbeat of theirs that arrived.',
  severity: 'severe',
  concept: 'failure detector',
  prevention: 'Wait longer than a usual gap between two heartbeats, and longer still where they come unevenly.',
  init: newWatch,
  folds: {
    acted(state, fact, judge, cluster) {
      const change = foldActed(state, fact)
      if (change?.now !== 'suspected') return
      const heard = state.heard[change.observer]?.[change.peer], least = cluster.timings['earnedMs'] as number
      if (heard !== undefined && fact.atMs - heard.atMs < least) {
        judge.breach(`${change.observer} ${change.peer} ${fact.n}`, [heard.fact, fact.n], { node: change.observer, peer: change.peer, afterMs: fact.atMs - heard.atMs, leastMs: least })
      }
    },
    delivered: foldDelivered,
    crashed: foldCrashed,
  },
  sentence: (v) => `${v['node']} suspected ${v['peer']} only ${seconds(v['afterMs'])} after it had heard its heartbeat. A gap of up to ${Math.round(Number(v['leastMs']) / 1_000)} s is usual.`,
}
