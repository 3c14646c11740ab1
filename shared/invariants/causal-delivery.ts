import type { Claim } from '../sim/claim.ts'
import type { FactNo, NodeId, SimMs } from '../sim/types.ts'
import { foldsOf } from './shows.ts'
import type { OwnWords, Shows } from './shows.ts'
import { entryAt, entryOf, setEntry } from './table.ts'
import type { Table } from './table.ts'
import { seconds } from './words.ts'

/**
 * A node makes an operation, or applies one; who applies it again changes nothing. `after`: operations that came before it though its maker may not
 * know them, such as the one whose answer its customer brings along; names that nobody made are none. `held`: its maker is yet to apply it too.
 */
export type Delivery =
  | { change: 'made'; operation: string; node: NodeId; after: readonly string[]; held: boolean }
  | { change: 'applied'; operation: string; node: NodeId }

interface Known { operation: string; fact: FactNo; atMs: SimMs }
interface Made { node: NodeId; knew: number; after: readonly string[]; fact: FactNo; atMs: SimMs }
interface State {
  /** What each node has made or applied, in order. */
  logs: Table<Known[]>
  applied: Table<Table<true>>
  /** Of each operation, where it was made, and how long the log of its maker was before. */
  made: Table<Made>
  /** How much of the beginning of each maker's log each node has applied: first by node, then by maker. */
  covered: Table<Table<number>>
}

/** The first operation in the log of the maker that the node has not applied, of those that the maker knew. */
function firstLacking(state: State, node: NodeId, applied: Table<true>, made: Made): Known | null {
  const log = state.logs[made.node] ?? []
  const covered = entryAt(state.covered, node, () => ({}))
  let at = entryOf(covered, made.node) ?? 0
  while (at < made.knew && Object.hasOwn(applied, (log[at] as Known).operation)) at++
  covered[made.node] = at
  return at < made.knew ? (log[at] as Known) : null
}

/**
 * Causal delivery: no operation is applied at a node before one in its causal past (Birman, Schiper and Stephenson, "Lightweight causal and
 * atomic group multicast", 1991). Directly before an operation come all that its maker had made or applied when it made it, and those in `after`; its
 * causal past is these and theirs. Only what comes directly before is looked for, and that is enough: if every node applies that first, then by
 * induction it has applied the whole past.
 *
 * A node has applied what the maker knew if it has applied the first so many of the maker's log. How many it has is kept for each pair, and only
 * rises: for a cluster of fixed size constant time on average, for a fact and for each name in `after`. An operation once applied counts for ever:
 * a crash undoes none of what happened before. Of what a node lacks of a maker's log only the first is reported, once; the next when it has caught up.
 */
export const causalDelivery = (deliveries: Shows<Delivery>, own: OwnWords = {}): Claim<State> => ({
  words: 'No operation is applied at a node before one in its causal past.',
  severity: 'severe',
  concept: 'causal order',
  prevention: 'Hold an operation back until everything that its maker knew has been applied here.',
  ...own,
  init: () => ({ logs: {}, applied: {}, made: {}, covered: {} }),
  folds: foldsOf(deliveries, (state, event, fact, judge) => {
    const { operation, node } = event
    const log = entryAt(state.logs, node, () => []), applied = entryAt(state.applied, node, () => ({}))
    const isNew = event.change === 'made' && !Object.hasOwn(state.made, operation)
    if (isNew) setEntry(state.made, operation, { node, knew: log.length, after: event.after, fact: fact.n, atMs: fact.atMs })
    const made = entryOf(state.made, operation)
    const applies = !(event.change === 'made' && event.held) && !Object.hasOwn(applied, operation)
    if (applies) {
      if (made !== undefined) {
        const lacks = (one: { fact: FactNo; atMs: SimMs }, name: string): void => judge.breach(`${node} without ${name}`, made.fact === fact.n ? [one.fact, fact.n] : [one.fact, made.fact, fact.n], {
          node, operation, atMs: fact.atMs, lacks: name, knownMs: one.atMs, maker: made.node, madeMs: made.atMs,
        })
        const first = firstLacking(state, node, applied, made)
        if (first !== null) lacks(first, first.operation)
        for (const name of made.after) {
          const cause = entryOf(state.made, name)
          if (cause !== undefined && cause.fact < made.fact && !Object.hasOwn(applied, name)) lacks(cause, name)
        }
      }
      setEntry(applied, operation, true)
    }
    if (isNew || applies) log.push({ operation, fact: fact.n, atMs: fact.atMs })
  }),
  sentence: (v) => `"${v['lacks']}" (${seconds(v['knownMs'])}) came before ${v['maker']} made "${v['operation']}" (${seconds(v['madeMs'])}), and ${v['node']} applied "${v['operation']}" at ${seconds(v['atMs'])} without having applied "${v['lacks']}".`,
})
