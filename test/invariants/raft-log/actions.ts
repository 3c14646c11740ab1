import { fail } from '../../../shared/sim/assert.ts'
import { durable, integer, letter, peer, request } from '../../../shared/sim/fields.ts'
import { placeOf } from '../../../shared/sim/letters.ts'
import type { Out, Scenario } from '../../../shared/sim/scenario.ts'
import type { Letter } from '../../../shared/sim/types.ts'
import { lastOf, taking } from './decide.ts'
import type { Message, RaftLog, Self } from './types.ts'

/** The letter that an action answers; it is of the kind that the action's field asks for. */
function letterOf<K extends Message['kind']>(self: Self, n: number, _kind: K): Letter<Extract<Message, { kind: K }>> {
  return (self.inbox[placeOf(self.inbox, n)] ?? fail(`letter ${n} is not in the inbox`)) as Letter<Extract<Message, { kind: K }>>
}

function takeTerm(self: Self, term: number): void {
  if (term <= self.disk.term) return
  self.disk.term = term
  self.disk.votedFor = null
  self.memory.role = 'follower'
}

/** Says something that rests on what was written. Who is not careful says it before the disk has it. */
function say(out: Out<RaftLog>, careful: boolean, to: string, message: Message): void {
  if (careful) out.sync()
  out.send(to, message)
  if (!careful) out.sync()
}

function addToLog(self: Self, out: Out<RaftLog>, command: number): void {
  self.disk.log.push({ term: self.disk.term, command, written: ++self.disk.writes })
  out.sync()
}

function replicate(self: Self, out: Out<RaftLog>, to: string): void {
  const { term, log } = self.disk
  const index = (self.memory.next[to] ?? log.length + 1) - 1
  out.send(to, {
    kind: 'append', term, previous: { index, term: log[index - 1]?.term ?? 0 },
    entries: log.slice(index).map((entry) => ({ term: entry.term, command: entry.command as number })), committed: self.memory.committed,
  })
}

const leading = (self: Self): string | null => (self.memory.role === 'leader' ? null : 'You do not lead.')
const plain = { label: () => '', offered: () => true }
const place = { index: integer('Entry', '', 1, 20, 1), term: integer('Term', '', 1, 20, 1) }
const command = integer('Command', '', 0, 999_999, 1)

export const actions: Scenario<RaftLog>['actions'] = {
  /** Writes what is on the disk once more: so everybody above sees with which log a node begins. */
  recover: { ...plain, fields: {}, perform: (_self, _action, out) => out.sync() },
  stand: {
    ...plain, fields: { durable: durable() },
    perform(self, action, out) {
      takeTerm(self, self.disk.term + 1)
      self.disk.votedFor = self.id
      self.memory.role = 'candidate'
      self.memory.votes = [self.id]
      self.memory.waitsSinceMs = self.clockMs
      if (action.durable) out.sync()
      for (const to of self.peers) out.send(to, { kind: 'ask-vote', term: self.disk.term, last: lastOf(self.disk.log) })
    },
  },
  grant: {
    ...plain, fields: { letter: letter('ask-vote'), durable: durable() },
    perform(self, action, out) {
      const { from, message } = letterOf(self, action.letter, 'ask-vote')
      takeTerm(self, message.term)
      self.disk.votedFor = from
      self.memory.waitsSinceMs = self.clockMs
      say(out, action.durable, from, { kind: 'vote', term: message.term, granted: true })
    },
  },
  deny: {
    ...plain, fields: { letter: letter('ask-vote') },
    perform: (self, action, out) => out.send(letterOf(self, action.letter, 'ask-vote').from, { kind: 'vote', term: self.disk.term, granted: false }),
  },
  'count-vote': {
    ...plain, fields: { letter: letter('vote') },
    perform(self, action) {
      const { from } = letterOf(self, action.letter, 'vote')
      if (!self.memory.votes.includes(from)) self.memory.votes.push(from)
    },
  },
  lead: {
    ...plain, fields: {}, refusal: (self) => (self.memory.role === 'candidate' ? null : 'You are not standing.'),
    perform(self, _action, out) {
      self.memory.role = 'leader'
      self.memory.next = {}
      self.memory.matched = {}
      self.memory.spokeAtMs = self.clockMs
      for (const to of self.peers) {
        self.memory.next[to] = self.disk.log.length + 1
        replicate(self, out, to)
      }
    },
  },
  write: { ...plain, fields: { command }, refusal: leading, perform: (self, action, out) => addToLog(self, out, action.command) },
  append: {
    ...plain, fields: { request: request() }, refusal: leading,
    perform(self, action, out) {
      const waiting = self.requests.find((one) => one.n === action.request) ?? fail(`request ${action.request} does not wait`)
      addToLog(self, out, waiting.operation.command)
      self.memory.asked[action.request] = lastOf(self.disk.log)
    },
  },
  replicate: {
    ...plain, fields: { to: peer() }, refusal: leading,
    perform(self, action, out) {
      self.memory.spokeAtMs = self.clockMs
      replicate(self, out, action.to)
    },
  },
  accept: {
    ...plain, fields: { letter: letter('append'), durable: durable() },
    perform(self, action, out) {
      const { from, message } = letterOf(self, action.letter, 'append')
      const { disk, memory } = self
      const { kept, fresh } = taking(disk.log, message.previous, message.entries)
      takeTerm(self, message.term)
      if (memory.role === 'candidate') memory.role = 'follower'
      disk.log.length = kept
      for (const entry of fresh) disk.log.push({ ...entry, written: ++disk.writes })
      const matched = message.previous.index + message.entries.length
      memory.committed = Math.max(memory.committed, Math.min(message.committed, matched))
      say(out, action.durable, from, { kind: 'append-ack', term: disk.term, matched })
    },
  },
  reject: {
    ...plain, fields: { letter: letter('append') },
    perform: (self, action, out) => out.send(letterOf(self, action.letter, 'append').from, { kind: 'append-ack', term: self.disk.term, matched: null }),
  },
  'note-ack': {
    ...plain, fields: { letter: letter('append-ack') }, refusal: leading,
    perform(self, action) {
      const { from, message } = letterOf(self, action.letter, 'append-ack')
      const { next, matched } = self.memory
      if (message.matched === null) next[from] = Math.max((matched[from] ?? 0) + 1, (next[from] ?? 1) - 1)
      else next[from] = (matched[from] = Math.max(matched[from] ?? 0, message.matched)) + 1
    },
  },
  commit: {
    ...plain, fields: place,
    refusal: (self, action) => leading(self) ?? (self.disk.log[action.index - 1]?.term === action.term ? null : 'You have no such entry.'),
    perform(self, action) { self.memory.committed = Math.max(self.memory.committed, action.index) },
  },
  apply: {
    ...plain, fields: { index: place.index, command }, refusal: (self, action) => (action.index === self.memory.applied + 1 ? null : 'Commands are applied in their order.'),
    perform(self, action) { self.memory.applied = action.index },
  },
  answer: {
    ...plain, fields: { request: request() }, refusal: (self, action) => (self.memory.asked[action.request] === undefined ? 'This request is not in your log.' : null),
    perform(self, action, out) {
      const waiting = self.requests.find((one) => one.n === action.request) ?? fail(`request ${action.request} does not wait`)
      const asked = self.memory.asked[action.request] ?? fail(`request ${action.request} has no entry`)
      delete self.memory.asked[action.request]
      out.reply(waiting, { kind: 'written', ...asked })
    },
  },
  'adopt-term': {
    ...plain, fields: { letter: letter() },
    perform(self, action, out) {
      const { message } = self.inbox[placeOf(self.inbox, action.letter)] ?? fail(`letter ${action.letter} is not in the inbox`)
      takeTerm(self, message.term)
      out.sync()
    },
  },
}
