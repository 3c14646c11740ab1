import { hashOf } from '../consistency/json.ts'
import type { Claim } from '../sim/claim.ts'
import { mixValue } from '../sim/digest.ts'
import { finish, hashText } from '../sim/hash.ts'
import type { FactNo, Json, NodeId, SimMs } from '../sim/types.ts'
import { foldsOf } from './shows.ts'
import type { OwnWords, Shows } from './shows.ts'
import type { Table } from './table.ts'
import { briefly, few, seconds } from './words.ts'

/** A node's state, with the names of all updates that went into it, in any order. Of the state, only what nodes are to agree on. */
export interface Replica { node: NodeId; updates: readonly string[]; state: Json }

interface Seen { node: NodeId; fact: FactNo; atMs: SimMs; state: string; text: string | null }
interface State { seen: Table<Seen> }

const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0')

/** Two sums over the hashes of the names, so that order says nothing, and how many they are. */
function keyOf(updates: readonly string[]): string {
  const names = new Set(updates)
  let one = 0, other = 0
  for (const name of names) {
    one = (one + hashText(name)) | 0
    other = (other + hashOf(name)) | 0
  }
  return `${names.size} ${hex(one)}${hex(other)}`
}

const digestOf = (state: Json): string => hex(finish(mixValue(0, state))) + hex(hashOf(state))

/**
 * Strong convergence: replicas into which the same updates went have the same state, in whatever order they came (Shapiro, Preguiça, Baquero and
 * Zawirski, "Conflict-free replicated data types", 2011). So has one replica at two times: an update that arrives twice must not count twice.
 *
 * Every set of updates is compared with the first replica that had it, which is enough: all equal the first, or one does not. Sets and states
 * are told apart by 64 bits of hash: a wrong verdict takes a collision, by chance once in 2^64 pairs. Reported once for each pair of nodes.
 * Time is linear in what the fact itself carries; memory for one entry a set.
 */
export const strongConvergence = (replicas: Shows<Replica>, own: OwnWords = {}): Claim<State> => ({
  words: 'Nodes into which the same updates went have the same state.',
  severity: 'severe',
  concept: 'convergence',
  prevention: 'Merge so that neither the order of the updates, nor how often each arrives, makes a difference.',
  ...own,
  init: () => ({ seen: {} }),
  folds: foldsOf(replicas, (state, { node, updates, state: theirs }, fact, judge) => {
    const seen: Seen = { node, fact: fact.n, atMs: fact.atMs, state: digestOf(theirs), text: briefly(theirs) }
    const first = (state.seen[keyOf(updates)] ??= seen)
    if (first.state === seen.state) return
    judge.breach(`${first.node}, ${node}`, [first.fact, fact.n], {
      first: first.node, firstMs: first.atMs, firstState: first.text, second: node, secondMs: fact.atMs, secondState: seen.text, updates: few([...new Set(updates)].toSorted()),
    })
  }),
  sentence(v) {
    const states = v['firstState'] === null || v['secondState'] === null ? 'but not the same state' : `but the states ${v['firstState']} and ${v['secondState']}`
    const who = v['first'] === v['second'] ? `${v['first']} at ${seconds(v['firstMs'])} and again at ${seconds(v['secondMs'])}` : `${v['first']} at ${seconds(v['firstMs'])} and ${v['second']} at ${seconds(v['secondMs'])}`
    return `${who} had the same updates (${v['updates'] === '' ? 'none' : v['updates']}), ${states}.`
  },
})
