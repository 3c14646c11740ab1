import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'

/** What is kept of each object at most, and what is spent on an event. Beyond `waiting`, `unanswered` or `steps` nothing is said of the object any more but `unknown`. */
export interface OnlineLimits {
  /** Operations that wait: open, or answered and not worked off, as an earlier one is open. */
  waiting: number
  /** Configurations looked at to work off one answer. Where there are more, all that comes waits. */
  configurations: number
  /** Operations never answered: each may still happen, for ever. */
  unanswered: number
  /** Units of search for one answer. */
  steps: number
  /** Operations kept after their time, for witnesses and to search in; at times twice as many. */
  kept: number
}

/** Enough for a class: a round of some hundred operations on an object is kept whole, and a third of them may stay without an answer. */
export const ONLINE_LIMITS: OnlineLimits = { waiting: 512, configurations: 1_024, unanswered: 256, steps: 50_000, kept: 384 }

/**
 * One way in which the object may have gone up to an answer: the state that it is in, and which later operations have taken effect
 * already, by id in ascending order.
 */
export interface Configuration {
  state: Json
  hash: number
  /** Those that may change the state. */
  used: number[]
  /** Those that may have, without anybody's notice: just before one that overwrote what they did. They still may do so later instead. */
  free: number[]
  /** Those that change nothing. */
  read: number[]
  /** How many operations of each class of never answered ones took effect; what is missing at the end is 0. */
  spent: number[]
}

/** An operation whose answer, if it has one, is not worked off. */
export interface Waiting {
  operation: Operation
  /** Its answer may still come. */
  open: boolean
  /** It changes no state, as far as is known of it. */
  still: boolean
  /** It can happen in every state, and always leaves the same one. */
  overwrites: boolean
}

/** Never answered operations that ask the same: it makes no difference which of them took effect. */
export interface Class { members: Operation[]; overwrites: boolean }

/** A place in an order that explains all answers so far: the operation, when it was called and answered, and the state after it. */
export interface Placed { id: number; call: number; ret: number | null; state: Json }

/** A moment from which on operations are kept. */
export interface Beginning {
  /** The states in which the object may have been. */
  from: Json[]
  /** Operations that some ways to get there hold already, and others do not: a witness may only say that these may happen. */
  doubtful: number[]
  /** Some ways to get there had used operations that were never answered. */
  spent: boolean
}

/** What a witness is found in. */
export interface Kept {
  since: Beginning
  /** Operations worked off since then, in the order of their answers. */
  past: Operation[]
  /** The beginning that comes next, when the oldest are to go, and how many of `past` came before it. */
  next: { since: Beginning; after: number } | null
  /** Some that changed nothing were left out of `past`. */
  thinned: boolean
  /** Operations whose answers are known to be right only by what was made up after a break. */
  excused: number[]
}

/** All that is known of one object. */
export interface ObjectState {
  partition: string
  verdict: 'fine' | 'violated' | 'unknown'
  /** Why it is not judged any more; null while it is. */
  given: string | null
  /** In the order of their calls. */
  waiting: Waiting[]
  /** Answered ones of them, in the order of their answers. */
  due: number[]
  /** Every way in which it may have gone up to the last answer that is worked off, but for those that another one dominates. */
  configurations: Configuration[]
  /** There would be too many of them after the next answer: none is worked off any more, so more and more wait. */
  stuck: boolean
  classes: Class[]
  /** Operations that were never answered and are in `classes`. */
  unanswered: number
  /** How many operations the check made up to go on after breaks: their ids are -1, -2, ... */
  amended: number
  /** An order that explains all answers so far, from its last part on, which begins in `orderFrom`. */
  orderFrom: Json
  order: Placed[]
  kept: Kept
}

/** The whole check as plain JSON. */
export interface OnlineState {
  limits: OnlineLimits
  /** By partition, with a mark before its name, so that no name means something to the language. */
  objects: { [name: string]: ObjectState }
  /** Which object each open operation is on. */
  open: { id: number; name: string }[]
}
