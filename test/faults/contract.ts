import { resolve } from '../../shared/faults/targets.ts'
import type { Fault, FaultField, FaultParams, FaultRegistry } from '../../shared/sim/fault.ts'
import { nodeIds } from '../../shared/sim/create.ts'
import { drawBetween } from '../../shared/sim/draws.ts'
import { reach, wrongParams } from '../../shared/sim/fault-check.ts'
import type { Json, NodeId } from '../../shared/sim/types.ts'
import { bench } from '../sim/probe.ts'
import { linksWhere } from './definition.ts'
import type { Definition, Touched } from './definition.ts'
import { ensure, ensureEqual } from './statistics.ts'
import { ensureBase, ensureNothingLeft, endsMs, fatesByLink, FROM_MS, NODES, talk } from './traffic.ts'
import type { Struck } from './traffic.ts'

/** What every fault owes: it touches whom it says and nobody else, it goes without a trace, and it refuses nonsense in words. */

export const IDS = nodeIds(NODES)
const LASTS_MS = 20_000
const lastsMs = (definition: Definition): number => definition.lastsMs ?? LASTS_MS
export const struckBy = (type: string, definition: Definition, ending: Struck['ending']): Struck => ({ type, params: definition.sample, lastsMs: lastsMs(definition), ending })

function faultOf(registry: FaultRegistry, type: string): Fault {
  const fault = registry[type]
  if (fault === undefined) throw new Error(`there is no fault ${type}`)
  return fault
}

/** Its sample, and each of its presets for every size of cluster with every node as the leader. */
function examples(fault: Fault, { sample }: Definition): { params: FaultParams; ids: readonly NodeId[] }[] {
  const cast = (ids: readonly NodeId[], leader: NodeId) => ({ ids, leader, pick: (what: string, least: number, most: number) => drawBetween(ids.indexOf(leader), what, ids.length, 0, least, most) })
  return [{ params: sample, ids: IDS }, ...[3, 4, 5, 6, 7, 8, 9].flatMap((nodes) => {
    const ids = nodeIds(nodes)
    return ids.flatMap((leader) => fault.presets.map((preset) => ({ params: resolve(fault, preset.params, cast(ids, leader)), ids })))
  })]
}

/** Presets are sound for every cluster in which the fault can be at all, and it says whom it will touch. */
export function ensureReach(registry: FaultRegistry, type: string, definition: Definition): void {
  const fault = faultOf(registry, type)
  for (const { params, ids } of examples(fault, definition)) {
    const wrong = wrongParams(fault, params, ids)
    ensure(wrong === null || ids.length < 4, `${JSON.stringify(params)} for ${ids.length} nodes: ${wrong}`)
    if (wrong === null) ensureEqual(reach(fault, params, ids), definition.touches(params, ids), `whom ${type} touches with ${JSON.stringify(params)}`)
  }
}

/** Directions of links on which a fault of these nodes shows: those that begin or end there. */
const traces = ({ nodes, links }: Touched, bendsClocks: boolean): string[] =>
  [...new Set([...links, ...(bendsClocks ? [] : linksWhere(IDS, (from, to) => nodes.includes(from) || nodes.includes(to)).links)].map(([from, to]) => `${from}>${to}`))].toSorted()

/** A running cluster with it and without it: it shows on every link and node that it touches, and on no other. */
export function ensureTraces(registry: FaultRegistry, type: string, definition: Definition): void {
  const bendsClocks = faultOf(registry, type).clock !== undefined
  const touched = definition.touches(definition.sample, IDS)
  const midMs = FROM_MS + lastsMs(definition) / 2 + 300
  const untilMs = FROM_MS + lastsMs(definition) + 4_000
  const clocks: number[] = []
  const calm = talk(registry, null, untilMs, { atMs: midMs, go: (sim) => clocks.push(...IDS.map((_, seat) => sim.self(seat).clockMs)) })
  const struck = talk(registry, struckBy(type, definition, 'time'), untilMs, { atMs: midMs, go: (sim) => {
    const showing = sim.world.nodes.filter(({ up, pausedAtMs, workMs }, seat) => !up || pausedAtMs !== null || workMs > 0 || sim.self(seat).clockMs !== clocks[seat])
    ensureEqual(showing.map((node) => node.self.id), touched.nodes, `nodes on which ${type} shows`)
  } })
  const [without, withIt] = [fatesByLink(calm), fatesByLink(struck)]
  ensureEqual([...without.keys()].filter((link) => without.get(link) !== withIt.get(link)).toSorted(), traces(touched, bendsClocks), `links on which ${type} shows`)
}

/** However it ends, in that moment nothing of it is left, and what is sent from then on travels as ever. */
export function ensureRecovery(registry: FaultRegistry, type: string, definition: Definition): void {
  for (const ending of ['time', 'heal', 'halt'] as const) {
    const struck = struckBy(type, definition, ending)
    const one = talk(registry, struck, endsMs(struck) + 12_000, { atMs: endsMs(struck), go: ensureNothingLeft })
    ensureNothingLeft(one.sim)
    ensureBase(one, endsMs(struck))
  }
}

/** The same judgement in mid-fault: for tests that it can fail. */
export function ensureRecoveredTooEarly(registry: FaultRegistry, type: string, definition: Definition): { nothingLeft(): void; base(): void } {
  const struck = struckBy(type, definition, 'time')
  const amid = talk(registry, struck, FROM_MS + lastsMs(definition) - 100)
  return { nothingLeft: () => ensureNothingLeft(amid.sim), base: () => ensureBase(amid, FROM_MS) }
}

/** Undone or halted half way, it takes nothing back that happened. */
export function ensurePastStays(registry: FaultRegistry, type: string, definition: Definition): void {
  const whole = talk(registry, struckBy(type, definition, 'time'), FROM_MS + lastsMs(definition)).facts
  for (const ending of ['heal', 'halt'] as const) {
    const { facts } = talk(registry, struckBy(type, definition, ending), FROM_MS + lastsMs(definition))
    const end = facts.findIndex((fact) => fact.kind === 'fault-ended')
    ensure(facts[end]?.atMs === endsMs(struckBy(type, definition, ending)), 'it ends when it is told to')
    ensureEqual(facts.slice(0, end), whole.slice(0, end), `what happened before the ${ending}`)
  }
}

/** Values that a field does not allow. */
function wrongFor(field: FaultField): Json[] {
  switch (field.type) {
    case 'nodes': return [[], 'A', ['Z'], ['A', 'A'], null, ...(field.proper ? [IDS] : [])]
    case 'node': return ['Z', '', ['A'], null]
    case 'integer': return [field.least - 1, field.most + 1, field.least + 0.5, String(field.least), null]
    case 'choice': return ['', 'something else', 0, null]
  }
}

/** Whatever is wrong with what is asked for is said in a sentence, and nothing changes. */
export function ensureRefuses(registry: FaultRegistry, type: string, { sample }: Definition): void {
  const fault = faultOf(registry, type)
  const { durationMsUsual, durationMsMax } = fault
  const params: Json[] = [null, [], 'all', { ...sample, more: 1 }]
  for (const [name, field] of Object.entries(fault.fields)) {
    params.push(Object.fromEntries(Object.entries(sample).filter(([other]) => other !== name)), ...wrongFor(field).map((value) => ({ ...sample, [name]: value })))
  }
  const durations = [0, -1, 0.5, durationMsMax + 1, ...(fault.untilHealed ? [] : [null])]
  for (const [what, durationMs] of [...params.map((one) => [one, durationMsUsual] as const), ...durations.map((ms) => [sample as Json, ms] as const)]) {
    const one = bench({ registry, nodes: NODES })
    one.fault(100, 'f', type, what, durationMs)
    const asked = `${type} with ${JSON.stringify(what)} for ${durationMs} ms`
    ensureEqual(one.facts.map((fact) => fact.kind), ['fault-refused'], asked)
    ensure(/^[A-Za-z].* .*\.$/.test(one.of('fault-refused')[0]?.reason ?? ''), `${asked} is refused in a sentence`)
    ensureEqual(one.sim.world.faults, [], `${asked} does not act`)
  }
  for (const durationMs of [1, durationMsUsual, durationMsMax, ...(fault.untilHealed ? [null] : [])]) {
    const one = bench({ registry, nodes: NODES })
    one.fault(100, 'f', type, sample, durationMs)
    ensureEqual(one.of('fault-started').length, 1, `${type} for ${durationMs} ms is not refused`)
  }
}

/** Wrong copies of any fault, made from whom it touches in its sample: one link or node less, and one more. */
export function misplaced({ touches, sample }: Definition): { [wrong: string]: (fault: Fault) => Fault } {
  const { nodes, links } = touches(sample, IDS)
  const [lessFrom, lessTo] = links[0] ?? ['', '']
  const free = linksWhere(IDS, (from, to) => !links.some(([a, b]) => a === from && b === to)).links[0] ?? ['', '']
  const spared = IDS.find((id) => !nodes.includes(id)) ?? ''
  /** The copy does to one what the fault does to another. */
  const like = (target: readonly string[], model: readonly string[] | null) => (fault: Fault): Fault => ({
    ...fault,
    ...(fault.link === undefined ? {} : { link: (params, from, to, turn) => (`${from}>${to}` !== target.join('>') ? fault.link?.(params, from, to, turn) ?? null : model === null ? null : fault.link?.(params, model[0] ?? '', model[1] ?? '', turn) ?? null) }),
    ...(fault.node === undefined ? {} : { node: (params, node, turn) => (node !== target[0] ? fault.node?.(params, node, turn) ?? null : model === null ? null : fault.node?.(params, model[0] ?? '', turn) ?? null) }),
    ...(fault.clock === undefined ? {} : { clock: (params, node, turn) => (node !== target[0] ? fault.clock?.(params, node, turn) ?? null : model === null ? null : fault.clock?.(params, model[0] ?? '', turn) ?? null) }),
  })
  return links.length > 0
    ? { 'one link less': like([lessFrom, lessTo], null), 'one link more': like(free, [lessFrom, lessTo]) }
    : { 'one node less': like([nodes[0] ?? ''], null), 'one node more': like([spared], [nodes[0] ?? '']) }
}
