import type { Json } from '../sim/json.ts'
import type { Operation } from './history.ts'

/** `begin` may be infinite: never. */
export interface Span { begin: number; end: number }

/**
 * A sequential object, as small as it can be said. States are plain JSON, so that an online check can be stored, cloned and
 * forked, and are never changed in place.
 */
export interface Model<S extends Json = Json> {
  readonly init: S
  /**
   * The state after `operation`, or undefined if it cannot happen in this state with the answer that it got. An absent answer
   * (`result` undefined) may be any. Depends on `f`, `arg` and `result` alone.
   */
  step(state: S, operation: Operation): S | undefined
  equal(a: S, b: S): boolean
  /** A 32-bit integer, the same for equal states. */
  hash(state: S): number
  /** In words for a reader, e.g. `write 4` or `read 3`; an unanswered one says what was asked. */
  describe(operation: Operation): string
  /** Operations of different partitions never affect each other, so each is checked alone (Herlihy and Wing's locality; Horn and Kroening's P-compositionality, 2015). */
  partition(operation: Operation): string
  /** Whether it changes no state, whichever it meets and whatever it answers. A write of the value already there is not such an operation. */
  pure(operation: Operation): boolean
  /**
   * Whether it changes no state in which it can happen with the answer that it got, e.g. a compare-and-set that was refused. Absent: what is pure.
   * So it may be put in order as soon as it fits. Not for an operation whose answer is still to come.
   */
  still?(operation: Operation): boolean
  /**
   * The state that it leaves behind if it changes anything, where that depends on the operation alone, e.g. what a write wrote. `always`: it leaves
   * that state in any case; a compare-and-set without an answer may have been refused. Undefined for all other operations.
   */
  sets?(operation: Operation): { state: S; always: boolean } | undefined
  /**
   * Whether `state` can never lead to one in which `read` (an operation that is still, with an answer) is possible, whatever comes between but operations that
   * `sets` knows. A sound no is enough: this prunes a search, and absent it prunes nothing. E.g. a text that only grows and already differs from the answer.
   */
  hopeless?(state: S, read: Operation): boolean
  /**
   * What else must have happened, unseen, for an answer to be possible in a state in which it is not; null where nothing simple would do. E.g. a write of 3 for a read of 3. So a
   * judge can go on after a break: what one fault left behind is not told again.
   */
  amend?(state: S, operation: Operation): Pick<Operation, 'f' | 'arg'> | null
  /** True when all but operations that are still can happen in every state, and all that `sets` knows set always. So a state of which nothing is ever read again may be any. */
  readonly total?: boolean
  /**
   * For each of all operations of a partition the span, in positions of the history, in which an answer shows its place in the order, where one does: one whose span ends before another's begins
   * comes before that one. E.g. what left a queue first was put in first. `from`: the states in which the object may have been at the start.
   */
  spans?(operations: readonly Operation[], from: readonly S[]): readonly (Span | null)[]
}

/** A model by name: what a history file may say of it. */
export interface ModelKind {
  title: string
  /** What `init` stands for when a file does not say. */
  usualInit: Json
  /** The model from its first state. Throws nothing: `init` was checked before. */
  make(init: Json): Model
  /** What `init` should have been, or null if it is right. */
  refuseInit(init: Json): string | null
  /** What `f`, `arg` or `result` should have been, in words, or null if they are right. */
  refuse(operation: Pick<Operation, 'f' | 'arg' | 'result' | 'status' | 'key'>): string | null
}
