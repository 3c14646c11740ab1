import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'
import type { Model } from '../model.ts'
import type { Meter } from '../verdict.ts'
import { Future } from './future.ts'
import type { Problem } from './problem.ts'
import { problemOf } from './problem.ts'
import { Ring } from './ring.ts'
import { IMPOSSIBLE, States } from './states.ts'
import { Visited } from './visited.ts'

export type Outcome = 'fine' | 'violated' | 'unknown'

/**
 * Whether the operations of one partition are linearizable: whether there is an order of them that explains all answers and in which no
 * operation comes before one that had ended when it began (Herlihy and Wing, "Linearizability", 1990). `operations`: in any order, with
 * calls and returns all different. `from`: the states in which the object may have been before them. `unknown` when the meter
 * runs out or memory does, and never otherwise.
 *
 * The search is Wing and Gong's ("Testing and verifying concurrent objects", 1993), which tries what may come next and goes back where it
 * fails, with Lowe's memory of configurations ("Testing for linearizability", 2017). Exponential in the number of operations under way at
 * once at worst (the problem is NP-complete: Gibbons and Korach, 1997), linear in the length of most histories.
 */
export function isLinearizable(model: Model, operations: readonly Operation[], meter: Meter, from: readonly Json[] = [model.init]): Outcome {
  return findOrder(model, operations, meter, from).outcome
}

/** An order that explains all answers, unanswered operations in it where they have to happen, and the state before it. */
export interface Explained { from: Json; order: () => readonly Operation[] }

/** The same, and what explains the operations if it is fine; null otherwise. */
export function findOrder(model: Model, operations: readonly Operation[], meter: Meter, from: readonly Json[] = [model.init]): { outcome: Outcome; explained: Explained | null } {
  const problem = problemOf(model, operations, from)
  const states = new States(model, problem.kinds)
  const search = new Search(problem, states, Future.of(model, problem, states), meter)
  for (const state of from) {
    const outcome = search.run(state)
    if (outcome === 'fine') return { outcome, explained: { from: state, order: () => search.order(operations) } }
    if (outcome !== 'violated') return { outcome, explained: null }
  }
  return { outcome: 'violated', explained: null }
}

/** Choices on the stack at most: 128 MB. Some thousands of operations under way at once come to it, and the search says unknown. */
const CHOICES_MAX = 1 << 25

/** Groups of unanswered operations that are tried for one step of the meter. */
const GROUPS_PER_STEP = 64

const NONE = -1
const STOPPED = -2
/** Stands for all states of which nothing will be read. */
const SPENT = -1

/**
 * A configuration is what has been put in order so far: which answered operations, which unanswered ones, and the state they led to. The search
 * holds one, and the way to it on a stack. What may come next in it are the answered operations called before any of those to come
 * had ended, and unanswered ones called before that.
 *
 * Not every way is tried. Each rule below leaves out only ways for which another, not longer, is tried instead, at the same configuration or at
 * one met before. So if some met configuration could be completed, take the shortest completion, and of those the one met first: its
 * next step was not left out, which leads to a shorter one. Hence when all has been tried in vain, there is no order.
 *
 * 1. An operation that changes no state and fits goes first, at once: whatever comes before it in a completion can as well come after it.
 * 2. In a state of which nothing will be read, a write of which nothing will be read goes first, at once (`Future`).
 * 3. Of answered operations of one kind, the one that ends first is taken: they could change places. An unanswered one waits for them.
 * 4. Of unanswered operations of one kind, the one called first is taken.
 * 5. After an unanswered operation comes one for which it made a difference. Otherwise that one could have come without it.
 * 6. A configuration that can do no more than one met before is not looked at (`Visited`), nor one in which an answer is out of reach (`Future`).
 */
class Search {
  private readonly problem: Problem
  private readonly states: States
  private readonly future: Future | null
  private readonly meter: Meter
  private readonly visited: Visited
  private readonly spend = (): boolean => this.meter.step()

  /** Answered operations to come. */
  private readonly toCome: Ring
  /** How many unanswered ones of each group were used, and which ones, a bit each. */
  private readonly usedOf: Int32Array
  private readonly used: Int32Array

  // The stack, by depth.
  private depth = 0
  private readonly state: Int32Array
  /** Where the operations that may come next stand in `choices`. */
  private readonly choicesStart: Int32Array
  private readonly choicesEnd: Int32Array
  /** The first return among the operations to come. */
  private readonly bound: Float64Array
  /** Which choice is tried next: answered operations first, then groups of unanswered ones. */
  private readonly cursor: Int32Array
  /** How many answered operations were put in order before the step that led here. */
  private readonly takenBefore: Int32Array
  /** The group of the unanswered operation that led here, or `NONE`. */
  private readonly group: Int32Array
  /** Whether operations were taken at once on arrival. */
  private readonly took: Uint8Array
  private choices = new Int32Array(64)

  constructor(problem: Problem, states: States, future: Future | null, meter: Meter) {
    this.problem = problem
    this.states = states
    this.future = future
    this.meter = meter
    const count = problem.answered.length, depths = count + problem.unanswered.count + 1
    this.visited = new Visited(problem.unanswered.count)
    this.toCome = new Ring(problem.word)
    this.usedOf = new Int32Array(problem.unanswered.kind.length)
    this.used = new Int32Array((problem.unanswered.count + 31) >>> 5)
    this.state = new Int32Array(depths)
    this.choicesStart = new Int32Array(depths)
    this.choicesEnd = new Int32Array(depths)
    this.bound = new Float64Array(depths)
    this.cursor = new Int32Array(depths)
    this.takenBefore = new Int32Array(depths)
    this.group = new Int32Array(depths)
    this.took = new Uint8Array(depths)
  }

  /** Searches from one first state. Everything is as before when it has been in vain, but for what was met. */
  run(from: Json): Outcome {
    this.depth = 0
    this.group[0] = NONE
    this.takenBefore[0] = 0
    const first = this.states.numberOf(from)
    if (this.future?.isLostFromStart(first, this.toCome.isTaken, this.usedOf) === true) return 'violated'
    let arrived = this.arrive(first)
    for (;;) {
      if (arrived === 'complete') return 'fine'
      if (arrived === 'stopped') return 'unknown'
      if (arrived === 'known') {
        this.leave()
        if (this.depth === 0) return 'violated'
        this.depth--
      }
      const state = this.choose()
      if (state === STOPPED) return 'unknown'
      if (state === IMPOSSIBLE) {
        if (!this.meter.step()) return 'unknown'
        arrived = 'known'
      } else arrived = this.arrive(state)
    }
  }

  /** What is in order when all is complete. Groups give their operations in the order of their calls. */
  order(operations: readonly Operation[]): Operation[] {
    const { problem: { answered, unanswered }, toCome, depth } = this
    const ofCall = new Map(operations.map((one) => [one.call, one])), usedOf = new Int32Array(unanswered.kind.length), order: Operation[] = []
    for (let at = 0; at <= depth; at++) {
      const group = this.group[at] as number
      if (group !== NONE) {
        const member = (unanswered.start[group] as number) + (usedOf[group] as number)
        usedOf[group] = (usedOf[group] as number) + 1
        order.push(ofCall.get(unanswered.call[member] as number) as Operation)
      }
      const end = at === depth ? toCome.taken : (this.takenBefore[at + 1] as number)
      for (let i = this.takenBefore[at] as number; i < end; i++) order.push(answered[toCome.trail[i] as number] as Operation)
    }
    return order
  }

  /** Goes one step on, and returns the state after it, `IMPOSSIBLE` when all choices have been tried, or `STOPPED`. */
  private choose(): number {
    const { problem, depth } = this
    const start = this.choicesStart[depth] as number, answeredCount = (this.choicesEnd[depth] as number) - start
    const groupCount = problem.unanswered.kind.length
    for (;;) {
      const choice = this.cursor[depth] as number
      if (choice >= answeredCount + groupCount) return IMPOSSIBLE
      this.cursor[depth] = choice + 1
      const group = choice - answeredCount
      if (group < 0) {
        const operation = this.choices[start + choice] as number, kind = problem.kind[operation] as number
        if ((problem.answeredOfKind[kind] as number) > 1 && this.waits(kind, problem.ret[operation] as number)) continue
        if (problem.spans !== null && this.isOvertaking(problem.spans, operation)) continue
        const state = this.tryKind(kind)
        if (state === IMPOSSIBLE) continue
        this.push(NONE)
        this.toCome.take(operation)
        return state
      }
      if (group % GROUPS_PER_STEP === GROUPS_PER_STEP - 1 && !this.meter.step()) return STOPPED
      const member = (problem.unanswered.start[group] as number) + (this.usedOf[group] as number)
      // Groups come in the order of their first calls.
      if ((problem.unanswered.call[problem.unanswered.start[group] as number] as number) > (this.bound[depth] as number)) {
        this.cursor[depth] = answeredCount + groupCount
        return IMPOSSIBLE
      }
      if (member === problem.unanswered.start[group + 1] || (problem.unanswered.call[member] as number) > (this.bound[depth] as number)) continue
      const kind = problem.unanswered.kind[group] as number
      if ((problem.answeredOfKind[kind] as number) > 0 && this.waits(kind, Infinity)) continue
      const state = this.tryKind(kind)
      if (state === IMPOSSIBLE || state === this.state[depth]) continue
      this.push(group)
      this.usedOf[group] = (this.usedOf[group] as number) + 1
      this.used[member >>> 5] = (this.used[member >>> 5] as number) | (1 << (member & 31))
      return state
    }
  }

  /** The state after an operation of that kind, or `IMPOSSIBLE` when it cannot come next, or need not. */
  private tryKind(kind: number): number {
    const { depth } = this
    const state = this.states.after(this.state[depth] as number, kind)
    const useless = state !== IMPOSSIBLE && this.group[depth] !== NONE && this.took[depth] === 0 && this.states.after(this.state[depth - 1] as number, kind) === state
    return useless ? IMPOSSIBLE : state
  }

  /** Whether one of that kind may come next that ends before `ret`. */
  private waits(kind: number, ret: number): boolean {
    const { problem, depth } = this
    for (let i = this.choicesStart[depth] as number; i < (this.choicesEnd[depth] as number); i++) {
      const other = this.choices[i] as number
      if (problem.kind[other] === kind && (problem.ret[other] as number) < ret) return true
    }
    return false
  }

  /** Whether an answer shows that another choice comes first. */
  private isOvertaking({ begin, end }: NonNullable<Problem['spans']>, operation: number): boolean {
    for (let i = this.choicesStart[this.depth] as number; i < (this.choicesEnd[this.depth] as number); i++) {
      if ((end[this.choices[i] as number] as number) < (begin[operation] as number)) return true
    }
    return false
  }

  private push(group: number): void {
    this.depth++
    this.group[this.depth] = group
    this.takenBefore[this.depth] = this.toCome.taken
  }

  /** Takes at once what may go first at once, and finds what may come next. */
  private arrive(reached: number): 'complete' | 'new' | 'known' | 'stopped' {
    const { depth, future } = this
    if (!this.meter.step() || this.states.isFull) return 'stopped'
    const start = depth === 0 ? 0 : (this.choicesEnd[depth - 1] as number)
    this.choicesStart[depth] = start
    this.took[depth] = 0
    let state = reached, spent = false
    for (;;) {
      const ahead = this.scan(state)
      if (ahead === STOPPED) return 'stopped'
      const end = this.choicesEnd[depth] as number
      if (end === start) return 'complete'
      if (future === null) break
      if (future.isLost(state, this.choices, start, end, ahead, this.toCome.isTaken, this.usedOf)) return 'known'
      spent = future.isSpent(state, this.choices, start, end, ahead)
      const setter = spent ? future.spentSetter(this.choices, start, end, this.toCome.isTaken) : NONE
      if (setter === NONE) break
      this.toCome.take(setter)
      this.took[depth] = 1
      state = this.states.after(state, this.problem.kind[setter] as number)
    }
    this.state[depth] = state
    this.cursor[depth] = 0
    if (this.group[depth] !== NONE && this.took[depth] === 0 && !this.isHelped()) return 'known'
    return this.visited.meet(spent ? SPENT : state, this.toCome.hash, this.choices, start, this.choicesEnd[depth] as number, this.used, this.spend)
  }

  /** Takes all that fits and changes nothing, and lists what may come next. Returns the first operation after those, which is the ring's end if there is none. */
  private scan(state: number): number {
    const { problem, depth, toCome } = this
    let end = this.choicesStart[depth] as number, bound = Infinity, operation = toCome.first()
    // What ends first among those kept bounds who else may come: all met before then began before that, too.
    for (; operation !== toCome.end && (problem.call[operation] as number) < bound; operation = toCome.after(operation)) {
      if (problem.still[operation] === 1 && this.states.after(state, problem.kind[operation] as number) === state) {
        toCome.take(operation)
        this.took[depth] = 1
        continue
      }
      if (end === this.choices.length) {
        if (end >= CHOICES_MAX) return STOPPED
        const grown = new Int32Array(2 * end)
        grown.set(this.choices)
        this.choices = grown
      }
      this.choices[end++] = operation
      if ((problem.ret[operation] as number) < bound) bound = problem.ret[operation] as number
    }
    this.choicesEnd[depth] = end
    this.bound[depth] = bound
    return operation
  }

  /** Whether something may come next that could not, or with another outcome, without the unanswered operation that led here. */
  private isHelped(): boolean {
    const { problem: { kind, unanswered }, depth } = this
    for (let i = this.choicesStart[depth] as number; i < (this.choicesEnd[depth] as number); i++) {
      if (this.tryKind(kind[this.choices[i] as number] as number) !== IMPOSSIBLE) return true
    }
    for (const group of unanswered.dependent) {
      if ((unanswered.call[unanswered.start[group] as number] as number) > (this.bound[depth] as number)) return false
      if (this.tryKind(unanswered.kind[group] as number) !== IMPOSSIBLE) return true
    }
    return false
  }

  /** Undoes the step that led here. */
  private leave(): void {
    const { depth } = this
    this.toCome.putBackTo(this.takenBefore[depth] as number)
    const group = this.group[depth] as number
    if (group === NONE) return
    const used = (this.usedOf[group] as number) - 1, member = (this.problem.unanswered.start[group] as number) + used
    this.usedOf[group] = used
    this.used[member >>> 5] = (this.used[member >>> 5] as number) & ~(1 << (member & 31))
  }
}
