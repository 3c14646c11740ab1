import { and } from '../sim/words.ts'
import type { Claim } from '../sim/claim.ts'
import type { FactNo, NodeId } from '../sim/types.ts'
import { foldsOf, joined } from './shows.ts'
import type { OwnWords, Shows } from './shows.ts'
import type { Leads, VoteHeard } from './terms.ts'
import { inOrder } from './witness.ts'

interface State { votes: { [node: NodeId]: { [term: string]: { [voter: NodeId]: FactNo } } }; led: { [node: NodeId]: { [term: string]: true } } }

/**
 * Nobody acts as leader of a term without the votes of a majority for it (Ongaro and Ousterhout, 2014, section 5.2); its own counts without
 * being sent. `heard`: votes that arrive. `leads`: who acts as leader. Constant time a fact, but linear in the votes once a term.
 */
export const quorumToLead = (heard: Shows<VoteHeard>, leads: Shows<Leads>, own: OwnWords = {}): Claim<State> => ({
  words: 'Who leads a term has the votes of more than half of all nodes for it.',
  severity: 'severe',
  concept: 'quorum',
  prevention: 'Count the votes of this term, your own included, and lead only with more than half of all nodes.',
  ...own,
  init: () => ({ votes: {}, led: {} }),
  folds: joined(
    foldsOf<State, VoteHeard>(heard, (state, { node, term, from }, fact) => { ((state.votes[node] ??= {})[term] ??= {})[from] ??= fact.n }),
    foldsOf<State, Leads>(leads, (state, { node, term }, fact, judge, cluster) => {
      const led = (state.led[node] ??= {})
      if (led[term] === true) return
      led[term] = true
      const votes = state.votes[node]?.[term] ?? {}
      const voters = [node, ...Object.keys(votes).filter((one) => one !== node).toSorted()]
      if (voters.length >= cluster.majority) return
      judge.breach(`${node} term ${term}`, inOrder(...Object.values(votes), fact.n), {
        node, term, count: voters.length, nodes: cluster.nodes.length, majority: cluster.majority,
        voters: voters.length === 1 ? 'only its own' : and(voters),
      })
    }),
  ),
  sentence: (v) => `${v['node']} led term ${v['term']} with ${v['count']} of ${v['nodes']} votes: ${v['voters']}. It takes ${v['majority']}.`,
})
