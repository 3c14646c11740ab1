import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'

/**
 * At which lengths the beginning of a text can be made of one text at the start, or one put, and appends of these operations, each as often as
 * needed. At most the text's length times the number of different lengths of appends.
 */
function lengthsOnTheWay(text: string, operations: readonly Operation[], from: readonly Json[]): Uint8Array {
  const pieces = new Set<string>(), starts = from.map(String)
  for (const { f, arg } of operations) {
    if (f === 'append') pieces.add(arg as string)
    else if (f === 'put') starts.push(arg as string)
  }
  const lengths = [...new Set([...pieces].map(({ length }) => length))]
  const made = new Uint8Array(text.length + 1)
  for (const start of starts) if (text.startsWith(start)) made[start.length] = 1
  for (let at = 0; at < text.length; at++) {
    if (made[at] === 1) for (const length of lengths) if (made[at + length] === 0 && pieces.has(text.slice(at, at + length))) made[at + length] = 1
  }
  return made
}

/** Whether a text can be made so. When it cannot, no order of the operations leads to it. */
export const canBeMade = (text: string, operations: readonly Operation[], from: readonly Json[]): boolean => lengthsOnTheWay(text, operations, from)[text.length] === 1

/** All beginnings of a text, itself included, that can be made so. */
export function textsOnTheWay(text: string, operations: readonly Operation[], from: readonly Json[]): readonly string[] {
  return [...lengthsOnTheWay(text, operations, from)].flatMap((made, length) => (made === 1 ? [text.slice(0, length)] : []))
}
