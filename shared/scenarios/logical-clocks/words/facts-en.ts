import type { FactWords as Words } from '../../tell-facts.ts'
import type { Action, Message } from '../types.ts'

/** What happens in this mission, for who sees the whole cluster. */
export type FactWords = Words<Action, Message>

export const english: FactWords = {
  decided(node, action) {
    switch (action.kind) {
      case 'stamp': return `${node} stamps an operation with ${action.stamp[0]} and sends it to all.`
      case 'apply': return `${node} applies an operation; its clock is ${action.stamp[0]} now.`
      case 'ack': return `${node} says that it has that operation already.`
      case 'note': return `${node} notes who has its operation.`
      case 'repeat': return `${node} sends again what was not acknowledged.`
      case 'answer': return `${node} answers: ${action.relation}.`
      case 'too-few': return `${node} answers that it knows too few operations.`
    }
  },
  sent: (from, to, message) => (message.kind === 'op' ? `${from} sends ${to} the operation ${message.entry.name}: ${message.entry.verb} order ${message.entry.order}.` : `${from} tells ${to} that it has ${message.name}.`),
  arrived: (at, from, message) => (message.kind === 'op' ? `${message.entry.name} reaches ${at} from ${from}: ${message.entry.verb} order ${message.entry.order}.` : `${at} hears that ${from} has ${message.name}.`),
  rang: (node, alarm) => (alarm === 'repeat' ? `${node} has waited long enough for acknowledgements.` : `${node} looks again at what waited.`),
}
