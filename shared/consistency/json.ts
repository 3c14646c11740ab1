import type { Json } from '../sim/json.ts'

/** Whether two values are the same JSON, whatever the order of an object's keys. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((one: Json, at) => sameJson(one, b[at] as Json))
  if (Array.isArray(b)) return false
  const left = a as { readonly [key: string]: Json | undefined }, right = b as { readonly [key: string]: Json | undefined }
  const keys = Object.keys(left)
  return keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]))
}

const mix = (hash: number, word: number): number => {
  const once = Math.imul(hash ^ word, 0x9e3779b1)
  return once ^ (once >>> 15)
}

function hashText(hash: number, text: string): number {
  let now = mix(hash, text.length)
  for (let at = 0; at < text.length; at++) now = Math.imul(now ^ text.charCodeAt(at), 0x01000193)
  return mix(now, 0x5bd1e995)
}

/** A 32-bit integer, the same for values that `sameJson` calls the same. */
export function hashOf(value: Json | undefined): number {
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < 0x7fffffff ? mix(0x2545f491, value) : hashText(0x2545f492, String(value))
  if (typeof value === 'string') return hashText(0x1b873593, value)
  if (value === null || value === undefined) return 0x3c6ef372
  if (typeof value === 'boolean') return value ? 0x6a09e667 : 0x510e527f
  if (Array.isArray(value)) return value.reduce((hash: number, one: Json) => mix(hash, hashOf(one)), 0x1f83d9ab)
  // Keys may come in any order.
  let sum = 0x7ed55d16
  for (const [key, one] of Object.entries(value as { readonly [key: string]: Json | undefined })) sum = (sum + mix(hashText(0x165667b1, key), hashOf(one))) | 0
  return sum
}
