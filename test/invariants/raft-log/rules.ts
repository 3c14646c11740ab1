import type { Rule } from '../../../shared/sim/scenario.ts'
import type { Letter, NodeEvent } from '../../../shared/sim/types.ts'
import { commitIndexNaive, commitIndexRaft, consistent, lastOf, upToDate } from './decide.ts'
import type { Message, RaftLog, Self } from './types.ts'

type Of<K extends Message['kind']> = Extract<Message, { kind: K }>
type RaftRule = Rule<RaftLog>

const every = ['message ask-vote', 'message vote', 'message append', 'message append-ack'] as const
const letterOf = (event: NodeEvent<RaftLog>): number => (event.on === 'message' ? event.letter.n : -1)
const isOf = <K extends Message['kind']>(event: NodeEvent<RaftLog>, kind: K): Letter<Of<K>> | null =>
  (event.on === 'message' && event.letter.message.kind === kind ? event.letter as Letter<Of<K>> : null)

export function mayGrant(self: Self, from: string, message: Of<'ask-vote'>): boolean {
  const { term, votedFor, log } = self.disk
  return (message.term > term || (message.term === term && (votedFor === null || votedFor === from))) && upToDate(message.last, lastOf(log))
}

export const mayAccept = (self: Self, message: Of<'append'>): boolean => message.term >= self.disk.term && consistent(self.disk.log, message.previous)

const commitBy = (rule: (self: Self) => number): RaftRule => ({
  on: ['message append-ack'], sort: 'judgement', sentence: '',
  when: (self) => self.memory.role === 'leader' && rule(self) > self.memory.committed,
  act(self) {
    const index = rule(self)
    return [{ kind: 'commit', index, term: self.disk.log[index - 1]?.term ?? 0 }]
  },
})

const grantIf = (may: typeof mayGrant): { grant: RaftRule; deny: RaftRule } => {
  const granted = (self: Self, event: NodeEvent<RaftLog>): boolean => {
    const asked = isOf(event, 'ask-vote')
    return asked !== null && may(self, asked.from, asked.message)
  }
  return {
    grant: { on: ['message ask-vote'], sort: 'judgement', sentence: '', when: granted, act: (_self, event) => [{ kind: 'grant', letter: letterOf(event), durable: true }] },
    deny: { on: ['message ask-vote'], sort: 'judgement', sentence: '', when: (self, event) => !granted(self, event), act: (_self, event) => [{ kind: 'deny', letter: letterOf(event) }] },
  }
}

const acceptIf = (may: typeof mayAccept, durable = true): { accept: RaftRule; reject: RaftRule } => {
  const accepted = (self: Self, event: NodeEvent<RaftLog>): boolean => {
    const append = isOf(event, 'append')
    return append !== null && may(self, append.message)
  }
  return {
    accept: { on: ['message append'], sort: 'handler', sentence: '', when: accepted, act: (_self, event) => [{ kind: 'accept', letter: letterOf(event), durable }] },
    reject: { on: ['message append'], sort: 'handler', sentence: '', when: (self, event) => !accepted(self, event), act: (_self, event) => [{ kind: 'reject', letter: letterOf(event) }] },
  }
}

/** Rules are asked in this order: who hears of a higher term takes it over before all else. */
export const rules: { readonly [id: string]: RaftRule } = {
  recover: { on: ['start'], sort: 'chore', sentence: '', when: () => true, act: () => [{ kind: 'recover' }] },
  'adopt-term': {
    on: every, sort: 'handler', sentence: '',
    when: (self, event) => event.on === 'message' && event.letter.message.term > self.disk.term,
    act: (_self, event) => [{ kind: 'adopt-term', letter: letterOf(event) }],
  },
  ...grantIf(mayGrant),
  'count-vote': {
    on: ['message vote'], sort: 'handler', sentence: '',
    when: (self, event) => self.memory.role === 'candidate' && isOf(event, 'vote')?.message.granted === true && isOf(event, 'vote')?.message.term === self.disk.term,
    act: (_self, event) => [{ kind: 'count-vote', letter: letterOf(event) }],
  },
  lead: {
    on: ['message vote'], sort: 'judgement', sentence: '',
    when: (self) => self.memory.role === 'candidate' && self.memory.votes.length * 2 > self.peers.length + 1,
    act: () => [{ kind: 'lead' }],
  },
  ...acceptIf(mayAccept),
  'note-ack': {
    on: ['message append-ack'], sort: 'handler', sentence: '',
    when: (self, event) => self.memory.role === 'leader' && isOf(event, 'append-ack')?.message.term === self.disk.term,
    act: (_self, event) => [{ kind: 'note-ack', letter: letterOf(event) }],
  },
  commit: commitBy(commitIndexRaft),
  apply: {
    on: ['message append', 'message append-ack'], sort: 'chore', sentence: '',
    when: ({ memory, disk }) => memory.applied < Math.min(memory.committed, disk.log.length),
    act: ({ memory, disk }) => disk.log.slice(memory.applied, memory.committed).map((entry, at) => ({ kind: 'apply', index: memory.applied + at + 1, command: entry.command as number })),
  },
  answer: {
    on: ['message append-ack'], sort: 'judgement', sentence: '',
    when: (self) => self.memory.role === 'leader',
    act: ({ memory, requests }) => requests.filter((one) => (memory.asked[one.n]?.index ?? Infinity) <= memory.applied).map((one) => ({ kind: 'answer', request: one.n })),
  },
  append: {
    on: ['request'], sort: 'judgement', sentence: '',
    when: (self, event) => self.memory.role === 'leader' && event.on === 'request',
    act: (_self, event) => (event.on === 'request' ? [{ kind: 'append', request: event.request.n }] : []),
  },
  beat: {
    on: ['alarm beat'], sort: 'chore', sentence: '',
    when: (self) => self.memory.role === 'leader',
    act: (self) => self.peers.map((to) => ({ kind: 'replicate', to })),
  },
  stand: { on: ['alarm stand'], sort: 'judgement', sentence: '', when: (self) => self.memory.role !== 'leader', act: () => [{ kind: 'stand', durable: true }] },
}

/** The wrong ideas of the mission, one for each claim to catch. */
export const wrongRules = {
  'count-replicas-of-old-term': { commit: commitBy(commitIndexNaive) },
  'vote-for-shorter-log': grantIf((self, from, message) => message.term > self.disk.term || (message.term === self.disk.term && (self.disk.votedFor === null || self.disk.votedFor === from))),
  'overwrite-committed': acceptIf((self, message) => message.term >= self.disk.term),
  'ack-before-disk': acceptIf(mayAccept, false),
  'commit-in-minority': { commit: commitBy((self) => Math.max(self.memory.committed, ...self.peers.map((peer) => self.memory.matched[peer] ?? 0))) },
} as const satisfies { readonly [idea: string]: { readonly [rule: string]: RaftRule } }
