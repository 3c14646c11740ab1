import { INITIAL, OPEN, isRead } from '../registers.ts'
import type { Meter } from '../verdict.ts'
import { comesBefore, forEachNext, join, writesKnown } from './graph.ts'
import type { Order } from './graph.ts'
import type { BadPattern, Overwrite } from './patterns.ts'

/**
 * Whether each client can have seen all writes that it knew of in some order that explains all its reads (causal memory). A client that read w, and saw
 * another write of the object before that, saw it before w; from which more may follow. The least such order of each client must have no circle, and no
 * write before a read of the initial value: patterns CyclicHB and WriteHBInitRead. As what follows from a client's reads only grows, its last access is enough.
 * Precondition: causality has no circle.
 */
export function clientViews(order: Order, meter: Meter): BadPattern | null {
  const { registers } = order.layout
  for (const lane of registers.lanes) {
    if (!lane.some((at) => isRead(registers.operations[at]!) && order.readsFrom[at] !== OPEN)) continue
    const bad = viewOf(order, lane, meter)
    if (bad !== null) return bad
  }
  return null
}

/** The view of one client, grown until nothing more follows. */
function viewOf(order: Order, lane: readonly number[], meter: Meter): BadPattern | null {
  const { layout, readsFrom } = order
  const last = lane.at(-1)!
  const view: Order = { ...order, past: order.past.slice() }
  const overwrites: Overwrite[] = []
  const later = new Map<number, number[]>()
  const own = new Set(lane)
  const due = lane.filter((at) => isRead(layout.registers.operations[at]!) && readsFrom[at] !== OPEN)
  const queued = new Set(due)

  /** Hands on what was learnt about `start` to all that come after it and that the client knows of. */
  const spread = (start: number): boolean => {
    const open = [start]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const from = at
      if (!meter.step()) return false
      if (own.has(from) && readsFrom[from] !== OPEN && !queued.has(from)) {
        queued.add(from)
        due.push(from)
      }
      const visit = (next: number): void => {
        if ((next === last || comesBefore(order, next, last)) && join(view, from, next)) open.push(next)
      }
      forEachNext(order, from, visit)
      for (const next of later.get(from) ?? []) visit(next)
    }
    return true
  }

  for (let next = 0; next < due.length; next++) {
    const reader = due[next]!, to = readsFrom[reader]!
    queued.delete(reader)
    for (const from of writesKnown(view, reader)) {
      if (to === INITIAL) return { kind: 'write-hb-init-read', order, overwrites, newer: from, read: reader }
      if (from === to || comesBefore(view, from, to)) continue
      overwrites.push({ from, to, reader })
      if (comesBefore(view, to, from)) return { kind: 'cyclic-hb', order, overwrites }
      const others = later.get(from)
      if (others === undefined) later.set(from, [to])
      else others.push(to)
      join(view, from, to)
      if (!spread(to)) return null
    }
  }
  return null
}
