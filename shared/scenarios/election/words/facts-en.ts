import type { FactWords as Words } from '../../tell-facts.ts'
import type { Action, Message } from '../types.ts'

/** What happens in this mission, for who sees the whole cluster. */
export type FactWords = Words<Action, Message>

export const english: FactWords = {
  decided(node, action) {
    switch (action.kind) {
      case 'stand': return `${node} stands for election.`
      case 'ask-again': return `${node} asks again for votes.`
      case 'lead': return `${node} takes the lead.`
      case 'beat': return `${node} sends its heartbeat.`
      case 'step-down': return `${node} steps down.`
      case 'set-timeout': return `${node} will wait ${Math.round(action.timeoutMs / 1_000)} s for a leader.`
      case 'grant': return `${node} grants its vote.`
      case 'deny': return `${node} denies its vote.`
      case 'count-vote': return `${node} counts the vote.`
      case 'ack': return `${node} acknowledges the heartbeat.`
      case 'note-ack': return `${node} notes the acknowledgement.`
      case 'adopt-term': return `${node} adopts the higher term.`
      case 'serve': return `${node} stamps the parcel.`
      case 'redirect': return `${node} redirects the customer to ${action.to}.`
    }
  },
  sent(from, to, message) {
    switch (message.kind) {
      case 'ask-vote': return `${from} asks ${to} for its vote in term ${message.term}.`
      case 'vote': return message.granted ? `${from} votes for ${to} in term ${message.term}.` : `${from} denies ${to} its vote, in term ${message.term}.`
      case 'beat': return `${from} tells ${to} that it leads term ${message.term} (heartbeat ${message.beat}).`
      case 'beat-ack': return `${from} tells ${to}, in term ${message.term}, that it heard heartbeat ${message.beat}.`
    }
  },
  arrived(at, from, message) {
    switch (message.kind) {
      case 'ask-vote': return `${at} hears that ${from} stands in term ${message.term}.`
      case 'vote': return message.granted ? `${from}'s vote for term ${message.term} reaches ${at}.` : `${from}'s denial reaches ${at}. ${from} is in term ${message.term}.`
      case 'beat': return `${at} hears that ${from} leads term ${message.term} (heartbeat ${message.beat}).`
      case 'beat-ack': return `${at} hears that ${from}, in term ${message.term}, heard heartbeat ${message.beat}.`
    }
  },
  rang: () => null,
}
