import { finish, hashOnce, hashText, mix } from './hash.ts'
import type { Fact } from './facts.ts'

/** Folds a value of plain JSON into `h`: its shape, its keys and its values. */
export function mixValue(h: number, value: unknown): number {
  switch (typeof value) {
    case 'number': return Number.isInteger(value) ? mix(mix(h, value | 0), Math.floor(value / 4_294_967_296)) : mix(h, hashText(String(value)))
    case 'string': return mix(h, hashText(value))
    case 'boolean': return mix(h, value ? 0x7472 : 0x6661)
    case 'object': {
      if (value === null) return mix(h, 0x6e75)
      if (Array.isArray(value)) {
        h = mix(h, 0x5b00 + value.length)
        for (let i = 0; i < value.length; i++) h = mixValue(h, value[i])
        return h
      }
      // Keys are summed: a store may hand them back in another order.
      let sum = 0x7b
      for (const key in value) {
        const part = (value as { [key: string]: unknown })[key]
        // A key that holds undefined is not there at all once the world went through JSON.
        if (part !== undefined) sum = (sum + finish(mixValue(hashText(key), part))) | 0
      }
      return mix(h, sum)
    }
    default: return h
  }
}

function mixNumbers(h: number, list: readonly number[]): number {
  h = mix(h, list.length)
  for (let i = 0; i < list.length; i++) h = mix(h, list[i] as number)
  return h
}

function mixContent(h: number, fact: Fact): number {
  switch (fact.kind) {
    // The common kinds by hand: they are nine tenths of a round. A message's identity is spelt out once, where it is sent.
    case 'sent': return mixNumbers(mixValue(mix(h, hashOnce(fact.message)), fact.body), fact.arrivals)
    case 'delivered': return mix(mix(mix(h, hashText(fact.from)), fact.letter), fact.copy)
    case 'timer': return mix(mix(h, hashText(fact.name)), fact.dueMs)
    case 'acted': return mixValue(mix(h, fact.rule === null ? 1 : hashText(fact.rule)), fact.action)
    default: {
      for (const key in fact) {
        if (key !== 'n' && key !== 'atMs' && key !== 'kind' && key !== 'node' && key !== 'before' && key !== 'because') {
          h = mixValue(mix(h, hashText(key)), (fact as unknown as { [key: string]: unknown })[key])
        }
      }
      return h
    }
  }
}

/**
 * Folds a fact into a running digest of two words, in place. Two histories that differ in one fact have the same digest with
 * a chance of about one in 2^32: it finds divergence, it does not defend against forgery.
 */
export function digestFact(digest: [number, number], fact: Fact): void {
  let h = mix(mix(mix(fact.n, fact.atMs), hashText(fact.kind)), fact.node === null ? 0 : hashText(fact.node))
  h = mixNumbers(mixNumbers(h, fact.before), fact.because)
  h = mixContent(h, fact)
  digest[0] = mix(digest[0], h) >>> 0
  digest[1] = finish(digest[1] ^ Math.imul(h, 0x9e3779b1)) >>> 0
}

/** A digest as sixteen hexadecimal digits. */
export function digestHex(digest: readonly [number, number]): string {
  return digest[0].toString(16).padStart(8, '0') + digest[1].toString(16).padStart(8, '0')
}
