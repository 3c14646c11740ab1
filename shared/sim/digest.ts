import { finish, hashOnce, hashText, mix } from './hash.ts'
import type { Fact } from './facts.ts'

/** What tells values of different types apart: added to the state before the value itself. */
const WHOLE = 0x77686f6c, LARGE = 0x6c617267, BROKEN = 0x62726f6b, TEXT = 0x74657874, TRUTH = 0x74727574, NULL = 0x6e756c6c, LIST = 0x6c697374, OBJECT = 0x6f626a65

/** Keys of an object with the hash of each, and what the key `kind` adds to the sum where it is known beforehand. */
interface Form { keys: string[]; hashes: number[]; kindPart: number }
type Forms = Map<string, Form>
/** The form in which each kind of message, of action and of fact first came: their keys need no look-up one by one. Never changes a result. */
const messageForms: Forms = new Map(), actionForms: Forms = new Map(), factForms: Forms = new Map()
const FORMS_MAX = 256
const NO_FORM: Form = { keys: [], hashes: [], kindPart: 0 }
const KIND = hashText('kind')

function formOf(forms: Forms, kind: string, value: object): Form {
  const keys = Object.keys(value)
  const form = { keys, hashes: keys.map(hashText), kindPart: finish(mixValue(KIND, kind)) }
  if (forms.size >= FORMS_MAX) forms.clear()
  forms.set(kind, form)
  return form
}

/** Folds an object into `h`. `form` is a guess at its keys. They are summed: a store may hand them back in another order. */
function mixObject(h: number, value: object, form: Form): number {
  const { keys, hashes, kindPart } = form
  let sum = kindPart, at = 0
  for (const key in value) {
    if (key === 'kind' && form !== NO_FORM) { at++; continue }
    const hash = at < keys.length && keys[at] === key ? (hashes[at] as number) : hashText(key)
    at++
    const part = (value as { readonly [key: string]: unknown })[key]
    // A key that holds undefined is not there at all once the world went through JSON.
    if (part !== undefined) sum = (sum + finish(mixValue(hash, part))) | 0
  }
  return mix(h + OBJECT, sum)
}

function mixForm(h: number, value: { readonly kind: string }, forms: Forms): number {
  return mixObject(h, value, forms.get(value.kind) ?? formOf(forms, value.kind, value))
}

/** `mixValue` for a message, faster. */
export function mixMessage(h: number, message: { readonly kind: string }): number {
  return mixForm(h, message, messageForms)
}

/** `mixValue` for an action, faster. */
export function mixAction(h: number, action: { readonly kind: string }): number {
  return mixForm(h, action, actionForms)
}

/** Folds a value of plain JSON into `h`: its shape, its keys and its values. */
export function mixValue(h: number, value: unknown): number {
  switch (typeof value) {
    case 'number': return (value | 0) === value ? mix(h + WHOLE, value)
      : Number.isInteger(value) ? mix(mix(h + LARGE, value | 0), Math.floor(value / 4_294_967_296)) : mix(h + BROKEN, hashText(String(value)))
    case 'string': return mix(h + TEXT, hashText(value))
    case 'boolean': return mix(h + TRUTH, value ? 1 : 0)
    case 'object': {
      if (value === null) return mix(h, NULL)
      if (!Array.isArray(value)) return mixObject(h, value, NO_FORM)
      h = mix(h + LIST, value.length)
      for (let i = 0; i < value.length; i++) h = mixValue(h, value[i])
      return h
    }
    default: return h
  }
}

function mixNumbers(h: number, list: readonly number[]): number {
  h = mix(h, list.length)
  for (let i = 0; i < list.length; i++) h = mix(h, list[i] as number)
  return h
}

/** What every fact has. */
function mixHead(kind: number, n: number, atMs: number, node: string | null, before: readonly number[], because: readonly number[]): number {
  const h = mix(mix(mix(kind, n), atMs), node === null ? 0 : hashText(node))
  return mixNumbers(mixNumbers(h, before), because)
}

const SENT = hashText('sent'), DELIVERED = hashText('delivered'), ACTED = hashText('acted'), TIMER = hashText('timer')

function mixFact(fact: Fact): number {
  switch (fact.kind) {
    // The common kinds by hand: they are nine tenths of a round. Each reads its own fields, so that the engine knows where they are.
    // A message's identity is spelt out once, where it is sent.
    case 'sent': return mixNumbers(mixMessage(mix(mixHead(SENT, fact.n, fact.atMs, fact.node, fact.before, fact.because), hashOnce(fact.message)), fact.body), fact.arrivals)
    case 'delivered': {
      const h = mix(mix(mix(mixHead(DELIVERED, fact.n, fact.atMs, fact.node, fact.before, fact.because), hashText(fact.from)), fact.letter), fact.copy)
      // What a fault made of it was not in what was sent.
      return fact.because.length === 0 ? h : mixMessage(h, fact.body)
    }
    case 'acted': return mixAction(mix(mixHead(ACTED, fact.n, fact.atMs, fact.node, fact.before, fact.because), fact.rule === null ? 1 : hashText(fact.rule)), fact.action)
    case 'timer': return mix(mix(mixHead(TIMER, fact.n, fact.atMs, fact.node, fact.before, fact.because), hashText(fact.name)), fact.dueMs)
    default: return mixForm(0, fact, factForms)
  }
}

/**
 * Folds a fact into a running digest of two words, in place. Two histories that differ in one fact have the same digest with
 * a chance of about one in 2^32: it finds divergence, it does not defend against forgery.
 */
export function digestFact(digest: [number, number], fact: Fact): void {
  const h = mixFact(fact)
  digest[0] = mix(digest[0], h) >>> 0
  digest[1] = finish(digest[1] ^ Math.imul(h, 0x9e3779b1)) >>> 0
}

/** A digest as sixteen hexadecimal digits. */
export function digestHex(digest: readonly [number, number]): string {
  return digest[0].toString(16).padStart(8, '0') + digest[1].toString(16).padStart(8, '0')
}
