import { assert, fail, unreachable } from './assert.ts'
import { clockAt } from './clocks.ts'
import { arriveRequest, ask, expire } from './customers.ts'
import { diceOf } from './dice.ts'
import { digestHex } from './digest.ts'
import type { Seed } from './draws.ts'
import type { Fact } from './facts.ts'
import type { FaultRegistry } from './fault.ts'
import type { Input } from './inputs.ts'
import { cloneJson } from './json.ts'
import { ALARMS_PER_MS_MAX, TIME_MS_MAX } from './limits.ts'
import { linkTable } from './links.ts'
import { departNext } from './lanes.ts'
import { CRASHED, outOf, refuse, reoffer, ring } from './node.ts'
import { endAll, endFault, faultsDue, startFault } from './outages.ts'
import { arrival, overdue } from './parked.ts'
import { setClocks } from './bends.ts'
import { pop, push } from './queue.ts'
import { handOver, workNext } from './work.ts'
import { emit, emitAt, nodeAt, refreshAlarms, since } from './run.ts'
import type { Folding, Run, Seated } from './run.ts'
import type { Scenario } from './scenario.ts'
import { createWorld } from './create.ts'
import type { Json, NodeId, Self, Settings, SimMs } from './types.ts'
import type { NodeWorld, Scheduled, ScheduledEvent, World } from './world.ts'

/** Version of the simulation: a recording made by another one may not replay to the same facts. */
export const SIM_VERSION = 3

/**
 * One cluster, simulated. `submit` and `runUntil` are the only ways to move it, and how often `runUntil` is called changes
 * nothing. Facts go to the sink, in order, as they happen. `world` is plain JSON; `resume` goes on from a clone of it.
 */
export interface Simulation {
  readonly world: World
  readonly ids: readonly NodeId[]
  /** Runs all events due at or before `input.atMs`, then applies the input. Throws when it lies in the past. */
  submit(input: Input): void
  /** Runs all events due at or before `atMs`. */
  runUntil(atMs: SimMs): void
  /** When the next event is due, in true time; null when nothing is under way. */
  nextAtMs(): SimMs | null
  /** The node's `self` with its clock read now. Looking changes nothing: the clock is read into a copy, the rest is the world's own. */
  self(seat: number): Self
  digest(): string
}

export interface Parts { scenario: Scenario; faults: FaultRegistry; sink?: (fact: Fact) => void }

/** Starts a cluster. The first facts (rules that act at once) come with the first `runUntil`. */
export function start(parts: Parts, seed: Seed, settings: Settings): Simulation {
  const world = createWorld(parts.scenario, seed, settings)
  const sim = resume(parts, world)
  return sim
}

/** Goes on from a world, which it then owns. Clone it first to keep the original. */
export function resume(parts: Parts, world: World): Simulation {
  assert(parts.scenario.id === world.scenario, `this world is of mission ${world.scenario}`)
  const run = assemble(parts, world)
  return {
    world, ids: run.ids,
    submit: (input) => submit(run, input),
    runUntil: (atMs) => runUntil(run, atMs),
    nextAtMs: () => nextAt(run),
    self: (seat) => ({ ...nodeAt(run, seat).self, clockMs: clockAt(nodeAt(run, seat).clock, world.nowMs) }),
    digest: () => digestHex(world.digest),
  }
}

/** A second simulation with the same past; what happens to one does not touch the other. */
export function fork(parts: Parts, sim: Simulation): Simulation {
  return resume(parts, cloneJson(sim.world))
}

function nodeAtStart(world: World): World['nodes'][number] {
  const first = world.nodes[0]
  assert(first !== undefined, 'a world has nodes')
  return first
}

function assemble(parts: Parts, world: World): Run {
  const ids = world.nodes.map((node) => node.self.id)
  const claims = new Map<string, Seated>()
  const folds = new Map<string, Folding[]>()
  const run: Run = {
    world, scenario: parts.scenario, faults: parts.faults, ids, seatOf: new Map(ids.map((id, seat) => [id, seat])),
    sink: parts.sink ?? (() => {}), folds, claims, links: linkTable(world, parts.faults, ids),
    cluster: { nodes: ids, timings: nodeAtStart(world).self.timings, majority: (ids.length >> 1) + 1 },
    alarmAtMs: ids.map(() => Infinity), rules: ids.map(() => null), outs: [], dice: [], openings: ids.flatMap(() => ids.map(() => new Map())),
    customerDice: world.customers.map((_, customer) => diceOf(world.seed, `customer ${customer}`)),
  }
  ids.forEach((_, seat) => { run.outs.push(outOf(run, seat)); run.dice.push(diceOf(world.seed, ids[seat] as NodeId)) })
  for (const [id, claim] of Object.entries(parts.scenario.claims)) {
    const seated: Seated = { id, claim, judge: {
      get nowMs() { return world.nowMs },
      breach: (key, witness, values) => {
        const known = (world.broken[id] ??= [])
        if (known.includes(key)) return
        known.push(key)
        emit(run, { n: 0, atMs: 0, kind: 'breached', node: null, claim: id, key, severity: claim.severity, values, before: [], because: witness })
      },
      checkAt: (atMs, key) => push(world.queue, { atMs: Math.max(atMs, world.nowMs), order: world.order++, event: { kind: 'check', claim: id, key } }),
    } }
    claims.set(id, seated)
    // The state is one object from here on: folds change it in place, so that cloning the world carries it.
    const state = (world.claims[id] ??= claim.init(run.cluster, seated.judge) as never)
    for (const [kind, fold] of Object.entries(claim.folds)) {
      folds.set(kind, [...(folds.get(kind) ?? []), { fold: fold as Folding['fold'], state, judge: seated.judge }])
    }
  }
  ids.forEach((_, seat) => refreshAlarms(run, seat))
  return run
}

/** The seat whose alarm is due first, and when; ties go to the lower seat. */
function earliestAlarm(run: Run): number {
  const at = run.alarmAtMs
  let best = 0
  for (let seat = 1; seat < at.length; seat++) if ((at[seat] as number) < (at[best] as number)) best = seat
  return best
}

function nextAt(run: Run): SimMs | null {
  if (run.world.ended) return null
  const alarm = run.alarmAtMs[earliestAlarm(run)] as number
  const queued = run.world.queue[0]?.atMs ?? Infinity
  const at = Math.min(alarm, queued)
  return at === Infinity ? null : Math.max(at, run.world.nowMs)
}

function runUntil(run: Run, atMs: SimMs): void {
  assert(Number.isInteger(atMs) && atMs <= TIME_MS_MAX, `simulated time is a whole number of ms up to ${TIME_MS_MAX}, not ${atMs}`)
  const { world } = run
  let rung = 0
  while (!world.ended) {
    const seat = earliestAlarm(run)
    // One that is overdue, after a pause or a bent clock, goes off now.
    const alarm = Math.max(run.alarmAtMs[seat] as number, world.nowMs)
    const queued = world.queue[0]?.atMs ?? Infinity
    const at = Math.min(alarm, queued)
    if (at > atMs) break
    if (at > world.nowMs) { world.nowMs = at; rung = 0 }
    // Events first: what arrives in the very millisecond of an alarm is still in time.
    if (queued <= alarm) dispatch(run, (pop(world.queue) as Scheduled).event)
    else {
      if (++rung > ALARMS_PER_MS_MAX * run.ids.length) fail(`the alarms of ${run.ids[seat]} never come to rest at ${world.nowMs} ms`)
      ring(run, seat)
    }
  }
  if (!world.ended && atMs > world.nowMs) world.nowMs = atMs
}

function dispatch(run: Run, event: ScheduledEvent): void {
  switch (event.kind) {
    case 'deliver': if (arrival(run, event.flight) === 'handle') handOver(run, event.flight.to, { kind: 'deliver', flight: event.flight }); return
    case 'start': handOver(run, event.seat, { kind: 'start', restarted: false }); return
    case 'synced': {
      const node = nodeAt(run, event.seat)
      if (node.up && event.boot === node.boots) handOver(run, event.seat, { kind: 'synced', boot: event.boot })
      return
    }
    case 'ask': ask(run, event.customer); return
    case 'arrive': arriveRequest(run, event.customer, event.n, event.seat); return
    case 'expire': expire(run, event.customer, event.n); return
    case 'faults': faultsDue(run); return
    case 'work': workNext(run, event.seat); return
    case 'depart': departNext(run, event.from, event.to); return
    case 'overdue': overdue(run, event.message, event.copy); return
    case 'check': {
      const seated = run.claims.get(event.claim)
      seated?.claim.due?.(run.world.claims[event.claim] as never, event.key, seated.judge, run.cluster)
      return
    }
    default: return unreachable(event)
  }
}

function submit(run: Run, input: Input): void {
  assert(input.atMs >= run.world.nowMs, `an input at ${input.atMs} ms cannot change what happened until ${run.world.nowMs} ms`)
  runUntil(run, input.atMs)
  if (run.world.ended) return
  switch (input.kind) {
    case 'act': return submitAction(run, input)
    case 'fault': return startFault(run, input.id, input.type, input.params, input.durationMs)
    case 'heal': return endFault(run, input.id)
    case 'set-clocks': return setClocks(run)
    case 'halt': return endAll(run)
    case 'seat': {
      const change = (node: NodeWorld): void => {
        node.playedBy = input.playedBy
        emitAt(run, node, { n: 0, atMs: 0, kind: 'seat-changed', node: node.self.id, playedBy: input.playedBy, before: since(node), because: [] })
      }
      return nodeAt(run, input.seat).playedBy === input.playedBy ? undefined : reoffer(run, input.seat, change)
    }
    case 'level': {
      const change = (node: NodeWorld): void => {
        node.level = input.level
        emitAt(run, node, { n: 0, atMs: 0, kind: 'level-changed', node: node.self.id, level: input.level, before: since(node), because: [] })
      }
      return nodeAt(run, input.seat).level === input.level ? undefined : reoffer(run, input.seat, change)
    }
    case 'end':
      emit(run, { n: 0, atMs: 0, kind: 'ended', node: null, before: [], because: [] })
      run.world.ended = true
      return
    case 'plan': case 'bookmark': case 'prediction': case 'speed': case 'phase': return
    default: return unreachable(input)
  }
}

function submitAction(run: Run, input: Extract<Input, { kind: 'act' }>): void {
  const node = nodeAt(run, input.seat)
  if (!node.up) refuse(run, node, input.action as Json, CRASHED)
  else handOver(run, input.seat, { kind: 'act', action: input.action })
}
