import { assert } from './assert.ts'
import { bendClocks, unbendClocks } from './bends.ts'
import type { Fault, FaultField, FaultParams, NodeEffect } from './fault.ts'
import { rerateLanes } from './lanes.ts'
import { FAULTS_MAX, PHASE_MS_MIN } from './limits.ts'
import { linkTable } from './links.ts'
import { releaseParked } from './parked.ts'
import { crash, pause, restart, resume } from './power.ts'
import { emit, nodeAt, schedule } from './run.ts'
import type { Run } from './run.ts'
import type { Scenario } from './scenario.ts'
import type { FactNo, Json, NodeId } from './types.ts'
import { slowDown } from './work.ts'
import type { ActiveFault } from './world.ts'

/** The faults that are active, and what they do to links and nodes. */

function wrong(field: FaultField, name: string, value: Json | undefined, ids: readonly NodeId[]): string | null {
  switch (field.type) {
    case 'nodes': {
      const list = Array.isArray(value) ? (value as Json[]) : []
      const known = list.length > 0 && list.every((one) => ids.includes(one as string)) && new Set(list).size === list.length
      return known && (!field.proper || list.length < ids.length) ? null
        : `${name} must list ${field.proper ? 'some, not all,' : 'some'} of the nodes ${ids.join(', ')}, each once.`
    }
    case 'node': return ids.includes(value as string) ? null : `${name} must be one of ${ids.join(', ')}.`
    case 'integer': return typeof value === 'number' && Number.isInteger(value) && value >= field.least && value <= field.most
      ? null : `${name} must be a whole number from ${field.least} to ${field.most} ${field.unit}.`.replace(' .', '.')
    case 'choice': return field.options.includes(value as string) ? null : `${name} must be one of ${field.options.join(', ')}.`
  }
}

/** A parameter that is wrong, and the sentence that says so. `name` null: they do not go together, or are no parameters at all. */
export interface WrongParam { name: string | null; sentence: string }

/** The first parameter of a fault that is wrong for a cluster of these nodes; null when none is. */
export function wrongParam(fault: Fault, params: Json, ids: readonly NodeId[]): WrongParam | null {
  if (params === null || typeof params !== 'object' || Array.isArray(params)) return { name: null, sentence: 'The parameters must be an object.' }
  const given = params as { readonly [name: string]: Json | undefined }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(fault.fields, name)) return { name, sentence: `This fault has no parameter ${JSON.stringify(name).slice(0, 40)}.` }
  }
  for (const name in fault.fields) {
    const sentence = wrong(fault.fields[name] as FaultField, name, given[name], ids)
    if (sentence !== null) return { name, sentence }
  }
  const sentence = fault.invalid?.(given as FaultParams, ids) ?? null
  return sentence === null ? null : { name: null, sentence }
}

/** What is wrong with the parameters of a fault for a cluster of these nodes, in words; null when nothing is. */
export const wrongParams = (fault: Fault, params: Json, ids: readonly NodeId[]): string | null => wrongParam(fault, params, ids)?.sentence ?? null

/** What a mission does not allow of a fault, in words; null when nothing is against it. Its parameters were checked. */
export function notAllowed(fault: Fault, params: FaultParams, mission: Pick<Scenario, 'garble' | 'bentClocks'>): string | null {
  switch (fault.needs?.(params) ?? null) {
    case 'lies': return mission.garble === undefined ? 'In this mission a damaged message is always caught and thrown away: nobody lies.' : null
    case 'bent-clocks': return mission.bentClocks ? null : 'In this mission no clock is bent in mid-round: its safety rests on clocks that run true.'
    case null: return null
  }
}

/** What is wrong with how long a fault is to last; null when nothing is. */
export function wrongDuration(fault: Fault, durationMs: number | null): string | null {
  if (durationMs === null) return fault.untilHealed ? null : `${fault.title} needs an end: at most ${fault.durationMsMax} ms.`
  return Number.isInteger(durationMs) && durationMs >= 1 && durationMs <= fault.durationMsMax ? null
    : `${fault.title} lasts from 1 to ${fault.durationMsMax} ms.`
}

/** Whom a fault touches, before it is started: nodes it acts on, clocks included, and directions of links; of one that comes and goes, ever. */
export function reach(fault: Fault, params: FaultParams, ids: readonly NodeId[]): { nodes: NodeId[]; links: [NodeId, NodeId][] } {
  const turns = phaseMsOf(fault, params) === null ? [0] : [0, 1]
  const touches = (test: (phase: number) => object | null | undefined): boolean => turns.some((phase) => (test(phase) ?? null) !== null)
  const nodes = ids.filter((id) => touches((phase) => fault.node?.(params, id, { ids, phase })) || touches((phase) => fault.clock?.(params, id, { ids, phase })))
  const links = ids.flatMap((from) => ids.filter((to) => to !== from && touches((phase) => fault.link?.(params, from, to, { ids, phase }))).map((to): [NodeId, NodeId] => [from, to]))
  return { nodes, links }
}

/** Whom a fault touches in the phase that it is in. */
function reachNow(fault: Fault, { params, phase }: ActiveFault, ids: readonly NodeId[]): { nodes: NodeId[]; links: [NodeId, NodeId][] } {
  return reach({ ...fault, phaseMs: () => null,
    link: (given, from, to) => fault.link?.(given, from, to, { ids, phase }) ?? null,
    node: (given, node) => fault.node?.(given, node, { ids, phase }) ?? null,
    clock: (given, node) => fault.clock?.(given, node, { ids, phase }) ?? null,
  }, params, ids)
}

function phaseMsOf(fault: Fault, params: FaultParams): number | null {
  const ms = fault.phaseMs?.(params) ?? null
  return ms === null ? null : Math.max(PHASE_MS_MIN, ms)
}

/** Brings every node into line with the active faults. A crash goes before a pause, the loss of power before a process that dies. */
function settle(run: Run, because: FactNo): void {
  for (let seat = 0; seat < run.ids.length; seat++) {
    const node = nodeAt(run, seat)
    const effects = run.world.faults.map((one): NodeEffect => run.faults[one.type]?.node?.(one.params, node.self.id, { ids: run.ids, phase: one.phase }) ?? {})
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
function rewire(run: Run, because: FactNo): void {
  run.links = linkTable(run.world, run.faults, run.ids)
  settle(run, because)
  rerateLanes(run)
  releaseParked(run)
}

/** Starts a fault, or records why it cannot be. */
export function startFault(run: Run, id: string, type: string, params: Json, durationMs: number | null): void {
  const fault = Object.hasOwn(run.faults, type) ? run.faults[type] : undefined
  const error = fault === undefined ? `There is no fault ${JSON.stringify(type).slice(0, 40)}.`
    : run.world.faults.some((one) => one.id === id) ? `A fault named ${JSON.stringify(id).slice(0, 40)} is active already.`
    : run.world.faults.length >= FAULTS_MAX ? `At most ${FAULTS_MAX} faults at a time.`
    : (wrongParams(fault, params, run.ids) ?? wrongDuration(fault, durationMs) ?? notAllowed(fault, params as FaultParams, run.scenario))
  if (fault === undefined || error !== null) {
    emit(run, { n: 0, atMs: 0, kind: 'fault-refused', node: null, fault: id, reason: error ?? '', before: [], because: [] })
    return
  }
  const startedMs = run.world.nowMs
  const endsAtMs = durationMs === null ? null : startedMs + durationMs
  const { nodes, links } = reach(fault, params as FaultParams, run.ids)
  const fact = emit(run, { n: 0, atMs: 0, kind: 'fault-started', node: null, fault: id, type, params, endsAtMs, nodes, links, before: [], because: [] })
  run.world.faults.push({ id, type, params: params as FaultParams, startedMs, endsAtMs, fact, phase: 0, bends: {} })
  if (endsAtMs !== null) schedule(run, endsAtMs, { kind: 'fault-end' })
  const phaseMs = phaseMsOf(fault, params as FaultParams)
  if (phaseMs !== null) schedule(run, startedMs + phaseMs, { kind: 'fault-turn', id, since: fact })
  if (fault.clock !== undefined) bendClocks(run, fact)
  rewire(run, fact)
}

/** A fault that comes and goes turns. */
export function turnFault(run: Run, id: string, since: FactNo): void {
  const active = run.world.faults.find((one) => one.id === id && one.fact === since)
  const fault = active === undefined ? undefined : run.faults[active.type]
  if (active === undefined || fault === undefined) return
  active.phase++
  const fact = emit(run, { n: 0, atMs: 0, kind: 'fault-turned', node: null, fault: id, type: active.type, params: active.params, phase: active.phase, ...reachNow(fault, active, run.ids), before: [], because: [active.fact] })
  schedule(run, run.world.nowMs + (phaseMsOf(fault, active.params) ?? PHASE_MS_MIN), { kind: 'fault-turn', id, since })
  if (fault.clock !== undefined) bendClocks(run, fact)
  rewire(run, fact)
}

/** Undoes a fault: the physics is as if it were over, and a clock that it bent is bent back. Nothing happens when it is not active. */
export function endFault(run: Run, id: string): void {
  endFaults(run, run.world.faults.filter((one) => one.id === id), 'undone')
}

/** The time of a fault is over, and that of all others that end in this millisecond: in one step, so that it does not matter which began first. */
export function endInTime(run: Run): void {
  endFaults(run, run.world.faults.filter((one) => one.endsAtMs === run.world.nowMs), 'over')
}

/** Ends all faults in one step. Clocks stay bent: setting them right is another decision. */
export function endAll(run: Run): void {
  endFaults(run, [...run.world.faults], 'halted')
}

function endFaults(run: Run, ending: readonly ActiveFault[], how: 'undone' | 'over' | 'halted'): void {
  if (ending.length === 0) return
  run.world.faults = run.world.faults.filter((one) => !ending.includes(one))
  let last = -1
  for (const one of ending) {
    last = emit(run, { n: 0, atMs: 0, kind: 'fault-ended', node: null, fault: one.id, type: one.type, healed: how !== 'over', before: [], because: [one.fact] })
  }
  assert(last >= 0, 'a fault ended without a fact')
  if (ending.some((one) => run.faults[one.type]?.clock !== undefined)) unbendClocks(run, ending, how === 'undone', last)
  rewire(run, last)
}
