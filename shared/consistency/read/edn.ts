import { ednText } from './edn-json.ts'
import { NESTING_MAX, quoted, Scanner, Unreadable } from './text.ts'

/**
 * A value of EDN, the notation of Clojure's data (github.com/edn-format/edn). Texts are strings and whole numbers that a double holds
 * exactly are numbers; `number` is any other: a fraction, a ratio, a decimal with `M`, a whole number beyond 2^53. `at`: at which
 * character it begins.
 */
export type Edn =
  | null | boolean | string | number
  | { readonly kind: 'keyword' | 'symbol' | 'char' | 'number'; readonly text: string }
  | { readonly kind: 'list' | 'vector' | 'set'; readonly items: readonly Edn[]; readonly at: number }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [key: Edn, value: Edn])[]; readonly at: number }
  | { readonly kind: 'tagged'; readonly tag: string; readonly value: Edn; readonly at: number }

const ESCAPES: { readonly [character: string]: string } = { '"': '"', '\\': '\\', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }
const CHARACTERS: ReadonlyMap<string, string> = new Map([['newline', '\n'], ['return', '\r'], ['space', ' '], ['tab', '\t'], ['backspace', '\b'], ['formfeed', '\f']])
const CLOSERS: { readonly [opener: string]: string } = { '(': ')', '[': ']', '{': '}', '#{': '}' }
const NAMES: { readonly [opener: string]: string } = { '(': 'list', '[': 'vector', '{': 'map', '#{': 'set' }

/**
 * Reads every value of a text, in order, each with the character at which it begins. Comments and discarded values (`#_`) are skipped,
 * tags kept. Throws `Unreadable`. Linear time.
 */
export function readEdn(text: string): { value: Edn; at: number }[] {
  const scanner: Scanner = new Scanner(text)
  /** The same keyword is the same object: a history repeats a handful of them hundreds of thousands of times. */
  const keywords = new Map<string, Edn>()

  const blank = (): void => {
    while (scanner.take(/[\s,]+/y) !== '' || scanner.take(/;[^\n]*/y) !== '') { /* each of them leads on */ }
  }

  /** Skips blanks and discarded values. */
  const toValue = (depth: number): void => {
    if (depth > NESTING_MAX) throw new Unreadable(`expected at most ${NESTING_MAX} values within one another`, scanner.at)
    for (blank(); scanner.text.startsWith('#_', scanner.at); blank()) {
      const from = scanner.at
      scanner.at += 2
      toValue(depth + 1)
      if (scanner.peek() === '' || scanner.closes()) throw new Unreadable('expected a value to discard after #_', from)
      value(depth + 1)
    }
  }

  const items = (opener: string, depth: number): Edn[] => {
    const from = scanner.at
    scanner.at += opener.length
    const found: Edn[] = []
    const closer = CLOSERS[opener] as string
    for (;;) {
      toValue(depth + 1)
      if (scanner.skip(closer)) return found
      if (scanner.peek() === '') throw new Unreadable(`expected ${closer} at the end of this ${NAMES[opener]}, found the end`, from)
      if (scanner.closes()) scanner.expected(`a value or ${closer}`)
      found.push(value(depth + 1))
    }
  }

  const map = (depth: number): Edn => {
    const at = scanner.at
    const found = items('{', depth)
    if (found.length % 2 === 1) throw new Unreadable('expected a value for each key of this map, found none for the last', at)
    const entries: (readonly [Edn, Edn])[] = []
    const keys = new Set<Edn>()
    for (let n = 0; n < found.length; n += 2) {
      const key = found[n] as Edn
      if (keys.has(key)) throw new Unreadable(`the key ${quoted(ednText(key))} stands twice in this map`, at)
      keys.add(key)
      entries.push([key, found[n + 1] as Edn])
    }
    return { kind: 'map', entries, at }
  }

  const character = (): Edn => {
    const at = scanner.at++
    // The first one may be a bracket or a quote.
    const name = scanner.take(/[^\s][^\s,;"()[\]{}\\]*/yu)
    const code = /^(?:u([0-9a-fA-F]{4})|o([0-3]?[0-7]{1,2}))$/.exec(name)
    if (code !== null) return { kind: 'char', text: String.fromCharCode(code[1] === undefined ? Number.parseInt(code[2] ?? '', 8) : Number.parseInt(code[1], 16)) }
    const meant = CHARACTERS.get(name) ?? ([...name].length === 1 ? name : undefined)
    if (meant === undefined) throw new Unreadable(`expected a character after the backslash, found ${quoted(name)}`, at)
    return { kind: 'char', text: meant }
  }

  const number = (token: string, at: number): Edn => {
    if (/^[+-]?(?:0|[1-9][0-9]*|0[xX][0-9a-fA-F]+)N?$/.test(token)) {
      const digits = token.replace(/^[+-]|N$/g, '')
      const size = Number(digits)
      if (Number.isSafeInteger(size)) return token.startsWith('-') && size > 0 ? -size : size
      return { kind: 'number', text: `${token.startsWith('-') ? '-' : ''}${BigInt(digits)}` }
    }
    if (/^[+-]?(?:0|[1-9][0-9]*)(?:\/[1-9][0-9]*|(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?M?)$/.test(token)) return { kind: 'number', text: token }
    throw new Unreadable(`expected a number, found ${quoted(token)}`, at)
  }

  const word = (depth: number): Edn => {
    const at = scanner.at
    const token = scanner.take(/[^\s,;"()[\]{}\\]+/y)
    if (token === 'nil') return null
    if (token === 'true' || token === 'false') return token === 'true'
    if (/^[+-]?[0-9]/.test(token)) return number(token, at)
    if (token === '##Inf' || token === '##-Inf' || token === '##NaN') return { kind: 'number', text: token }
    if (token.startsWith('#') && token.length > 1) {
      toValue(depth + 1)
      if (scanner.peek() === '' || scanner.closes()) throw new Unreadable(`expected a value after the tag ${quoted(token)}`, at)
      return { kind: 'tagged', tag: token.slice(1), value: value(depth + 1), at }
    }
    if (token.startsWith(':')) {
      if (token.length === 1) scanner.expected('a name after the colon', at)
      const known = keywords.get(token)
      if (known !== undefined) return known
      const keyword: Edn = { kind: 'keyword', text: token.slice(1) }
      keywords.set(token, keyword)
      return keyword
    }
    if (token === '' || /^[@^`~'#]/.test(token)) scanner.expected('a value of EDN', at)
    return { kind: 'symbol', text: token }
  }

  /** The value that begins here. */
  const value = (depth: number): Edn => {
    const at = scanner.at
    switch (scanner.peek()) {
      case '(': return { kind: 'list', items: items('(', depth), at }
      case '[': return { kind: 'vector', items: items('[', depth), at }
      case '{': return map(depth)
      case '"': return scanner.string(() => {
        if (scanner.skip('u')) return scanner.codeUnit()
        const octal = scanner.take(/[0-3]?[0-7]{1,2}/y)
        if (octal !== '') return String.fromCharCode(Number.parseInt(octal, 8))
        const meant = ESCAPES[scanner.peek()]
        if (meant === undefined) scanner.expected('one of " \\ b f n r t u after a backslash')
        scanner.at++
        return meant
      })
      case '\\': return character()
      case '#': if (scanner.text.startsWith('#{', at)) return { kind: 'set', items: items('#{', depth), at }
    }
    return word(depth)
  }

  const values: { value: Edn; at: number }[] = []
  for (;;) {
    toValue(0)
    if (scanner.peek() === '') return values
    const at = scanner.at
    if (scanner.closes()) scanner.expected('a value')
    values.push({ value: value(0), at })
  }
}
