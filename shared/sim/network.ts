import { assert } from './assert.ts'
import { countAttempt } from './attempts.ts'
import { hashOfWhat, identity, openingOf } from './identity.ts'
import { cloneJson } from './json.ts'
import { fateOf, linkAt, plainMs } from './links.ts'
import type { CopyFate } from './links.ts'
import { queueUp } from './lanes.ts'
import { lose } from './parked.ts'
import { emitAt, nodeAt, schedule, since } from './run.ts'
import type { Run } from './run.ts'
import type { FactNo, NodeId, Shape } from './types.ts'
import type { Flight, NodeWorld } from './world.ts'

interface Sending { run: Run; node: NodeWorld; seat: number; to: number; target: NodeId; message: string; body: Shape['message'] }

/** Lets a message leave its node: fixes its identity and its fate. */
export function transmit(run: Run, seat: number, to: number, body: Shape['message']): void {
  const node = nodeAt(run, seat)
  const target = run.ids[to] as NodeId
  const spec = (run.scenario.messages as { [kind: string]: { about(message: Shape['message']): string } })[body.kind]
  if (spec === undefined) throw new Error(`mission ${run.scenario.id} has no message ${body.kind}`)
  const about = spec.about(body)
  const opening = openingOf(run.openings, run.ids, seat, to, body.kind)
  const message = identity(opening, about, countAttempt(node.attempts, hashOfWhat(opening, about)))
  const sending: Sending = { run, node, seat, to, target, message, body }
  const link = linkAt(run.links, run.ids.length, seat, to)
  if (link === null) {
    const ms = plainMs(run.world, message)
    const sent = noteSent(sending, [ms], [])
    schedule(run, run.world.nowMs + ms, { kind: 'deliver', flight: { message, from: seat, to, body, sent, copy: 0 } })
    return
  }
  const fate = fateOf(run.world, link, message)
  if ('lost' in fate) {
    const sent = noteSent(sending, [], [])
    lose(run, { message, from: seat, to, body, sent, copy: 0 }, fate.lost, [fate.because])
    return
  }
  const sent = noteSent(sending, fate.copies.map((one) => one.ms), fate.because)
  fate.copies.forEach((one, copy) => {
    const flight = flightOf(sending, sent, copy, one)
    if (link.rate === null) schedule(run, run.world.nowMs + one.ms, { kind: 'deliver', flight })
    else queueUp(run, flight, link.rate, one.ms)
  })
}

function noteSent({ run, node, target, message, body }: Sending, arrivals: number[], because: FactNo[]): FactNo {
  return emitAt(run, node, { n: 0, atMs: 0, kind: 'sent', node: node.self.id, message, to: target, body, arrivals, before: since(node), because })
}

/** A copy on its way, with what was decided about it. */
function flightOf({ run, seat, to, message, body }: Sending, sent: FactNo, copy: number, { key, corrupted, late }: CopyFate): Flight {
  const flight: Flight = { message, from: seat, to, body, sent, copy }
  if (corrupted !== null) {
    flight.corrupted = corrupted
    if (!corrupted.caught) flight.body = garbled(run, seat, message, body, key)
  }
  if (late !== null) flight.late = late
  return flight
}

function garbled(run: Run, seat: number, message: string, body: Shape['message'], copyKey: number): Shape['message'] {
  const { garble } = run.scenario
  const dice = run.dice[seat]
  assert(garble !== undefined && dice !== undefined, `mission ${run.scenario.id} allows no lies`)
  return garble.call(run.scenario, cloneJson(body) as never, { between: (purpose, key, least, most) => dice.between(`garble ${purpose}`, `${message} ${copyKey} ${key}`, least, most) })
}
