import { isTargetWord, resolve, TARGET_WORDS } from '../../shared/faults/targets.ts'
import type { Cast, TargetWord } from '../../shared/faults/targets.ts'
import { drawBetween } from '../../shared/sim/draws.ts'
import type { Seed } from '../../shared/sim/draws.ts'
import type { Fault, FaultField, FaultParams } from '../../shared/sim/fault.ts'
import type { Json, NodeId } from '../../shared/sim/types.ts'
import { texts } from '../texts/cockpit.ts'
import { language } from '../texts/language.ts'

/** Values of a fault's form. Nodes may be words, such as `leader`, which are resolved when it starts. */
export type FormValue = number | string | readonly string[]
export type FormValues = { readonly [name: string]: FormValue }

/** Durations that the form offers, in ms; each fault takes those that it allows. */
const durationsMs: readonly number[] = [500, 1_000, 2_000, 5_000, 10_000, 15_000, 20_000, 30_000, 45_000, 60_000, 120_000, 300_000]
/** Of a fault that lasts long nobody wants less than this, in ms. */
const leastOfLongMs = 5_000

export const isNodes = (field: FaultField): field is Extract<FaultField, { type: 'nodes' | 'node' }> => field.type === 'nodes' || field.type === 'node'

/** How long the fault may last: numbers in ms, null for until healed. */
export function durationsOf(fault: Fault): (number | null)[] {
  const leastMs = fault.durationMsMax > leastOfLongMs ? leastOfLongMs : 0
  const allowed: (number | null)[] = durationsMs.filter((ms) => ms >= leastMs && ms <= fault.durationMsMax)
  return fault.untilHealed ? [...allowed, null] : allowed
}

/** The duration nearest to what was wanted that the fault allows. */
export function durationFor(fault: Fault, wantedMs: number | null): number | null {
  if (wantedMs === null) return fault.untilHealed ? null : fault.durationMsMax
  return Math.min(wantedMs, fault.durationMsMax)
}

/** A form as it first stands: the nodes of the fault's first preset, and its usual numbers. */
export function usualValues(fault: Fault): FormValues {
  const preset = fault.presets[0]?.params ?? {}
  return Object.fromEntries(Object.entries(fault.fields).map(([name, field]): [string, FormValue] => {
    switch (field.type) {
      case 'nodes': {
        const nodes = preset[name]
        return [name, Array.isArray(nodes) ? nodes.filter((one) => typeof one === 'string') : ['leader']]
      }
      case 'node': return [name, String(preset[name] ?? 'leader')]
      case 'integer': return [name, field.usual]
      case 'choice': return [name, field.options[0] ?? '']
    }
  }))
}

/** Words for nodes that the form offers, in the order of the list. */
export const targetWords: readonly TargetWord[] = Object.keys(TARGET_WORDS).filter(isTargetWord)

/** Who is there in a cluster, for words. The same `drawn` chooses the same nodes; another one draws afresh. */
export const castOf = (ids: readonly NodeId[], leader: NodeId, drawn: Seed, cluster = 0): Cast =>
  ({ ids, leader, pick: (what, least, most) => drawBetween(drawn, `target ${what}`, cluster, 0, least, most) })

/** The parameters for one cluster, words resolved. What names nodes that it does not have is left out. */
export function paramsFor(fault: Fault, values: { readonly [name: string]: Json | FormValue }, cast: Cast): FaultParams {
  const known = (one: Json): boolean => isTargetWord(one) || cast.ids.some((id) => id === one)
  const given = Object.entries(fault.fields).map(([name, field]): [string, Json] => {
    const value = values[name]
    if (field.type === 'nodes') return [name, Array.isArray(value) ? value.filter(known) : []]
    if (field.type === 'node') return [name, typeof value === 'string' && known(value) ? value : '']
    return [name, typeof value === 'number' || typeof value === 'string' ? value : null]
  })
  return resolve(fault, Object.fromEntries(given), cast)
}

/** Whether it matters who leads: some word in the values means other nodes then. */
export function asksWhoLeads(fault: Fault, values: { readonly [name: string]: Json | FormValue }, ids: readonly NodeId[]): boolean {
  return new Set(ids.map((leader) => JSON.stringify(paramsFor(fault, values, castOf(ids, leader, 0))))).size > 1
}

export interface NodeChoice { key: string; title: string; params: { [name: string]: Json } }

/** What can be done to one node by every fault that names nodes: one entry, or two where the direction makes another thing of it. */
export function choicesFor(registry: { readonly [type: string]: Fault }, node: NodeId, nodes: readonly NodeId[]): (NodeChoice & { type: string; field: string })[] {
  const others = nodes.filter((id) => id !== node)
  return Object.entries(registry).flatMap(([type, fault]) => {
    const places = Object.entries(fault.fields).filter(([, field]) => isNodes(field))
    const usual = paramsFor(fault, usualValues(fault), castOf(nodes, node, 0))
    const fill = (at: number): { [name: string]: Json } => ({
      ...usual,
      ...Object.fromEntries(places.map(([name, field], index): [string, Json] => (index === at ? [name, field.type === 'node' ? node : [node]]
        : field.type === 'node' ? [name, others[0] ?? node] : [name, places[at]?.[1].type === 'node' ? usual[name] ?? [] : others]))),
    })
    // Its own words are what a node's menu is about; what it hears is another thing only for a cut.
    const asked = places.filter(([, field], at) => at === 0 || (type === 'one-way' && field.type === 'nodes'))
    return asked.map(([name, field]) => ({ type, field: name, key: `${type} ${name}`, title: places.length < 2 ? fault.title : `${fault.title}, ${field.label.toLowerCase()} ${node}`, params: fill(places.findIndex(([one]) => one === name)) }))
  })
}

/** Parameters in a few words, for a chip: whom, and the first dial: `A to B C, 20%`. `nodes`: the whole cluster, to be called `all`. */
export function wordsOf(fault: Fault, params: FaultParams, nodes: readonly NodeId[] = []): string {
  const fields = Object.entries(fault.fields)
  const named = (value: readonly Json[]): string => (nodes.length > 0 && value.length === nodes.length ? texts.faults.whole : value.join(' '))
  const whom = fields.filter(([, field]) => isNodes(field)).map(([name, { label }], place) => (place === 0 ? '' : name === 'to' ? ` ${texts.faults.to} ` : `, ${label.toLowerCase()} `) + named([params[name] ?? ''].flat())).join('')
  const dial = fields.map(([name, field]) => (field.type === 'integer' ? numberText(field, Number(params[name])) : '')).find((word) => word !== '')
  return [whom, dial ?? ''].filter((word) => word !== '').join(', ')
}

/** A number as the page's language writes it, with a true minus: `2,500`. */
export const inFigures = (value: number): string => value.toLocaleString(language).replace('-', '−')

/** A dial's value with its unit: `20%`, `2,500 ms`; one without a unit says what it counts. */
export function numberText(field: Extract<FaultField, { type: 'integer' }>, value: number): string {
  const number = inFigures(value), what = field.unit === '' ? field.label.toLowerCase() : field.unit
  return what === '%' ? `${number}%` : `${number} ${value === 1 ? what.replace(/^(\p{L}{3,})s\b/u, '$1') : what}`
}
