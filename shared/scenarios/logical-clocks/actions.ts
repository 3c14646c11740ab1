import { fail } from '../../sim/assert.ts'
import { choice, letter, request, stamp } from '../../sim/fields.ts'
import { placeOf } from '../../sim/letters.ts'
import type { Out, Scenario } from '../../sim/scenario.ts'
import type { Letter, OpenRequest } from '../../sim/types.ts'
import { applied, broughtBy, entryOf, insert, isKnown, isReady, nextStamp, pairOf, relationOf } from './state.ts'
import { RELATIONS } from './types.ts'
import type { Entry, LogicalClocks, Message, Operation, Relation, Self, Stamp } from './types.ts'
import type { ClockWords } from './words/en.ts'

type On = Letter<Message> | OpenRequest<Operation> | null
const isLetter = (on: On): on is Letter<Message> => on !== null && 'message' in on
const isRequest = (on: On): on is OpenRequest<Operation> => on !== null && 'operation' in on
export const letterOf = (self: Self, n: number): Letter<Message> => self.inbox[placeOf(self.inbox, n)] ?? fail(`letter ${n} is not in the inbox`)
const waitingOf = (self: Self, n: number): OpenRequest<Operation> => self.requests.find((one) => one.n === n) ?? fail(`request ${n} does not wait`)
/** The operation in a letter that was not answered, if it holds one. */
export const opIn = (on: On): Entry | null => (isLetter(on) && !on.handled && on.message.kind === 'op' ? on.message.entry : null)
/** The same by the letter's number; null where there is no such letter. */
export const opNumbered = (self: Self, n: number): Entry | null => opIn(self.inbox.find((one) => one.n === n) ?? null)

function sendTo(self: Self, entry: Entry, acks: readonly string[], out: Out<LogicalClocks>): void {
  for (const to of self.peers) if (!acks.includes(to)) out.send(to, { kind: 'op', entry })
}

/** The verbs of the mission; what they do is the same in every language. */
export function actionsIn(say: ClockWords['keys']): Scenario<LogicalClocks>['actions'] {
  const operationOf = (self: Self, action: { request: number }): Operation | undefined => self.requests.find((one) => one.n === action.request)?.operation
  return {
    stamp: {
      fields: { request: request(), stamp: stamp(say.stampField) },
      label: () => say.stamp,
      consequence: (self, on) => (isRequest(on) ? say.as(nextStamp(self, broughtBy(on.operation)?.stamp ?? null)[0]) : ''),
      offered: (_self, on) => isRequest(on) && on.operation.kind === 'place',
      fill: (self, on) => (isRequest(on) ? { stamp: [...nextStamp(self, broughtBy(on.operation)?.stamp ?? null)] } : {}),
      // Nobody can file what builds on something that is not in the book.
      refusal(self, action) {
        const operation = operationOf(self, action), brought = operation === undefined ? null : broughtBy(operation)
        return operation?.kind !== 'place' ? say.isQuestion : isKnown(self, brought) ? null : say.notHere(brought?.name ?? '')
      },
      perform(self, action, out) {
        const waiting = waitingOf(self, action.request), { operation } = waiting
        if (operation.kind !== 'place') return
        const nth = self.disk.log.filter((one) => one.node === self.id).length + 1, made = action.stamp as unknown as Stamp
        const entry: Entry = { name: `${self.id}${action.request}`, node: self.id, nth, verb: operation.verb, order: operation.order, stamp: made, rests: applied(self) }
        self.disk.stamp = made
        insert(self, entry)
        self.disk.outbox.push({ name: entry.name, acks: [] })
        // What has been waiting longer is not sent later for it.
        if (self.disk.outbox.length === 1) self.memory.sentAtMs = self.clockMs
        out.sync()
        sendTo(self, entry, [], out)
        out.reply(waiting, { kind: 'placed', entry })
      },
    },
    apply: {
      fields: { letter: letter('op'), stamp: stamp(say.stampField) },
      label: () => say.apply,
      consequence: (self, on) => { const entry = opIn(on); return entry === null ? '' : isReady(self, entry) ? say.as(nextStamp(self, entry.stamp)[0]) : say.early },
      offered: (self, on) => { const entry = opIn(on); return entry !== null && entryOf(self, entry.name) === undefined },
      fill: (self, on) => { const entry = opIn(on); return entry === null ? {} : { stamp: [...nextStamp(self, entry.stamp)] } },
      refusal: (self, action) => { const entry = opNumbered(self, action.letter); return entry !== null && entryOf(self, entry.name) !== undefined ? say.haveIt : null },
      warning: (self, action) => { const entry = opNumbered(self, action.letter); return entry === null || isReady(self, entry) ? null : say.lacks(entry.name) },
      perform(self, action, out) {
        const { from, message } = letterOf(self, action.letter)
        if (message.kind !== 'op' || entryOf(self, message.entry.name) !== undefined) return
        self.disk.stamp = action.stamp as unknown as Stamp
        insert(self, message.entry)
        out.sync()
        out.send(from, { kind: 'got', name: message.entry.name })
      },
    },
    ack: {
      fields: { letter: letter('op') },
      label: () => say.ack,
      consequence: (_self, on) => (isLetter(on) ? say.tell(on.from) : ''),
      offered: (self, on) => { const entry = opIn(on); return entry !== null && entryOf(self, entry.name) !== undefined },
      perform(self, action, out) {
        const { from, message } = letterOf(self, action.letter)
        if (message.kind !== 'op' || entryOf(self, message.entry.name) === undefined) return
        out.sync()
        out.send(from, { kind: 'got', name: message.entry.name })
      },
    },
    note: {
      fields: { letter: letter('got') },
      label: () => say.note,
      consequence: (_self, on) => (isLetter(on) ? say.hasIt(on.from) : ''),
      offered: (_self, on) => isLetter(on) && !on.handled && on.message.kind === 'got',
      perform(self, action) {
        const { from, message } = letterOf(self, action.letter), one = message.kind === 'got' ? self.disk.outbox.find(({ name }) => name === message.name) : undefined
        if (one !== undefined && !one.acks.includes(from)) one.acks.push(from)
        self.disk.outbox = self.disk.outbox.filter(({ acks }) => acks.length < self.peers.length)
      },
    },
    repeat: {
      fields: {},
      label: () => say.repeat,
      consequence: (self) => say.waiting(self.disk.outbox.length),
      offered: (self) => self.disk.outbox.length > 0,
      perform(self, _action, out) {
        self.memory.sentAtMs = self.clockMs
        out.sync()
        for (const { name, acks } of self.disk.outbox) { const entry = entryOf(self, name); if (entry !== undefined) sendTo(self, entry, acks, out) }
      },
    },
    answer: {
      fields: { request: request(), relation: { ...choice(say.relation, RELATIONS), names: { before: say.before, after: say.after, concurrent: say.concurrent } } as ReturnType<typeof choice> },
      label: () => say.answer,
      option(self, word) {
        const [first, second] = pairOf(self) ?? [{ name: '' }, { name: '' }]
        switch (word as Relation) {
          case 'before': return { label: say.first(first.name), consequence: say.isBefore(first.name, second.name) }
          case 'after': return { label: say.first(second.name), consequence: say.isAfter(first.name, second.name) }
          case 'concurrent': return { label: say.neither, consequence: say.areConcurrent }
        }
      },
      offered: (self, on) => isRequest(on) && on.operation.kind === 'compare' && pairOf(self) !== null,
      refusal: (self, action) => (operationOf(self, action)?.kind !== 'compare' ? say.isOrder : pairOf(self) === null ? say.fewer : null),
      perform(self, action, out) {
        const [first, second] = pairOf(self) ?? fail('refused before')
        out.reply(waitingOf(self, action.request), { kind: 'relation', first: first.name, second: second.name, relation: action.relation })
      },
    },
    'too-few': {
      fields: { request: request() },
      label: () => say.tooFew,
      consequence: () => say.fewer,
      offered: (self, on) => isRequest(on) && on.operation.kind === 'compare' && pairOf(self) === null,
      refusal: (self, action) => (operationOf(self, action)?.kind === 'compare' ? null : say.isOrder),
      perform(self, action, out) { out.reply(waitingOf(self, action.request), { kind: 'too-few' }) },
    },
  }
}

/** The right answer, by the vectors. */
export const rightAnswer = (self: Self): Relation => { const pair = pairOf(self); return pair === null ? 'concurrent' : relationOf(pair[0].stamp, pair[1].stamp) }
