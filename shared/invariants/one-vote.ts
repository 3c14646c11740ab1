import type { Claim } from '../sim/claim.ts'
import type { FactNo, NodeId } from '../sim/types.ts'
import { foldsOf } from './shows.ts'
import type { OwnWords, Shows } from './shows.ts'
import type { Votes } from './terms.ts'

interface State { given: { [node: NodeId]: { [term: string]: { to: NodeId; fact: FactNo } } } }

/**
 * Raft's rule that a node votes for at most one candidate a term (Ongaro and Ousterhout, 2014, section 5.2), across crashes. `votes`: the
 * votes that leave, whether or not they arrive. Constant time a fact.
 */
export const oneVote = (votes: Shows<Votes>, own: OwnWords = {}): Claim<State> => ({
  words: 'Every node votes for at most one candidate a term, crashes included.',
  severity: 'severe',
  concept: 'quorum',
  prevention: 'Write the vote to disk before you send it, and look there before you vote again.',
  ...own,
  init: () => ({ given: {} }),
  folds: foldsOf(votes, (state, { node, term, to }, fact, judge) => {
    const first = ((state.given[node] ??= {})[term] ??= { to, fact: fact.n })
    if (first.to !== to) judge.breach(`${node} term ${term} ${to}`, [first.fact, fact.n], { node, term, first: first.to, second: to })
  }),
  sentence: (v) => `${v['node']} voted for ${v['first']} in term ${v['term']}, and then for ${v['second']} in the same term.`,
})
