import type { Json } from '../sim/json.ts'
import { plainJson } from './format.ts'

/** Extensible Data Notation, as Clojure's `clojure.edn/read-string` reads it. */

/** Names that are plain keywords in every reader. */
const KEYWORD = /^[a-z][a-z0-9_-]*$/i

/** `:name`; a name that is no plain keyword becomes a string. */
export const keyword = (name: string): string => (KEYWORD.test(name) ? `:${name}` : plainJson(name))

/** A map whose keys are names of ours; what is undefined is left out. Values are EDN already. */
export function ednMap(fields: { readonly [name: string]: string | undefined }): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [`${keyword(name)} ${value}`]))
  return `{${pairs.join(', ')}}`
}

/** Any JSON as EDN: null is `nil`, an array is a vector, and the keys of an object stay strings, since they are data. A JSON string is an EDN string as it stands. */
export function edn(value: Json | undefined): string {
  if (value === null || value === undefined) return 'nil'
  if (typeof value === 'string') return plainJson(value)
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return `[${value.map((one: Json) => edn(one)).join(' ')}]`
  return `{${Object.entries(value as { readonly [key: string]: Json | undefined }).map(([key, one]) => `${plainJson(key)} ${edn(one)}`).join(', ')}}`
}

/** An object of a mission as a map: its fields are names of ours, what is in them is data. */
export function ednFields(fields: object): string {
  return ednMap(Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, edn(value as Json)])))
}
