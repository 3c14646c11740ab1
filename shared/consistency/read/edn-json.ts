import type { Json } from '../../sim/json.ts'
import type { Edn } from './edn.ts'

/** A value as EDN writes it, for sentences. */
export function ednText(value: Edn): string {
  if (value === null) return 'nil'
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value !== 'object') return String(value)
  switch (value.kind) {
    case 'keyword': return `:${value.text}`
    case 'char': return `\\${value.text}`
    case 'symbol': case 'number': return value.text
    case 'list': return `(${value.items.map(ednText).join(' ')})`
    case 'vector': return `[${value.items.map(ednText).join(' ')}]`
    case 'set': return `#{${value.items.map(ednText).join(' ')}}`
    case 'map': return `{${value.entries.map(([key, one]) => `${ednText(key)} ${ednText(one)}`).join(', ')}}`
    case 'tagged': return `#${value.tag} ${ednText(value.value)}`
  }
}

/** A value without its tags: Jepsen prints its records with theirs. */
export const untagged = (value: Edn): Edn => (typeof value === 'object' && value !== null && value.kind === 'tagged' ? untagged(value.value) : value)

/** Texts that would look like another sort of value are put in quotes. */
const MARKED = /^[:'\\#"]/

/**
 * A value of EDN as JSON. Two become the same only when Clojure's `=` calls them equal, and the other way round but for ratios that are
 * not reduced. Nil, booleans, texts, whole numbers up to 2^53 and fractions are themselves; lists and vectors are arrays. Others are told
 * apart by a mark in front: `:keyword`, `'symbol`, `\c`, and `#` for numbers that JSON would change, e.g. `#1.0` (which is not 1) and `#1.5M`.
 */
export function ednJson(value: Edn): Json {
  if (typeof value === 'string') return MARKED.test(value) ? JSON.stringify(value) : value
  if (typeof value !== 'object' || value === null) return value
  switch (value.kind) {
    case 'keyword': return `:${value.text}`
    case 'symbol': return `'${value.text}`
    case 'char': return `\\${value.text}`
    case 'number': return numberJson(value.text.replace(/^\+/, ''))
    case 'list': case 'vector': return value.items.map(ednJson)
    case 'set': return { '#set': value.items.map((one) => JSON.stringify(ednJson(one))).sort() }
    case 'map': {
      const members = value.entries.map(([key, one]) => [nameOf(ednJson(key)), ednJson(one)] as const)
      return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)))
    }
    case 'tagged': return { [`#${value.tag}`]: ednJson(value.value) }
  }
}

/** Fractions that a double holds are numbers; how a double was written does not matter, how a decimal was written does. */
function numberJson(text: string): Json {
  const value = /[MN/#]/.test(text) || !/[.eE]/.test(text) ? NaN : Number(text)
  if (Number.isNaN(value)) return `#${text}`
  return Number.isInteger(value) ? `#${value === 0 ? 0 : value}.0` : value
}

/** A key of a map as the name of a member: keys that are no texts get a mark that no text has. */
const nameOf = (key: Json): string => (typeof key === 'string' ? key : `#${JSON.stringify(key)}`)
