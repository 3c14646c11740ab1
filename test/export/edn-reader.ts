/** A reader of EDN for tests, made apart from the writer: as much of it as a history needs. Keywords come as `:name`, strings as JSON strings are. */

export type Edn = null | boolean | number | Keyword | string | Edn[] | Map<string, Edn>
/** A keyword, told from a string. */
export class Keyword {
  readonly name: string
  constructor(name: string) { this.name = name }
}

const TOKEN = /[\s,]*(\{|\}|\[|\]|"(?:[^"\\]|\\.)*"|:[A-Za-z][\w-]*|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|nil|true|false|$)/y

/** The one value in `text`; throws when there is anything else. */
export function readEdn(text: string): Edn {
  TOKEN.lastIndex = 0
  const next = (): string => {
    const at = TOKEN.lastIndex
    const found = TOKEN.exec(text)
    if (found === null) throw new Error(`no EDN at ${JSON.stringify(text.slice(at, at + 20))}`)
    return found[1] as string
  }
  const list = (close: string): Edn[] => {
    const items: Edn[] = []
    for (let token = next(); token !== close; token = next()) items.push(value(token))
    return items
  }
  const value = (token: string): Edn => {
    if (token === '{') {
      const items = list('}')
      if (items.length % 2 === 1) throw new Error('a map with a key without a value')
      const map = new Map<string, Edn>()
      for (let at = 0; at < items.length; at += 2) {
        const key = textOf(items[at] as Edn)
        if (map.has(key)) throw new Error(`the key ${key} twice`)
        map.set(key, items[at + 1] as Edn)
      }
      return map
    }
    if (token === '[') return list(']')
    if (token === 'nil') return null
    if (token === 'true' || token === 'false') return token === 'true'
    if (token.startsWith(':')) return new Keyword(token.slice(1))
    if (token.startsWith('"')) return JSON.parse(token) as string
    if (/^[-\d]/.test(token)) return Number(token)
    throw new Error(token === '' ? 'the text ends too early' : `${token} has no beginning`)
  }
  const read = value(next())
  if (next() !== '') throw new Error('more than one value')
  return read
}

/** A value as text, the same for equal ones. */
export function textOf(value: Edn): string {
  if (value instanceof Keyword) return `:${value.name}`
  if (Array.isArray(value)) return `[${value.map(textOf).join(' ')}]`
  if (value instanceof Map) return `{${[...value].map(([key, one]) => `${key} ${textOf(one)}`).sort().join(' ')}}`
  return JSON.stringify(value)
}
