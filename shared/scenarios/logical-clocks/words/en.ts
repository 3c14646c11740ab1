import type { Words } from '../../../sim/catalogue.ts'
import type { ClaimWords } from '../../../sim/claim.ts'
import type { Lesson } from '../../../sim/scenario.ts'
import { claims } from '../claims/index.ts'
import type { ClaimId } from '../claims/index.ts'
import type { Relation } from '../types.ts'
import { english as facts } from './facts-en.ts'
import type { FactWords } from './facts-en.ts'

/** Everything that somebody who plays this mission reads, in English. Another language is a file beside this one, of the same shape. */

const lesson: Lesson = {
  brief: 'You keep an order book together: create, pay, ship, cancel. Every node gets some operations from its customers and the rest from its peers, in any order. Your wall clocks disagree. Count instead: every event is one more. Stamp, send, apply, and never apply anything before what it rests on.',
  ruleCard: {
    title: 'Rules of the clocks',
    rules: [
      { strong: 'Count every event:', rest: 'an operation that you stamp, and one that you apply.' },
      { strong: 'Told of something?', rest: 'Take the maximum of both clocks first, then add one.' },
      { strong: 'The vector', rest: 'counts for each node how many of its events you know of. Raise only your own entry.' },
      { strong: 'Hold back', rest: 'what rests on operations that you have not applied yet.' },
      { strong: 'Send again', rest: 'until every peer has it. Messages get lost.' },
      { strong: 'A lower clock proves nothing:', rest: 'compare vectors. If neither is below the other, they are concurrent.' },
    ],
  },
  runbook: [
    { atMs: 0, say: 'Watch the clocks on top: all differ. Ask whose time the book should use.', ask: 'Two nodes stamp at the same moment. Which came first?', answers: ['The lower node', 'The faster clock', 'Neither', 'It cannot be known'] },
    { atMs: 60_000, say: 'Messages are lost and overtake each other now. Who holds something back, and for what?' },
    { atMs: 140_000, say: 'Cut the cluster in halves. Both sides go on: nobody needs the other to count.', ask: 'What will the two books look like after the cut heals?', answers: ['The same', 'Like the larger side', 'Like the later one', 'They stay apart'] },
    { atMs: 200_000, say: 'Healed. Let them send what the others lack, and compare the books.' },
    { atMs: 250_000, say: 'Ask for two operations with different clocks that are concurrent.' },
  ],
  questions: [
    { ask: 'Find two operations where the lower clock did not cause the other. How could you tell?', facts: 'right-answer' },
    { ask: 'Where did a clock stand still or go back? What should have been counted?', facts: 'clock-condition' },
    { ask: 'What had to be held back, and what was it waiting for?', facts: 'causal-delivery' },
    { ask: 'How long did it take until all books were the same again?', facts: 'settled' },
  ],
  glossary: {
    'happened before': 'One event could have had an influence on the other: earlier at the same node, or through messages.',
    concurrent: 'Neither happened before the other. No message could have gone from one to the other.',
    'Lamport clock': 'A counter that grows at every event, and jumps ahead when a message has a higher one.',
    vector: 'One number for each node: how many of its events are known here.',
    stamp: 'The clock and the vector that an event gets.',
    apply: 'To take an operation into your own book.',
    'hold back': 'To keep an operation and not apply it yet.',
    'causal order': 'Nothing is applied before what it rests on.',
  },
}

const screen = {
  emptyBook: 'an empty book',
  holds: (count: number): string => `${count} in the book`,
  verbs: { create: 'create', pay: 'pay', ship: 'ship', cancel: 'cancel' },
  did: (verb: string, order: number): string => `${verb} order ${order}`,
  statuses: { none: 'none', open: 'open', paid: 'paid', shipped: 'shipped', cancelled: 'cancelled' },
  plate: { clock: 'Your clock', order: (order: number): string => `Order ${order}`, outbox: 'Not everywhere' },
  vector: 'Your vector',
  log: { title: 'Your book, newest first', name: 'Name', what: 'What', stamp: 'Stamp', none: 'Nothing yet.' },
  mayLack: (count: number): string => `may lack ${count}`,
  repeat: 'send again',
  waiting: (count: number): string => `${count} ${count === 1 ? 'operation waits' : 'operations wait'} to be applied.`,
  sends: (peer: string, name: string, what: string): string => `${peer} sends ${name}: ${what}`,
  stamped: (stamp: string): string => `Stamped ${stamp}.`,
  restsOn: (stamp: string): string => `Stamped ${stamp}. It rests on something that you lack.`,
  haveIt: 'You have it already.',
  got: (peer: string, name: string): string => `${peer} has ${name}`,
  compare: 'which came first?', compares: (first: string, second: string): string => `${first} or ${second} first?`,
  bringsNothing: 'It brings nothing along.',
  brings: (name: string, stamp: string): string => `After ${name}, stamped ${stamp}.`,
  unknown: (name: string): string => `After ${name}, which you do not have yet.`,
  event: (name: string, what: string, stamp: string): string => `${name}, ${what}: ${stamp}`,
  tooFew: 'too few operations are known',
  placed: (name: string, stamp: string): string => `${name}, stamped ${stamp}`,
  relation: (first: string, second: string, relation: Relation): string => (relation === 'concurrent' ? `${first} and ${second} are concurrent` : `${first} is ${relation} ${second}`),
}

const keys = {
  stamp: 'Stamp and send', stampField: 'Stamp', as: (clock: number): string => `clock ${clock}`,
  isQuestion: 'This customer asks which came first.', isOrder: 'This customer places an order.',
  notHere: (name: string): string => `It builds on ${name}, which is not in your book yet.`,
  apply: 'Apply', early: 'it rests on what you lack', haveIt: 'It is in your book already.',
  lacks: (name: string): string => `${name} rests on operations that you lack. Press once more to apply it all the same.`,
  ack: 'Say you have it', tell: (peer: string): string => `to ${peer}`,
  note: 'Note it', hasIt: (peer: string): string => `${peer} has it`,
  repeat: 'Send again', waiting: (count: number): string => `${count} not everywhere`,
  answer: 'Answer', relation: 'The first is', before: 'before', after: 'after', concurrent: 'concurrent',
  first: (name: string): string => `${name} first`, neither: 'Neither', isBefore: (first: string, second: string): string => `${first} before ${second}`,
  isAfter: (first: string, second: string): string => `${first} after ${second}`, areConcurrent: 'they are concurrent',
  tooFew: 'Too few yet', fewer: 'two operations of two nodes are needed',
}

export const english = {
  title: 'Whose event came first?',
  lesson, screen, keys,
  alarms: {} as { readonly [name: string]: string },
  /** The misconceptions; in English they stand where they are made. */
  ideas: {} as { readonly [id: string]: string },
  rules: {
    apply: 'Apply an operation once everything that it rests on has been applied: take the maximum, and count it.',
    ack: 'When an operation comes again, say that you have it.',
    note: 'Note who has which of your operations.',
    stamp: 'Stamp what a customer places with the next clock and vector, and send it to all.',
    answer: 'Asked which came first, compare the vectors.',
    repeat: 'Every 8 s, send again what some peer has not acknowledged.',
  },
  claims: { ...claims } as { readonly [C in ClaimId]: ClaimWords }, facts,
  figures: { spreading: 'Until it is everywhere', settled: 'Until all books agree', messages: 'Messages an operation', concurrent: 'Called concurrent' },
}

/** The words of the mission in any language. */
export type ClockWords = Omit<Words<typeof english>, 'lesson' | 'claims' | 'facts'> & { readonly lesson: Lesson; readonly claims: { readonly [C in ClaimId]: ClaimWords }; readonly facts: FactWords }
