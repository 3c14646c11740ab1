import { and } from '../sim/words.ts'
import type { Json, SimMs } from '../sim/types.ts'

/** Longest text of a value in a sentence, in characters. */
const TEXT_CHARS_MAX = 60
/** Most names that a sentence lists. */
const NAMES_MAX = 3

/** A time in a round, exact to the millisecond: `12.345 s`. */
export const seconds = (ms: Json | SimMs | undefined): string => `${Number(ms) / 1_000} s`

/** A value as its text, or null where that is too long for a sentence. */
export function briefly(value: Json): string | null {
  const text = JSON.stringify(value)
  return text.length <= TEXT_CHARS_MAX ? text : null
}

/** A value with the word for its sort: `command 4`, or `a long command`. */
export function withSort(sort: string, value: Json | undefined): string {
  const text = briefly(value ?? null)
  return text === null ? `a long ${sort}` : `${sort} ${text}`
}

/** A few names as a sentence lists them; of many the first ones and how many more there are. */
export const few = (names: readonly string[]): string => (names.length <= NAMES_MAX ? and(names) : `${names.slice(0, NAMES_MAX).join(', ')} and ${names.length - NAMES_MAX} more`)

/** Customers are counted from 0 in facts, from 1 in words. The sentence of a claim stands beside those of its facts. */
export const customerName = (customer: number): string => `customer ${customer + 1}`
