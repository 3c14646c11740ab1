import type { Words } from './catalogue.ts'
import type { Fault, FaultField, FaultParams } from './fault.ts'
import { PHASE_MS_MIN } from './limits.ts'
import type { Scenario } from './scenario.ts'
import type { Json, NodeId } from './types.ts'

/** What can be said of a fault before it is started: what is wrong with it, and whom it will touch. */

/** The words of the checks; pages in another language bring their own. */
export const checkWords = {
  nodes: (name: string, ids: string): string => `${name} must list some of the nodes ${ids}, each once.`,
  notAllNodes: (name: string, ids: string): string => `${name} must list some, not all, of the nodes ${ids}, each once.`,
  oneOf: (name: string, options: string): string => `${name} must be one of ${options}.`,
  /** `most`: with its unit. */
  whole: (name: string, least: number, most: string): string => `${name} must be a whole number from ${least} to ${most}.`,
  object: 'The parameters must be an object.',
  unknown: (name: string): string => `This fault has no parameter ${name}.`,
  lies: 'In this mission a damaged message is always caught and thrown away: nobody lies.',
  bentClocks: 'In this mission no clock is bent in mid-round: its safety rests on clocks that run true.',
  endless: (title: string, mostMs: number): string => `${title} needs an end: at most ${mostMs} ms.`,
  lasts: (title: string, mostMs: number): string => `${title} lasts from 1 to ${mostMs} ms.`,
  noFault: (type: string): string => `There is no fault ${type}.`,
  activeAlready: (id: string): string => `A fault named ${id} is active already.`,
  tooMany: (most: number): string => `At most ${most} faults at a time.`,
}
export type CheckWords = Words<typeof checkWords>

function wrong(field: FaultField, name: string, value: Json | undefined, ids: readonly NodeId[], words: CheckWords): string | null {
  switch (field.type) {
    case 'nodes': {
      const list = Array.isArray(value) ? (value as Json[]) : []
      const known = list.length > 0 && list.every((one) => ids.includes(one as string)) && new Set(list).size === list.length
      return known && (!field.proper || list.length < ids.length) ? null
        : (field.proper ? words.notAllNodes : words.nodes)(name, ids.join(', '))
    }
    case 'node': return ids.includes(value as string) ? null : words.oneOf(name, ids.join(', '))
    case 'integer': return typeof value === 'number' && Number.isInteger(value) && value >= field.least && value <= field.most
      ? null : words.whole(name, field.least, `${field.most}${field.unit === '' ? '' : ` ${field.unit}`}`)
    case 'choice': return field.options.includes(value as string) ? null : words.oneOf(name, field.options.join(', '))
  }
}

/** A parameter that is wrong, and the sentence that says so. `name` null: they do not go together, or are no parameters at all. */
export interface WrongParam { name: string | null; sentence: string }

/** The first parameter of a fault that is wrong for a cluster of these nodes; null when none is. */
export function wrongParam(fault: Fault, params: Json, ids: readonly NodeId[], words: CheckWords = checkWords): WrongParam | null {
  if (params === null || typeof params !== 'object' || Array.isArray(params)) return { name: null, sentence: words.object }
  const given = params as { readonly [name: string]: Json | undefined }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(fault.fields, name)) return { name, sentence: words.unknown(JSON.stringify(name).slice(0, 40)) }
  }
  for (const name in fault.fields) {
    const sentence = wrong(fault.fields[name] as FaultField, name, given[name], ids, words)
    if (sentence !== null) return { name, sentence }
  }
  const sentence = fault.invalid?.(given as FaultParams, ids) ?? null
  return sentence === null ? null : { name: null, sentence }
}

/** What is wrong with the parameters of a fault for a cluster of these nodes, in words; null when nothing is. */
export const wrongParams = (fault: Fault, params: Json, ids: readonly NodeId[], words: CheckWords = checkWords): string | null => wrongParam(fault, params, ids, words)?.sentence ?? null

/** What a mission does not allow of a fault, in words; null when nothing is against it. Its parameters were checked. */
export function notAllowed(fault: Fault, params: FaultParams, mission: Pick<Scenario, 'garble' | 'bentClocks'>, words: CheckWords = checkWords): string | null {
  switch (fault.needs?.(params) ?? null) {
    case 'lies': return mission.garble === undefined ? words.lies : null
    case 'bent-clocks': return mission.bentClocks ? null : words.bentClocks
    case null: return null
  }
}

/** What is wrong with how long a fault is to last; null when nothing is. */
export function wrongDuration(fault: Fault, durationMs: number | null): string | null {
  if (durationMs === null) return fault.untilHealed ? null : checkWords.endless(fault.title, fault.durationMsMax)
  return Number.isInteger(durationMs) && durationMs >= 1 && durationMs <= fault.durationMsMax ? null
    : checkWords.lasts(fault.title, fault.durationMsMax)
}

/** What keeps a fault from being started in a cluster of these nodes and this mission, in words; null when nothing does. */
export function wrongStart(fault: Fault, params: Json, durationMs: number | null, ids: readonly NodeId[], mission: Pick<Scenario, 'garble' | 'bentClocks'>): string | null {
  return wrongParams(fault, params, ids) ?? wrongDuration(fault, durationMs) ?? notAllowed(fault, params as FaultParams, mission)
}

/**
 * Whom a fault touches, before it is started: nodes it acts on, clocks included, and directions of links. Of one that comes and goes: in any
 * of these phases, which are all that differ unless others are asked for.
 */
export function reach(fault: Fault, params: FaultParams, ids: readonly NodeId[], phases: readonly number[] = phaseMsOf(fault, params) === null ? [0] : [0, 1]): { nodes: NodeId[]; links: [NodeId, NodeId][] } {
  const touches = (test: (phase: number) => object | null | undefined): boolean => phases.some((phase) => (test(phase) ?? null) !== null)
  const nodes = ids.filter((id) => touches((phase) => fault.node?.(params, id, { ids, phase })) || touches((phase) => fault.clock?.(params, id, { ids, phase })))
  const links = ids.flatMap((from) => ids.filter((to) => to !== from && touches((phase) => fault.link?.(params, from, to, { ids, phase }))).map((to): [NodeId, NodeId] => [from, to]))
  return { nodes, links }
}

/** How often a fault turns, in ms; null for one that does not come and go. */
export function phaseMsOf(fault: Fault, params: FaultParams): number | null {
  const ms = fault.phaseMs?.(params) ?? null
  return ms === null ? null : Math.max(PHASE_MS_MIN, ms)
}
