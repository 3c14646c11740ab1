import type { Json } from '../sim/json.ts'
import type { Operation } from './history.ts'
import { isRead, valueOf } from './registers.ts'

/** A value as a reader sees it. */
export const tellValue = (value: Json | undefined): string => (value === undefined ? 'something' : JSON.stringify(value))

/** The object, after a word such as `of`; nothing in a history of one object. */
export const objectOf = ({ key }: Operation, word: string): string => (key === null ? '' : ` ${word} ${key}`)

/** What was done, without who did it, e.g. `wrote 4 to x`. */
export function tellDone(operation: Operation): string {
  const value = tellValue(valueOf(operation))
  return isRead(operation) ? `read ${value}${objectOf(operation, 'from')}` : `wrote ${value}${objectOf(operation, 'to')}`
}

/** Who did what, e.g. `client 3 read 4 from x`. */
export const tell = (operation: Operation): string => `client ${operation.client} ${tellDone(operation)}`

/** A write as a thing, e.g. `the 4 of client 3`. */
export const tellWrite = (operation: Operation): string => `the ${tellValue(operation.arg)} of client ${operation.client}`

/** The first letter large, as a sentence begins. */
export const sentenceOf = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** `a, b and c`. */
export function listOf(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
