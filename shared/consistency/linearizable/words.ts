import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'
import { and, clockText } from '../../sim/words.ts'
import { leaves, rise } from './useless.ts'

/** How a sentence names clients: `client 3`, unless its reader knows them by other names. */
export interface Words { client(client: number): string }
export const plainWords: Words = { client: (client) => `client ${client}` }

const SHOWN_MAX = 40

/** A value as a reader sees it. Of a long text only its end, for what was added last tells most. */
export function valueWords(value: Json | undefined): string {
  if (typeof value === 'string' && value.length > SHOWN_MAX) return `"…${JSON.stringify(value.slice(-SHOWN_MAX)).slice(1)}`
  const text = JSON.stringify(value ?? null)
  return text.length > 2 * SHOWN_MAX ? `${text.slice(0, 2 * SHOWN_MAX)}…` : text
}

/** ` (at 02:14)`: when it was called, if that is known. */
export const atWords = ({ atMs }: Operation): string => (atMs === undefined ? '' : ` (at ${clockText(atMs[0])})`)

/** ` (at 02:14)`: when it was answered, if that is known. */
export const overWords = ({ atMs }: Operation): string => (atMs === undefined || atMs[1] === null ? '' : ` (at ${clockText(atMs[1])})`)

/** `once`, `twice`, `3 times`. */
export const timesWords = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`)

/** `client 1, client 2 and client 3`, each once. */
export function clientsWords(operations: readonly Operation[], words: Words): string {
  return and([...new Set(operations.map(({ client }) => words.client(client)))])
}

const place = (word: string, { key }: Operation): string => (key === null ? '' : ` ${word} ${key}`)

/** E.g. `the lock of x`. */
export const lockWords = (one: Operation): string => `the lock${place('of', one)}`

/** What a client does, as a verb with its object: of one that was answered what it did, of one that was not what it asked for. */
const deeds: { readonly [f: string]: (operation: Operation) => readonly [did: string, toDo: string] } = {
  read: (one) => [one.result === undefined ? `read${place('from', one)}` : `read ${valueWords(one.result)}${place('from', one)}`, `read${place('from', one)}`],
  get: (one) => [one.result === undefined ? `got${place('what is at', one)}` : `got ${valueWords(one.result)}${place('from', one)}`, `get${place('what is at', one)}`],
  write: (one) => [`wrote ${valueWords(one.arg)}${place('to', one)}`, `write ${valueWords(one.arg)}${place('to', one)}`],
  put: (one) => [`put ${valueWords(one.arg)}${place('at', one)}`, `put ${valueWords(one.arg)}${place('at', one)}`],
  append: (one) => [`appended ${valueWords(one.arg)}${place('to', one)}`, `append ${valueWords(one.arg)}${place('to', one)}`],
  cas(one) {
    const [from, to] = one.arg as readonly [Json, Json]
    const change = `${place('of', one)} from ${valueWords(from)} to ${valueWords(to)}`
    return [`${one.result === true ? 'did' : one.result === false ? 'was refused' : 'made'} a compare-and-set${change}`, `compare-and-set${change}`]
  },
  acquire: (one) => [`acquired ${lockWords(one)}`, `acquire ${lockWords(one)}`],
  release: (one) => [`released ${lockWords(one)}`, `release ${lockWords(one)}`],
  increment: (one) => [`added ${rise(one)}${place('to', one)}`, `add ${rise(one)}${place('to', one)}`],
  decrement: (one) => [`took ${-rise(one)}${place('from', one)}`, `take ${-rise(one)}${place('from', one)}`],
  enqueue: (one) => [`enqueued ${valueWords(one.arg)}${place('in', one)}`, `enqueue ${valueWords(one.arg)}${place('in', one)}`],
  dequeue: (one) => [
    one.result === null ? `found the queue empty${place('at', one)}` : one.result === undefined ? `dequeued${place('from', one)}` : `dequeued ${valueWords(one.result)}${place('from', one)}`,
    `dequeue${place('from', one)}`,
  ],
}

/** E.g. `client 3 read 4`, or `client 3 asked to write 4` if it counts as unanswered. */
export function didWords(operation: Operation, words: Words): string {
  const deed = deeds[operation.f]?.(operation) ?? [`did ${operation.f} ${valueWords(operation.arg)}`, `do ${operation.f} ${valueWords(operation.arg)}`]
  return `${words.client(operation.client)} ${operation.status === 'ok' ? deed[0] : `asked to ${deed[1]}`}`
}

/** E.g. `write 4`: what it is asked to do. */
export const toDoWords = (operation: Operation): string => deeds[operation.f]?.(operation)[1] ?? `do ${operation.f} ${valueWords(operation.arg)}`

const nouns: { readonly [f: string]: string } = {
  read: 'read', get: 'get', write: 'write of', put: 'put of', append: 'append of', cas: 'compare-and-set to', enqueue: 'enqueue of', dequeue: 'dequeue',
}

/** E.g. `client 3's write of 4`. */
export function nounWords(operation: Operation, words: Words): string {
  const noun = nouns[operation.f] ?? operation.f
  const what = operation.f === 'cas' ? leaves(operation) ?? (operation.arg as readonly [Json, Json])[1] : operation.arg
  return `${words.client(operation.client)}'s ${noun}${noun.endsWith(' of') || noun.endsWith(' to') ? ` ${valueWords(what)}` : ''}`
}
