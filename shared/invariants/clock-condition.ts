import type { Claim, Judge } from '../sim/claim.ts'
import type { FactNo, NodeId, SimMs } from '../sim/types.ts'
import { foldsOf } from './shows.ts'
import type { OwnWords, Shows } from './shows.ts'
import { entryOf, setEntry } from './table.ts'
import type { Table } from './table.ts'
import { seconds } from './words.ts'

/**
 * An event that counts, and the stamp that its node gave it. `name` is its own in the round; of events with one name the first is meant.
 * `after`: names of the events that happened before it directly, beside the one before it at its node: the stamp of the operation that it
 * applies, or the answer that its customer brings along. Names that nobody showed are no edges.
 */
export interface Stamped { name: string; node: NodeId; after: readonly string[]; clock: number }

interface Mark { name: string; node: NodeId; clock: number; fact: FactNo; atMs: SimMs }
interface State { latest: Table<Mark>; named: Table<Mark> }

function edge(first: Mark, second: Mark, judge: Judge): void {
  if (first.clock < second.clock) return
  judge.breach(`${first.name} before ${second.name}`, [first.fact, second.fact], {
    first: first.name, firstNode: first.node, firstClock: first.clock, firstMs: first.atMs,
    second: second.name, secondNode: second.node, secondClock: second.clock, secondMs: second.atMs,
  })
}

/**
 * Lamport's Clock Condition: if e happened before f, then L(e) < L(f) ("Time, clocks, and the ordering of events", 1978). Only direct edges
 * are compared, and that is enough: happened-before is their transitive closure, and `<` is transitive, so a pair that breaks the condition has
 * an edge that breaks it on every path between them, no later than the pair itself. Constant time for each edge; memory for one mark an event.
 */
export const clockCondition = (events: Shows<Stamped>, own: OwnWords = {}): Claim<State> => ({
  words: 'What happened before has the lower Lamport stamp.',
  severity: 'severe',
  concept: 'logical clocks',
  prevention: 'Count every event, and on whatever you are told take the maximum of both clocks first.',
  ...own,
  init: () => ({ latest: {}, named: {} }),
  folds: foldsOf(events, (state, { name, node, after, clock }, fact, judge) => {
    const mark: Mark = { name, node, clock, fact: fact.n, atMs: fact.atMs }
    const previous = entryOf(state.latest, node)
    if (previous !== undefined) edge(previous, mark, judge)
    for (const one of after) {
      const cause = entryOf(state.named, one)
      if (cause !== undefined) edge(cause, mark, judge)
    }
    state.latest[node] = mark
    if (!Object.hasOwn(state.named, name)) setEntry(state.named, name, mark)
  }),
  sentence: (v) => `"${v['first']}" at ${v['firstNode']} (${seconds(v['firstMs'])}) happened before "${v['second']}" at ${v['secondNode']} (${seconds(v['secondMs'])}), yet their stamps are ${v['firstClock']} and ${v['secondClock']}.`,
})
