import type { Json } from '../../sim/json.ts'
import type { History } from '../history.ts'
import type { ReadOptions } from './fit.ts'
import { historyOfJson } from './history-json.ts'
import { historyOfEdn } from './jepsen.ts'
import { readJson } from './json-text.ts'
import { CONTROL, Lines, Scanner, Unreadable } from './text.ts'

export type { ReadOptions } from './fit.ts'

/** Characters at the beginning that must look like text. */
const LOOKED_AT = 1_000

/** A history as read, or the first thing that is not as it should be: what was found, what was expected, and on which line from 1. */
export type ReadHistory =
  | {
      ok: true
      history: History
      /** The line, from 1, on which an operation stands. */
      lineOf(id: number): number | null
      /** What was guessed or taken otherwise than the file says, in sentences. */
      notes: readonly string[]
    }
  /** `line` null: it is about the whole text. */
  | { ok: false; line: number | null; error: string }

/**
 * Reads a history from outside: `history/1`, which is JSON, or what Jepsen writes, which is EDN: one map a line, or all in one vector
 * or list. Which of them, the text shows. Linear time, but for sorting by calls.
 *
 * What JSON says: `format`, `model` (`type`, `init`) and `ops`, each with `id`, `client`, `f`, `status`, `call`, `ret` and, where they
 * are, `key`, `arg`, `result`, `callTime` and `retTime` in ns. What EDN says: `:process`, `:type`, `:f`, `:value` and, where they are, `:key`
 * and `:time` in ns; other keys are skipped, and so is the process `:nemesis`. A completed read of nil is one whose answer nobody knows,
 * as in Knossos; an `:info`, or no completion, means that it may take effect at any later time, or never; a process is dead after its `:info`.
 */
export function readHistory(text: string, options: ReadOptions): ReadHistory {
  try {
    const { history, placed, notes } = isJson(text) ? historyOfJson(text, options) : historyOfEdn(text, options)
    const places = new Map(placed.map(({ operation, at }) => [operation.id, at]))
    let lines: Lines | null = null
    return { ok: true, history, notes: placed.length === 0 ? [...notes, 'It holds no operation, so nothing in it can be wrong.'] : notes, lineOf: (id) => {
      const at = places.get(id)
      return at === undefined ? null : (lines ??= new Lines(text)).of(at)
    } }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { ok: false, line: error.at === null ? null : new Lines(text).of(error.at), error: `${error.message}.` }
  }
}

/** Whether a text is JSON rather than EDN: its first two marks show it. Throws `Unreadable` when it can be neither. */
function isJson(text: string): boolean {
  const scanner: Scanner = new Scanner(text)
  const blank = (): void => { scanner.take(/[\s\ufeff]+/y) }
  blank()
  const from = scanner.at
  if (scanner.peek() === '') throw new Unreadable('expected a history, found nothing', null)
  if (CONTROL.test(text.slice(0, LOOKED_AT)) || text.slice(0, LOOKED_AT).includes('\ufffd')) throw new Unreadable('expected a history in UTF-8, found what is no text', null)
  if (scanner.skip('{')) {
    blank()
    return scanner.peek() !== ':' && scanner.peek() !== ';' && scanner.peek() !== '#'
  }
  if (scanner.skip('[')) {
    blank()
    return scanner.peek() === '{' && /^\{\s*"/.test(text.slice(scanner.at, scanner.at + 100))
  }
  if ('(;#'.includes(scanner.peek())) return false
  return scanner.expected('{, [ or (, with which a history begins', from)
}

/** Reads a single JSON value as strictly as a history's, or says what is wrong with it. */
export function readValue(text: string): { ok: true; value: Json } | { ok: false; error: string } {
  try {
    return { ok: true, value: readJson(text, new Set()).value }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { ok: false, error: `${error.message}.` }
  }
}
