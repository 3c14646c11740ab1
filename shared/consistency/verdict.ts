import type { Json } from '../sim/json.ts'
import type { History, Operation } from './history.ts'

/** What a check may spend. `steps`: units of search, so that the same history gets the same verdict everywhere. `spent`: the caller's own reason to stop, such as time; asked now and then. */
export interface Budget { steps: number; spent?(): boolean }

/** Enough for any history of a class, and a bound for those of strangers. */
export const STEPS_USUAL = 20_000_000

/** Counts down a budget. */
export class Meter {
  private left: number
  private readonly budget: Budget
  constructor(budget: Budget) {
    this.budget = budget
    this.left = budget.steps
  }
  /** Takes one step; false when the budget is spent, from then on for ever. */
  step(): boolean {
    if (this.left <= 0) return false
    this.left--
    if ((this.left & 1023) === 0 && this.budget.spent?.() === true) this.left = 0
    return this.left > 0
  }
  /** Takes so many steps at once: for work that is done in one go, counted so that a step costs about the same everywhere. */
  take(steps: number): boolean {
    if (this.left <= 0) return false
    const before = this.left
    this.left = Math.max(0, before - steps)
    if (Math.floor(before / 1024) !== Math.floor(this.left / 1024) && this.budget.spent?.() === true) this.left = 0
    return this.left > 0
  }
  /** Steps taken; all of them once the budget is spent, for whatever reason. */
  get used(): number {
    return this.budget.steps - this.left
  }
}

/** Hands a look a meter of at most so many steps, as long as any are left of a budget for many looks. Returns what it saw. */
export type Spend = <T>(steps: number, look: (meter: Meter) => T) => T

export function spendOf(budget: Budget): Spend {
  let left = budget.steps
  return (steps, look) => {
    const meter = new Meter({ ...budget, steps: Math.min(steps, left) })
    const seen = look(meter)
    left -= meter.used
    return seen
  }
}

/** Why an operation comes before another in a witness that is a cycle: `why` completes `1 before 2: ...` in a few words. */
export interface Edge { from: number; to: number; why: string }

/**
 * The smallest set of operations found that still breaks the check, from each of the states `from`. Made smaller by relaxing: a read is dropped, a write is
 * turned into one that may happen at any time after its call, or never (`status: 'info'`), and left out if it can then explain nothing. What was over early may be
 * replaced by all the states that it can have led to (`from`). So whatever explains the history would explain the witness too.
 */
export interface Witness {
  /** In the order of their calls, relaxed ones included. */
  operations: readonly Operation[]
  /** Which partition they are of; null for all. */
  partition: string | null
  /** The states in which the object may have been before them. */
  from: readonly Json[]
  /** Where the check orders operations by reasons: the reasons that lead round in a circle, in order. Empty for others. */
  edges: readonly Edge[]
  /** Which sort of break it is, e.g. `stale-read`: what the sentence says, to be checked again. */
  shape: string
  /** Says what is wrong, with these operations' clients, values and times; true of the witness alone. */
  sentence: string
}

/** A search that passes its budget says so, and never says `fine`. */
export type Verdict =
  | { verdict: 'fine' }
  | { verdict: 'violated'; witness: Witness }
  | { verdict: 'unknown'; why: string }

/** A check of whole histories: one file, and one line in the registry `checks`. */
export interface Check {
  title: string
  /** What holds, in words. */
  words: string
  /** Every operation fits the model: who reads a history from outside has refused it otherwise. `unknown` also when the check does not apply to such histories, which is said. */
  run(history: History, budget: Budget): Verdict
  /** Which concept of the lesson it is about. */
  concept: string
  /** The rule that would have prevented a break. */
  prevention: string
}
