import type { FaultRegistry } from '../../shared/sim/fault.ts'
import { bench } from '../sim/probe.ts'
import { itsNodes, misled } from './definition.ts'
import type { Definition } from './definition.ts'
import { chat, numberOf } from './queues.ts'
import { DRAWS, ensureEqual } from './statistics.ts'

/** A slow node against a single server that looks at the clock every millisecond. */

const ROUNDS = 10
const TRAVEL_MS = 100

/** When each of the things that arrive at these times is handled, by a server that is slow from `fromMs` until `untilMs`. */
function dumbServer(arriveAtMs: readonly number[], workMs: number, fromMs: number, untilMs: number): number[] {
  const handledAtMs: number[] = []
  let arrived = 0
  let readyAtMs: number | null = null
  for (let atMs = 0; handledAtMs.length < arriveAtMs.length; atMs++) {
    const slow = atMs >= fromMs && atMs < untilMs
    if (readyAtMs === atMs) {
      handledAtMs.push(atMs)
      readyAtMs = null
    }
    while (arriveAtMs[arrived] === atMs) arrived++
    if (!slow) {
      readyAtMs = null
      while (handledAtMs.length < arrived) handledAtMs.push(atMs)
    } else if (readyAtMs === null && handledAtMs.length < arrived) readyAtMs = atMs + workMs
  }
  return handledAtMs
}

function oneByOne(registry: FaultRegistry): void {
  for (let round = 0; round < ROUNDS; round++) {
    const workMs = 100 + round * 20
    const one = bench({ registry, seed: round, latency: { shape: 'constant', ms: TRAVEL_MS } })
    one.fault(1_001, 'f', 'slow-node', { nodes: ['B'], workMs }, null)
    // At first it falls behind, later it catches up; it is still behind when all is over.
    const sentAtMs = [
      ...chat(one, 900, 1_000, [0, workMs * 1.6], `slow ${round}`),
      ...chat(one, DRAWS / ROUNDS - 1_100, one.sim.world.nowMs, [0, workMs * 2.1], `slower ${round}`),
      ...chat(one, 200, one.sim.world.nowMs, [0, workMs], `slowest ${round}`),
    ]
    const untilMs = one.sim.world.nowMs + 500
    one.sim.submit({ kind: 'heal', atMs: untilMs, id: 'f' })
    sentAtMs.push(...chat(one, 20, untilMs, [0, workMs], `quick ${round}`))
    one.sim.runUntil(untilMs + 100_000)
    const wanted = dumbServer(sentAtMs.map((atMs) => atMs + TRAVEL_MS), workMs, 1_001, untilMs)
    ensureEqual(one.of('delivered').map((fact) => [numberOf(fact.message), fact.atMs]), wanted.map((atMs, n) => [n + 1, atMs]), `when each is handled, ${workMs} ms each`)
  }
}

/** Alarms that were wound before are late by as much as a thing takes, or until the node is quick again; clicks wait their turn. */
function alarmsAndClicks(registry: FaultRegistry): void {
  for (let inMs = 500; inMs <= 9_000; inMs += 50) {
    const [fromMs, untilMs, workMs] = [2_000, 8_000, 1_500]
    const one = bench({ registry, seed: inMs })
    one.act(1_000, 1, { kind: 'wind', inMs })
    one.fault(fromMs, 'f', 'slow-node', { nodes: ['B'], workMs }, untilMs - fromMs)
    one.act(2_200, 1, { kind: 'mark' })
    one.act(2_300, 1, { kind: 'mark' })
    one.sim.runUntil(20_000)
    const dueMs = 1_000 + inMs
    ensureEqual(one.of('timer').map((fact) => fact.atMs), [dueMs <= fromMs ? dueMs : Math.min(dueMs + workMs, Math.max(dueMs, untilMs))], `when an alarm due at ${dueMs} goes off`)
    ensureEqual(one.of('acted').map((fact) => fact.atMs), [1_000, 3_700, 5_200], 'when clicks are done')
  }
}

const slower = (ms: number) => misled((params) => ({ ...params, workMs: Number(params['workMs']) + ms }))

export const slowNode: Definition = {
  sample: { nodes: ['C', 'E'], workMs: 1_000 },
  lastsMs: 10_000,
  touches: itsNodes,
  checks: {
    'one thing after the other': { holds: oneByOne, planted: { '1 ms quicker': slower(-1), '1 ms slower': slower(1), 'at a node that stands still': (fault) => ({ ...fault, node: (params, node, turn) => ((fault.node?.(params, node, turn) ?? null) === null ? null : { power: 'pause' }) }) } },
    'alarms and clicks': { holds: alarmsAndClicks, planted: { '1 ms quicker': slower(-1), 'as quick as ever': (fault) => ({ ...fault, node: () => null }) } },
  },
}
