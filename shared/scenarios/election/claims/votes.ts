import type { Claim } from '../../../sim/claim.ts'
import type { FactOf } from '../../../sim/facts.ts'
import type { FactNo, NodeId } from '../../../sim/types.ts'
import type { Message } from '../types.ts'

export const bodyOf = (fact: FactOf<'sent'> | FactOf<'delivered'>): Message => fact.body as Message
export const and = (names: readonly string[]): string => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`)

interface Votes { given: { [node: NodeId]: { [term: string]: { to: NodeId; fact: FactNo } } } }

/** Raft's rule "votes for at most one candidate in a given term" (Ongaro and Ousterhout, 2014, section 5.2), judged by the votes that leave. Constant time a fact. */
export const oneVote: Claim<Votes> = {
  words: 'Every node votes for at most one candidate a term, crashes included.',
  severity: 'severe',
  concept: 'quorum',
  prevention: 'Write the vote to disk before you send it, and look there before you vote again.',
  init: () => ({ given: {} }),
  folds: {
    sent(state, fact, judge) {
      const body = bodyOf(fact)
      // Who asks for votes has voted for itself.
      const to = body.kind === 'ask-vote' ? fact.node : body.kind === 'vote' && body.granted ? fact.to : null
      if (to === null) return
      const first = ((state.given[fact.node] ??= {})[body.term] ??= { to, fact: fact.n })
      if (first.to !== to) judge.breach(`${fact.node} term ${body.term} ${to}`, [first.fact, fact.n], { node: fact.node, term: body.term, first: first.to, second: to })
    },
  },
  sentence: (v) => `${v['node']} voted for ${v['first']} in term ${v['term']}, and then for ${v['second']} in the same term.`,
}

interface Quorum { votes: { [node: NodeId]: { [term: string]: { [voter: NodeId]: FactNo } } }; led: { [node: NodeId]: { [term: string]: true } } }

/** Nobody acts as leader of a term without the votes of a majority for it. Constant time a fact, but linear in the votes once a term. */
export const quorumToLead: Claim<Quorum> = {
  words: 'Who leads a term has the votes of more than half of all nodes for it.',
  severity: 'severe',
  concept: 'quorum',
  prevention: 'Count the votes of this term, your own included, and lead only with more than half of all nodes.',
  init: () => ({ votes: {}, led: {} }),
  folds: {
    delivered(state, fact) {
      const body = bodyOf(fact)
      if (body.kind === 'vote' && body.granted) ((state.votes[fact.node] ??= {})[body.term] ??= {})[fact.from] ??= fact.n
    },
    sent(state, fact, judge, cluster) {
      const body = bodyOf(fact)
      if (body.kind === 'beat') leads(state, fact.node, body.term, fact.n, judge, cluster)
    },
    replied(state, fact, judge, cluster) {
      leads(state, fact.node, (fact.reply as { kind: string; term: number }).term, fact.n, judge, cluster)
    },
  },
  sentence: (v) => `${v['node']} led term ${v['term']} with ${v['count']} of ${v['nodes']} votes: ${v['voters']}. It takes ${v['majority']}.`,
}

function leads(state: Quorum, node: NodeId, term: number, fact: FactNo, judge: Parameters<NonNullable<Claim<Quorum>['folds']['sent']>>[2], cluster: { nodes: readonly NodeId[]; majority: number }): void {
  const led = (state.led[node] ??= {})
  if (led[term] === true) return
  led[term] = true
  const votes = state.votes[node]?.[term] ?? {}
  const voters = [node, ...Object.keys(votes).filter((one) => one !== node)]
  if (voters.length >= cluster.majority) return
  judge.breach(`${node} term ${term}`, [...Object.values(votes), fact], {
    node, term, count: voters.length, nodes: cluster.nodes.length, majority: cluster.majority,
    voters: voters.length === 1 ? 'only its own' : and(voters),
  })
}
