import type { Json } from '../../sim/json.ts'
import { hashOf, sameJson } from '../json.ts'

/** Numbers values 0, 1, 2 ... in the order in which they are added. Constant time a value; numbers and strings, the usual ones, cost one look-up. */
export class Numbering {
  private readonly plain = new Map<Json, number>()
  /** Lists and objects, by their hashes: equal ones need not be the same object. */
  private readonly built = new Map<number, { value: Json; number: number }[]>()
  count = 0

  /** False when an equal value was there before. */
  add(value: Json): boolean {
    if (typeof value !== 'object' || value === null) {
      if (this.plain.has(value)) return false
      this.plain.set(value, this.count++)
      return true
    }
    const hash = hashOf(value), alike = this.built.get(hash)
    if (alike === undefined) this.built.set(hash, [{ value, number: this.count++ }])
    else if (alike.some((one) => sameJson(one.value, value))) return false
    else alike.push({ value, number: this.count++ })
    return true
  }

  of(value: Json): number | undefined {
    if (typeof value !== 'object' || value === null) return this.plain.get(value)
    return this.built.get(hashOf(value))?.find((one) => sameJson(one.value, value))?.number
  }
}
