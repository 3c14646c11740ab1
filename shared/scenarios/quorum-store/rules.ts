import type { Rule } from '../../sim/scenario.ts'
import type { NodeEvent } from '../../sim/types.ts'
import { about, majorityOf, next, timingOf, under, underOf } from './state.ts'
import type { Next } from './state.ts'
import type { Action, QuorumStore, Self } from './types.ts'
import { english } from './words/en.ts'

type Event = NodeEvent<QuorumStore>
export type QuorumRule = Rule<QuorumStore>
const letterOf = (event: Event): number => (event.on === 'message' ? event.letter.n : -1)

/** Goes on with whatever an event made ready. `act`: with which request. */
export function whenReady(kind: Next, sentence: string, act: (request: number) => Action, ready = next[kind]): QuorumRule {
  const found = (self: Self, event: Event): number | undefined => about(self, event).find((each) => ready(self, each))?.request.n
  return {
    on: ['request', 'message value', 'message stored', 'alarm repeat'],
    sort: 'judgement', sentence,
    when: (self, event) => found(self, event) !== undefined,
    act: (self, event) => [act(found(self, event) ?? -1)],
  }
}

/** In the order in which they are asked: an answer is counted before anything is made of it. */
export const rules = {
  query: {
    on: ['request'], sort: 'judgement', sentence: english.rules.query,
    when: (self, event) => event.on === 'request' && underOf(self, event.request.n) === undefined,
    act: (_self, event) => [{ kind: 'query', request: event.on === 'request' ? event.request.n : -1, durable: true }],
  },
  count: {
    on: ['message value', 'message stored'], sort: 'chore', sentence: english.rules.count,
    when: (self, event) => event.on === 'message' && under(self).some(({ one }) => one.op === event.letter.message.op),
    act: (_self, event) => [{ kind: 'count', letter: letterOf(event) }],
  },
  store: whenReady('store', english.rules.store, (request) => ({ kind: 'store', request, durable: true })),
  'write-back': whenReady('write-back', english.rules['write-back'], (request) => ({ kind: 'write-back', request, durable: true })),
  'reply-value': whenReady('reply-value', english.rules['reply-value'], (request) => ({ kind: 'reply-value', request })),
  'reply-ok': whenReady('reply-ok', english.rules['reply-ok'], (request) => ({ kind: 'reply-ok', request })),
  answer: {
    on: ['message query'], sort: 'handler', sentence: english.rules.answer,
    when: () => true,
    act: (_self, event) => [{ kind: 'answer', letter: letterOf(event), durable: true }],
  },
  ack: {
    on: ['message store'], sort: 'handler', sentence: english.rules.ack,
    when: () => true,
    act: (_self, event) => [{ kind: 'ack', letter: letterOf(event), durable: true }],
  },
  repeat: {
    on: ['alarm repeat'], sort: 'chore', sentence: english.rules.repeat,
    when: (self) => under(self).some(({ one }) => self.clockMs >= one.sentAtMs + timingOf(self)),
    act: () => [{ kind: 'repeat' }],
  },
} as const satisfies { [id: string]: QuorumRule }

/** What runs by itself at each level; a bot runs all. */
export const levels = { L0: [], L1: ['count', 'repeat'], L2: ['count', 'repeat', 'answer', 'ack'], L3: Object.keys(rules) } as const

/** A quorum of one's own, from the start. */
export const quorums = (of: (nodes: number) => { read: number; write: number }, sentence: string): QuorumRule => ({
  on: ['start'], sort: 'judgement', sentence, when: () => true, act: (self) => [{ kind: 'set-quorum', ...of(self.peers.length + 1) }],
})
export { majorityOf }
