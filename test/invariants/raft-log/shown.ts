import type { Answered, Stores } from '../../../shared/invariants/quorum-before-ack.ts'
import type { Applied, Committed, DiskLog, LogEntry } from '../../../shared/invariants/logs.ts'
import type { Shows } from '../../../shared/invariants/shows.ts'
import type { Leads, VoteHeard, Votes } from '../../../shared/invariants/terms.ts'
import type { FactOf } from '../../../shared/sim/facts.ts'
import type { Message, RaftLog } from './types.ts'

/** How the facts of this mission read as events of Raft. */

const bodyOf = (fact: FactOf<'sent'> | FactOf<'delivered'>): Message => fact.body as Message
const nameOf = (index: number, term: number): string => `entry ${index} of term ${term}`

export const disks: Shows<DiskLog> = { stored: (fact) => ({ node: fact.node, entries: (fact.disk as RaftLog['disk']).log }) }

export const leads: Shows<Leads> = {
  sent(fact) {
    const body = bodyOf(fact)
    return body.kind === 'append' ? { node: fact.node, term: body.term } : null
  },
}

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

export const commits: Shows<Committed> = {
  acted(fact) {
    const action = fact.action as RaftLog['action']
    return action.kind === 'commit' ? { node: fact.node, index: action.index, term: action.term } : null
  },
}

export const applies: Shows<Applied> = {
  acted(fact) {
    const action = fact.action as RaftLog['action']
    return action.kind === 'apply' ? { node: fact.node, index: action.index, command: action.command } : null
  },
}

export const stores: Stores<LogEntry> = { disks, nameOf: (entry, place) => nameOf(place + 1, entry.term) }

export const answers: Shows<Answered> = {
  replied(fact) {
    const { index, term } = fact.reply as RaftLog['reply']
    return { node: fact.node, rests: nameOf(index, term) }
  },
}
