import type { Fault, FaultRegistry, NodeEffect } from '../../shared/sim/fault.ts'
import { bench } from '../sim/probe.ts'
import type { Bench } from '../sim/probe.ts'
import { itsNodes } from './definition.ts'
import type { Definition } from './definition.ts'
import { chat, numberOf } from './queues.ts'
import { DRAWS, ensure, ensureEqual } from './statistics.ts'
import { numbers } from './wire.ts'

/** Nodes that are down, and nodes that stand still, against the intervals in which they are. */

const ROUNDS = 10
const TRAVEL_MS = 100
type Interval = readonly [fromMs: number, untilMs: number]

/** B is struck again and again while A talks to it. Nodes are struck at odd times and messages arrive at even ones, so that no moment is disputed. */
function struck(registry: FaultRegistry, type: string, lastsMs: readonly [number, number], round: number): { one: Bench; sentAtMs: number[]; when: Interval[] } {
  const one = bench({ registry, seed: round, latency: { shape: 'constant', ms: TRAVEL_MS } })
  const next = numbers(`${type} ${round}`)
  const when: Interval[] = []
  const sentAtMs: number[] = []
  let fromMs = 1_001
  while (sentAtMs.length < DRAWS / ROUNDS) {
    const untilMs = fromMs + 2 * next(lastsMs[0] / 2, lastsMs[1] / 2)
    when.push([fromMs, untilMs])
    one.fault(fromMs, 'f', type, { nodes: ['B'] }, untilMs - fromMs)
    for (let atMs = fromMs + 1; atMs < untilMs + 500; atMs += 2 * next(5, 20)) {
      one.act(atMs, 0, { kind: 'say', to: 'B', text: 'x' })
      sentAtMs.push(atMs)
    }
    fromMs = untilMs + 2 * next(251, 1_000)
  }
  one.sim.runUntil(one.sim.world.nowMs + 1_000)
  return { one, sentAtMs, when }
}

const within = (when: readonly Interval[], atMs: number): Interval | undefined => when.find(([fromMs, untilMs]) => atMs >= fromMs && atMs < untilMs)

const lostWhileDown = (type: string, lastsMs: readonly [number, number]) => (registry: FaultRegistry): void => {
  for (let round = 0; round < ROUNDS; round++) {
    const { one, sentAtMs, when } = struck(registry, type, lastsMs, round)
    const down = (n: number): boolean => within(when, (sentAtMs[n - 1] ?? 0) + TRAVEL_MS) !== undefined
    const all = sentAtMs.map((_, n) => n + 1)
    ensureEqual(one.of('lost').map((fact) => [numberOf(fact.message), fact.reason]), all.filter(down).map((n) => [n, 'crashed']), 'what arrives at a node that is down is lost')
    ensureEqual(one.of('delivered').map((fact) => numberOf(fact.message)), all.filter((n) => !down(n)), 'all else arrives')
    const times = (kind: 'crashed' | 'restarted'): number[] => one.of(kind).map((fact) => fact.atMs)
    ensureEqual([times('crashed'), times('restarted')], [when.map(([fromMs]) => fromMs), when.map(([, untilMs]) => untilMs)], 'when it is down')
  }
}

/** What is left of a node: its memory never, a write that was synced always, and one that was not as `kept` says. */
const leaves = (type: string, kept: boolean) => (registry: FaultRegistry): void => {
  for (let value = 1; value <= 98; value++) {
    const { sim, act, fault, of } = bench({ registry, seed: value, syncMs: 500 })
    act(1_000, 0, { kind: 'write', value: 99, to: 'B', durable: true })
    act(1_900, 1, { kind: 'say', to: 'A', text: 'x' })
    act(2_000, 0, { kind: 'wind', inMs: 10_000 })
    // Of each write some ms may pass before the blow, fewer than the disk takes.
    act(2_500 - value, 0, { kind: 'write', value, to: 'B', durable: value % 2 === 0 })
    fault(2_500, 'f', type, { nodes: ['A'] }, 700)
    ensureEqual(sim.self(0).disk, { value: kept ? value : 99 }, `the disk after ${type}`)
    ensureEqual([sim.self(0).memory, sim.self(0).inbox], [{}, []], 'nothing is in memory')
    sim.runUntil(20_000)
    ensureEqual(sim.self(0), { ...sim.self(0), disk: { value: kept ? value : 99 }, memory: { notes: [], ringAtMs: null, started: 0 } }, 'it starts anew with what the disk has')
    ensure(of('timer').length === 0, 'no alarm outlives it')
    ensureEqual(of('crashed').map((fact) => fact.lostWrite), [!kept], 'whether the last write was lost')
  }
}

/** A copy that does something else to the same nodes, and one that is over after so many ms. */
const instead = (effect: NodeEffect) => (fault: Fault): Fault => ({ ...fault, node: (params, node, turn) => ((fault.node?.(params, node, turn) ?? null) === null ? null : effect) })
const overAfter = (ms: number) => (fault: Fault): Fault => ({ ...fault, phaseMs: () => ms, node: (params, node, turn) => (turn.phase > 0 ? null : fault.node?.(params, node, turn) ?? null) })

const down = (type: string, lastsMs: readonly [number, number], kept: boolean): Definition => ({
  sample: { nodes: ['B', 'D'] },
  lastsMs: Math.min(lastsMs[1], 20_000),
  touches: itsNodes,
  checks: {
    'what arrives meanwhile is lost': { holds: lostWhileDown(type, lastsMs), planted: {
      'or queues up': instead({ power: 'pause' }),
      'at the neighbour': (fault) => ({ ...fault, node: (params, node, turn) => (node === 'C' ? fault.node?.(params, 'B', turn) ?? null : null) }),
      'until it is up too early': overAfter(lastsMs[0] / 2),
    } },
    'what is left of it': { holds: leaves(type, kept), planted: {
      'after the other sort of blow': instead({ power: kept ? 'power-cut' : 'crash' }),
      'when it only stands still': instead({ power: 'pause' }),
    } },
  },
})

export const crash = down('crash', [2_000, 30_000], true)
export const powerCut = down('power-cut', [2_000, 30_000], false)
export const restart = down('restart', [400, 5_000], true)

/** What comes during a pause is handled when it ends, in order; the node's clock shows then what it shows. */
function queuesUp(registry: FaultRegistry): void {
  for (let round = 0; round < ROUNDS; round++) {
    const { one, sentAtMs, when } = struck(registry, 'pause', [1_000, 10_000], round)
    const wanted = sentAtMs.map((atMs, n): [number, number] => [n + 1, within(when, atMs + TRAVEL_MS)?.[1] ?? atMs + TRAVEL_MS])
    ensureEqual(one.of('delivered').map((fact) => [numberOf(fact.message), fact.atMs]), wanted, 'when each message is handled')
    ensureEqual(one.of('resumed').map((fact) => [fact.atMs - fact.pausedMs, fact.atMs]), when, 'when it stands still')
  }
}

/** An alarm that is due during a pause goes off when it ends, after what came meanwhile. */
function alarmsWait(registry: FaultRegistry): void {
  for (let inMs = 500; inMs <= 5_000; inMs += 50) {
    const one = bench({ registry, seed: inMs })
    one.act(1_000, 1, { kind: 'wind', inMs })
    one.fault(2_000, 'f', 'pause', { nodes: ['B'] }, 3_000)
    chat(one, 1, 3_000, [0, 0], 'alarm')
    one.sim.runUntil(10_000)
    const dueMs = 1_000 + inMs
    const rang = one.of('timer').map((fact) => fact.atMs)
    ensureEqual(rang, [dueMs > 2_000 && dueMs < 5_000 ? 5_000 : dueMs], 'when the alarm goes off')
    if (rang[0] === 5_000) ensureEqual(one.kinds('B', 4_999).slice(0, 3), ['resumed', 'delivered', 'timer'], 'letters come before alarms')
    ensureEqual(one.sim.self(1).memory, { ...one.sim.self(1).memory, notes: ['A:x'] }, 'nothing is forgotten')
  }
}

export const pause: Definition = {
  sample: { nodes: ['A', 'C'] },
  lastsMs: 6_000,
  touches: itsNodes,
  checks: {
    'what comes queues up': { holds: queuesUp, planted: { 'until it ends too early': overAfter(900), 'or is lost': instead({ power: 'crash' }) } },
    'alarms wait too': { holds: alarmsWait, planted: { 'until it ends too early': overAfter(2_990), 'or do not': (fault) => ({ ...fault, node: () => null }) } },
  },
}
