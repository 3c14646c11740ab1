import type { Json } from '../../sim/json.ts'
import { CONTROL, NESTING_MAX, quoted, Scanner, Unreadable } from './text.ts'

const SIMPLE: { readonly [character: string]: string } = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** Significant digits that no double loses, and that no program writes more of. */
const DIGITS_MAX = 17

/** Whether a number that is no small whole one may be another one once it is read. */
const losesDigits = (digits: string): boolean =>
  /^-?[0-9]+$/.test(digits) || digits.replace(/[eE].*$/, '').replace(/^[-0.]+|\./g, '').length > DIGITS_MAX

/** JSON with the places of its objects, so that a refusal of one can name its line. */
export interface JsonText {
  value: Json
  /** At which character an object or array begins. */
  placeOf(value: Json): number | null
}

/**
 * Reads JSON (RFC 8259) more strictly than `JSON.parse`: a name twice in an object is refused, and so is a number that would lose
 * digits, since two different values would become the same one. Throws `Unreadable`. Linear time.
 *
 * @param inexact names of members whose numbers may lose digits
 */
export function readJson(text: string, inexact: ReadonlySet<string>): JsonText {
  const scanner: Scanner = new Scanner(text)
  const places = new WeakMap<object, number>()

  const string = (): string => {
    const from = scanner.at
    const value = scanner.string(() => {
      if (scanner.skip('u')) return scanner.codeUnit()
      const meant = SIMPLE[scanner.peek()]
      if (meant === undefined) scanner.expected('one of " \\ / b f n r t u after a backslash')
      scanner.at++
      return meant
    })
    const raw = text.slice(from, scanner.at)
    if (CONTROL.test(raw) || /[\t\n\r\f\v]/.test(raw)) throw new Unreadable('expected no control character within a text; write \\n, \\t or \\u and four digits', from)
    return value
  }

  const number = (exact: boolean): number => {
    const from = scanner.at
    const digits = scanner.take(/-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y)
    // What is glued to a number, as in 01 or 1x, belongs to it.
    if (digits === '' || scanner.take(/[\w.+-]/y) !== '') scanner.expected('a JSON value', from)
    const value = Number(digits)
    if (!Number.isFinite(value)) throw new Unreadable(`${quoted(digits)} is too large for a number`, from)
    if (exact && !Number.isSafeInteger(value) && losesDigits(digits)) throw new Unreadable(`${quoted(digits)} has more digits than a number keeps: expected at most ${Number.MAX_SAFE_INTEGER}, ${DIGITS_MAX} digits of a fraction, or a text`, from)
    return value === 0 ? 0 : value
  }

  const blank = (): void => { scanner.take(/[ \t\r\n]+/y) }

  const value = (depth: number, exact: boolean): Json => {
    if (depth > NESTING_MAX) throw new Unreadable(`expected at most ${NESTING_MAX} values within one another`, scanner.at)
    blank()
    const from = scanner.at
    switch (scanner.peek()) {
      case '"': return string()
      case '{': {
        scanner.at++
        const members = new Map<string, Json>()
        blank()
        if (!scanner.skip('}')) for (;;) {
          blank()
          const nameAt = scanner.at
          if (scanner.peek() !== '"') scanner.expected('a name in double quotes')
          const name = string()
          if (members.has(name)) throw new Unreadable(`the name ${JSON.stringify(quoted(name))} stands twice in one object`, nameAt)
          blank()
          if (!scanner.skip(':')) scanner.expected('a colon after the name')
          members.set(name, value(depth + 1, exact && !inexact.has(name)))
          blank()
          if (scanner.skip('}')) break
          if (!scanner.skip(',')) scanner.expected('a comma or a closing brace')
        }
        // Unlike assignment, this takes "__proto__" for a name like any other.
        const object = Object.fromEntries(members)
        places.set(object, from)
        return object
      }
      case '[': {
        scanner.at++
        const items: Json[] = []
        places.set(items, from)
        blank()
        if (scanner.skip(']')) return items
        for (;;) {
          items.push(value(depth + 1, exact))
          blank()
          if (scanner.skip(']')) return items
          if (!scanner.skip(',')) scanner.expected('a comma or a closing bracket')
        }
      }
    }
    const word = scanner.take(/(?:true|false|null)(?![\w.+-])/y)
    return word === '' ? number(exact) : word === 'null' ? null : word === 'true'
  }

  const whole = value(0, true)
  blank()
  if (scanner.peek() !== '') scanner.expected('nothing after the JSON value')
  return { value: whole, placeOf: (of) => (typeof of === 'object' && of !== null ? places.get(of) ?? null : null) }
}
