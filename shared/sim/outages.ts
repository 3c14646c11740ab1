import { assert } from './assert.ts'
import { bendClocks, unbendClocks } from './bends.ts'
import { checkWords, phaseMsOf, reach, wrongStart } from './fault-check.ts'
import type { FaultParams, NodeEffect } from './fault.ts'
import { rerateLanes } from './lanes.ts'
import { FAULTS_MAX } from './limits.ts'
import { linkTable } from './links.ts'
import { releaseParked } from './parked.ts'
import { crash, pause, restart, resume } from './power.ts'
import { emit, nodeAt, schedule } from './run.ts'
import type { Run } from './run.ts'
import type { FactNo, Json, NodeId, SimMs } from './types.ts'
import { slowDown } from './work.ts'
import type { ActiveFault } from './world.ts'

/** The faults that are active, and what they do to links and nodes. */

/** What an active fault does to a node now; nothing for most. */
const effectOn = (run: Run, { type, params, phase }: ActiveFault, node: NodeId): NodeEffect => run.faults[type]?.node?.(params, node, { ids: run.ids, phase }) ?? {}

/** A fault that began, turned or ended in this step, and the fact that says so. */
interface Change { fault: ActiveFault; fact: FactNo }

/** Why something happens to a node: the last change of a fault that acts on it; of any, if none does. */
function causeFor(run: Run, changes: readonly Change[], node: NodeId): FactNo {
  const found = changes.findLast(({ fault }) => Object.keys(effectOn(run, fault, node)).length > 0) ?? changes.at(-1)
  assert(found !== undefined, 'something changed')
  return found.fact
}

/** Brings every node into line with the active faults. A crash goes before a pause, the loss of power before a process that dies. */
function settle(run: Run, changes: readonly Change[]): void {
  for (let seat = 0; seat < run.ids.length; seat++) {
    const node = nodeAt(run, seat)
    const effects = run.world.faults.map((one) => effectOn(run, one, node.self.id))
    const because = causeFor(run, changes, node.self.id)
    const powers = effects.map((one) => one.power)
    const lostWrite = powers.includes('power-cut')
    const crashed = lostWrite || powers.includes('crash')
    const paused = powers.includes('pause')
    const workMs = Math.max(0, ...effects.map((one) => one.workMs ?? 0))
    if (node.up && crashed) crash(run, seat, because, lostWrite)
    else if (!node.up && !crashed) {
      node.workMs = workMs
      restart(run, seat, because, paused)
    } else if (node.up) {
      if (node.pausedAtMs === null && paused) pause(run, seat, because)
      slowDown(run, seat, workMs)
      if (node.pausedAtMs !== null && !paused) resume(run, seat, because)
    }
  }
}

/** After faults began, turned or ended: all that follows, in one step. */
function rewire(run: Run, changes: readonly Change[]): void {
  run.links = linkTable(run.world, run.faults, run.ids)
  settle(run, changes)
  rerateLanes(run)
  releaseParked(run)
}

/** Starts a fault, or records why it cannot be. */
export function startFault(run: Run, id: string, type: string, params: Json, durationMs: number | null): void {
  const fault = Object.hasOwn(run.faults, type) ? run.faults[type] : undefined
  const error = fault === undefined ? checkWords.noFault(JSON.stringify(type).slice(0, 40))
    : run.world.faults.some((one) => one.id === id) ? checkWords.activeAlready(JSON.stringify(id).slice(0, 40))
    : run.world.faults.length >= FAULTS_MAX ? checkWords.tooMany(FAULTS_MAX)
    : wrongStart(fault, params, durationMs, run.ids, run.scenario)
  if (fault === undefined || error !== null) {
    emit(run, { n: 0, atMs: 0, kind: 'fault-refused', node: null, fault: id, reason: error ?? '', before: [], because: [] })
    return
  }
  const startedMs = run.world.nowMs
  const endsAtMs = durationMs === null ? null : startedMs + durationMs
  const { nodes, links } = reach(fault, params as FaultParams, run.ids)
  const fact = emit(run, { n: 0, atMs: 0, kind: 'fault-started', node: null, fault: id, type, params, endsAtMs, nodes, links, before: [], because: [] })
  const active: ActiveFault = { id, type, params: params as FaultParams, startedMs, endsAtMs, fact, phase: 0, bends: {} }
  run.world.faults.push(active)
  if (endsAtMs !== null) schedule(run, endsAtMs, { kind: 'faults' })
  turnLater(run, active)
  if (fault.clock !== undefined) bendClocks(run, fact)
  rewire(run, [{ fault: active, fact }])
}

/** When a fault turns next; null for one that does not come and go. */
function turnsAtMs(run: Run, { type, params, startedMs, phase }: ActiveFault): SimMs | null {
  const fault = run.faults[type]
  const phaseMs = fault === undefined ? null : phaseMsOf(fault, params)
  return phaseMs === null ? null : startedMs + (phase + 1) * phaseMs
}

function turnLater(run: Run, active: ActiveFault): void {
  const atMs = turnsAtMs(run, active)
  if (atMs !== null) schedule(run, atMs, { kind: 'faults' })
}

/** Undoes a fault: the physics is as if it were over, and a clock that it bent is bent back. Nothing happens when it is not active. */
export function endFault(run: Run, id: string): void {
  change(run, run.world.faults.filter((one) => one.id === id), 'undone')
}

/** The faults that end in this millisecond and those that turn in it: all in one step, so that it does not matter which began first. */
export function faultsDue(run: Run): void {
  const { nowMs, faults } = run.world
  const ending = faults.filter((one) => one.endsAtMs === nowMs)
  change(run, ending, 'over', faults.filter((one) => !ending.includes(one) && turnsAtMs(run, one) === nowMs))
}

/** Ends all faults in one step. Clocks stay bent: setting them right is another decision. */
export function endAll(run: Run): void {
  change(run, [...run.world.faults], 'halted')
}

function change(run: Run, ending: readonly ActiveFault[], how: 'undone' | 'over' | 'halted', turning: readonly ActiveFault[] = []): void {
  run.world.faults = run.world.faults.filter((one) => !ending.includes(one))
  const changes = [...ending.map((one) => noteEnd(run, one, how)), ...turning.map((one) => turn(run, one))]
  if (changes.length === 0) return
  const bent = changes.findLast(({ fault }) => run.faults[fault.type]?.clock !== undefined)
  if (bent !== undefined) {
    unbendClocks(run, ending, how === 'undone', bent.fact)
    bendClocks(run, bent.fact)
  }
  rewire(run, changes)
}

function noteEnd(run: Run, fault: ActiveFault, how: 'undone' | 'over' | 'halted'): Change {
  const fact = emit(run, { n: 0, atMs: 0, kind: 'fault-ended', node: null, fault: fault.id, type: fault.type, healed: how !== 'over', before: [], because: [fault.fact] })
  return { fault, fact }
}

/** A fault that comes and goes turns. */
function turn(run: Run, active: ActiveFault): Change {
  const fault = run.faults[active.type]
  assert(fault !== undefined, `a fault that acts is known, unlike ${active.type}`)
  active.phase++
  const fact = emit(run, { n: 0, atMs: 0, kind: 'fault-turned', node: null, fault: active.id, type: active.type, params: active.params, phase: active.phase, ...reach(fault, active.params, run.ids, [active.phase]), before: [], because: [active.fact] })
  turnLater(run, active)
  return { fault: active, fact }
}
