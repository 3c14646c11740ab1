import { foldsOf, joined } from '../../../invariants/shows.ts'
import type { VectorStamped } from '../../../invariants/vector-exactness.ts'
import { inOrder } from '../../../invariants/witness.ts'
import type { Claim } from '../../../sim/claim.ts'
import type { FactNo, NodeId } from '../../../sim/types.ts'
import type { Relation } from '../types.ts'
import { replyOf, vectors } from './shown.ts'

/** `past`: how many events of each node had happened at or before this one, its own included. */
interface Mark { node: NodeId; past: { [node: NodeId]: number }; fact: FactNo }
interface State { latest: { [node: NodeId]: Mark }; named: { [name: string]: Mark } }

/** Whether the first event happened before the second: it is in its past. */
const isBefore = (first: Mark, second: Mark): boolean => first !== second && (first.past[first.node] ?? 0) <= (second.past[first.node] ?? 0)

/**
 * A customer who asks which of two operations came first is told whether one happened before the other (Lamport, 1978), or that they are concurrent. The truth is kept beside, as a
 * true vector for each event. Constant time a fact for a cluster of fixed size.
 */
export const rightAnswer: Claim<State> = {
  words: 'Whoever asks which of two operations came first is told the truth: before, after, or concurrent.',
  severity: 'severe',
  concept: 'happened before',
  prevention: 'Compare the vectors. A lower Lamport stamp does not mean that it happened before.',
  init: () => ({ latest: {}, named: {} }),
  folds: joined<State>(foldsOf<State, VectorStamped>(vectors, (state, { name, node, after }, fact) => {
    if (state.named[name] !== undefined) return
    const before = state.latest[node], past: Mark['past'] = { ...before?.past }
    for (const one of after) for (const [id, count] of Object.entries(state.named[one]?.past ?? {})) past[id] = Math.max(past[id] ?? 0, count)
    past[node] = (before?.past[node] ?? 0) + 1
    state.named[name] = state.latest[node] = { node, past, fact: fact.n }
  }), {
    replied(state, fact, judge) {
      const reply = replyOf(fact)
      if (reply.kind !== 'relation') return
      const [first, second] = [state.named[reply.first], state.named[reply.second]]
      if (first === undefined || second === undefined) return
      const truth: Relation = isBefore(first, second) ? 'before' : isBefore(second, first) ? 'after' : 'concurrent'
      if (truth === reply.relation) return
      judge.breach(`${fact.node} ${reply.first} ${reply.second} ${reply.relation}`, inOrder(first.fact, second.fact, fact.n), { node: fact.node, first: reply.first, second: reply.second, said: reply.relation, truth })
    },
  }),
  sentence: (v) => `${v['node']} said that ${v['first']} ${v['said'] === 'concurrent' ? 'and' : `happened ${v['said']}`} ${v['second']}${v['said'] === 'concurrent' ? ' were concurrent' : ''}. In truth ${v['truth'] === 'concurrent' ? 'neither happened before the other' : `${v['first']} happened ${v['truth']} ${v['second']}`}.`,
}
