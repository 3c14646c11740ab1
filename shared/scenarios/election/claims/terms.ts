import type { Claim, Judge } from '../../../sim/claim.ts'
import type { FactNo, NodeId } from '../../../sim/types.ts'
import { bodyOf, termOfReply } from './shown.ts'

interface Terms { highest: { [node: NodeId]: { term: number; fact: FactNo } } }

function speaks(state: Terms, node: NodeId, term: number, fact: FactNo, judge: Judge): void {
  const highest = state.highest[node]
  if (highest === undefined || term > highest.term) state.highest[node] = { term, fact }
  else if (term < highest.term) judge.breach(`${node} ${term} after ${highest.term}`, [highest.fact, fact], { node, term, highest: highest.term })
}

/** A node's term never goes back, in what it says, crashes included. Constant time a fact. */
export const termMonotonic: Claim<Terms> = {
  words: 'The term that a node speaks of never goes back.',
  severity: 'severe',
  concept: 'durable state',
  prevention: 'Write the term to disk before you speak of it.',
  init: () => ({ highest: {} }),
  folds: {
    sent: (state, fact, judge) => speaks(state, fact.node, bodyOf(fact).term, fact.n, judge),
    replied: (state, fact, judge) => speaks(state, fact.node, termOfReply(fact.reply), fact.n, judge),
  },
  sentence: (v) => `${v['node']} had spoken of term ${v['highest']}, and went back to term ${v['term']}.`,
}

interface Served { latest: { term: number; node: NodeId; fact: FactNo } | null }

/** No customer is answered in the name of a term after another was answered in a later one. Constant time a fact. */
export const noStaleServe: Claim<Served> = {
  words: 'Nobody answers a customer as leader of a term after somebody answered as leader of a later one.',
  severity: 'severe',
  concept: 'lease',
  prevention: 'Answer only under a lease: while a majority has acknowledged a heartbeat of the last 14 s.',
  init: () => ({ latest: null }),
  folds: {
    replied(state, fact, judge) {
      const term = termOfReply(fact.reply)
      const { latest } = state
      if (latest === null || term >= latest.term) state.latest = latest !== null && term === latest.term ? latest : { term, node: fact.node, fact: fact.n }
      else judge.breach(`${fact.node} term ${term} after ${latest.term}`, [latest.fact, fact.n], { node: fact.node, term, later: latest.term, leader: latest.node })
    },
  },
  sentence: (v) => `${v['node']} answered a customer as leader of term ${v['term']}, after ${v['leader']} had answered as leader of term ${v['later']}.`,
}
