import { assert } from './assert.ts'
import type { Fault, FaultField, FaultParams } from './fault.ts'
import { FAULTS_MAX } from './limits.ts'
import { linkTable } from './links.ts'
import { crash, pause, restart, resume } from './power.ts'
import { emit, nodeAt, schedule } from './run.ts'
import type { Run } from './run.ts'
import type { FactNo, Json, NodeId } from './types.ts'
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
      ? null : `${name} must be a whole number from ${field.least} to ${field.most} ${field.unit}.`
    case 'choice': return field.options.includes(value as string) ? null : `${name} must be one of ${field.options.join(', ')}.`
  }
}

/** What is wrong with the parameters of a fault for a cluster of these nodes, in words; null when nothing is. */
export function wrongParams(fault: Fault, params: Json, ids: readonly NodeId[]): string | null {
  if (params === null || typeof params !== 'object' || Array.isArray(params)) return 'The parameters must be an object.'
  const given = params as { readonly [name: string]: Json | undefined }
  for (const name of Object.keys(given)) if (!Object.hasOwn(fault.fields, name)) return `This fault has no parameter ${JSON.stringify(name).slice(0, 40)}.`
  for (const name in fault.fields) {
    const error = wrong(fault.fields[name] as FaultField, name, given[name], ids)
    if (error !== null) return error
  }
  return fault.invalid?.(given as FaultParams) ?? null
}

/** What is wrong with how long a fault is to last; null when nothing is. */
export function wrongDuration(fault: Fault, durationMs: number | null): string | null {
  if (durationMs === null) return fault.untilHealed ? null : `${fault.title} needs an end: at most ${fault.durationMsMax} ms.`
  return Number.isInteger(durationMs) && durationMs >= 1 && durationMs <= fault.durationMsMax ? null
    : `${fault.title} lasts from 1 to ${fault.durationMsMax} ms.`
}

/** Whom a fault touches, before it is started: nodes it acts on, and directions of links. */
export function reach(fault: Fault, params: FaultParams, ids: readonly NodeId[]): { nodes: NodeId[]; links: [NodeId, NodeId][] } {
  const nodes = ids.filter((id) => (fault.node?.(params, id) ?? null) !== null)
  const links = ids.flatMap((from) => ids.filter((to) => to !== from && (fault.link?.(params, from, to) ?? null) !== null).map((to): [NodeId, NodeId] => [from, to]))
  return { nodes, links }
}

/** Brings every node's power into line with the active faults. Crash goes before pause. */
function settle(run: Run, because: FactNo): void {
  for (let seat = 0; seat < run.ids.length; seat++) {
    const node = nodeAt(run, seat)
    const effects = run.world.faults.map((one) => run.faults[one.type]?.node?.(one.params, node.self.id) ?? null)
    const crashed = effects.includes('crash')
    const paused = effects.includes('pause')
    if (node.up && crashed) crash(run, seat, because)
    else if (!node.up && !crashed) restart(run, seat, because, paused)
    else if (node.up && node.pausedAtMs === null && paused) pause(run, seat, because)
    else if (node.up && node.pausedAtMs !== null && !paused) resume(run, seat, because)
  }
}

function rewire(run: Run): void {
  run.links = linkTable(run.world.faults, run.faults, run.ids)
}

/** Starts a fault, or records why physics does not allow it. */
export function startFault(run: Run, id: string, type: string, params: Json, durationMs: number | null): void {
  const fault = Object.hasOwn(run.faults, type) ? run.faults[type] : undefined
  const error = fault === undefined ? `There is no fault ${JSON.stringify(type).slice(0, 40)}.`
    : run.world.faults.some((one) => one.id === id) ? `A fault named ${JSON.stringify(id).slice(0, 40)} is active already.`
    : run.world.faults.length >= FAULTS_MAX ? `At most ${FAULTS_MAX} faults at a time.`
    : (wrongParams(fault, params, run.ids) ?? wrongDuration(fault, durationMs))
  if (fault === undefined || error !== null) {
    emit(run, { n: 0, atMs: 0, kind: 'fault-refused', node: null, fault: id, reason: error ?? '', before: [], because: [] })
    return
  }
  const endsAtMs = durationMs === null ? null : run.world.nowMs + durationMs
  const { nodes, links } = reach(fault, params as FaultParams, run.ids)
  const fact = emit(run, { n: 0, atMs: 0, kind: 'fault-started', node: null, fault: id, type, params, endsAtMs, nodes, links, before: [], because: [] })
  run.world.faults.push({ id, type, params: params as FaultParams, endsAtMs, fact })
  if (endsAtMs !== null) schedule(run, endsAtMs, { kind: 'fault-end', id, since: fact })
  rewire(run)
  settle(run, fact)
}

/** Ends a fault: `healed` by hand or because its time is over. Nothing happens when it is not active. */
export function endFault(run: Run, id: string, healed: boolean): void {
  endFaults(run, run.world.faults.filter((one) => one.id === id), healed)
}

/** Ends all faults in one step. */
export function endAll(run: Run): void {
  endFaults(run, [...run.world.faults], true)
}

function endFaults(run: Run, ending: readonly ActiveFault[], healed: boolean): void {
  if (ending.length === 0) return
  run.world.faults = run.world.faults.filter((one) => !ending.includes(one))
  rewire(run)
  let last = -1
  for (const one of ending) {
    last = emit(run, { n: 0, atMs: 0, kind: 'fault-ended', node: null, fault: one.id, type: one.type, healed, before: [], because: [one.fact] })
  }
  assert(last >= 0, 'a fault ended without a fact')
  settle(run, last)
}
