import type { Header } from '../recording.ts'
import type { Fact } from '../sim/facts.ts'
import type { Scenario } from '../sim/scenario.ts'
import type { SimMs } from '../sim/types.ts'

/** A round as it was replayed, to be written in a form that other tools read. */
export interface Round {
  header: Header
  scenario: Scenario
  facts: readonly Fact[]
  /** How far it ran. */
  endMs: SimMs
  /** What is wrong with its recording, in words; the facts are those that precede the damage. */
  damage: string | null
}

/** Narrows what is written. `key`: only what is done to this object, told as if there were no other. */
export interface Choice { key: string | null }

/** The text in parts, made as they are asked for, so that a long round never is one string; or why it cannot be written so, in a sentence. */
export type Written = { ok: true; parts: Iterable<string> } | { ok: false; error: string }

/** A form that other tools read: one file, and one line in the registry `formats`. No part holds a control character but the ends of lines. */
export interface Format {
  /** What it is, for the help: a few words. */
  title: string
  /** Whether a key may be chosen. */
  byKey: boolean
  write(round: Round, choice: Choice): Written
}

/** Other tools count time in ns. */
export const NS_PER_MS = 1_000_000

/** Characters of a part. Small parts are slow to write, large ones are held in memory for nothing. */
const PART_CHARS = 65_536

/** Lines, each with its end, as parts. */
export function* partsOf(lines: Iterable<string>, end = '\n'): Generator<string, void, void> {
  let part = ''
  for (const line of lines) {
    part += line + end
    if (part.length < PART_CHARS) continue
    yield part
    part = ''
  }
  if (part !== '') yield part
}

/** A JSON array of many items, each on a line of its own; a comma after all but the last. */
export function* arrayLines(items: Iterable<string>, close: string): Generator<string, void, void> {
  let before: string | null = null
  for (const item of items) {
    if (before !== null) yield `${before},`
    before = item
  }
  if (before !== null) yield before
  yield close
}

/** JSON without the control characters that JSON itself leaves as they are: a terminal obeys some of them. */
export function plainJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029]/g, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Text on one line, for forms in which a line is an event or a row. */
export function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
}
