import type { Claim, ClusterInfo, Judge } from '../sim/claim.ts'
import type { FactNo, NodeId, SimMs } from '../sim/types.ts'
import type { Delivery } from './causal-delivery.ts'
import { foldsOf, joined } from './shows.ts'
import type { OwnWords, Shows } from './shows.ts'
import { entryOf, setEntry } from './table.ts'
import type { Table } from './table.ts'
import { seconds } from './words.ts'

interface Open { operation: string; node: NodeId; fact: FactNo; atMs: SimMs; appliedAt: NodeId[] }
interface State {
  /** Faults that act. */
  active: string[]
  /** The last heal, and when it was: both null before the first. */
  healed: FactNo | null
  healedMs: SimMs | null
  /** Updates that some node lacks, and the names of those that none does. */
  open: Table<Open>
  done: Table<true>
  /** Nodes that were found to lack something since the last heal. */
  late: Table<true>
}

/** Reports each node that lacks one of these updates, with the first that it lacks. */
function look(state: State, updates: readonly Open[], withinMs: number, judge: Judge, cluster: ClusterInfo): void {
  const { healed, healedMs } = state
  for (const node of cluster.nodes) {
    if (Object.hasOwn(state.late, node)) continue
    const lacks = updates.filter((one) => !one.appliedAt.includes(node)).toSorted((a, b) => a.fact - b.fact)[0]
    if (lacks === undefined) continue
    state.late[node] = true
    const waited = healed !== null && lacks.fact < healed
    judge.breach(`${node} lacks ${lacks.operation} since ${waited ? healedMs : lacks.atMs}`, waited ? [lacks.fact, healed] : [lacks.fact], {
      node, operation: lacks.operation, maker: lacks.node, madeMs: lacks.atMs, healedMs: waited ? healedMs : null, withinMs,
    })
  }
}

/**
 * Convergence as liveness: every update is applied by every node within `withinMs` of its making, or, if something was broken then or later, of
 * the last heal ("eventual delivery" of Shapiro, Preguiça, Baquero and Zawirski, "Conflict-free replicated data types", 2011, with a bound).
 * While any fault acts nothing is asked; while none does, all nodes run. `updates`: as for `causalDelivery`; what a
 * node has applied counts for ever, whatever it lost since (its state is `strongConvergence`'s matter). A node is reported once after each
 * heal, with the first update that it lacks. Constant time a fact for a cluster of fixed size; a look is linear in the updates that somebody lacks.
 */
export const appliedEverywhere = (updates: Shows<Delivery>, withinMs: number, own: OwnWords = {}): Claim<State> => ({
  words: `Every node applies every update within ${seconds(withinMs)}, or within that time of the last heal.`,
  severity: 'liveness',
  concept: 'convergence',
  prevention: 'Send an update again until each node has acknowledged it, or compare notes with the others from time to time.',
  ...own,
  init: () => ({ active: [], healed: null, healedMs: null, open: {}, done: {}, late: {} }),
  folds: joined<State>(foldsOf(updates, (state, event, fact, judge, cluster) => {
    const { operation, node } = event
    if (Object.hasOwn(state.done, operation)) return
    let one = entryOf(state.open, operation)
    if (one === undefined) {
      if (event.change === 'applied') return
      one = setEntry(state.open, operation, { operation, node, fact: fact.n, atMs: fact.atMs, appliedAt: [] })
      judge.checkAt(fact.atMs + withinMs, `made ${operation}`)
    }
    if (!(event.change === 'made' && event.held) && !one.appliedAt.includes(node)) one.appliedAt.push(node)
    if (one.appliedAt.length < cluster.nodes.length) return
    delete state.open[operation]
    setEntry(state.done, operation, true)
  }), {
    'fault-started'(state, fact) { state.active.push(fact.fault) },
    'fault-ended'(state, fact, judge) {
      state.active = state.active.filter((one) => one !== fact.fault)
      if (state.active.length > 0) return
      state.healed = fact.n
      state.healedMs = fact.atMs
      state.late = {}
      judge.checkAt(fact.atMs + withinMs, `healed ${fact.n}`)
    },
  }),
  due(state, key, judge, cluster) {
    if (state.active.length > 0) return
    const { healed } = state
    if (key === `healed ${healed}`) {
      look(state, Object.values(state.open).filter((one) => healed !== null && one.fact < healed), withinMs, judge, cluster)
      return
    }
    const made = key.startsWith('made ') ? entryOf(state.open, key.slice('made '.length)) : undefined
    // What was made before the last heal has until the look after it.
    if (made !== undefined && (healed === null || made.fact > healed)) look(state, [made], withinMs, judge, cluster)
  },
  sentence: (v) => `${v['maker']} made "${v['operation']}" at ${seconds(v['madeMs'])}${v['healedMs'] === null ? '' : `, and all was healed at ${seconds(v['healedMs'])}`}; ${seconds(v['withinMs'])} later ${v['node']} had not applied it.`,
})
