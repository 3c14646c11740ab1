import type { Rule } from '../../sim/scenario.ts'
import type { NodeEvent } from '../../sim/types.ts'
import { opIn, rightAnswer } from './actions.ts'
import { broughtBy, entryOf, isKnown, isReady, nextStamp, pairOf, timingOf } from './state.ts'
import type { Action, Entry, LogicalClocks, Relation, Self, Stamp } from './types.ts'
import { english } from './words/en.ts'

type Event = NodeEvent<LogicalClocks>
export type ClockRule = Rule<LogicalClocks>
/** How a rule counts an event, of which it was told so. */
export type Counts = (self: Self, told: Stamp | null) => Stamp

interface Waiting { n: number; entry: Entry }
const letters = (self: Self): Waiting[] => self.inbox.flatMap((one) => { const entry = opIn(one); return entry === null ? [] : [{ n: one.n, entry }] })

/** A letter that can be applied now: the first of those that rest on nothing that is missing. */
const nextReady = (self: Self, ready: (self: Self, entry: Entry) => boolean): Waiting | undefined => letters(self).find(({ entry }) => entryOf(self, entry.name) === undefined && ready(self, entry))

/** Applies what can be applied; what comes of that is another event. */
export const applyRule = (sentence: string, counts: Counts, ready: (self: Self, entry: Entry) => boolean = isReady): ClockRule => ({
  on: ['message op', 'alarm next', 'start'], sort: 'handler', sentence,
  when: (self) => nextReady(self, ready) !== undefined,
  act(self) { const found = nextReady(self, ready); return found === undefined ? [] : [{ kind: 'apply', letter: found.n, stamp: [...counts(self, found.entry.stamp)] }] },
})

const places = (self: Self, event: Event): { n: number; after: Stamp | null }[] => self.requests.flatMap((one) => {
  const { operation } = one
  return (event.on !== 'request' || event.request.n === one.n) && operation.kind === 'place' && isKnown(self, operation.after) ? [{ n: one.n, after: broughtBy(operation)?.stamp ?? null }] : []
})

/** Stamps what customers place, once what they bring along is known here. */
export const stampRule = (sentence: string, counts: Counts): ClockRule => ({
  on: ['request', 'message op', 'alarm next'], sort: 'judgement', sentence,
  when: (self, event) => places(self, event).length > 0,
  act(self, event) { const [one] = places(self, event); return one === undefined ? [] : [{ kind: 'stamp', request: one.n, stamp: [...counts(self, one.after)] }] },
})

const asked = (self: Self, event: Event): number | undefined => self.requests.find((one) => (event.on !== 'request' || event.request.n === one.n) && one.operation.kind === 'compare')?.n
export const answerRule = (sentence: string, relation: (self: Self) => Relation): ClockRule => ({
  on: ['request', 'alarm next'], sort: 'judgement', sentence,
  when: (self, event) => asked(self, event) !== undefined,
  act(self, event) { const n = asked(self, event) ?? -1; return [pairOf(self) === null ? { kind: 'too-few', request: n } : { kind: 'answer', request: n, relation: relation(self) }] as Action[] },
})

/** In the order in which they are asked: what arrived is applied before anything new is stamped. */
export const rules = {
  apply: applyRule(english.rules.apply, nextStamp),
  ack: {
    on: ['message op'], sort: 'chore', sentence: english.rules.ack,
    when: (self, event) => { const entry = event.on === 'message' ? opIn(event.letter) : null; return entry !== null && entryOf(self, entry.name) !== undefined },
    act: (_self, event) => [{ kind: 'ack', letter: event.on === 'message' ? event.letter.n : -1 }],
  },
  note: {
    on: ['message got'], sort: 'chore', sentence: english.rules.note,
    when: () => true,
    act: (_self, event) => [{ kind: 'note', letter: event.on === 'message' ? event.letter.n : -1 }],
  },
  stamp: stampRule(english.rules.stamp, nextStamp),
  answer: answerRule(english.rules.answer, rightAnswer),
  repeat: {
    on: ['alarm repeat'], sort: 'chore', sentence: english.rules.repeat,
    when: (self) => self.disk.outbox.length > 0 && self.clockMs >= self.memory.sentAtMs + timingOf(self),
    act: () => [{ kind: 'repeat' }],
  },
} as const satisfies { [id: string]: ClockRule }

export const levels = { L0: [], L1: ['ack', 'note', 'repeat'], L2: ['ack', 'note', 'repeat', 'apply'], L3: Object.keys(rules) } as const


/** When it is looked again whether something that waited can go on: a moment after it came, or at once if that is past. */
export function nextAtMs(self: Self): number | null {
  const found = nextReady(self, isReady)
  const sinceMs = found === undefined ? self.requests.find(({ operation }) => operation.kind === 'compare' || isKnown(self, broughtBy(operation))) : self.inbox.find((one) => one.n === found.n)
  return sinceMs === undefined ? null : sinceMs.atMs + 100 + (sinceMs.n % 50)
}
