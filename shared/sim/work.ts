import { arriveRequest } from './customers.ts'
import { HELD_MAX } from './limits.ts'
import { click, deliver, synced, tell } from './node.ts'
import { nodeAt, refreshAlarms, schedule } from './run.ts'
import type { Run } from './run.ts'
import type { Held, NodeWorld } from './world.ts'

/** What reaches a node that is up: handled at once, or in its turn by a node that is paused or slow. */

/** Whether things have to wait at this node. */
export const waits = (node: NodeWorld): boolean => node.pausedAtMs !== null || node.workMs > 0

/** Hands a thing to a node that is up. A click vanishes where the queue is full; a write that completes never does, and messages and requests were counted before. */
export function handOver(run: Run, seat: number, one: Held): void {
  const node = nodeAt(run, seat)
  if (!waits(node)) return handle(run, seat, one)
  if (one.kind === 'act' && node.held.length >= HELD_MAX) return
  node.held.push(one)
  if (node.pausedAtMs === null && node.workAtMs === null) workLater(run, seat, node)
}

/** Handles one thing now. */
export function handle(run: Run, seat: number, one: Held): void {
  switch (one.kind) {
    // It reached the machine before or during the wait: a cut that began since does not call it back.
    case 'deliver': return deliver(run, one.flight)
    case 'act': return click(run, seat, one.action)
    case 'request': return arriveRequest(run, one.customer, one.n, seat, true)
    case 'synced': return one.boot === nodeAt(run, seat).boots ? synced(run, seat) : undefined
    case 'start': return tell(run, seat, { on: 'start', restarted: one.restarted })
  }
}

function workLater(run: Run, seat: number, node: NodeWorld): void {
  node.workAtMs = run.world.nowMs + node.workMs
  schedule(run, node.workAtMs, { kind: 'work', seat })
}

/** A slow node has handled the first of what waits. An event of work that was broken off finds another time, and does nothing. */
export function workNext(run: Run, seat: number): void {
  const node = nodeAt(run, seat)
  if (node.workAtMs !== run.world.nowMs) return
  node.workAtMs = null
  const first = node.held.shift()
  if (first === undefined) return
  handle(run, seat, first)
  if (node.held.length > 0) workLater(run, seat, node)
}

/** A running node takes so long for each thing from now on; 0: it is as quick as ever, and catches up at once. */
export function slowDown(run: Run, seat: number, workMs: number): void {
  const node = nodeAt(run, seat)
  if (node.workMs === workMs) return
  node.workMs = workMs
  if (workMs === 0 && node.pausedAtMs === null) {
    node.workAtMs = null
    drain(run, seat)
  }
  refreshAlarms(run, seat)
}

/** Handles all that waits, in order; a slow node goes on with it one by one. */
export function drain(run: Run, seat: number): void {
  const node = nodeAt(run, seat)
  if (node.workMs > 0) {
    if (node.held.length > 0 && node.workAtMs === null) workLater(run, seat, node)
    return
  }
  const held = node.held
  node.held = []
  for (const one of held) handle(run, seat, one)
}
