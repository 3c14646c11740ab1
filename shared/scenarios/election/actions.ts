import { fail } from '../../sim/assert.ts'
import { durable, integer, letter, peer, request } from '../../sim/fields.ts'
import { placeOf } from '../../sim/letters.ts'
import type { Out, Scenario } from '../../sim/scenario.ts'
import type { Letter, OpenRequest } from '../../sim/types.ts'
import { becomeFollower, majority, mustWait, takeTerm } from './state.ts'
import { BEATS_KEPT } from './types.ts'
import type { Election, Message, Self } from './types.ts'
import type { ElectionWords } from './words/en.ts'

type On = Letter<Message> | OpenRequest<Election['operation']> | null

const letterOf = (self: Self, n: number): Letter<Message> => {
  return self.inbox[placeOf(self.inbox, n)] ?? fail(`letter ${n} is not in the inbox`)
}
const waitingOf = (self: Self, n: number): OpenRequest<Election['operation']> => self.requests.find((one) => one.n === n) ?? fail(`request ${n} does not wait`)
const isLetter = (on: On): on is Letter<Message> => on !== null && 'message' in on
const asks = (on: On, ...kinds: Message['kind'][]): boolean => isLetter(on) && !on.handled && kinds.includes(on.message.kind)
const standing = (self: Self): boolean => self.memory.role === 'candidate'

function askVotes(self: Self, out: Out<Election>): void {
  self.memory.askedAtMs = self.clockMs
  for (const to of self.peers) if (!self.memory.votes.includes(to)) out.send(to, { kind: 'ask-vote', term: self.disk.term })
}

/** The verbs of the mission; what they do is the same in every language. */
export const actionsIn = (say: ElectionWords['keys']): Scenario<Election>['actions'] => ({
  stand: {
    fields: { durable: durable() },
    label: () => say.stand,
    consequence: (self) => say.startsTerm(self.disk.term + 1),
    offered: (self) => self.memory.role !== 'leader',
    warning: (self) => (!mustWait(self) ? null : self.memory.leader === null
      ? say.standWoken : say.standHeard),
    perform(self, action, out) {
      takeTerm(self, self.disk.term + 1)
      self.disk.votedFor = self.id
      self.memory.role = 'candidate'
      self.memory.votes = [self.id]
      self.memory.waitsSinceMs = self.clockMs
      if (action.durable) out.sync()
      askVotes(self, out)
    },
  },
  'ask-again': {
    fields: {},
    label: () => say.askAgain,
    consequence: () => say.notAnswered,
    offered: (self) => standing(self),
    refusal: (self) => (standing(self) ? null : say.notStanding),
    perform: (self, _action, out) => askVotes(self, out),
  },
  lead: {
    fields: {},
    label: () => say.lead,
    consequence: (self) => say.leadWith(self.disk.term, self.memory.votes.length, majority(self)),
    offered: (self) => standing(self),
    warning: (self) => (self.memory.votes.length < majority(self)
      ? say.leadWithout(self.memory.votes.length, majority(self)) : null),
    perform(self) {
      self.memory.role = 'leader'
      self.memory.ledAtMs = self.clockMs
      self.memory.askedAtMs = null
      self.memory.beatAtMs = null
      self.memory.acks = {}
    },
  },
  beat: {
    fields: {},
    label: () => say.beat,
    consequence: (self) => say.iLead(self.disk.term),
    offered: (self) => self.memory.role === 'leader',
    perform(self, _action, out) {
      const { memory } = self
      memory.beat++
      memory.beatAtMs = self.clockMs
      memory.beats.push({ beat: memory.beat, atMs: self.clockMs })
      if (memory.beats.length > BEATS_KEPT) memory.beats.shift()
      for (const to of self.peers) out.send(to, { kind: 'beat', term: self.disk.term, beat: memory.beat })
    },
  },
  'step-down': {
    fields: {},
    label: () => say.stepDown,
    consequence: () => say.followAgain,
    offered: (self) => self.memory.role !== 'follower',
    perform: (self) => becomeFollower(self),
  },
  'set-timeout': {
    fields: { timeoutMs: integer(say.waitForLeader, 'ms', 10_000, 80_000, 18_000, 1_000) },
    label: () => say.changeTimeout,
    consequence: (self) => say.now(Math.round(self.memory.timeoutMs / 1_000)),
    now: (self) => ({ timeoutMs: self.memory.timeoutMs }),
    offered: (self) => self.memory.role !== 'leader',
    perform(self, action) { self.memory.timeoutMs = action.timeoutMs },
  },
  grant: {
    fields: { letter: letter('ask-vote'), durable: durable() },
    label: () => say.grant,
    consequence: (_self, on) => (isLetter(on) ? say.to(on.from) : ''),
    offered: (_self, on) => asks(on, 'ask-vote'),
    warning(self, action) {
      const { from, message } = letterOf(self, action.letter)
      const { term, votedFor } = self.disk
      if (message.term < term) return say.termOver(message.term)
      if (message.term === term && votedFor !== null && votedFor !== from) return say.voteTwice(votedFor, term)
      return null
    },
    perform(self, action, out) {
      const { from, message } = letterOf(self, action.letter)
      takeTerm(self, message.term)
      if (self.disk.term === message.term) self.disk.votedFor = from
      self.memory.waitsSinceMs = self.clockMs
      if (action.durable) out.sync()
      out.send(from, { kind: 'vote', term: message.term, granted: true })
    },
  },
  deny: {
    fields: { letter: letter('ask-vote') },
    label: () => say.deny,
    consequence: (self) => say.sayTerm(self.disk.term),
    offered: (_self, on) => asks(on, 'ask-vote'),
    perform(self, action, out) {
      const { from } = letterOf(self, action.letter)
      out.send(from, { kind: 'vote', term: self.disk.term, granted: false })
    },
  },
  'count-vote': {
    fields: { letter: letter('vote') },
    label: () => say.count,
    consequence: (self, on) => (isLetter(on) ? say.soFar(on.from, self.memory.votes.length) : ''),
    offered: (_self, on) => asks(on, 'vote') && isLetter(on) && on.message.kind === 'vote' && on.message.granted,
    perform(self, action) {
      const { from } = letterOf(self, action.letter)
      if (!self.memory.votes.includes(from)) self.memory.votes.push(from)
    },
  },
  ack: {
    fields: { letter: letter('beat') },
    label: () => say.acknowledge,
    consequence: (_self, on) => (isLetter(on) ? say.to(on.from) : ''),
    offered: (_self, on) => asks(on, 'beat'),
    perform(self, action, out) {
      const { from, message } = letterOf(self, action.letter)
      if (message.kind === 'beat') out.send(from, { kind: 'beat-ack', term: self.disk.term, beat: message.beat })
    },
  },
  'note-ack': {
    fields: { letter: letter('beat-ack') },
    label: () => say.note,
    consequence: (_self, on) => (isLetter(on) ? say.hearsYou(on.from) : ''),
    offered: (_self, on) => asks(on, 'beat-ack'),
    perform(self, action) {
      const { from, message } = letterOf(self, action.letter)
      const sent = message.kind === 'beat-ack' ? self.memory.beats.find((one) => one.beat === message.beat) : undefined
      if (sent !== undefined) self.memory.acks[from] = Math.max(self.memory.acks[from] ?? sent.atMs, sent.atMs)
    },
  },
  'adopt-term': {
    fields: { letter: letter(), durable: durable() },
    label: () => say.adoptTerm,
    consequence: (_self, on) => (isLetter(on) ? say.andFollow(on.message.term) : ''),
    // An answered letter still tells of its term: where heartbeats are acknowledged by themselves, this is all that is left to do.
    offered: (self, on) => isLetter(on) && on.message.term > self.disk.term && on.message.kind !== 'ask-vote',
    perform(self, action, out) {
      takeTerm(self, letterOf(self, action.letter).message.term)
      if (action.durable) out.sync()
    },
  },
  serve: {
    fields: { request: request() },
    label: () => say.stamp,
    consequence: (self) => say.asLeader(self.disk.term),
    offered: (_self, on) => on !== null && !isLetter(on),
    warning: (self) => (self.memory.role === 'leader' ? null : say.notLeading),
    perform(self, action, out) {
      const waiting = waitingOf(self, action.request)
      out.reply(waiting, { kind: 'stamped', parcel: waiting.operation.parcel, term: self.disk.term })
    },
  },
  redirect: {
    fields: { request: request(), to: peer() },
    label: () => say.redirect,
    consequence: (self, _on, to) => { const id = to ?? self.memory.leader?.id; return id === undefined ? say.toAPeer : say.to(id) },
    offered: (_self, on) => on !== null && !isLetter(on),
    perform(self, action, out) {
      out.redirect(waitingOf(self, action.request), action.to)
    },
  },
})
