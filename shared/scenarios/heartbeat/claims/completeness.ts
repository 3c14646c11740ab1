import type { Claim, ClusterInfo, Judge } from '../../../sim/claim.ts'
import type { NodeId, SimMs } from '../../../sim/types.ts'
import { inOrder } from '../../../invariants/witness.ts'
import { foldActed, foldCrashed, foldDelivered, foldRestarted, newWatch } from './watch.ts'
import type { Mark, Watch } from './watch.ts'

/** `owed`: what an observer has to notice: a crash, and since when the peer has been silent. `down`: who does not run. */
interface State { watch: Watch; down: { [node: NodeId]: true }; owed: { [observer: NodeId]: { [peer: NodeId]: { crash: Mark; fromMs: SimMs } } } }

function owe(state: State, observer: NodeId, peer: NodeId, crash: Mark, fromMs: SimMs, judge: Judge, cluster: ClusterInfo): void {
  (state.owed[observer] ??= {})[peer] = { crash, fromMs }
  judge.checkAt(fromMs + (cluster.timings['detectMs'] as number), `${observer} ${peer} ${fromMs}`)
}

/** Who stops, for a moment or for good, owes nothing of what is going on. */
function stops(state: State, node: NodeId): void {
  state.down[node] = true
  delete state.owed[node]
}

/**
 * Strong completeness (Chandra and Toueg, 1996) with a bound: a crashed node is suspected, within so long of the crash or of its last beat to arrive there, by every node that
 * was up and running all the while, until it is heard again: that it came back makes no difference to who did not hear it. Constant time a fact for a cluster of fixed size.
 */
export const strongCompleteness: Claim<State> = {
  words: 'A crashed node is suspected within 30 s by every node that runs.',
  severity: 'severe',
  concept: 'completeness',
  prevention: 'When a timeout runs out, say that you suspect. You may take it back.',
  init: () => ({ watch: newWatch(), down: {}, owed: {} }),
  folds: {
    acted(state, fact) { foldActed(state.watch, fact) },
    delivered(state, fact, judge, cluster) {
      foldDelivered(state.watch, fact)
      const crash = state.watch.crashed[fact.from]
      if (crash === undefined) delete state.owed[fact.node]?.[fact.from]
      // A beat from before the crash: time counts from it, and what was before does not matter any more.
      else owe(state, fact.node, fact.from, crash, fact.atMs, judge, cluster)
    },
    crashed(state, fact, judge, cluster) {
      stops(state, fact.node)
      foldCrashed(state.watch, fact)
      for (const observer of cluster.nodes) {
        if (observer === fact.node || state.down[observer] === true || state.owed[observer]?.[fact.node] !== undefined) continue
        owe(state, observer, fact.node, { atMs: fact.atMs, fact: fact.n }, fact.atMs, judge, cluster)
      }
    },
    restarted(state, fact) {
      foldRestarted(state.watch, fact)
      delete state.down[fact.node]
    },
    paused: (state, fact) => stops(state, fact.node),
    resumed(state, fact) { delete state.down[fact.node] },
  },
  due(state, key, judge, cluster) {
    const [observer = '', peer = '', fromMs] = key.split(' '), owed = state.owed[observer]?.[peer]
    if (owed === undefined || String(owed.fromMs) !== fromMs || state.watch.suspects[observer]?.[peer] !== undefined) return
    // What was heard before the crash does not matter.
    const { crash } = owed, last = state.watch.heard[observer]?.[peer], heard = last === undefined || last.fact < crash.fact ? null : last
    judge.breach(`${observer} ${peer} ${crash.fact}`, heard === null ? [crash.fact] : inOrder(heard.fact, crash.fact), {
      node: observer, peer, crashMs: crash.atMs, heardMs: heard?.atMs ?? null, withinMs: cluster.timings['detectMs'] as number,
    })
  },
  sentence: (v) => `${v['peer']} crashed at ${Math.round(Number(v['crashMs']) / 1_000)} s${v['heardMs'] === null ? '' : `, its last heartbeat reached ${v['node']} at ${Math.round(Number(v['heardMs']) / 1_000)} s`}, and ${Math.round(Number(v['withinMs']) / 1_000)} s later ${v['node']} still believed that it was alive.`,
}
