import type { FactWords as Words } from '../../tell-facts.ts'
import type { Action, Message } from '../types.ts'

/** What happens in this mission, for who sees the whole cluster. */
export type FactWords = Words<Action, Message>
const named = (value: string | null): string => value ?? 'nothing'

export const english: FactWords = {
  decided(node, action) {
    switch (action.kind) {
      case 'query': return `${node} asks for copies.`
      case 'store': return `${node} stores the next version.`
      case 'store-by-clock': return `${node} stores it, with its clock as the version.`
      case 'write-back': return `${node} writes the newest copy back.`
      case 'reply-ok': return `${node} says that it is stored.`
      case 'reply-value': return `${node} answers with the newest copy it heard of.`
      case 'reply-fail': return `${node} says that it failed.`
      case 'answer': return `${node} says what its copy is.`
      case 'ack': return `${node} stores what it was sent.`
      case 'count': return `${node} counts the answer.`
      case 'repeat': return `${node} asks once more who has not answered.`
      case 'set-quorum': return `${node} reads from ${action.read} copies and writes to ${action.write} from now on.`
    }
  },
  sent(from, to, message) {
    switch (message.kind) {
      case 'query': return `${from} asks ${to} for its copy of ${message.key}.`
      case 'value': return `${from} tells ${to} that its copy of ${message.key} is ${named(message.copy.value)}, version ${message.copy.version[0]}.`
      case 'store': return `${from} asks ${to} to store ${message.key} as ${named(message.copy.value)}, version ${message.copy.version[0]}.`
      case 'stored': return `${from} tells ${to} that it has stored version ${message.version[0]} of ${message.key}.`
    }
  },
  arrived(at, from, message) {
    switch (message.kind) {
      case 'query': return `${at} hears that ${from} asks for ${message.key}.`
      case 'value': return `${at} hears that ${from} holds ${named(message.copy.value)} for ${message.key}, version ${message.copy.version[0]}.`
      case 'store': return `${at} gets ${message.key} from ${from} to store: ${named(message.copy.value)}, version ${message.copy.version[0]}.`
      case 'stored': return `${at} hears that ${from} has stored version ${message.version[0]} of ${message.key}.`
    }
  },
  rang: (node) => `${node} has waited long enough for some answers.`,
}
