import { INITIAL, OPEN } from '../registers.ts'
import type { ReadsFrom } from '../reads-from.ts'
import type { Meter } from '../verdict.ts'
import { causalOrder, comesBefore, forEachNext, stepsFor, writesKnown } from './graph.ts'
import type { Layout, Order } from './graph.ts'
import { clientViews, oneView } from './views.ts'

/**
 * `weak`: weak causal consistency (CC), `memory`: causal memory (CM), `convergence`: causal convergence (CCv).
 * `one`: what follows for one order of all accesses, which is necessary for sequential consistency, and implies the others.
 */
export type Level = 'weak' | 'memory' | 'convergence' | 'one'

/**
 * What follows from a read, `reader`. `overwritten`: it knew of `from`, and read another write of the object, `to`, so `from` comes before `to`.
 * `missed`: `to` comes after the write that `from`, the reader itself, read; so it comes after the reader too.
 */
export interface Inferred { from: number; to: number; reader: number; why: 'overwritten' | 'missed' }

/** The bad pattern found, as accesses. `order` and `inferred` are what to look for the way in: what was inferred rests on nothing that was inferred later. */
export type BadPattern =
  /** Some accesses come before themselves. */
  | { kind: 'cyclic-co'; order: Order; stuck: readonly number[] }
  /** A read of the initial value, although `newer` comes causally before it. */
  | { kind: 'write-co-init-read'; order: Order; newer: number; read: number }
  /** A read of a write, although `newer` comes causally between the two. */
  | { kind: 'write-co-read'; order: Order; newer: number; read: number }
  /** Causality and the order in which overlapping writes must settle make a circle. */
  | { kind: 'cyclic-cf'; order: Order; inferred: readonly Inferred[] }
  /** A read of the initial value, although its client must have seen `newer` before. */
  | { kind: 'write-hb-init-read'; order: Order; inferred: readonly Inferred[]; newer: number; read: number }
  /** A client must have seen each of two writes before the other; what was inferred last closes the circle. */
  | { kind: 'cyclic-hb'; order: Order; inferred: readonly Inferred[] }
  /** In any one order for all clients some access comes before itself; what was inferred last closes the circle. */
  | { kind: 'cyclic-view'; order: Order; inferred: readonly Inferred[] }

function stale(order: Order): BadPattern | null {
  for (const read of order.layout.reads) {
    const write = order.readsFrom[read]!
    if (write === OPEN) continue
    for (const newer of writesKnown(order, read)) {
      if (write === INITIAL) return { kind: 'write-co-init-read', order, newer, read }
      if (newer !== write && comesBefore(order, write, newer)) return { kind: 'write-co-read', order, newer, read }
    }
  }
  return null
}

/** Writes known to who read another write of the object come before it, in the order on which all copies settle; together with causality that must be no circle. */
function unsettled(order: Order): BadPattern | null {
  const { layout, readsFrom } = order
  const inferred: Inferred[] = []
  const later = new Map<number, number[]>()
  for (const reader of layout.reads) {
    const to = readsFrom[reader]!
    if (to === OPEN || to === INITIAL) continue
    for (const from of writesKnown(order, reader)) {
      if (from === to || comesBefore(order, from, to)) continue
      inferred.push({ from, to, reader, why: 'overwritten' })
      const others = later.get(from)
      if (others === undefined) later.set(from, [to])
      else others.push(to)
    }
  }
  const waits = new Int32Array(layout.laneOf.length)
  const each = (at: number, visit: (next: number) => void): void => {
    forEachNext(order, at, visit)
    for (const next of later.get(at) ?? []) visit(next)
  }
  for (let at = 0; at < waits.length; at++) each(at, (next) => { waits[next]!++ })
  const ready = [...waits.keys()].filter((at) => waits[at] === 0)
  for (let at = ready.pop(); at !== undefined; at = ready.pop()) {
    each(at, (next) => {
      waits[next]!--
      if (waits[next] === 0) ready.push(next)
    })
  }
  const circling = inferred.filter(({ from, to }) => waits[from]! > 0 && waits[to]! > 0)
  return circling.length === 0 ? null : { kind: 'cyclic-cf', order, inferred: circling }
}

/**
 * The first bad pattern of a level, or null if the history keeps it, given who read from whom; open reads say nothing. Exact, by Bouajjani, Enea, Guerraoui
 * and Hamza, "On verifying causal consistency" (POPL 2017), whose initial writes are `INITIAL` here. When the meter is spent it may answer null too soon.
 * Time: accesses times lanes for `weak` and `convergence`; for `memory` that for each client, and for it and `one` more where much follows from each other.
 */
export function badPattern(layout: Layout, readsFrom: ReadsFrom, level: Level, meter: Meter): BadPattern | null {
  if (!meter.take(layout.laneOf.length * stepsFor(layout))) return null
  const { order, stuck } = causalOrder(layout, readsFrom)
  if (stuck.length > 0) return { kind: 'cyclic-co', order, stuck }
  const old = stale(order)
  if (old !== null || level === 'weak') return old
  switch (level) {
    case 'memory': return clientViews(order, meter)
    case 'convergence': return unsettled(order)
    case 'one': return oneView(order, meter)
  }
}
