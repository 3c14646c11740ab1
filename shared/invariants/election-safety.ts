import type { Claim } from '../sim/claim.ts'
import type { FactNo, NodeId } from '../sim/types.ts'
import { foldsOf } from './shows.ts'
import type { OwnWords, Shows } from './shows.ts'
import type { Leads } from './terms.ts'

interface State { leaders: { [term: string]: { node: NodeId; fact: FactNo } } }

/** Raft's Election Safety: at most one leader a term (Ongaro and Ousterhout, 2014, figure 3). `leads`: who acts as leader. Constant time a fact. */
export const electionSafety = (leads: Shows<Leads>, own: OwnWords = {}): Claim<State> => ({
  words: 'At most one node leads a term.',
  severity: 'severe',
  concept: 'leader election',
  prevention: 'Lead only with a majority of votes; two majorities always share a node, and that node votes once.',
  ...own,
  init: () => ({ leaders: {} }),
  folds: foldsOf(leads, (state, { node, term }, fact, judge) => {
    const first = (state.leaders[term] ??= { node, fact: fact.n })
    if (first.node !== node) judge.breach(`term ${term} ${node}`, [first.fact, fact.n], { term, first: first.node, second: node })
  }),
  sentence: (v) => `${v['first']} and ${v['second']} both led term ${v['term']}.`,
})
