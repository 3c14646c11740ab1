import { INITIAL, OPEN, isRead } from '../registers.ts'
import type { Registers } from '../registers.ts'
import type { ReadsFrom } from '../reads-from.ts'

/** What does not depend on who read from whom: each access's place in its lane, and the writes to each object in each lane. */
export interface Layout {
  registers: Registers
  laneOf: Int32Array
  /** Place in its lane, from 0. */
  placeOf: Int32Array
  /** For each object, the lanes in which it is written, with the places of these writes in rising order. */
  writesTo: readonly (readonly { lane: number; places: readonly number[] }[])[]
  /** The lanes of unanswered writes that begin after an access. */
  branches: ReadonlyMap<number, readonly number[]>
  reads: readonly number[]
}

export function layoutOf(registers: Registers): Layout {
  const { operations, keys, lanes, after } = registers
  const laneOf = new Int32Array(operations.length), placeOf = new Int32Array(operations.length)
  const writesTo: { lane: number; places: number[] }[][] = []
  const branches = new Map<number, number[]>()
  for (const [lane, accesses] of lanes.entries()) {
    const from = after[lane]!
    const others = branches.get(from)
    if (others !== undefined) others.push(lane)
    else if (from >= 0) branches.set(from, [lane])
    for (const [place, at] of accesses.entries()) {
      laneOf[at] = lane
      placeOf[at] = place
      if (isRead(operations[at]!)) continue
      const writes = (writesTo[keys[at]!] ??= [])
      if (writes.at(-1)?.lane === lane) writes.at(-1)!.places.push(place)
      else writes.push({ lane, places: [place] })
    }
  }
  return { registers, laneOf, placeOf, writesTo, branches, reads: [...operations.keys()].filter((at) => isRead(operations[at]!)) }
}

/** Steps of a budget for one look at one row of clocks. */
export const stepsFor = ({ registers: { lanes } }: Layout): number => 1 + (lanes.length >> 2)

/** Of rising places the last one before `end`, or -1. */
function lastBefore(places: readonly number[], end: number): number {
  let low = 0, high = places.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (places[middle]! < end) low = middle + 1
    else high = middle
  }
  return low === 0 ? -1 : places[low - 1]!
}

/**
 * An order among accesses: the order of each client, from each write to who read it, and reasons that are added. Kept as vector clocks over the lanes
 * (Mattern, 1989; Fidge, 1988): `past` of an access says how many accesses of each lane come before it, so "comes before" is one comparison.
 */
export interface Order {
  layout: Layout
  readsFrom: ReadsFrom
  /** One row of clock for each access. */
  past: Int32Array
  /** Those that read from each write. */
  readers: ReadonlyMap<number, readonly number[]>
}

/** Calls `visit` with each access that comes right after `at`: next in its lane, unanswered ones that branch off, and readers of a write. */
export function forEachNext({ layout, readers }: Pick<Order, 'layout' | 'readers'>, at: number, visit: (next: number, reads: boolean) => void): void {
  const { lanes } = layout.registers
  const next = lanes[layout.laneOf[at]!]![layout.placeOf[at]! + 1]
  if (next !== undefined) visit(next, false)
  for (const lane of layout.branches.get(at) ?? []) visit(lanes[lane]![0]!, false)
  for (const reader of readers.get(at) ?? []) visit(reader, true)
}

/** Takes the past of `from`, and `from` itself, into the row of `to`; true if that was news. */
export function join({ layout, past }: Pick<Order, 'layout' | 'past'>, from: number, to: number): boolean {
  const width = layout.registers.lanes.length
  let news = false
  for (let lane = 0, a = from * width, b = to * width; lane < width; lane++, a++, b++) {
    if (past[a]! > past[b]!) {
      past[b] = past[a]!
      news = true
    }
  }
  const own = to * width + layout.laneOf[from]!
  if (layout.placeOf[from]! >= past[own]!) {
    past[own] = layout.placeOf[from]! + 1
    news = true
  }
  return news
}

/** Whether `a` comes before `b`. */
export const comesBefore = ({ layout, past }: Pick<Order, 'layout' | 'past'>, a: number, b: number): boolean =>
  past[b * layout.registers.lanes.length + layout.laneOf[a]!]! > layout.placeOf[a]!

/** For each lane in which the object of `read` is written, the last write there that comes before it. Those earlier in a lane come before that one anyway. */
export function writesKnown({ layout, past }: Pick<Order, 'layout' | 'past'>, read: number): number[] {
  const { lanes, keys } = layout.registers
  return (layout.writesTo[keys[read]!] ?? []).flatMap(({ lane, places }) => {
    const place = lastBefore(places, past[read * lanes.length + lane]!)
    return place < 0 ? [] : [lanes[lane]![place]!]
  })
}

/** The causal order: of each client, and from each write to its readers. `stuck`: the accesses that are on a circle or after one, if there is one; the clocks are then of no use. Time: accesses times lanes. */
export function causalOrder(layout: Layout, readsFrom: ReadsFrom): { order: Order; stuck: number[] } {
  const { operations, lanes } = layout.registers
  const readers = new Map<number, number[]>()
  const waits = new Int32Array(operations.length)
  for (const read of layout.reads) {
    const write = readsFrom[read]!
    if (write === INITIAL || write === OPEN) continue
    const others = readers.get(write)
    if (others === undefined) readers.set(write, [read])
    else others.push(read)
  }
  const order: Order = { layout, readsFrom, past: new Int32Array(operations.length * lanes.length), readers }
  for (let at = 0; at < operations.length; at++) forEachNext(order, at, (next) => { waits[next]!++ })
  const ready = [...operations.keys()].filter((at) => waits[at] === 0)
  for (let at = ready.pop(); at !== undefined; at = ready.pop()) {
    const from = at
    forEachNext(order, from, (next) => {
      join(order, from, next)
      waits[next]!--
      if (waits[next] === 0) ready.push(next)
    })
  }
  return { order, stuck: [...operations.keys()].filter((at) => waits[at]! > 0) }
}
