import { INITIAL, OPEN } from '../registers.ts'
import type { ReadsFrom } from '../reads-from.ts'
import type { Meter } from '../verdict.ts'
import { causalOrder, comesBefore, forEachNext, writesKnown } from './graph.ts'
import type { Layout, Order } from './graph.ts'
import { clientViews } from './views.ts'

/** `weak`: weak causal consistency (CC), `memory`: causal memory (CM), `convergence`: causal convergence (CCv). */
export type Level = 'weak' | 'memory' | 'convergence'

/** A write that comes before another of the same object, as whoever read the later one, `reader`, knew of the earlier one. */
export interface Overwrite { from: number; to: number; reader: number }

/** The bad pattern found, as accesses. `order` and `overwrites` are what to look for the way in: of two overwrites the first was found first, and rests on none after it. */
export type BadPattern =
  /** Some accesses come before themselves. */
  | { kind: 'cyclic-co'; order: Order; stuck: readonly number[] }
  /** A read of the initial value, although `newer` comes causally before it. */
  | { kind: 'write-co-init-read'; order: Order; newer: number; read: number }
  /** A read of a write, although `newer` comes causally between the two. */
  | { kind: 'write-co-read'; order: Order; newer: number; read: number }
  /** Causality and the order in which overlapping writes must settle make a circle. */
  | { kind: 'cyclic-cf'; order: Order; overwrites: readonly Overwrite[] }
  /** A read of the initial value, although its client must have seen `newer` before. */
  | { kind: 'write-hb-init-read'; order: Order; overwrites: readonly Overwrite[]; newer: number; read: number }
  /** A client must have seen each of two writes before the other; the last overwrite closes the circle. */
  | { kind: 'cyclic-hb'; order: Order; overwrites: readonly Overwrite[] }

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
  const overwrites: Overwrite[] = []
  const later = new Map<number, number[]>()
  for (const reader of layout.reads) {
    const to = readsFrom[reader]!
    if (to === OPEN || to === INITIAL) continue
    for (const from of writesKnown(order, reader)) {
      if (from === to || comesBefore(order, from, to)) continue
      overwrites.push({ from, to, reader })
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
  const circling = overwrites.filter(({ from, to }) => waits[from]! > 0 && waits[to]! > 0)
  return circling.length === 0 ? null : { kind: 'cyclic-cf', order, overwrites: circling }
}

/**
 * The first bad pattern of a level, or null if the history keeps it, given who read from whom; open reads say nothing. Exact, by Bouajjani, Enea, Guerraoui
 * and Hamza, "On verifying causal consistency" (POPL 2017), whose initial writes are `INITIAL` here. When the meter is spent it may answer null too soon.
 * Time: accesses times lanes for `weak` and `convergence`; for `memory` that for each client, and more where many overwrites follow from each other.
 */
export function badPattern(layout: Layout, readsFrom: ReadsFrom, level: Level, meter: Meter): BadPattern | null {
  const { order, stuck } = causalOrder(layout, readsFrom)
  if (stuck.length > 0) return { kind: 'cyclic-co', order, stuck }
  const old = stale(order)
  if (old !== null || level === 'weak') return old
  return level === 'convergence' ? unsettled(order) : clientViews(order, meter)
}
