import type { Field } from './fields.ts'
import type { Json, LatencyShape, NodeId } from './types.ts'

/** What a fault does to one direction of one link while it is active. Effects of several faults compose in this order. */
export interface LinkEffect {
  /** 1. Nothing passes. A message under way when the cut begins is lost when it would arrive. */
  cut?: boolean
  /** 2. Each message is lost with this share, in millionths, by a draw of its own for every fault. */
  lossPpm?: number
  /** 3. Each message is sent once more with this share, in millionths; every copy travels by itself. */
  duplicatePpm?: number
  /** 4. Extra travel time, added to the base latency and to that of other faults. */
  latency?: LatencyShape
  /** Share of the messages to which the extra latency applies, in millionths; all when absent. */
  latencyPpm?: number
}

/** What a fault does to a node while it is active. */
export type NodeEffect = 'crash' | 'pause'

export type FaultFields = { readonly [name: string]: FaultField }
export type FaultField =
  | Exclude<Field, { type: 'letter' | 'request' | 'peer' | 'durable' }>
  /** A set of nodes: at least one, and not all where `proper` is set. */
  | { type: 'nodes'; label: string; proper: boolean }
  | { type: 'node'; label: string }

/** Parameters after parsing: names as in `fields`. */
export type FaultParams = { readonly [name: string]: Json }

/** One way to break the world: one file and one registry line. */
export interface Fault {
  title: string
  /** What the class is told. */
  sentence(params: FaultParams): string
  fields: FaultFields
  /** Ready-made choices for the palette. */
  presets: readonly { title: string; params: FaultParams; durationMs: number | null }[]
  /** Longest duration in ms, and whether it may stay until healed. */
  durationMsMax: number
  untilHealed: boolean
  /** How it composes with the others, for the reader. */
  composes: string
  /** What the fields cannot say, e.g. that two nodes must differ; null when fine. */
  invalid?(params: FaultParams): string | null
  link?(params: FaultParams, from: NodeId, to: NodeId): LinkEffect | null
  node?(params: FaultParams, node: NodeId): NodeEffect | null
}

export type FaultRegistry = { readonly [type: string]: Fault }
