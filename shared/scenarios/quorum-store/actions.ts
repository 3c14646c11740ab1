import { fail } from '../../sim/assert.ts'
import { durable, integer, letter, request } from '../../sim/fields.ts'
import { placeOf } from '../../sim/letters.ts'
import type { Out, Scenario } from '../../sim/scenario.ts'
import { NODE_IDS } from '../../sim/types.ts'
import type { Letter, OpenRequest } from '../../sim/types.ts'
import { answered, copyOf, holders, newest, take, under, underOf } from './state.ts'
import type { Copy, Message, Operation, QuorumStore, Self } from './types.ts'
import type { QuorumWords } from './words/en.ts'

type On = Letter<Message> | OpenRequest<Operation> | null
type Specs = Scenario<QuorumStore>['actions']
const isLetter = (on: On): on is Letter<Message> => on !== null && 'message' in on
const isRequest = (on: On): on is OpenRequest<Operation> => on !== null && 'operation' in on
const letterOf = (self: Self, n: number): Letter<Message> => self.inbox[placeOf(self.inbox, n)] ?? fail(`letter ${n} is not in the inbox`)
const waitingOf = (self: Self, n: number): OpenRequest<Operation> => self.requests.find((one) => one.n === n) ?? fail(`request ${n} does not wait`)
const letterAsks = (on: On, ...kinds: Message['kind'][]): on is Letter<Message> => isLetter(on) && !on.handled && kinds.includes(on.message.kind)

/** Sends a copy to be stored everywhere, from the own disk on. */
function storeAt(self: Self, n: number, copy: Copy, isDurable: boolean, out: Out<QuorumStore>): void {
  const one = underOf(self, n) ?? fail(`request ${n} is not coordinated here`), { key } = waitingOf(self, n).operation
  one.phase = 'store'
  one.chosen = copy
  one.acks = [self.id]
  one.sentAtMs = self.clockMs
  take(self, key, copy)
  if (isDurable) out.sync()
  for (const to of self.peers) out.send(to, { kind: 'store', op: one.op, key, copy })
}

/** Asks again, or sends again, those who have not answered. */
function sendAgain(self: Self, out: Out<QuorumStore>): void {
  for (const { request: { operation: { key } }, one } of under(self)) {
    one.sentAtMs = self.clockMs
    for (const to of self.peers) {
      if (one.phase === 'query') { if (one.answers[to] === undefined) out.send(to, { kind: 'query', op: one.op, key }) }
      else if (one.chosen !== null && !one.acks.includes(to)) out.send(to, { kind: 'store', op: one.op, key, copy: one.chosen })
    }
  }
}

/** The verbs of the mission; what they do is the same in every language. */
export function actionsIn(say: QuorumWords['keys']): Specs {
  const phaseOf = (self: Self, on: On): 'none' | 'query' | 'store' => (isRequest(on) ? underOf(self, on.n)?.phase ?? 'none' : 'none')
  const inPhase = (kind: Operation['kind'], ...phases: ('none' | 'query' | 'store')[]) => (self: Self, on: On): boolean => isRequest(on) && on.operation.kind === kind && phases.includes(phaseOf(self, on))
  const tooFew = (self: Self, n: number): string | null => { const one = underOf(self, n), count = one === undefined ? 0 : answered(one); return count < self.memory.read ? say.tooFewAnswers(count, self.memory.read) : null }
  const notAsked = (self: Self, action: { request: number }): string | null => (underOf(self, action.request)?.phase === 'query' ? null : say.askFirst)
  const started = (self: Self, action: { request: number }): string | null => (underOf(self, action.request) === undefined ? say.askFirst : null)
  const nextCounter = (self: Self, on: On): number => (isRequest(on) ? newest(underOf(self, on.n) ?? { op: '', phase: 'query', answers: {}, acks: [], chosen: null, sentAtMs: 0 }).version[0] + 1 : 1)
  const written = (self: Self, n: number): string => { const { operation } = waitingOf(self, n); return operation.kind === 'write' ? operation.value : fail(`request ${n} is no write`) }
  const isWrite = (self: Self, action: { request: number }): string | null => (self.requests.find((one) => one.n === action.request)?.operation.kind === 'write' ? null : say.noWrite)
  const isRead = (self: Self, action: { request: number }): string | null => (self.requests.find((one) => one.n === action.request)?.operation.kind === 'read' ? null : say.noRead)
  return {
    query: {
      fields: { request: request(), durable: durable() },
      label: () => say.query,
      consequence: (_self, on) => (isRequest(on) ? say.ofKey(on.operation.key) : ''),
      offered: (self, on) => isRequest(on) && phaseOf(self, on) === 'none',
      refusal: (self, action) => (underOf(self, action.request) === undefined ? null : say.askedAlready),
      perform(self, action, out) {
        const { key } = waitingOf(self, action.request).operation, op = `${self.id}${action.request}`
        for (const n of Object.keys(self.memory.under)) if (underOf(self, Number(n)) === undefined) delete self.memory.under[n]
        self.memory.under[action.request] = { op, phase: 'query', answers: { [self.id]: copyOf(self, key) }, acks: [], chosen: null, sentAtMs: self.clockMs }
        if (action.durable) out.sync()
        for (const to of self.peers) out.send(to, { kind: 'query', op, key })
      },
    },
    store: {
      fields: { request: request(), durable: durable() },
      label: () => say.store,
      consequence: (self, on) => say.asVersion(nextCounter(self, on)),
      offered: inPhase('write', 'query'),
      refusal: (self, action) => isWrite(self, action) ?? notAsked(self, action),
      warning: (self, action) => tooFew(self, action.request),
      perform(self, action, out) {
        const one = underOf(self, action.request) ?? fail('refused before')
        storeAt(self, action.request, { value: written(self, action.request), version: [newest(one).version[0] + 1, one.op] }, action.durable, out)
      },
    },
    'store-by-clock': {
      fields: { request: request(), durable: durable() },
      label: () => say.byClock,
      consequence: (self) => say.asVersion(Math.max(1, self.clockMs)),
      offered: inPhase('write', 'query'),
      refusal: (self, action) => isWrite(self, action) ?? notAsked(self, action),
      warning: () => say.clocksDiffer,
      perform(self, action, out) {
        const one = underOf(self, action.request) ?? fail('refused before')
        storeAt(self, action.request, { value: written(self, action.request), version: [Math.max(1, self.clockMs), one.op] }, action.durable, out)
      },
    },
    'write-back': {
      fields: { request: request(), durable: durable() },
      label: () => say.writeBack,
      consequence: (self, on) => { const one = isRequest(on) ? underOf(self, on.n) : undefined; return one === undefined ? '' : say.newestOf(newest(one).value) },
      offered: inPhase('read', 'query'),
      refusal: (self, action) => isRead(self, action) ?? notAsked(self, action),
      warning: (self, action) => tooFew(self, action.request),
      perform(self, action, out) { storeAt(self, action.request, newest(underOf(self, action.request) ?? fail('refused before')), action.durable, out) },
    },
    'reply-value': {
      fields: { request: request() },
      label: () => say.replyValue,
      consequence: (self, on) => { const one = isRequest(on) ? underOf(self, on.n) : undefined; return one === undefined ? '' : say.newestOf((one.chosen ?? newest(one)).value) },
      offered: inPhase('read', 'query', 'store'),
      refusal: (self, action) => isRead(self, action) ?? started(self, action),
      warning(self, action) {
        const one = underOf(self, action.request)
        if (one === undefined) return null
        if (one.phase === 'store') return one.acks.length < self.memory.write ? say.tooFewStored(one.acks.length, self.memory.write) : null
        return tooFew(self, action.request) ?? (holders(one) < self.memory.write ? say.fewHold(holders(one), self.memory.write) : null)
      },
      perform(self, action, out) {
        const waiting = waitingOf(self, action.request), one = underOf(self, action.request) ?? fail('refused before'), { value, version } = one.chosen ?? newest(one)
        out.reply(waiting, { kind: 'value', key: waiting.operation.key, value, version })
      },
    },
    'reply-ok': {
      fields: { request: request() },
      label: () => say.replyOk,
      consequence: (self, on) => { const one = isRequest(on) ? underOf(self, on.n) : undefined; return say.storedBy(one?.acks.length ?? 0, self.memory.write) },
      offered: inPhase('write', 'store'),
      refusal: (self, action) => isWrite(self, action) ?? (underOf(self, action.request)?.phase === 'store' ? null : say.storeFirst),
      warning: (self, action) => { const count = underOf(self, action.request)?.acks.length ?? 0; return count < self.memory.write ? say.tooFewStored(count, self.memory.write) : null },
      perform(self, action, out) {
        const waiting = waitingOf(self, action.request), version = underOf(self, action.request)?.chosen?.version ?? fail('refused before')
        out.reply(waiting, { kind: 'stored', key: waiting.operation.key, version })
      },
    },
    'reply-fail': {
      fields: { request: request() },
      label: () => say.replyFail,
      consequence: (self, on) => (phaseOf(self, on) === 'store' && isRequest(on) && on.operation.kind === 'write' ? say.mayBeStored : say.nothingDone),
      offered: (_self, on) => isRequest(on),
      perform(self, action, out) {
        const waiting = waitingOf(self, action.request)
        out.reply(waiting, { kind: 'failed', sure: waiting.operation.kind === 'read' || underOf(self, action.request)?.phase !== 'store' })
      },
    },
    answer: {
      fields: { letter: letter('query'), durable: durable() },
      label: () => say.answer,
      consequence: (self, on) => (isLetter(on) ? say.yourCopy(copyOf(self, on.message.key).value) : ''),
      offered: (_self, on) => letterAsks(on, 'query'),
      perform(self, action, out) {
        const { from, message } = letterOf(self, action.letter)
        // What others will build on must be on disk first.
        if (action.durable) out.sync()
        out.send(from, { kind: 'value', op: message.op, key: message.key, copy: copyOf(self, message.key) })
      },
    },
    ack: {
      fields: { letter: letter('store'), durable: durable() },
      label: () => say.ack,
      consequence: (_self, on) => (isLetter(on) ? say.tells(on.from) : ''),
      offered: (_self, on) => letterAsks(on, 'store'),
      perform(self, action, out) {
        const { from, message } = letterOf(self, action.letter)
        if (message.kind !== 'store') return
        take(self, message.key, message.copy)
        if (action.durable) out.sync()
        out.send(from, { kind: 'stored', op: message.op, key: message.key, version: message.copy.version })
      },
    },
    count: {
      fields: { letter: letter('value', 'stored') },
      label: () => say.count,
      consequence: (_self, on) => (isLetter(on) ? say.from(on.from) : ''),
      offered: (self, on) => letterAsks(on, 'value', 'stored') && under(self).some(({ one }) => one.op === on.message.op),
      perform(self, action) {
        const { from, message } = letterOf(self, action.letter), one = under(self).find((each) => each.one.op === message.op)?.one
        if (one === undefined) return
        if (message.kind === 'value' && one.phase === 'query') {
          const before = one.answers[from]
          if (before === undefined || newest({ ...one, answers: { before, after: message.copy } }) === message.copy) one.answers[from] = message.copy
        }
        if (message.kind === 'stored' && one.phase === 'store' && !one.acks.includes(from)) one.acks.push(from)
      },
    },
    repeat: {
      fields: {},
      label: () => say.repeat,
      consequence: () => say.whoIsSilent,
      offered: (self) => under(self).length > 0,
      perform: (self, _action, out) => sendAgain(self, out),
    },
    'set-quorum': {
      fields: { read: integer(say.read, '', 1, NODE_IDS.length, 3), write: integer(say.write, '', 1, NODE_IDS.length, 3) },
      label: () => say.setQuorum,
      consequence: (self) => say.nowQuorum(self.memory.read, self.memory.write),
      now: (self) => ({ read: self.memory.read, write: self.memory.write }),
      offered: () => true,
      refusal: (self, action) => (Math.max(action.read ?? 1, action.write ?? 1) > self.peers.length + 1 ? say.onlyCopies(self.peers.length + 1) : null),
      perform(self, action) {
        self.memory.read = action.read
        self.memory.write = action.write
      },
    },
  }
}
