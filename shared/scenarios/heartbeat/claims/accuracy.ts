import type { Claim, ClusterInfo, Judge } from '../../../sim/claim.ts'
import type { FactNo, NodeId, SimMs } from '../../../sim/types.ts'
import { foldActed, foldCrashed, foldDelivered, newWatch } from './watch.ts'
import type { Watch } from './watch.ts'

/** A beat that arrived while its sender was suspected, and how long the observer has been running since. */
interface Heard { fact: FactNo; runsMs: number; sinceMs: SimMs; running: boolean }
interface State { watch: Watch; open: { [observer: NodeId]: { [peer: NodeId]: Heard } } }

const limit = (cluster: ClusterInfo): number => cluster.timings['forgiveMs'] as number
const later = (judge: Judge, cluster: ClusterInfo, observer: NodeId, peer: NodeId, one: Heard): void => judge.checkAt(one.sinceMs + limit(cluster) - one.runsMs, `${observer} ${peer}`)

/**
 * Eventual accuracy (Chandra and Toueg, 1996) with a bound: no suspicion outlasts by more than so much of the observer's own running time a beat that arrived during it.
 * Constant time a fact for a cluster of fixed size.
 */
export const accuracyReturns: Claim<State> = {
  words: 'Whoever hears a node that it suspects trusts it again within 10 s.',
  severity: 'severe',
  concept: 'accuracy',
  prevention: 'A heartbeat proves that its sender lives. Take the suspicion back.',
  init: () => ({ watch: newWatch(), open: {} }),
  folds: {
    acted(state, fact) {
      const change = foldActed(state.watch, fact)
      if (change !== null) delete state.open[change.observer]?.[change.peer]
    },
    delivered(state, fact, judge, cluster) {
      foldDelivered(state.watch, fact)
      const open = (state.open[fact.node] ??= {})
      if (state.watch.suspects[fact.node]?.[fact.from] === undefined || open[fact.from] !== undefined) return
      const heard = (open[fact.from] = { fact: fact.n, runsMs: 0, sinceMs: fact.atMs, running: true })
      later(judge, cluster, fact.node, fact.from, heard)
    },
    crashed(state, fact) {
      foldCrashed(state.watch, fact)
      delete state.open[fact.node]
    },
    paused(state, fact) {
      for (const one of Object.values(state.open[fact.node] ?? {})) {
        one.runsMs += fact.atMs - one.sinceMs
        one.running = false
      }
    },
    resumed(state, fact, judge, cluster) {
      for (const [peer, one] of Object.entries(state.open[fact.node] ?? {})) {
        one.sinceMs = fact.atMs
        one.running = true
        later(judge, cluster, fact.node, peer, one)
      }
    },
  },
  due(state, key, judge, cluster) {
    const [observer = '', peer = ''] = key.split(' '), one = state.open[observer]?.[peer], suspected = state.watch.suspects[observer]?.[peer]
    if (one === undefined || suspected === undefined || !one.running || one.runsMs + judge.nowMs - one.sinceMs < limit(cluster)) return
    judge.breach(`${observer} ${peer} ${one.fact}`, [suspected.fact, one.fact], { node: observer, peer, suspectedMs: suspected.atMs, withinMs: limit(cluster) })
  },
  sentence: (v) => `${v['node']} suspected ${v['peer']} at ${Math.round(Number(v['suspectedMs']) / 1_000)} s, then heard its heartbeat, and ${Math.round(Number(v['withinMs']) / 1_000)} s later still suspected it.`,
}
