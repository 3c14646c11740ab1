import type { Json } from '../../sim/json.ts'
import { finish, mix } from '../../sim/hash.ts'
import type { Operation } from '../history.ts'
import type { Model } from '../model.ts'

/** The answer of `after` when an operation cannot happen. */
export const IMPOSSIBLE = -1
const UNKNOWN = -2

/**
 * The states that a search has met, by number, and which operation leads from which to which: each step of the model is made once,
 * and two states are the same exactly when their numbers are. Operations come as kinds: those of one kind have the same `f`, `arg` and
 * `result`, which is all that a step depends on.
 */
export class States {
  private readonly model: Model
  private readonly kinds: readonly Operation[]
  private readonly known: Json[] = []
  /** Texts, numbers and the like are found by the engine's own map, which remembers the hash of a text. */
  private readonly plain = new Map<Json, number>()
  private readonly byHash = new Map<number, number[]>()
  /** Open addressing: state, kind and state after, three words each. */
  private steps = new Int32Array(3 * 256).fill(UNKNOWN)
  private mask = 255
  private count = 0

  /** `kinds`: one operation of each kind. */
  constructor(model: Model, kinds: readonly Operation[]) {
    this.model = model
    this.kinds = kinds
  }

  /** The state with that number. */
  at(number: number): Json {
    return this.known[number] as Json
  }

  /** The number of a state. */
  numberOf(state: Json): number {
    if (typeof state !== 'object' || state === null) {
      const found = this.plain.get(state)
      if (found !== undefined) return found
      this.plain.set(state, this.known.length)
      return this.known.push(state) - 1
    }
    const hash = this.model.hash(state)
    const bucket = this.byHash.get(hash)
    if (bucket === undefined) this.byHash.set(hash, [this.known.length])
    else {
      for (const number of bucket) if (this.model.equal(this.at(number), state)) return number
      bucket.push(this.known.length)
    }
    return this.known.push(state) - 1
  }

  /** The number of the state after an operation of that kind, or `IMPOSSIBLE`. */
  after(state: number, kind: number): number {
    let slot = 3 * this.slotOf(state, kind)
    for (;;) {
      const found = this.steps[slot + 2] as number
      if (found === UNKNOWN) break
      if (this.steps[slot] === state && this.steps[slot + 1] === kind) return found
      slot = slot + 3 > 3 * this.mask ? 0 : slot + 3
    }
    const stepped = this.model.step(this.at(state), this.kinds[kind] as Operation)
    const next = stepped === undefined ? IMPOSSIBLE : this.numberOf(stepped)
    this.steps[slot] = state
    this.steps[slot + 1] = kind
    this.steps[slot + 2] = next
    if (++this.count * 2 > this.mask) this.grow()
    return next
  }

  private slotOf(state: number, kind: number): number {
    return finish(mix(state, kind)) & this.mask
  }

  private grow(): void {
    const old = this.steps
    this.mask = this.mask * 2 + 1
    this.steps = new Int32Array(3 * (this.mask + 1)).fill(UNKNOWN)
    for (let from = 0; from < old.length; from += 3) {
      if (old[from + 2] === UNKNOWN) continue
      let slot = 3 * this.slotOf(old[from] as number, old[from + 1] as number)
      while (this.steps[slot + 2] !== UNKNOWN) slot = slot + 3 > 3 * this.mask ? 0 : slot + 3
      this.steps.set(old.subarray(from, from + 3), slot)
    }
  }
}
