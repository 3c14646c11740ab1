import type { Claim } from '../sim/claim.ts'
import type { FactNo, NodeId, SimMs } from '../sim/types.ts'
import { foldsOf } from './shows.ts'
import type { OwnWords, Shows } from './shows.ts'
import { entryAt, entryOf } from './table.ts'
import type { Table } from './table.ts'
import { seconds } from './words.ts'

/** A node makes an operation, which counts as applied there, or applies one made elsewhere. Who applies one again changes nothing. */
export interface Delivery { change: 'made' | 'applied'; operation: string; node: NodeId }

interface Known { operation: string; fact: FactNo; atMs: SimMs }
interface State {
  /** What each node has made or applied, in order. */
  logs: Table<Known[]>
  applied: Table<Table<true>>
  /** Where each operation was made, and how much its maker knew before. */
  made: Table<{ node: NodeId; knew: number; fact: FactNo; atMs: SimMs }>
  /** How much of the beginning of each maker's log each node has applied: first by node, then by maker. */
  covered: Table<Table<number>>
}

/**
 * Causal delivery: no operation is applied at a node before one in its causal past (Birman, Schiper and Stephenson, "Lightweight causal and
 * atomic group multicast", 1991). In the past of an operation is all that its maker had made or applied when it made it, and what is in the
 * past of that. It is enough to look for the first of these: if every node applies them first, then by induction it has applied the whole past.
 *
 * A node has applied what the maker knew if it has applied the first so many of the maker's log. How many it has is kept for each pair, and only
 * rises: constant time a fact on average, for a cluster of fixed size. An operation once applied counts for ever: a crash undoes none of what
 * happened before. Each operation that a node lacked is reported once for that node.
 */
export const causalDelivery = (deliveries: Shows<Delivery>, own: OwnWords = {}): Claim<State> => ({
  words: 'No operation is applied at a node before one in its causal past.',
  severity: 'severe',
  concept: 'causal order',
  prevention: 'Hold an operation back until everything that its maker knew has been applied here.',
  ...own,
  init: () => ({ logs: {}, applied: {}, made: {}, covered: {} }),
  folds: foldsOf(deliveries, (state, { change, operation, node }, fact, judge) => {
    const applied = entryAt(state.applied, node, () => ({}))
    if (Object.hasOwn(applied, operation)) return
    const log = entryAt(state.logs, node, () => [])
    if (change === 'made' && !Object.hasOwn(state.made, operation)) state.made[operation] = { node, knew: log.length, fact: fact.n, atMs: fact.atMs }
    const made = entryOf(state.made, operation)
    if (made !== undefined && made.node !== node) {
      const theirs = state.logs[made.node] ?? []
      const covered = entryAt(state.covered, node, () => ({}))
      let at = entryOf(covered, made.node) ?? 0
      while (at < made.knew && Object.hasOwn(applied, (theirs[at] as Known).operation)) at++
      covered[made.node] = at
      const lacks = theirs[at]
      if (at < made.knew && lacks !== undefined) {
        judge.breach(`${node} without ${lacks.operation}`, [lacks.fact, made.fact, fact.n], {
          node, operation, atMs: fact.atMs, lacks: lacks.operation, maker: made.node, knownMs: lacks.atMs, madeMs: made.atMs,
        })
      }
    }
    applied[operation] = true
    log.push({ operation, fact: fact.n, atMs: fact.atMs })
  }),
  sentence: (v) => `${v['maker']} knew "${v['lacks']}" (${seconds(v['knownMs'])}) when it made "${v['operation']}" (${seconds(v['madeMs'])}), and ${v['node']} applied "${v['operation']}" at ${seconds(v['atMs'])} without having applied "${v['lacks']}".`,
})
