import type { Model } from '../model.ts'
import type { Problem } from './problem.ts'
import type { States } from './states.ts'

/** Finds which operations may set a state for a read. */
export class Reach {
  private readonly problem: Problem
  private readonly states: States
  /** For each kind the number of the state that it sets, or -1. */
  private readonly setsOf: Int32Array
  /** Answered operations that set, in the order of their calls. */
  private readonly byCall: readonly number[]
  /** A heap-shaped tree over those: the last return of all below a node; leaves from `leaves` on. */
  private readonly lastRet: Float64Array
  private readonly leaves: number
  /** Those that always set, in the order of their returns, and the last call of all up to each. */
  private readonly byRet: readonly number[]
  private readonly lastCall: Float64Array

  /** Takes O(n log n). */
  constructor(model: Model, problem: Problem, states: States) {
    const { kinds, kind, call, ret } = problem
    this.problem = problem
    this.states = states
    const sets = kinds.map((operation) => model.sets?.(operation))
    this.setsOf = Int32Array.from(sets, (one) => (one === undefined ? -1 : states.numberOf(one.state)))
    this.byCall = [...kind.keys()].filter((i) => this.setsOf[kind[i] as number] !== -1)
    let leaves = 1
    while (leaves < this.byCall.length) leaves *= 2
    this.leaves = leaves
    this.lastRet = new Float64Array(2 * leaves).fill(-1)
    for (const [at, i] of this.byCall.entries()) this.lastRet[leaves + at] = ret[i] as number
    for (let node = leaves - 1; node > 0; node--) this.lastRet[node] = Math.max(this.lastRet[2 * node] as number, this.lastRet[2 * node + 1] as number)
    this.byRet = this.byCall.filter((i) => sets[kind[i] as number]?.always === true).sort((a, b) => (ret[a] as number) - (ret[b] as number))
    let last = -1
    this.lastCall = Float64Array.from(this.byRet, (i) => (last = Math.max(last, call[i] as number)))
  }

  /** For each answered operation when it has set a state for certain: its return, or never. */
  setBy(): Float64Array {
    const setBy = new Float64Array(this.problem.answered.length).fill(Infinity)
    for (const i of this.byRet) setBy[i] = this.problem.ret[i] as number
    return setBy
  }

  /** Whether operations of one kind set a state that is not hopeless for reads of another. */
  mayHelp(kind: number, read: number): boolean {
    const state = this.setsOf[kind] as number
    return state !== -1 && !this.states.isHopeless(state, read)
  }

  /**
   * Adds the answered operations that could be the last to set a state before a read, and set one that is not hopeless for it: those called before
   * it ended, and not over before another, which always sets, began and was over before the read began.
   */
  settersOf(read: number, found: number[]): void {
    const { call, ret } = this.problem
    const over = firstAbove(this.byRet, ret, call[read] as number), cutoff = over === 0 ? -1 : (this.lastCall[over - 1] as number)
    this.collect(1, 0, this.leaves, firstAbove(this.byCall, call, ret[read] as number), cutoff, read, found)
  }

  /** Of the places from `first` on below a tree node, those before `limit` that end after `cutoff`. */
  private collect(node: number, first: number, width: number, limit: number, cutoff: number, read: number, found: number[]): void {
    if (first >= limit || (this.lastRet[node] as number) <= cutoff) return
    if (width > 1) {
      this.collect(2 * node, first, width / 2, limit, cutoff, read, found)
      this.collect(2 * node + 1, first + width / 2, width / 2, limit, cutoff, read, found)
      return
    }
    const setter = this.byCall[first] as number, { kind } = this.problem
    if (this.mayHelp(kind[setter] as number, kind[read] as number)) found.push(setter)
  }
}

/** The first place in `order`, by which `of` rises, where it is above `bound`. */
function firstAbove(order: readonly number[], of: Float64Array, bound: number): number {
  let low = 0, high = order.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((of[order[middle] as number] as number) > bound) high = middle
    else low = middle + 1
  }
  return low
}
