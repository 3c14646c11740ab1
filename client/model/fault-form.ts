import type { Fault, FaultField, FaultParams } from '../../shared/sim/fault.ts'
import { reach, wrongParams } from '../../shared/sim/outages.ts'
import type { Json, NodeId } from '../../shared/sim/types.ts'

/** Values of a fault's form. `leader` among nodes stands for who leads when it starts, `others` for all the rest. */
export type FormValue = number | string | readonly string[]
export type FormValues = { readonly [name: string]: FormValue }

/** Durations that the form offers, in ms; each fault takes those that it allows. */
const durationsMs: readonly number[] = [5_000, 10_000, 15_000, 20_000, 30_000, 45_000, 60_000, 120_000, 300_000]
/** What is chosen at first, in ms. */
export const durationMsUsual = 30_000

export const isNodes = (field: FaultField): field is Extract<FaultField, { type: 'nodes' | 'node' }> => field.type === 'nodes' || field.type === 'node'

/** How long the fault may last: numbers in ms, null for until healed. */
export function durationsOf(fault: Fault): (number | null)[] {
  const allowed: (number | null)[] = durationsMs.filter((ms) => ms <= fault.durationMsMax)
  return fault.untilHealed ? [...allowed, null] : allowed
}

/** The duration nearest to what was wanted that the fault allows. */
export function durationFor(fault: Fault, wantedMs: number | null): number | null {
  if (wantedMs === null) return fault.untilHealed ? null : fault.durationMsMax
  return Math.min(wantedMs, fault.durationMsMax)
}

/** A form as it first stands: the leader is hit; from the leader to all others. */
export function usualValues(fault: Fault): FormValues {
  let nodeFields = 0
  return Object.fromEntries(Object.entries(fault.fields).map(([name, field]): [string, FormValue] => {
    switch (field.type) {
      case 'nodes': return [name, nodeFields++ === 0 ? ['leader'] : ['others']]
      case 'node': return [name, nodeFields++ === 0 ? 'leader' : '']
      case 'integer': return [name, field.usual]
      case 'choice': return [name, field.options[0] ?? '']
    }
  }))
}

/** The parameters for one cluster. What names nodes that it does not have is left out. */
export function paramsFor(fault: Fault, values: FormValues, nodes: readonly NodeId[], leader: NodeId): { [name: string]: Json } {
  const one = (word: string): NodeId[] => (word === 'leader' ? [leader] : word === 'others' ? nodes.filter((id) => id !== leader) : nodes.includes(word) ? [word] : [])
  return Object.fromEntries(Object.entries(fault.fields).map(([name, field]): [string, Json] => {
    const value = values[name]
    if (field.type === 'nodes') {
      const chosen = new Set((typeof value === 'object' ? value : []).flatMap(one))
      return [name, nodes.filter((id) => chosen.has(id))]
    }
    if (field.type === 'node') return [name, one(typeof value === 'string' ? value : '')[0] ?? '']
    return [name, typeof value === 'object' || value === undefined ? null : value]
  }))
}

/** Whom the fault will touch, in words; or why it cannot be started as the form stands. */
export function touches(fault: Fault, params: { [name: string]: Json }, nodes: readonly NodeId[]): { words: string; refusal: string | null } {
  const empty = Object.entries(fault.fields).find(([name, field]) => field.type === 'nodes' && (params[name] as readonly Json[]).length === 0)
  if (empty !== undefined && 'label' in empty[1]) return { words: '', refusal: `${empty[1].label}: choose at least one node.` }
  const wrong = wrongParams(fault, params, nodes)
  if (wrong !== null) return { words: '', refusal: wrong }
  const reached = reach(fault, params, nodes)
  const touched = [
    reached.nodes.length === 0 ? null : `${reached.nodes.length} of ${nodes.length} nodes`,
    reached.links.length === 0 ? null : `${reached.links.length} of ${nodes.length * (nodes.length - 1)} directions`,
  ].filter((part) => part !== null)
  return touched.length === 0 ? { words: '', refusal: 'This touches nobody.' } : { words: `Touches ${touched.join(', ')}.`, refusal: null }
}

export interface NodeChoice { key: string; title: string; params: { [name: string]: Json } }

/** What can be done to one node by every fault of the registry: one entry, or two where a fault has a direction. */
export function choicesFor(registry: { readonly [type: string]: Fault }, node: NodeId, nodes: readonly NodeId[]): (NodeChoice & { type: string })[] {
  const others = nodes.filter((id) => id !== node)
  return Object.entries(registry).flatMap(([type, fault]) => {
    const places = Object.entries(fault.fields).filter(([, field]) => isNodes(field))
    const rest = usualValues(fault)
    const fill = (at: number): { [name: string]: Json } => ({
      ...paramsFor(fault, rest, nodes, node),
      ...Object.fromEntries(places.map(([name, field], index): [string, Json] => (index === at ? [name, field.type === 'node' ? node : [node]] : [name, field.type === 'node' ? others[0] ?? node : others]))),
    })
    return places.map(([name, field], at) => ({ type, key: `${type} ${name}`, title: places.length < 2 ? fault.title : `${fault.title}, ${field.label.toLowerCase()} ${node}`, params: fill(at) }))
  })
}

/** Parameters in a few words, for a chip: `A to B C, 20%`. */
export function wordsOf(fault: Fault, params: FaultParams): string {
  const fields = Object.entries(fault.fields)
  const nodes = fields.filter(([, field]) => isNodes(field)).map(([name]) => [params[name]].flat().join(' '))
  const numbers = fields.flatMap(([name, field]) => (field.type === 'integer' ? [`${Number(params[name]).toLocaleString('en')}${field.unit === '%' ? '%' : ` ${field.unit}`}`] : []))
  return [nodes.join(' to '), ...numbers].filter((word) => word !== '').join(', ')
}
