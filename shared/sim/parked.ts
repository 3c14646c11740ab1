import { HELD_MAX, OVERTAKEN_MS_MAX, PARKED_MAX } from './limits.ts'
import { linkAt } from './links.ts'
import { emit, nodeAt, schedule } from './run.ts'
import type { Run } from './run.ts'
import type { Fact } from './facts.ts'
import type { FactNo, NodeId } from './types.ts'
import type { Flight, Parked } from './world.ts'

/** What becomes of copies that arrive: lost, kept back on the link for a while, or at their node. */

/** Records that a copy will never arrive. */
export function lose(run: Run, flight: Flight, reason: Extract<Fact, { kind: 'lost' }>['reason'], because: readonly FactNo[]): void {
  emit(run, {
    n: 0, atMs: 0, kind: 'lost', node: null, message: flight.message, from: run.ids[flight.from] as NodeId,
    to: run.ids[flight.to] as NodeId, copy: flight.copy, reason, before: [flight.sent], because,
  })
}

/** Keeps a copy back. */
export function park(run: Run, one: Parked, because: FactNo): void {
  const { flight, why } = one
  run.world.parked.push(one)
  emit(run, {
    n: 0, atMs: 0, kind: 'held', node: null, message: flight.message, from: run.ids[flight.from] as NodeId,
    to: run.ids[flight.to] as NodeId, copy: flight.copy, why, before: [flight.sent], because: [because],
  })
}

/** Lets a copy that was kept back go on; it would arrive in `inMs`. */
export function letGo(run: Run, one: Parked, inMs: number): void {
  run.world.parked = run.world.parked.filter((other) => other !== one)
  goOn(run, one, inMs)
}

function goOn(run: Run, { flight }: Parked, inMs: number): void {
  emit(run, {
    n: 0, atMs: 0, kind: 'released', node: null, message: flight.message, from: run.ids[flight.from] as NodeId,
    to: run.ids[flight.to] as NodeId, copy: flight.copy, inMs, before: [flight.sent], because: [],
  })
  // Through the queue even when it arrives at once: then all of one moment arrive in the order in which they were let go.
  schedule(run, run.world.nowMs + inMs, { kind: 'deliver', flight })
}

const parkedOn = (run: Run, { from, to }: Flight): number => run.world.parked.filter(({ flight }) => flight.from === from && flight.to === to).length

/** Whether the link keeps a copy back that is due, in the documented order: hold, then overtaking. */
function keptBack(run: Run, flight: Flight): boolean {
  const link = linkAt(run.links, run.ids.length, flight.from, flight.to)
  if (link !== null && link.hold !== null) {
    if (parkedOn(run, flight) >= PARKED_MAX) lose(run, flight, 'overflow', [link.hold])
    else park(run, { why: 'hold', flight }, link.hold)
    return true
  }
  const { late } = flight
  if (late === undefined) return false
  delete flight.late
  // The fault may be over by now, or others may not be able to overtake for want of room.
  if (!run.world.faults.some((one) => one.id === late.fault && one.fact === late.because) || parkedOn(run, flight) >= PARKED_MAX) return false
  park(run, { why: 'overtaken', flight, fault: late.fault, gap: late.gap, passedBy: [] }, late.because)
  schedule(run, run.world.nowMs + OVERTAKEN_MS_MAX, { kind: 'overdue', message: flight.message, copy: flight.copy })
  return true
}

/** Copies that wait to be overtaken count the messages that pass them, each once whatever its copies; one that was passed often enough follows at once. */
function passes(run: Run, passing: Flight): void {
  for (const one of run.world.parked) {
    if (one.why !== 'overtaken' || one.flight.from !== passing.from || one.flight.to !== passing.to || one.flight.sent >= passing.sent) continue
    if (one.passedBy.includes(passing.sent)) continue
    one.passedBy.push(passing.sent)
    if (one.passedBy.length === one.gap) letGo(run, one, 0)
  }
}

/** A copy has waited long enough to be overtaken: nobody comes. */
export function overdue(run: Run, message: string, copy: number): void {
  const found = run.world.parked.find((one) => one.why === 'overtaken' && one.flight.message === message && one.flight.copy === copy)
  if (found !== undefined) letGo(run, found, 0)
}

/** What happens to a copy that is due: it may be handled now, or it was lost or kept back. */
export function arrival(run: Run, flight: Flight): 'handle' | 'gone' {
  const cut = linkAt(run.links, run.ids.length, flight.from, flight.to)?.cut ?? null
  if (cut !== null) {
    lose(run, flight, 'cut', [cut])
    return 'gone'
  }
  if ((run.links !== null || flight.late !== undefined) && keptBack(run, flight)) return 'gone'
  if (run.world.parked.length > 0) passes(run, flight)
  if (flight.corrupted?.caught === true) {
    lose(run, flight, 'corrupted', [flight.corrupted.because])
    return 'gone'
  }
  const node = nodeAt(run, flight.to)
  if (!node.up) {
    lose(run, flight, 'crashed', node.crashedBy === null ? [] : [node.crashedBy])
    return 'gone'
  }
  if (node.pausedAtMs === null && node.workMs === 0) return 'handle'
  if (node.held.length >= HELD_MAX) {
    lose(run, flight, 'overflow', [])
    return 'gone'
  }
  return 'handle'
}

/** Whether nothing keeps a copy back any more. */
function isFree(run: Run, one: Parked): boolean {
  const link = linkAt(run.links, run.ids.length, one.flight.from, one.flight.to)
  switch (one.why) {
    case 'hold': return link === null || link.hold === null
    case 'rate': return link === null || link.rate === null
    case 'overtaken': return !run.world.faults.some(({ id }) => id === one.fault)
  }
}

/** After faults ended or turned: what nothing keeps back any more goes on, in the order in which it was kept back. */
export function releaseParked(run: Run): void {
  const staying: Parked[] = [], free: Parked[] = []
  for (const one of run.world.parked) (isFree(run, one) ? free : staying).push(one)
  // All of them at once: a hold of minutes lets go of thousands, and taken out one by one they keep the server for a second.
  if (free.length > 0) run.world.parked = staying
  for (const one of free) goOn(run, one, one.why === 'rate' ? one.travelMs : 0)
}
