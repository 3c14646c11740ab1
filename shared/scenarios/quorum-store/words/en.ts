import type { Words } from '../../../sim/catalogue.ts'
import type { ClaimWords } from '../../../sim/claim.ts'
import type { Lesson } from '../../../sim/scenario.ts'
import { claims } from '../claims/index.ts'
import type { ClaimId } from '../claims/index.ts'
import type { Operation, Reply } from '../types.ts'
import { english as facts } from './facts-en.ts'
import type { FactWords } from './facts-en.ts'

/** Everything that somebody who plays this mission reads, in English. Another language is a file beside this one, of the same shape. */

const lesson: Lesson = {
  brief: 'Every node keeps a copy of x and y. A customer asks one of you to read or write. You ask the others: R copies before you answer, W disks before you say it is stored. Some copies are old, some nodes are silent. Nobody may ever read something older than what was read or written before.',
  ruleCard: {
    title: 'Rules of the quorum',
    rules: [
      { strong: 'Ask for copies first,', rest: 'for a read and for a write alike. Wait for R, your own among them.' },
      { strong: 'To write,', rest: 'store it with the next version: one more than the newest you heard of.' },
      { strong: 'To read,', rest: 'take the newest copy. If fewer than W hold it, write it back first.' },
      { strong: 'Answer at W:', rest: 'when so many disks have it, and not before.' },
      { strong: 'R + W must be more than N:', rest: 'then every read meets every write in some copy.' },
      { strong: 'Disk before word.', rest: 'Say that you stored it when your disk has it.' },
      { strong: 'Do not know? Say so.', rest: 'Once something was sent to be stored, a failure may still have worked.' },
    ],
  },
  runbook: [
    { atMs: 0, say: 'A read and a write each, calm. Let them count answers aloud.', ask: 'Five copies, R 3 and W 3. How many copies can be lost for good?', answers: ['None', '1', '2', '3'] },
    { atMs: 60_000, say: 'Cut the cluster in halves. One side still serves, the other waits.', ask: 'What should the smaller side answer?', answers: ['The newest copy it has', 'That it failed', 'Nothing yet', 'Either of the last two'] },
    { atMs: 130_000, say: 'Make one node slow. Do its requests suffer, or those of all?' },
    { atMs: 200_000, say: 'Cut the power of all nodes. What was acknowledged must be there when they return.', ask: 'Which writes survive?', answers: ['All of them', 'Acknowledged ones', 'Those on a disk', 'None'] },
    // Measured with bots, five nodes, no faults: see test/scenarios/quorum-store/latency.test.ts.
    { atMs: 240_000, say: 'The trade with five copies, median and 99th percentile of an answer in seconds. R1 W5: read 7, 11, write 7, 10. R2 W4: read 10, 13, write 10, 13. R3 W3: read 5, 11, write 10, 13. R4 W2: read 6, 11, write 10, 13. R5 W1: read 7, 10, write 7, 11.' },
  ],
  questions: [
    { ask: 'Who read something older than somebody before them, and which copies had they asked?', facts: 'linearizable' },
    { ask: 'Which write was acknowledged too early, and what could have happened to it?', facts: 'quorum-before-ack' },
    { ask: 'How long did a read take, and how long a write? Which of R and W would you change, for whom?', facts: 'read-time' },
    { ask: 'What did the power cut take, and what did it leave?', facts: 'no-lost-write' },
  ],
  glossary: {
    quorum: 'So many copies that two such groups always share one.',
    replica: 'A copy of the data, on a node of its own.',
    version: 'A number that grows with every write, and the name of the request that made it.',
    coordinator: 'The node that a customer asked, and that asks the others for it.',
    'write back': 'To store what you have read on enough copies, before you answer.',
    linearizable: 'As if there were one copy, and each operation happened at one moment between its call and its answer.',
    durable: 'On disk: it is still there after the power fails.',
    acknowledge: 'To say that something has been done.',
  },
}

const screen = {
  keeps: 'keeps copies',
  coordinates: (count: number): string => `coordinates ${count} ${count === 1 ? 'request' : 'requests'}`,
  plate: { read: 'R, to read', write: 'W, to write', copy: (key: string): string => `Your ${key}` },
  of: (count: number, all: number): string => `${count} of ${all}`,
  overlap: 'overlap', noOverlap: 'do not overlap',
  copies: { title: 'Your copies', key: 'Key', value: 'Value', version: 'Version', none: 'None yet.' },
  open: { title: 'Under way', what: 'Request', state: 'So far', none: 'You coordinate nothing now.' },
  command: (operation: Operation): string => (operation.kind === 'write' ? `write ${operation.key} = ${operation.value}` : `read ${operation.key}`),
  notStarted: 'Nobody was asked yet.',
  asking: (count: number, wanted: number, holding: number | null): string => `${count} of ${wanted} answered${holding === null ? '' : `, ${holding} newest`}`,
  storing: (count: number, wanted: number): string => `${count} of ${wanted} stored`,
  repeat: 'ask again',
  asks: (peer: string, key: string): string => `${peer} asks for your copy of ${key}`,
  yours: (value: string | null): string => `Yours is ${value ?? 'nothing'}.`,
  stores: (peer: string, key: string, value: string | null, version: number): string => `${peer} sends ${key} = ${value ?? 'nothing'}, version ${version}`,
  holds: (peer: string, key: string, value: string | null, version: number): string => (version === 0 ? `${peer} holds nothing for ${key}` : `${peer} holds ${key} = ${value ?? 'nothing'}, version ${version}`),
  hasStored: (peer: string, key: string, version: number): string => `${peer} has stored version ${version} of ${key}`,
  replied: (reply: Reply): string => (reply.kind === 'stored' ? `stored ${reply.key}` : reply.kind === 'value' ? `${reply.key} is ${reply.value ?? 'nothing'}` : reply.sure ? 'failed, nothing was done' : 'failed, perhaps'),
}

const keys = {
  query: 'Ask for copies', ofKey: (key: string): string => `of ${key}, from all`,
  store: 'Store', asVersion: (version: number): string => `as version ${version}`,
  byClock: 'Store by clock',
  writeBack: 'Write back', newestOf: (value: string | null): string => value ?? 'nothing',
  replyValue: 'Answer', replyOk: 'Say: stored', replyFail: 'Say: failed',
  storedBy: (count: number, wanted: number): string => `${count} of ${wanted} disks have it`,
  mayBeStored: 'but it may be stored', nothingDone: 'nothing was done',
  answer: 'Tell your copy', yourCopy: (value: string | null): string => value ?? 'nothing',
  ack: 'Store it', tells: (peer: string): string => `and tell ${peer}`,
  count: 'Count it', from: (peer: string): string => `from ${peer}`,
  repeat: 'Ask once more', whoIsSilent: 'who has not answered',
  setQuorum: 'Set R and W', read: 'R, copies to read', write: 'W, copies to write', nowQuorum: (read: number, write: number): string => `now ${read} and ${write}`,
  tooFewAnswers: (count: number, wanted: number): string => `Only ${count} of ${wanted} copies have answered: a newer one may exist. Press once more to go on all the same.`,
  tooFewStored: (count: number, wanted: number): string => `Only ${count} of ${wanted} disks have it. Press once more to answer all the same.`,
  fewHold: (count: number, wanted: number): string => `Only ${count} of ${wanted} copies are as new: who reads later may miss it. Press once more to answer all the same.`,
  clocksDiffer: 'Clocks differ: a later write may look older. Press once more to do it all the same.',
  askFirst: 'Ask for copies first.', storeFirst: 'Store it first.', askedAlready: 'The copies were asked for already.',
  noWrite: 'This customer wants to read.', noRead: 'This customer wants to write.',
  onlyCopies: (count: number): string => `There are only ${count} copies.`,
}

export const english = {
  title: 'How many copies are enough?',
  lesson, screen, keys,
  alarms: {} as { readonly [name: string]: string },
  /** The misconceptions; in English they stand where they are made. */
  ideas: {} as { readonly [id: string]: string },
  rules: {
    query: 'When a customer asks, ask all nodes for their copies.',
    count: 'Count every answer once.',
    store: 'To write: when R copies have answered, store the next version everywhere.',
    'write-back': 'To read: when R copies have answered and fewer than W hold the newest, write it back.',
    'reply-value': 'To read: answer when W copies hold the newest.',
    'reply-ok': 'To write: answer when W disks have it.',
    answer: 'When asked for a copy, tell it once it is on disk.',
    ack: 'When sent a copy, store it if it is newer, and say so once it is on disk.',
    repeat: 'Every 8 s, ask those again who have not answered.',
  },
  claims: { ...claims } as { readonly [C in ClaimId]: ClaimWords }, facts,
  figures: { 'read-time': 'A read takes', 'write-time': 'A write takes', messages: 'Messages an answer', recovery: 'Until answered again' },
}

/** The words of the mission in any language. */
export type QuorumWords = Omit<Words<typeof english>, 'lesson' | 'claims' | 'facts'> & { readonly lesson: Lesson; readonly claims: { readonly [C in ClaimId]: ClaimWords }; readonly facts: FactWords }
