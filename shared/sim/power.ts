import { cloneJson } from './json.ts'
import { dropExpired } from './customers.ts'
import { CRASHED, offerAlarms, offerWaiting, refuse } from './node.ts'
import { lose } from './parked.ts'
import { emitAt, nodeAt, refreshAlarms, since, wind } from './run.ts'
import type { Run } from './run.ts'
import type { Dice } from './scenario.ts'
import type { FactNo, Json } from './types.ts'
import { drain, handOver } from './work.ts'

/**
 * Crash: memory, inbox and all that waited are gone. Customers who waited here will run out of time. What was written but not yet
 * synced survives a process that dies, since the machine has it, and is lost with the power (`lostWrite`).
 */
export function crash(run: Run, seat: number, because: FactNo, lostWrite: boolean): void {
  const node = nodeAt(run, seat)
  const held = node.held
  node.up = false
  node.crashedBy = because
  for (const one of held) if (one.kind === 'deliver') lose(run, one.flight, 'crashed', [because])
  node.held = []
  node.fresh = []
  node.pausedAtMs = null
  node.workAtMs = null
  node.barriers = []
  if (lostWrite) node.self.disk = cloneJson(node.syncedDisk)
  else node.syncedDisk = cloneJson(node.self.disk)
  node.self.memory = {}
  node.self.inbox = []
  node.self.requests = []
  node.origins = []
  node.requestIds = {}
  for (const customer of run.world.customers) {
    if (customer.open?.seat === seat) { customer.open.seat = null; customer.open.local = null }
  }
  emitAt(run, node, { n: 0, atMs: 0, kind: 'crashed', node: node.self.id, lostWrite, before: since(node), because: [because] })
  for (const one of held) if (one.kind === 'act') refuse(run, node, one.action as Json, CRASHED)
  refreshAlarms(run, seat)
}

/** Restart with the disk as the crash left it and fresh memory; into a pause if one acts. */
export function restart(run: Run, seat: number, because: FactNo, paused: boolean): void {
  const node = nodeAt(run, seat)
  node.up = true
  node.runsSinceMs = run.world.nowMs
  node.crashedBy = null
  node.boots++
  node.fired = {}
  wind(run, node)
  const { id, peers, clockMs, timings } = node.self
  node.self.memory = run.scenario.state(id, peers, clockMs, timings, true, run.dice[seat] as Dice).memory
  emitAt(run, node, { n: 0, atMs: 0, kind: 'restarted', node: id, before: since(node), because: [because] })
  if (paused) {
    pause(run, seat, because)
    node.held.push({ kind: 'start', restarted: true })
    return
  }
  handOver(run, seat, { kind: 'start', restarted: true })
}

/** Pause: nothing is handled until `resume`; what comes queues up. */
export function pause(run: Run, seat: number, because: FactNo): void {
  const node = nodeAt(run, seat)
  wind(run, node)
  node.workAtMs = null
  node.pausedAtMs = run.world.nowMs
  emitAt(run, node, { n: 0, atMs: 0, kind: 'paused', node: node.self.id, before: since(node), because: [because] })
  refreshAlarms(run, seat)
}

/**
 * Resume: everything that queued is handled at once, in the order it came, clicks made meanwhile included; alarms come after. A node
 * that is slow as well takes its time for each.
 */
export function resume(run: Run, seat: number, because: FactNo): void {
  const node = nodeAt(run, seat)
  const pausedMs = run.world.nowMs - (node.pausedAtMs as number)
  node.pausedAtMs = null
  node.runsSinceMs = run.world.nowMs
  wind(run, node)
  dropExpired(run, seat)
  emitAt(run, node, { n: 0, atMs: 0, kind: 'resumed', node: node.self.id, heldCount: node.held.length, pausedMs, before: since(node), because: [because] })
  const fresh = new Set(node.fresh)
  node.fresh = []
  // What waited since before the pause comes before what came during it; alarms come last.
  offerWaiting(run, seat, fresh)
  drain(run, seat)
  offerAlarms(run, seat, fresh)
  refreshAlarms(run, seat)
}
