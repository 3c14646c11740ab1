import { INITIAL, OPEN, isRead } from '../registers.ts'
import type { Meter } from '../verdict.ts'
import { comesBefore, forEachNext, join, stepsFor, writesKnown } from './graph.ts'
import type { Order } from './graph.ts'
import type { BadPattern, Inferred } from './patterns.ts'

/**
 * Whether each client can have seen all writes that it knew of in some order that explains all its reads (causal memory). A client that read w, and saw
 * another write of the object before that, saw it before w; from which more may follow. The least such order of each client must have no circle, and no
 * write before a read of the initial value: patterns CyclicHB and WriteHBInitRead. As what follows from a client's reads only grows, its last access is enough.
 * Precondition: causality has no circle. Null too soon when the meter is spent.
 */
export function clientViews(order: Order, meter: Meter): BadPattern | null {
  const { operations, lanes } = order.layout.registers
  for (const lane of lanes) {
    const reads = lane.filter((at) => isRead(operations[at]!) && order.readsFrom[at] !== OPEN), last = lane.at(-1)!
    if (reads.length === 0 || !meter.take(reads.length)) continue
    const view = new View(order, meter, (at) => at === last || comesBefore(order, at, last))
    const bad = view.grow(reads, (read) => view.seenBefore(read))
    if (bad !== null) return bad
  }
  return null
}

/**
 * Whether one order of all accesses, in which every client's reads fit, is ruled out by what follows from who read from whom: then writes seen before a read are
 * before the write that it read, and those after that write are after the read. A circle in this is a break of sequential consistency; none proves nothing, for
 * the problem is NP-complete, but is what almost all broken histories have. Precondition and meter as above.
 */
export function oneView(order: Order, meter: Meter): BadPattern | null {
  const { layout: { reads, writesTo, registers: { keys, lanes, operations } }, readsFrom } = order
  const view = new View(order, meter, () => true)
  for (const read of reads) {
    if (readsFrom[read] !== INITIAL) continue
    for (const { lane, places } of writesTo[keys[read]!] ?? []) {
      const bad = view.infer({ from: read, to: lanes[lane]![places[0]!]!, reader: read, why: 'missed' }, 'cyclic-view')
      if (bad !== null) return bad
    }
  }
  return view.grow([...operations.keys()].filter((at) => !isRead(operations[at]!) || readsFrom[at] !== OPEN), (at) => (isRead(operations[at]!) ? view.seenBefore(at) : view.missedBy(at)))
}

/** An order that grows by what follows from it. */
class View implements Pick<Order, 'layout' | 'past' | 'readers'> {
  readonly layout: Order['layout']
  /** That of causality, until something follows that it does not say: mostly nothing does. */
  past: Int32Array
  readonly readers: Order['readers']
  private readonly order: Order
  private readonly meter: Meter
  /** Whether an access counts at all. */
  private readonly knows: (at: number) => boolean
  private readonly inferred: Inferred[] = []
  private readonly later = new Map<number, number[]>()
  /** Accesses to look at again, since more is known to come before them. */
  private due: number[] = []
  private readonly waits = new Set<number>()
  private looksAt: ReadonlySet<number> = new Set()

  constructor(order: Order, meter: Meter, knows: (at: number) => boolean) {
    this.order = order
    this.layout = order.layout
    this.readers = order.readers
    this.past = order.past
    this.meter = meter
    this.knows = knows
  }

  /** Looks at each access, and again whenever more comes before it, until nothing follows any more. `look` says what follows at an access. */
  grow(accesses: readonly number[], look: (at: number) => BadPattern | null): BadPattern | null {
    this.looksAt = new Set(accesses)
    this.due = [...accesses]
    for (const at of accesses) this.waits.add(at)
    for (let next = 0; next < this.due.length; next++) {
      const at = this.due[next]!
      this.waits.delete(at)
      const bad = look(at)
      if (bad !== null) return bad
      if (!this.meter.take(stepsFor(this.layout))) return null
    }
    return null
  }

  /** Writes known to who read another write of the object come before that one. */
  seenBefore(reader: number): BadPattern | null {
    const { order } = this, to = order.readsFrom[reader]!
    for (const from of writesKnown(this, reader)) {
      if (to === INITIAL) return { kind: 'write-hb-init-read', order, inferred: this.inferred, newer: from, read: reader }
      const bad = from === to ? null : this.infer({ from, to, reader, why: 'overwritten' }, 'cyclic-hb')
      if (bad !== null) return bad
    }
    return null
  }

  /** Who read an earlier write of the object did so before this one. */
  missedBy(write: number): BadPattern | null {
    for (const earlier of writesKnown(this, write)) {
      for (const reader of this.readers.get(earlier) ?? []) {
        const bad = this.infer({ from: reader, to: write, reader, why: 'missed' }, 'cyclic-view')
        if (bad !== null) return bad
      }
    }
    return null
  }

  /** Adds what follows, if it is news, and whatever comes by it before others. */
  infer(news: Inferred, kind: 'cyclic-hb' | 'cyclic-view'): BadPattern | null {
    const { from, to } = news
    if (comesBefore(this, from, to)) return null
    if (this.past === this.order.past) {
      this.meter.take(this.past.length >> 4)
      this.past = this.past.slice()
    }
    this.inferred.push(news)
    if (comesBefore(this, to, from)) return { kind, order: this.order, inferred: this.inferred }
    const others = this.later.get(from)
    if (others === undefined) this.later.set(from, [to])
    else others.push(to)
    join(this, from, to)
    this.spread(to)
    return null
  }

  private spread(start: number): void {
    const open = [start]
    for (let at = open.pop(); at !== undefined && this.meter.take(stepsFor(this.layout)); at = open.pop()) {
      const from = at
      if (this.looksAt.has(from) && !this.waits.has(from)) {
        this.waits.add(from)
        this.due.push(from)
      }
      const visit = (next: number): void => {
        if (this.knows(next) && join(this, from, next)) open.push(next)
      }
      forEachNext(this, from, visit)
      for (const next of this.later.get(from) ?? []) visit(next)
    }
  }
}
