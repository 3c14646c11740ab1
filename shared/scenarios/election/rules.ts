import type { Rule } from '../../sim/scenario.ts'
import type { NodeEvent } from '../../sim/types.ts'
import { holdsLease, majority, mustWait, timing } from './state.ts'
import type { Action, Election, Message, Self } from './types.ts'
import { english } from './words/en.ts'

type Event = NodeEvent<Election>
type ElectionRule = Rule<Election>

/** The message an event brings. Rules on messages are only ever told of messages. */
export function messageOf(event: Event): Message | null {
  return event.on === 'message' ? event.letter.message : null
}
const letterOf = (event: Event): number => (event.on === 'message' ? event.letter.n : -1)
const isNew = (event: Event): boolean => event.on === 'message' && !event.letter.handled
const termOf = (event: Event): number => messageOf(event)?.term ?? -1

/** Whether the vote that the event asks for may be given. */
export function mayGrant(self: Self, event: Event): boolean {
  const { term, votedFor } = self.disk
  const from = event.on === 'message' ? event.letter.from : null
  const free = termOf(event) > term || (termOf(event) === term && (votedFor === null || votedFor === from))
  return free && self.memory.role === 'follower' && !mustWait(self)
}

const serveAll = (self: Self): Action[] => self.requests.map((one) => ({ kind: 'serve', request: one.n }))

/** In the order in which they are asked: first what a message does to the own term, then answers, then customers. */
export const rules = {
  'adopt-term': {
    on: ['message beat', 'message beat-ack', 'message vote', 'message ask-vote'],
    sort: 'handler',
    sentence: english.rules['adopt-term'],
    when: (self, event) => termOf(event) > self.disk.term && (messageOf(event)?.kind !== 'ask-vote' || self.memory.role !== 'follower'),
    act: (_self, event) => [{ kind: 'adopt-term', letter: letterOf(event), durable: true }],
  },
  'step-down': {
    on: ['message beat'],
    sort: 'handler',
    sentence: english.rules['step-down'],
    when: (self, event) => self.memory.role === 'candidate' && termOf(event) === self.disk.term,
    act: () => [{ kind: 'step-down' }],
  },
  ack: {
    on: ['message beat'],
    sort: 'chore',
    sentence: english.rules.ack,
    when: () => true,
    act: (_self, event) => [{ kind: 'ack', letter: letterOf(event) }],
  },
  grant: {
    on: ['message ask-vote'],
    sort: 'judgement',
    sentence: english.rules.grant,
    when: mayGrant,
    act: (_self, event) => [{ kind: 'grant', letter: letterOf(event), durable: true }],
  },
  deny: {
    on: ['message ask-vote'],
    sort: 'judgement',
    sentence: english.rules.deny,
    when: (self, event) => event.on === 'message' && !mayGrant(self, event) && !(self.disk.term === event.letter.message.term && self.disk.votedFor === event.letter.from),
    act: (_self, event) => [{ kind: 'deny', letter: letterOf(event) }],
  },
  'count-vote': {
    on: ['message vote'],
    sort: 'handler',
    sentence: english.rules['count-vote'],
    when(self, event) {
      const message = messageOf(event)
      return message?.kind === 'vote' && message.granted && message.term === self.disk.term && self.memory.role === 'candidate' && isNew(event)
    },
    act: (_self, event) => [{ kind: 'count-vote', letter: letterOf(event) }],
  },
  lead: {
    // The alarm is for a bot that takes over from a candidate who had the votes and did not lead: they are counted, so none comes again.
    on: ['message vote', 'alarm ask'],
    sort: 'judgement',
    sentence: english.rules.lead,
    when: (self) => self.memory.role === 'candidate' && self.memory.votes.length >= majority(self),
    act: () => [{ kind: 'lead' }],
  },
  beat: {
    on: ['alarm beat'],
    sort: 'chore',
    sentence: english.rules.beat,
    when: (self) => self.memory.role === 'leader',
    act: () => [{ kind: 'beat' }],
  },
  'note-ack': {
    on: ['message beat-ack'],
    sort: 'chore',
    sentence: english.rules['note-ack'],
    when: (self, event) => self.memory.role === 'leader' && termOf(event) === self.disk.term,
    act: (_self, event) => [{ kind: 'note-ack', letter: letterOf(event) }],
  },
  'ask-again': {
    on: ['alarm ask'],
    sort: 'chore',
    sentence: english.rules['ask-again'],
    when: (self) => self.memory.role === 'candidate',
    act: () => [{ kind: 'ask-again' }],
  },
  stand: {
    on: ['alarm stand'],
    sort: 'judgement',
    sentence: english.rules.stand,
    when: (self) => self.memory.role !== 'leader' && !mustWait(self),
    act: (self, _event, dice) => [
      { kind: 'set-timeout', timeoutMs: dice.between('timeout', `term ${self.disk.term + 1}`, timing(self, 'timeoutLeastMs'), timing(self, 'timeoutMostMs')) },
      { kind: 'stand', durable: true },
    ],
  },
  serve: {
    on: ['request', 'message beat-ack'],
    sort: 'judgement',
    sentence: english.rules.serve,
    when: (self) => holdsLease(self) && self.requests.length > 0,
    act: serveAll,
  },
  redirect: {
    on: ['request', 'message beat'],
    sort: 'judgement',
    sentence: english.rules.redirect,
    when(self) {
      const { leader, role, timeoutMs } = self.memory
      return role === 'follower' && leader !== null && leader.term === self.disk.term && self.clockMs - leader.atMs < timeoutMs && self.requests.length > 0
    },
    act: (self) => self.requests.map((one) => ({ kind: 'redirect', request: one.n, to: self.memory.leader?.id ?? '' })),
  },
} as const satisfies { [id: string]: ElectionRule }

/** What runs by itself at each level; a bot runs all. */
export const levels = {
  L0: [],
  L1: ['ack', 'beat', 'note-ack', 'ask-again'],
  L2: ['adopt-term', 'step-down', 'ack', 'count-vote', 'beat', 'note-ack', 'ask-again'],
  L3: Object.keys(rules),
} as const
