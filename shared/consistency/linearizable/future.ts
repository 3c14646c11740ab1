import type { Operation } from '../history.ts'
import type { Model } from '../model.ts'
import type { Problem } from './problem.ts'
import { Reach } from './reach.ts'
import type { States } from './states.ts'

/** How many answers beyond those under way are looked at. */
const AHEAD = 4

/** How many answers are looked at to find that a state is spent; beyond that it counts as not. */
const SPENT_AHEAD = 32

/** How many pairs of a read and an operation that may set its state are kept; where thousands are under way at once there are more, and nothing is looked at. */
const SETTERS_MAX = 1 << 22

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
  private readonly reach: Reach
  private readonly states: States
  /** For each answered operation the next one in the order of calls, itself included, whose answer is looked at. */
  private readonly nextRead: Int32Array
  /** For each of those, where its possible setters among the answered ones stand in `setters`. */
  private readonly settersStart: Int32Array
  private readonly setters: readonly number[]
  /** The other way round: for each answered operation where the reads that it may be the last to set a state for stand in `readers`. */
  private readonly readersStart: Int32Array
  private readonly readers: Int32Array
  /** When each answered operation has set a state for certain: its return, or never. Null for a model in which no state is spent. */
  private readonly setBy: Float64Array | null
  /** For each answered operation the first of those times from there on. */
  private readonly firstSetBy: Float64Array
  /** For each kind of read the groups of unanswered operations that could set a state for it. */
  private readonly groupsFor = new Map<number, readonly number[]>()

  private constructor(problem: Problem, reach: Reach, states: States, nextRead: Int32Array, settersStart: Int32Array, setters: readonly number[], setBy: Float64Array | null) {
    this.problem = problem
    this.reach = reach
    this.states = states
    this.nextRead = nextRead
    this.settersStart = settersStart
    this.setters = setters
    this.readersStart = new Int32Array(nextRead.length + 1)
    for (const setter of setters) this.readersStart[setter + 2] = (this.readersStart[setter + 2] ?? 0) + 1
    for (let i = 2; i <= nextRead.length; i++) this.readersStart[i] = (this.readersStart[i] as number) + (this.readersStart[i - 1] as number)
    this.readers = new Int32Array(setters.length)
    for (let read = 0; read + 1 < settersStart.length; read++) {
      for (let i = settersStart[read] as number; i < (settersStart[read + 1] as number); i++) {
        const setter = setters[i] as number, place = this.readersStart[setter + 1] as number
        this.readers[place] = read
        this.readersStart[setter + 1] = place + 1
      }
    }
    this.setBy = setBy
    this.firstSetBy = new Float64Array(problem.answered.length + 1).fill(Infinity)
    for (let i = problem.answered.length - 1; i >= 0; i--) this.firstSetBy[i] = Math.min(this.firstSetBy[i + 1] as number, setBy?.[i] ?? Infinity)
  }

  /** Null for a model that says nothing of what is hopeless. Takes O(n log n) a time what is under way at once. */
  static of(model: Model, problem: Problem, states: States): Future | null {
    if (model.hopeless === undefined) return null
    const { answered, still } = problem
    const isRead = (i: number): boolean => still[i] === 1 && (answered[i] as Operation).result !== undefined
    const nextRead = new Int32Array(answered.length + 1).fill(answered.length)
    for (let i = answered.length - 1; i >= 0; i--) nextRead[i] = isRead(i) ? i : (nextRead[i + 1] as number)

    const reach = new Reach(model, problem, states), start = new Int32Array(answered.length + 1), setters: number[] = []
    for (let i = 0; i < answered.length; i++) {
      if (isRead(i)) reach.settersOf(i, setters)
      if (setters.length > SETTERS_MAX) return null
      start[i + 1] = setters.length
    }
    return new Future(problem, reach, states, nextRead, start, setters, model.total === true ? reach.setBy() : null)
  }

  private groupsOf(kind: number): readonly number[] {
    let groups = this.groupsFor.get(kind)
    if (groups === undefined) {
      const { unanswered } = this.problem
      groups = [...unanswered.kind.keys()].filter((group) => this.reach.mayHelp(unanswered.kind[group] as number, kind))
      this.groupsFor.set(kind, groups)
    }
    return groups
  }

  /** Whether any answer is out of reach while nothing is done, such as a value that nobody wrote. */
  isLostFromStart(state: number, isDone: Uint8Array, usedOf: Int32Array): boolean {
    const { nextRead } = this, count = this.problem.answered.length
    for (let read = nextRead[0] as number; read < count; read = nextRead[read + 1] as number) if (this.isOut(state, read, isDone, usedOf)) return true
    return false
  }

  /**
   * Whether an answer is out of reach: of those under way in `choices` from `start` to `end`, or of the next ones, none of which is done, from `next` on. `isDone`,
   * `usedOf`: which answered operations are done, and how many of each group of unanswered ones.
   */
  isLost(state: number, choices: Int32Array, start: number, end: number, next: number, isDone: Uint8Array, usedOf: Int32Array): boolean {
    const { problem, nextRead } = this, count = problem.answered.length
    for (let i = start; i < end; i++) {
      const operation = choices[i] as number
      if (nextRead[operation] === operation && this.isOut(state, operation, isDone, usedOf)) return true
    }
    if (next === count) return false
    for (let read = nextRead[next] as number, ahead = 0; read < count && ahead < AHEAD; read = nextRead[read + 1] as number, ahead++) {
      if (this.isOut(state, read, isDone, usedOf)) return true
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

  /**
   * In a spent state of a total model: one of the choices that always sets a state of which no answer to come can come; or -1. It may go first: no answer
   * is missed where it stood, as it is the last to set a state for none; nor here, as none comes of the state now before another is set.
   */
  spentSetter(choices: Int32Array, start: number, end: number, isDone: Uint8Array): number {
    const { setBy, readers, readersStart } = this
    for (let i = start; i < end; i++) {
      const operation = choices[i] as number
      if (setBy?.[operation] === Infinity) continue
      let reader = readersStart[operation] as number
      while (reader < (readersStart[operation + 1] as number) && isDone[readers[reader] as number] === 1) reader++
      if (reader === readersStart[operation + 1]) return operation
    }
    return -1
  }

  private isOut(state: number, read: number, isDone: Uint8Array, usedOf: Int32Array): boolean {
    const { problem: { kind, ret, unanswered }, setters, settersStart } = this
    const of = kind[read] as number
    if (!this.states.isHopeless(state, of)) return false
    for (let i = settersStart[read] as number; i < (settersStart[read + 1] as number); i++) if (isDone[setters[i] as number] === 0) return false
    for (const group of this.groupsOf(of)) {
      const member = (unanswered.start[group] as number) + (usedOf[group] as number)
      if (member < (unanswered.start[group + 1] as number) && (unanswered.call[member] as number) < (ret[read] as number)) return false
    }
    return true
  }
}
