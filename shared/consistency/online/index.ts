import { fail } from '../../sim/assert.ts'
import type { Json } from '../../sim/json.ts'
import type { Operation, Status } from '../history.ts'
import type { Model } from '../model.ts'
import { evidenceOf } from './evidence.ts'
import type { Evidence } from './evidence.ts'
import { explain } from './explain.ts'
import { advance } from './frontier.ts'
import { isStill } from './kept.ts'
import { fits, isPlaced, stateBefore, trim } from './order.ts'
import { ONLINE_LIMITS } from './state.ts'
import type { ObjectState, OnlineLimits, OnlineState, Waiting } from './state.ts'

/**
 * Linearizability judged event by event, object by object, with bounded memory and in plain JSON. After every event the verdict is that of the whole history so
 * far, in which open operations may have happened or not.
 *
 * Of each object two things are kept. The *configurations* (`frontier.ts`) are all ways in which it may have gone up to an answer before which
 * nothing is open any more. The *order* (`order.ts`) is one explanation of all that came after. An answer that fits into the order costs next to nothing; if it
 * does not, another order is searched from the configurations (`explain.ts`), and when there is none the answer broke the object.
 *
 * What an event costs is bounded by the limits, exponential in the number of operations under way at once at worst, and mostly linear in it.
 */

/** `amended`: what may have happened unseen from now on, so that the next break is one of its own; null for nothing. `unknown`: a limit was passed, and from then on for ever: what the object was cannot be known again. */
export type Outcome =
  | { verdict: 'fine' }
  | { verdict: 'violated'; evidence: Evidence; amended: Operation | null }
  | { verdict: 'unknown'; partition: string; why: string }

export type { Evidence }

const FINE: Outcome = { verdict: 'fine' }

/** The check before the first event. */
export function startOnline(limits: OnlineLimits = ONLINE_LIMITS): OnlineState {
  return { limits, objects: {}, open: [] }
}

/** The verdict on all events so far: one broken object breaks the whole, and what is not known of one is not known of the whole. */
export function verdictOf(state: OnlineState): 'fine' | 'violated' | 'unknown' {
  let verdict: 'fine' | 'unknown' = 'fine'
  for (const name in state.objects) {
    const object = state.objects[name] as ObjectState
    if (object.verdict === 'violated') return 'violated'
    if (object.verdict === 'unknown') verdict = 'unknown'
  }
  return verdict
}

/** An operation begins; whatever it says of its answer is not looked at. Its `call` is later than all before. */
export function called(state: OnlineState, model: Model, operation: Operation): Outcome {
  const partition = model.partition(operation)
  const name = `=${partition}`
  const object = (state.objects[name] ??= begin(partition, model.init, model.hash(model.init)))
  state.open.push({ id: operation.id, name })
  if (object.given !== null) return { verdict: 'unknown', partition, why: object.given }
  const open: Operation = { ...operation, status: 'info', ret: null, result: undefined }
  object.waiting.push({ operation: open, open: true, still: model.pure(open), overwrites: model.sets?.(open)?.always === true })
  if (object.waiting.length <= state.limits.waiting) return FINE
  return giveUp(object, object.stuck ? `more than ${state.limits.configurations} ways in which it may have gone` : `more than ${state.limits.waiting} operations wait for one answer`)
}

/**
 * An operation is answered, or it is known that it never will be (`info`). `ret`: the place of this event, later than all before; `atMs`: when it was,
 * for operations that say when they were called. Throws `AssertionFailed` for one that is not open.
 *
 * The outcome is of this event alone. After an answer that broke its object, that answer is taken as never given (a read is dropped, any other
 * operation may have happened or not), and once, at any time from then on, what would have made it right may happen (`Model.amend`: for a read of 3 a write of 3). So of a
 * write that is lost for good one read is told, and not each that comes after. As all this only relaxes, a second break is one of its own: all
 * that was really asked and answered, but for the answers told before, has no order.
 */
export function answered(state: OnlineState, model: Model, id: number, status: Status, result: Json | undefined, ret: number, atMs?: number): Outcome {
  const at = state.open.findIndex((one) => one.id === id)
  if (at < 0) fail(`operation ${id} is not open`)
  const object = state.objects[(state.open[at] as { name: string }).name] as ObjectState
  state.open.splice(at, 1)
  if (object.given !== null) return { verdict: 'unknown', partition: object.partition, why: object.given }
  const waiting = object.waiting.find((one) => one.operation.id === id) as Waiting
  const outcome = settle(state, object, model, waiting, status, result, ret, atMs ?? null)
  if (outcome.verdict === 'unknown') return outcome
  advance(object, model, state.limits)
  trim(object)
  // A break is told even if nothing can be said afterwards.
  const tooMany = object.unanswered > state.limits.unanswered ? giveUp(object, `more than ${state.limits.unanswered} operations were never answered`) : FINE
  return outcome.verdict === 'violated' ? outcome : tooMany
}

/** An object of which nothing is known but the state that it is in. */
function begin(partition: string, from: Json, hash: number): ObjectState {
  return {
    partition, verdict: 'fine', given: null, waiting: [], due: [], configurations: [{ state: from, hash, used: [], free: [], read: [], spent: [] }], stuck: false, classes: [], unanswered: 0, amended: 0,
    orderFrom: from, order: [], kept: { since: { from: [from], doubtful: [], spent: false }, past: [], next: null, thinned: false, excused: [] },
  }
}

/** Judges one answer. */
function settle(state: OnlineState, object: ObjectState, model: Model, waiting: Waiting, status: Status, result: Json | undefined, ret: number, atMs: number | null): Outcome {
  const { operation } = waiting
  if (status === 'info') {
    leaveOpen(object, waiting)
    return FINE
  }
  // Field by field: in plain JSON no result is no field, and a copy of the state must come to the same text as the state.
  const { id, client, f, key, arg, call } = operation
  const answer: Operation = { id, client, f, key, arg, status, call, ret, result, ...(operation.atMs === undefined ? {} : { atMs: [operation.atMs[0], atMs] }) }
  if (status === 'fail') {
    object.waiting.splice(object.waiting.indexOf(waiting), 1)
    if (!isPlaced(object, operation.id)) return FINE
  } else {
    waiting.operation = answer
    waiting.still = isStill(model, waiting.operation)
    waiting.open = false
    if (fits(object, model, waiting.operation)) {
      object.due.push(operation.id)
      return FINE
    }
  }
  const found = explain(object, model, waiting.operation, state.limits.steps)
  if (found === 'unknown') return giveUp(object, `more than ${state.limits.steps} steps to explain one answer`)
  if (found === 'fine') {
    if (status === 'ok') object.due.push(operation.id)
    return FINE
  }
  const evidence = evidenceOf(object, model, answer)
  object.verdict = 'violated'
  // The order at hand still explains all that was answered before.
  if (status === 'fail') insert(object, waiting)
  waiting.operation = operation
  waiting.still = model.pure(operation)
  leaveOpen(object, waiting)
  return { verdict: 'violated', evidence, amended: status === 'ok' ? amend(object, model, answer) : null }
}

/** Lets what would have made an answer right happen unseen. */
function amend(object: ObjectState, model: Model, answer: Operation): Operation | null {
  const amends = model.amend?.(stateBefore(object, object.order.length), answer) ?? null
  if (amends === null) return null
  const operation: Operation = { ...answer, ...amends, id: -++object.amended, status: 'info', call: answer.ret as number, ret: null, result: undefined }
  object.waiting.push({ operation, open: false, still: model.pure(operation), overwrites: model.sets?.(operation)?.always === true })
  return operation
}

/** An operation that will never be answered may happen at any time from now on, or never; if it is a read, it does not matter. */
function leaveOpen(object: ObjectState, waiting: Waiting): void {
  waiting.open = false
  if (waiting.still) object.waiting.splice(object.waiting.indexOf(waiting), 1)
}

/** Puts an operation back among those that wait. */
function insert(object: ObjectState, waiting: Waiting): void {
  const at = object.waiting.findIndex((one) => one.operation.call > waiting.operation.call)
  object.waiting.splice(at < 0 ? object.waiting.length : at, 0, waiting)
}

/** Forgets all about an object but that it is not known. That it broke before stays said. */
function giveUp(object: ObjectState, given: string): Outcome {
  const { partition, verdict } = object
  Object.assign(object, begin(partition, null, 0), { verdict: verdict === 'violated' ? verdict : 'unknown', given })
  return { verdict: 'unknown', partition, why: given }
}
