import type { Fault, FaultParams, FaultRegistry } from '../../shared/sim/fault.ts'
import type { NodeId } from '../../shared/sim/types.ts'

/** Whom a fault touches: nodes it acts on, and directions of links. */
export interface Touched { nodes: NodeId[]; links: [NodeId, NodeId][] }

/** What a fault is, said a second time and as simply as possible, so that the first time can be held against it. */
export interface Definition {
  /** Parameters for a cluster of the nodes A to E, strong enough for its traces to show on every link and node that it touches. */
  sample: FaultParams
  /** How long it is to last in a test, in ms. */
  lastsMs?: number
  touches(params: FaultParams, ids: readonly NodeId[]): Touched
  checks: { readonly [what: string]: Check }
}

export interface Check {
  /** Holds what the registry's fault does over 100,000 draws against the definition; throws `Deviation`. */
  holds(registry: FaultRegistry): void
  /** Wrong copies of the fault, by what is wrong with them: `holds` must tell each from the true one. */
  planted: { readonly [wrong: string]: (fault: Fault) => Fault }
}

export const none: Touched = { nodes: [], links: [] }

/** Every direction of a link between two of the nodes for which `test` holds. */
export function linksWhere(ids: readonly NodeId[], test: (from: NodeId, to: NodeId) => boolean): Touched {
  const links: [NodeId, NodeId][] = []
  for (const from of ids) for (const to of ids) if (from !== to && test(from, to)) links.push([from, to])
  return { nodes: [], links }
}

export const nodesOf = (params: FaultParams, name: string): NodeId[] => [params[name] ?? []].flat() as NodeId[]
/** For faults with the fields `from` and `to`. */
export const fromTo = (params: FaultParams, ids: readonly NodeId[]): Touched =>
  linksWhere(ids, (from, to) => nodesOf(params, 'from').includes(from) && nodesOf(params, 'to').includes(to))
/** For faults with the field `nodes`. */
export const itsNodes = (params: FaultParams): Touched => ({ nodes: nodesOf(params, 'nodes'), links: [] })

/** The registry with a wrong copy in one place. */
export const withPlanted = (registry: FaultRegistry, id: string, plant: (fault: Fault) => Fault): FaultRegistry => {
  const fault = registry[id]
  if (fault === undefined) throw new Error(`there is no fault ${id}`)
  return { ...registry, [id]: plant(fault) }
}

/** A copy of a fault that meets other parameters than it was given. */
export const misled = (change: (params: FaultParams) => FaultParams) => (fault: Fault): Fault => ({
  ...fault,
  ...(fault.link === undefined ? {} : { link: (params, from, to, turn) => fault.link?.(change(params), from, to, turn) ?? null }),
  ...(fault.node === undefined ? {} : { node: (params, node, turn) => fault.node?.(change(params), node, turn) ?? null }),
  ...(fault.clock === undefined ? {} : { clock: (params, node, turn) => fault.clock?.(change(params), node, turn) ?? null }),
  ...(fault.phaseMs === undefined ? {} : { phaseMs: (params) => fault.phaseMs?.(change(params)) ?? null }),
})

/** A copy of a fault whose effect on a link is altered. */
export const altered = (change: (effect: NonNullable<ReturnType<NonNullable<Fault['link']>>>) => ReturnType<NonNullable<Fault['link']>>) => (fault: Fault): Fault => ({
  ...fault,
  link: (params, from, to, turn) => {
    const effect = fault.link?.(params, from, to, turn) ?? null
    return effect === null ? null : change(effect)
  },
})
