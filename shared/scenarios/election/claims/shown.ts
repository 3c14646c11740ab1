import type { Leads, VoteHeard, Votes } from '../../../invariants/terms.ts'
import type { Shows } from '../../../invariants/shows.ts'
import type { FactOf } from '../../../sim/facts.ts'
import type { Election, Message } from '../types.ts'

export const bodyOf = (fact: FactOf<'sent'> | FactOf<'delivered'>): Message => fact.body as Message
export const termOfReply = (reply: object): number => (reply as Election['reply']).term

/** A node leads once it beats or answers as leader. */
export const leads: Shows<Leads> = {
  sent(fact) {
    const body = bodyOf(fact)
    return body.kind === 'beat' ? { node: fact.node, term: body.term } : null
  },
  replied: (fact) => ({ node: fact.node, term: termOfReply(fact.reply) }),
}

/** Who asks for votes has voted for itself. */
export const votes: Shows<Votes> = {
  sent(fact) {
    const body = bodyOf(fact)
    const to = body.kind === 'ask-vote' ? fact.node : body.kind === 'vote' && body.granted ? fact.to : null
    return to === null ? null : { node: fact.node, term: body.term, to }
  },
}

export const votesHeard: Shows<VoteHeard> = {
  delivered(fact) {
    const body = bodyOf(fact)
    return body.kind === 'vote' && body.granted ? { node: fact.node, term: body.term, from: fact.from } : null
  },
}
