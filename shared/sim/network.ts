import { countAttempt } from './attempts.ts'
import type { Fact } from './facts.ts'
import { hashOfWhat, identity, openingOf } from './identity.ts'
import { HELD_MAX } from './limits.ts'
import { cutBy, fateOf } from './links.ts'
import { emit, emitAt, nodeAt, schedule, since } from './run.ts'
import type { Run } from './run.ts'
import type { FactNo, NodeId, Shape } from './types.ts'
import type { Flight } from './world.ts'

/** Lets a message leave its node: fixes its identity and its fate. */
export function transmit(run: Run, seat: number, to: number, body: Shape['message']): void {
  const node = nodeAt(run, seat)
  const from = run.ids[seat] as NodeId
  const target = run.ids[to] as NodeId
  const spec = (run.scenario.messages as { [kind: string]: { about(message: Shape['message']): string } })[body.kind]
  if (spec === undefined) throw new Error(`mission ${run.scenario.id} has no message ${body.kind}`)
  const about = spec.about(body)
  const opening = openingOf(run.openings, run.ids, seat, to, body.kind)
  const message = identity(opening, about, countAttempt(node.attempts, hashOfWhat(opening, about)))
  const fate = fateOf(run.world, run.links, seat, to, message)
  const arrivals = 'arrivals' in fate ? fate.arrivals : []
  const because = 'arrivals' in fate ? fate.because : []
  const sent = emitAt(run, node, { n: 0, atMs: 0, kind: 'sent', node: from, message, to: target, body, arrivals, before: since(node), because })
  if ('lost' in fate) {
    lose(run, { message, from: seat, to, body, sent, copy: 0 }, fate.lost, [fate.because])
    return
  }
  for (let copy = 0; copy < arrivals.length; copy++) {
    schedule(run, run.world.nowMs + (arrivals[copy] as number), { kind: 'deliver', flight: { message, from: seat, to, body, sent, copy } })
  }
}

/** Records that a copy will never arrive. */
export function lose(run: Run, flight: Flight, reason: Extract<Fact, { kind: 'lost' }>['reason'], because: readonly FactNo[]): void {
  emit(run, {
    n: 0, atMs: 0, kind: 'lost', node: null, message: flight.message, from: run.ids[flight.from] as NodeId,
    to: run.ids[flight.to] as NodeId, copy: flight.copy, reason, before: [flight.sent], because,
  })
}

/** What happens to a copy that is due: it may be handled now, or it was lost or held back. */
export function arrival(run: Run, flight: Flight): 'handle' | 'gone' {
  const cut = cutBy(run.links, run.world.nodes.length, flight.from, flight.to)
  if (cut !== null) {
    lose(run, flight, 'cut', [cut])
    return 'gone'
  }
  const node = nodeAt(run, flight.to)
  if (!node.up) {
    lose(run, flight, 'crashed', node.crashedBy === null ? [] : [node.crashedBy])
    return 'gone'
  }
  if (node.pausedAtMs !== null) {
    if (node.held.length >= HELD_MAX) lose(run, flight, 'overflow', [])
    else node.held.push({ kind: 'deliver', flight })
    return 'gone'
  }
  return 'handle'
}
