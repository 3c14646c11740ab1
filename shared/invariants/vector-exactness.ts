import type { Claim } from '../sim/claim.ts'
import type { FactNo, NodeId, SimMs } from '../sim/types.ts'
import { foldsOf } from './shows.ts'
import type { OwnWords, Shows } from './shows.ts'
import { entryAt, entryOf, setEntry } from './table.ts'
import type { Table } from './table.ts'
import { seconds } from './words.ts'

/** As `Stamped`, with the vector that the node gave the event: one number for each node of the cluster, in its order; what is missing is 0. */
export interface VectorStamped { name: string; node: NodeId; after: readonly string[]; vector: readonly number[] }

/** `past`: how many events of each node had happened at or before this one, its own included: its true vector (Fidge, Mattern). */
interface Mark { name: string; fact: FactNo; atMs: SimMs; vector: readonly number[]; past: number[] }
interface State {
  /** Events of each node, in order. */
  logs: Table<Mark[]>
  /** Where the first event of each name stands in them. */
  named: Table<{ node: NodeId; at: number }>
}

/** `a` is nowhere above `b`, and somewhere below it. */
function vectorBelow(a: readonly number[], b: readonly number[]): boolean {
  let below = false
  for (let at = 0; at < a.length || at < b.length; at++) {
    const left = a[at] ?? 0, right = b[at] ?? 0
    if (left > right) return false
    if (left < right) below = true
  }
  return below
}

const inWords = (vector: readonly number[]): string => `[${vector.join(', ')}]`

/**
 * Vector clocks are exact: V(e) < V(f) exactly when e happened before f (Fidge, "Timestamps in message-passing systems", 1988; Mattern,
 * "Virtual time and global states", 1989). Only the order is judged, not the numbers: whoever counts by twos is right too.
 *
 * Each new event f of a node is compared with 1. the events directly before it, which must be below it; 2. of every other node, the first
 * event that is not in f's past, which must not be below it; and 3. of every other node that has such an event, the last one, which f must not
 * be below. That finds a wrong pair if there is one, no later than its second event. By (1), since `<` is transitive, all that is in f's past is
 * below f, and the vectors of each node rise along its events. So if any event outside f's past is below f, the first one of its node is; and
 * if f is below any, it is below the last one. Which events are in the past is known from the true vectors, that are kept beside. Of a node's
 * events that f is below, the first is shown: it was wrong before those that build on it.
 *
 * Time a fact depends on the size of the cluster alone (its square) and on the edges of the event, and for a breach on the events of a node;
 * memory for two vectors an event.
 */
export const vectorExactness = (events: Shows<VectorStamped>, own: OwnWords = {}): Claim<State> => ({
  words: 'One vector is below another exactly when its event happened before the other.',
  severity: 'severe',
  concept: 'vector clocks',
  prevention: 'Raise your own entry at every event, and of each other entry take the maximum of what you have and what you are told.',
  ...own,
  init: () => ({ logs: {}, named: {} }),
  folds: foldsOf(events, (state, { name, node, after, vector }, fact, judge, cluster) => {
    const seat = cluster.nodes.indexOf(node)
    if (seat < 0) return
    const log = entryAt(state.logs, node, () => [])
    const mark: Mark = { name, fact: fact.n, atMs: fact.atMs, vector, past: cluster.nodes.map(() => 0) }
    const breach = (first: Mark, firstNode: NodeId, happened: 'before' | 'apart', below: 'first' | 'second' | 'neither'): void =>
      judge.breach(`${first.name}, ${name}`, [first.fact, mark.fact], {
        first: first.name, firstNode, firstMs: first.atMs, firstVector: inWords(first.vector), second: name, secondNode: node, secondMs: mark.atMs, secondVector: inWords(vector), happened, below,
      })
    const follow = (cause: Mark, causeNode: NodeId): void => {
      cause.past.forEach((count, at) => { mark.past[at] = Math.max(mark.past[at] as number, count) })
      if (!vectorBelow(cause.vector, vector)) breach(cause, causeNode, 'before', 'neither')
    }
    const previous = log[log.length - 1]
    if (previous !== undefined) follow(previous, node)
    for (const one of after) {
      const place = entryOf(state.named, one)
      const cause = place === undefined ? undefined : state.logs[place.node]?.[place.at]
      if (place !== undefined && cause !== undefined) follow(cause, place.node)
    }
    mark.past[seat] = log.length + 1
    cluster.nodes.forEach((other, at) => {
      const theirs = other === node ? [] : (entryOf(state.logs, other) ?? [])
      const first = theirs[mark.past[at] as number], last = theirs[theirs.length - 1]
      if (first === undefined || last === undefined) return
      if (vectorBelow(first.vector, vector)) breach(first, other, 'apart', 'first')
      if (vectorBelow(vector, last.vector)) breach(theirs.find((one, place) => place >= (mark.past[at] as number) && vectorBelow(vector, one.vector)) ?? last, other, 'apart', 'second')
    })
    if (!Object.hasOwn(state.named, name)) setEntry(state.named, name, { node, at: log.length })
    log.push(mark)
  }),
  sentence(v) {
    const first = `"${v['first']}" at ${v['firstNode']} (${seconds(v['firstMs'])})`, second = `"${v['second']}" at ${v['secondNode']} (${seconds(v['secondMs'])})`
    if (v['happened'] === 'before') return `${first} happened before ${second}, yet its vector ${v['firstVector']} is not below ${v['secondVector']}.`
    const [low, high] = v['below'] === 'first' ? ['first', 'second'] : ['second', 'first']
    return `Neither of ${first} and ${second} happened before the other, yet the vector of the ${low}, ${v[`${low}Vector`]}, is below that of the ${high}, ${v[`${high}Vector`]}.`
  },
})
