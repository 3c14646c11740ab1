import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'
import type { Model } from '../model.ts'
import { Pairs, UNSET } from './pairs.ts'

/** The answer of `after` when an operation cannot happen. */
export const IMPOSSIBLE = -1

/** What the states that are kept may take, about: 256 MB. Beyond it the search says unknown. */
const BYTES_MAX = 1 << 28
/** What a state takes about: so much to be found, and more for each item of a list and each letter of a text. */
const BYTES_LEAST = 100, BYTES_AN_ITEM = 8

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
  private readonly steps = new Pairs()
  private readonly hopeless = new Pairs()
  private bytes = 0

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
      return this.add(state)
    }
    const hash = this.model.hash(state)
    const bucket = this.byHash.get(hash)
    if (bucket === undefined) this.byHash.set(hash, [this.known.length])
    else {
      for (const number of bucket) if (this.model.equal(this.at(number), state)) return number
      bucket.push(this.known.length)
    }
    return this.add(state)
  }

  private add(state: Json): number {
    this.bytes += BYTES_LEAST + (typeof state === 'string' ? state.length : Array.isArray(state) ? BYTES_AN_ITEM * state.length : 0)
    return this.known.push(state) - 1
  }

  /** Whether there is no room for more. */
  get isFull(): boolean {
    return this.bytes > BYTES_MAX
  }

  /** The number of the state after an operation of that kind, or `IMPOSSIBLE`. */
  after(state: number, kind: number): number {
    const known = this.steps.get(state, kind)
    if (known !== UNSET) return known
    const stepped = this.model.step(this.at(state), this.kinds[kind] as Operation)
    const next = stepped === undefined ? IMPOSSIBLE : this.numberOf(stepped)
    this.steps.set(state, kind, next)
    return next
  }

  /** Whether the model says that nothing but operations that set leads from that state to one in which a read of that kind is possible. */
  isHopeless(state: number, kind: number): boolean {
    let known = this.hopeless.get(state, kind)
    if (known === UNSET) {
      known = this.model.hopeless?.(this.at(state), this.kinds[kind] as Operation) === true ? 1 : 0
      this.hopeless.set(state, kind, known)
    }
    return known === 1
  }
}
