import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'
import type { Model } from '../model.ts'
import type { ObjectState, Placed } from './state.ts'

/**
 * The order that explains the answers so far, carried on. Most answers fit into it at once: a write at its end, a read where its value still stood.
 * Only when one does not, all the other orders have to be searched.
 */

/** The state before a place in the order; after all of it for its length. */
export const stateBefore = ({ order, orderFrom }: ObjectState, at: number): Json => (at === 0 ? orderFrom : (order[at - 1] as Placed).state)

/** Takes the answer of `operation` into the order, if it fits without moving another one. Linear in the part of the order that is kept. */
export function fits(object: ObjectState, model: Model, operation: Operation): boolean {
  const { order } = object
  for (let at = order.length - 1; at >= 0; at--) {
    const placed = order[at] as Placed
    if (placed.id !== operation.id) continue
    // It was put there before its answer was known.
    const after = model.step(stateBefore(object, at), operation)
    if (after === undefined || !model.equal(after, placed.state)) return false
    placed.ret = operation.ret
    return true
  }
  const { id, call, ret } = operation
  const state = model.step(stateBefore(object, order.length), operation)
  if (state !== undefined) {
    order.push({ id, call, ret, state })
    return true
  }
  // Earlier, where it changes nothing for those after it, but not before one that was over when it began.
  for (let at = order.length - 1; at >= 0; at--) {
    const next = order[at] as Placed
    if (next.ret !== null && next.ret < call) return false
    const before = stateBefore(object, at)
    const same = model.step(before, operation)
    if (same === undefined || !model.equal(before, same)) continue
    order.splice(at, 0, { id, call, ret, state: same })
    return true
  }
  return false
}

/** Whether `id` has a place in the order. */
export const isPlaced = (object: ObjectState, id: number): boolean => object.order.some((one) => one.id === id)

/** Forgets the part of the order that no operation can get into any more: all up to the last one that was over before each open one began. */
export function trim(object: ObjectState): void {
  const { order, waiting } = object
  const openSince = waiting.find(({ open }) => open)?.operation.call ?? Infinity
  let at = order.length - 1
  while (at >= 0) {
    const { ret } = order[at] as Placed
    if (ret !== null && ret < openSince) break
    at--
  }
  if (at < 0) return
  object.orderFrom = stateBefore(object, at + 1)
  order.splice(0, at + 1)
}
