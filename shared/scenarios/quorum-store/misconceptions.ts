import type { Misconception } from '../../sim/scenario.ts'
import { majorityOf, quorums, rules, whenReady } from './rules.ts'
import { answered, next } from './state.ts'
import type { QuorumStore } from './types.ts'

export const misconceptions: { readonly [id: string]: Misconception<QuorumStore> } = {
  'write-one': {
    idea: 'Once one disk has it, it is safe to say so.',
    replaces: { 'one-write': quorums((nodes) => ({ read: majorityOf(nodes), write: 1 }), 'One copy is enough for a write.') },
    breaks: ['linearizable'], heldBy: 'one',
  },
  'no-overlap': {
    idea: 'Two copies here, two copies there: that is plenty.',
    replaces: { 'few-copies': quorums((nodes) => ({ read: nodes >> 1, write: nodes >> 1 }), 'Half of the copies are enough for everything.') },
    breaks: ['linearizable'], heldBy: 'all',
  },
  'no-write-back': {
    idea: 'I read the newest copy of a quorum. What more could there be to do?',
    replaces: {
      'write-back': null,
      'reply-value': whenReady('reply-value', 'When enough copies have answered, answer the newest.', (request) => ({ kind: 'reply-value', request }),
        (self, { request, one }) => request.operation.kind === 'read' && one.phase === 'query' && answered(one) >= self.memory.read),
    },
    breaks: ['linearizable'], heldBy: 'all',
  },
  'last-clock-wins': {
    idea: 'The later write wins, and my clock tells which is later.',
    replaces: { store: whenReady('store', 'Store it with the time on your clock as its version.', (request) => ({ kind: 'store-by-clock', request, durable: true }), next.store) },
    breaks: ['linearizable'], heldBy: 'all',
  },
  'ack-volatile': {
    idea: 'It is in memory. The disk will have it any moment.',
    replaces: {
      query: { ...rules.query, act: (_self, event) => [{ kind: 'query', request: event.on === 'request' ? event.request.n : -1, durable: false }] },
      store: whenReady('store', 'Store it, and do not wait for the disk.', (request) => ({ kind: 'store', request, durable: false })),
      'write-back': whenReady('write-back', 'Write it back, and do not wait for the disk.', (request) => ({ kind: 'write-back', request, durable: false })),
      answer: { ...rules.answer, act: (_self, event) => [{ kind: 'answer', letter: event.on === 'message' ? event.letter.n : -1, durable: false }] },
      ack: { ...rules.ack, act: (_self, event) => [{ kind: 'ack', letter: event.on === 'message' ? event.letter.n : -1, durable: false }] },
    },
    breaks: ['no-lost-write'], heldBy: 'all',
  },
}
