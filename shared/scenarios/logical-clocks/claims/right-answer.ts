import { foldsOf, joined } from '../../../invariants/shows.ts'
import type { VectorStamped } from '../../../invariants/vector-exactness.ts'
import { inOrder } from '../../../invariants/witness.ts'
import type { Claim } from '../../../sim/claim.ts'
import type { FactNo, NodeId } from '../../../sim/types.ts'
import type { Relation } from '../types.ts'
import { replyOf, vectors } from './shown.ts'

/** `past`: how many events of each node had happened at or before this one, its own included. `after`: names of what happened directly before it, elsewhere. */
interface Mark { node: NodeId; past: { [node: NodeId]: number }; after: readonly string[]; fact: FactNo }
interface State {
  /** Events of each node, in order. */
  logs: { [node: NodeId]: Mark[] }
  /** Where the event of each name stands in them. */
  named: { [name: string]: { node: NodeId; at: number } }
}

const markOf = ({ logs, named }: State, name: string): Mark | undefined => { const place = named[name]; return place === undefined ? undefined : logs[place.node]?.[place.at] }

/** Whether the first event happened before the second: it is in its past. */
const isBefore = (first: Mark, second: Mark): boolean => first !== second && (first.past[first.node] ?? 0) <= (second.past[first.node] ?? 0)

/**
 * The facts of the shortest way on which the first event came before the last: along the order of each node, and from the making of an operation to its
 * applying. Without one of them these facts alone would not show that it happened before. Linear in the events, or their square if one node had most.
 */
function wayOf(state: State, first: Mark, last: Mark): FactNo[] {
  const later = new Map<Mark, Mark | null>([[last, null]])
  // What is found is looked at in its turn.
  for (const one of later.keys()) {
    if (later.has(first)) break
    for (const next of [...one.after.flatMap((name) => markOf(state, name) ?? []), ...(state.logs[one.node] ?? [])]) {
      if (next.fact < one.fact && !later.has(next) && (next === first || isBefore(first, next))) later.set(next, one)
    }
  }
  const way: FactNo[] = []
  for (let one: Mark | null | undefined = first; one !== null && one !== undefined; one = later.get(one)) way.push(one.fact)
  return way
}

/**
 * A customer who asks which of two operations came first is told whether one happened before the other (Lamport, 1978), or that they are concurrent. The truth is kept beside, as a
 * true vector for each event. Constant time a fact for a cluster of fixed size; a wrong answer about what happened before takes a search for the way that shows it.
 */
export const rightAnswer: Claim<State> = {
  words: 'Whoever asks which of two operations came first is told the truth: before, after, or concurrent.',
  severity: 'severe',
  concept: 'happened before',
  prevention: 'Compare the vectors. A lower Lamport stamp does not mean that it happened before.',
  init: () => ({ logs: {}, named: {} }),
  folds: joined<State>(foldsOf<State, VectorStamped>(vectors, (state, { name, node, after }, fact) => {
    if (state.named[name] !== undefined) return
    const log = (state.logs[node] ??= []), past: Mark['past'] = { ...log.at(-1)?.past }
    for (const one of after) for (const [id, count] of Object.entries(markOf(state, one)?.past ?? {})) past[id] = Math.max(past[id] ?? 0, count)
    past[node] = log.length + 1
    state.named[name] = { node, at: log.length }
    log.push({ node, past, after, fact: fact.n })
  }), {
    replied(state, fact, judge) {
      const reply = replyOf(fact)
      if (reply.kind !== 'relation') return
      const first = markOf(state, reply.first), second = markOf(state, reply.second)
      if (first === undefined || second === undefined) return
      const truth: Relation = isBefore(first, second) ? 'before' : isBefore(second, first) ? 'after' : 'concurrent'
      if (truth === reply.relation) return
      const shown = truth === 'before' ? wayOf(state, first, second) : truth === 'after' ? wayOf(state, second, first) : [first.fact, second.fact]
      judge.breach(`${fact.node} ${reply.first} ${reply.second} ${reply.relation}`, inOrder(...shown, fact.n), { node: fact.node, first: reply.first, second: reply.second, said: reply.relation, truth })
    },
  }),
  sentence: (v) => `${v['node']} said that ${v['first']} ${v['said'] === 'concurrent' ? 'and' : `happened ${v['said']}`} ${v['second']}${v['said'] === 'concurrent' ? ' were concurrent' : ''}. In truth ${v['truth'] === 'concurrent' ? 'neither happened before the other' : `${v['first']} happened ${v['truth']} ${v['second']}`}.`,
}
