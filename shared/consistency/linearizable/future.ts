import type { Operation } from '../history.ts'
import type { Model } from '../model.ts'
import type { Problem } from './problem.ts'
import type { States } from './states.ts'

/** How many answers beyond those under way are looked at. */
const AHEAD = 4

/** How many answers are looked at to find that a state is spent; beyond that it counts as not. */
const SPENT_AHEAD = 32

/** What a search knows of its configuration. */
export interface Now { isDone: Uint8Array; usedOf: Int32Array }

/**
 * Looks ahead: whether an answer that is still to be explained can no more come about. It cannot when the model says that the state is
 * hopeless for it and every operation is used up that could set another: one that `sets` knows, that is called before the answer came, that sets a state not hopeless
 * for it, and that can be the last to set one before it.
 *
 * Why the last: suppose the answer came about after all. Then some operation to come sets a state, since without one it is hopeless; take the
 * last of those before it that did. From its state none but others led to the answer, so that state is not hopeless for it. And no operation that always sets
 * lies between the two in real time, for it would be a later one.
 */
export class Future {
  private readonly problem: Problem
  private readonly states: States
  /** For each answered operation the next one in the order of calls, itself included, whose answer is looked at. */
  private readonly nextRead: Int32Array
  /** For each of those, where its possible setters among the answered ones stand in `setters`. */
  private readonly settersStart: Int32Array
  private readonly setters: readonly number[]
  /** When each answered operation has set a state for certain: its return, or never. Null for a model in which no state is spent. */
  private readonly setBy: Float64Array | null
  /** For each answered operation the first of those times from there on. */
  private readonly firstSetBy: Float64Array
  /** For each kind of read the groups of unanswered operations that could set a state for it. */
  private readonly groupsFor = new Map<number, readonly number[]>()

  private constructor(problem: Problem, states: States, nextRead: Int32Array, settersStart: Int32Array, setters: readonly number[], setBy: Float64Array | null) {
    this.problem = problem
    this.states = states
    this.nextRead = nextRead
    this.settersStart = settersStart
    this.setters = setters
    this.setBy = setBy
    this.firstSetBy = new Float64Array(problem.answered.length + 1).fill(Infinity)
    for (let i = problem.answered.length - 1; i >= 0; i--) this.firstSetBy[i] = Math.min(this.firstSetBy[i + 1] as number, setBy?.[i] ?? Infinity)
  }

  /** Null for a model that says nothing of what is hopeless. Takes O(n log n) and what is under way at once. */
  static of(model: Model, problem: Problem, states: States): Future | null {
    if (model.hopeless === undefined) return null
    const { answered, still } = problem
    const isRead = (i: number): boolean => still[i] === 1 && (answered[i] as Operation).result !== undefined
    const nextRead = new Int32Array(answered.length + 1).fill(answered.length)
    for (let i = answered.length - 1; i >= 0; i--) nextRead[i] = isRead(i) ? i : (nextRead[i + 1] as number)

    const reach = new Reach(model, problem, states), start = new Int32Array(answered.length + 1), setters: number[] = []
    for (let i = 0; i < answered.length; i++) {
      if (isRead(i)) reach.settersOf(i, setters)
      start[i + 1] = setters.length
    }
    const future = new Future(problem, states, nextRead, start, setters, model.total === true ? reach.setBy() : null)
    for (let i = nextRead[0] as number; i < answered.length; i = nextRead[i + 1] as number) future.groupsOf(problem.kind[i] as number, reach)
    return future
  }

  private groupsOf(kind: number, reach: Reach): void {
    if (this.groupsFor.has(kind)) return
    this.groupsFor.set(kind, [...this.problem.unanswered.kind.keys()].filter((group) => reach.mayHelp(this.problem.unanswered.kind[group] as number, kind)))
  }

  /** Whether an answer is out of reach: of those under way in `choices` from `start` to `end`, or of the next ones, none of which is done, from `next` on. */
  isLost(state: number, choices: Int32Array, start: number, end: number, next: number, now: Now): boolean {
    const { problem, nextRead } = this, count = problem.answered.length
    for (let i = start; i < end; i++) {
      const operation = choices[i] as number
      if (nextRead[operation] === operation && this.isOut(state, operation, now)) return true
    }
    if (next === count) return false
    for (let read = nextRead[next] as number, ahead = 0; read < count && ahead < AHEAD; read = nextRead[read + 1] as number, ahead++) {
      if (this.isOut(state, read, now)) return true
    }
    return false
  }

  /**
   * Whether nothing of a state will be read: no answer to come that may be given before another state is set for certain can come of it. Where such a model is in two
   * spent states, with the same operations to come, the same may come of both: whatever comes before a state is set can happen in either, as no read with an answer is among it.
   */
  isSpent(state: number, choices: Int32Array, start: number, end: number, next: number): boolean {
    const { problem: { kind, call }, nextRead, setBy, firstSetBy, states } = this
    if (setBy === null) return false
    let horizon = firstSetBy[next] as number
    for (let i = start; i < end; i++) {
      const operation = choices[i] as number
      if (nextRead[operation] !== operation) horizon = Math.min(horizon, setBy[operation] as number)
      else if (!states.isHopeless(state, kind[operation] as number)) return false
    }
    let read = nextRead[next] as number
    for (let ahead = 0; read < kind.length && (call[read] as number) < horizon; read = nextRead[read + 1] as number, ahead++) {
      if (ahead === SPENT_AHEAD || !states.isHopeless(state, kind[read] as number)) return false
    }
    return true
  }

  private isOut(state: number, read: number, { isDone, usedOf }: Now): boolean {
    const { problem: { kind, ret, unanswered }, setters, settersStart } = this
    const of = kind[read] as number
    if (!this.states.isHopeless(state, of)) return false
    for (let i = settersStart[read] as number; i < (settersStart[read + 1] as number); i++) if (isDone[setters[i] as number] === 0) return false
    for (const group of this.groupsFor.get(of) ?? []) {
      const member = (unanswered.start[group] as number) + (usedOf[group] as number)
      if (member < (unanswered.start[group + 1] as number) && (unanswered.call[member] as number) < (ret[read] as number)) return false
    }
    return true
  }
}

/** Finds what could set a state for a read. */
class Reach {
  private readonly problem: Problem
  private readonly states: States
  /** For each kind the number of the state that it sets, or -1. */
  private readonly setsOf: Int32Array
  /** Answered operations that set, in the order of their calls, and the last return of all up to each. */
  private readonly byCall: readonly number[]
  private readonly lastRet: Float64Array
  /** Those that always set, in the order of their returns, and the last call of all up to each. */
  private readonly byRet: readonly number[]
  private readonly lastCall: Float64Array

  constructor(model: Model, problem: Problem, states: States) {
    const { kinds, kind, call, ret } = problem
    this.problem = problem
    this.states = states
    const sets = kinds.map((operation) => model.sets?.(operation))
    this.setsOf = Int32Array.from(sets, (one) => (one === undefined ? -1 : states.numberOf(one.state)))
    this.byCall = [...kind.keys()].filter((i) => this.setsOf[kind[i] as number] !== -1)
    this.lastRet = runningMax(this.byCall, ret)
    this.byRet = this.byCall.filter((i) => sets[kind[i] as number]?.always === true).sort((a, b) => (ret[a] as number) - (ret[b] as number))
    this.lastCall = runningMax(this.byRet, call)
  }

  /** When each answered operation has set a state for certain. */
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

  /** Adds the answered operations that could be the last to set a state for a read, and set one that is not hopeless. */
  settersOf(read: number, found: number[]): void {
    const { call, ret, kind } = this.problem
    const over = firstAbove(this.byRet, ret, call[read] as number), cutoff = over === 0 ? -1 : (this.lastCall[over - 1] as number)
    for (let i = firstAbove(this.byCall, call, ret[read] as number) - 1; i >= 0 && (this.lastRet[i] as number) > cutoff; i--) {
      const setter = this.byCall[i] as number
      if ((ret[setter] as number) > cutoff && this.mayHelp(kind[setter] as number, kind[read] as number)) found.push(setter)
    }
  }
}

function runningMax(order: readonly number[], of: Float64Array): Float64Array {
  let most = -1
  return Float64Array.from(order, (i) => (most = Math.max(most, of[i] as number)))
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
