import type { Field } from './fields.ts'
import type { Json, LatencyShape, NodeId } from './types.ts'

/**
 * What a fault does to one direction of one link while it is active. Effects of several faults on one link compose in the order
 * of these fields, whatever the order in which the faults began; of two with the same field, the one whose name comes first goes first:
 * on sending 1 cut, 2 loss, 3 copies, 4 corruption, 5 rate limit, 6 latency; on arrival 7 cut again, 8 hold, 9 overtaking.
 */
export interface LinkEffect {
  /** Nothing passes. A message under way when the cut begins is lost when it would arrive. */
  cut?: boolean
  /** Each message is lost with this share, in millionths, by a draw of its own for every fault. */
  lossPpm?: number
  /** Messages are lost in spells: a Gilbert-Elliott channel. */
  burst?: Burst
  /** Each message is sent once more with this share, in millionths; every copy travels by itself. */
  duplicatePpm?: number
  /** Each copy is damaged with this share, in millionths. `caught`: a checksum shows it on arrival, and it is thrown away. */
  corrupt?: { ppm: number; caught: boolean }
  /** Copies leave one after the other; of two limits on a link the slower one holds. */
  rate?: Rate
  /** Extra travel time, added to the base latency and to that of other faults. */
  latency?: LatencyShape
  /** Share of the messages to which the extra latency applies, in millionths; all when absent. */
  latencyPpm?: number
  /** How likely the extra latency of one second is that of the second before, in millionths; none when absent. */
  correlationPpm?: number
  /** What would arrive waits until no hold acts any more; then all of it arrives at once, in order. */
  hold?: boolean
  /** This share, in millionths, waits on arrival until `gap` messages sent after it have passed it. */
  overtaken?: { ppm: number; gap: number }
}

/**
 * A channel with a good and a bad state (Gilbert, "Capacity of a burst-noise channel", 1960; Elliott, 1963; the letters are those
 * of `tc netem`). It moves once a second: from good to bad with the chance p, back with r. All in millionths.
 */
export interface Burst { pPpm: number; rPpm: number; lossBadPpm: number; lossGoodPpm: number }
/** One copy each `intervalMs`; at most `queueMax` wait, then the newest or the oldest is dropped. */
export interface Rate { intervalMs: number; queueMax: number; drop: 'newest' | 'oldest' }

/** What a fault does to a node while it is active. */
export interface NodeEffect {
  /** `crash`: the process dies, the machine stays; `power-cut`: what was not synced is lost too. Either comes before a pause. */
  power?: 'crash' | 'power-cut' | 'pause'
  /** Everything it handles takes so long, one thing at a time. Of several, the longest counts. */
  workMs?: number
}

/** What a fault does to a node's clock while it is active. */
export interface ClockEffect {
  /** Ahead by so much, negative for behind. */
  shiftMs?: number
  /** It gains so much, in millionths. Several add up, to `DRIFT_PPM_MAX` at most. */
  driftPpm?: number
  /** Whether the shift is taken back when the fault ends; else the clock stays bent. */
  returns?: boolean
}

/** What a fault sees of its cluster: its nodes, and how often it turned since it began. */
export interface Turn { ids: readonly NodeId[]; phase: number }

export type FaultFields = { readonly [name: string]: FaultField }
export type FaultField =
  | Exclude<Field, { type: 'letter' | 'request' | 'peer' | 'stamp' | 'durable' }>
  /** A set of nodes: at least one, and not all where `proper` is set. */
  | { type: 'nodes'; label: string; proper: boolean }
  | { type: 'node'; label: string }

/** Parameters after parsing: names as in `fields`. */
export type FaultParams = { readonly [name: string]: Json }

/** A ready-made choice. Nodes may be words that `shared/faults/targets.ts` resolves when it is started, such as `leader` or `minority`. */
export interface Preset { title: string; params: { readonly [name: string]: Json }; durationMs?: number | null }

/** One way to break the world: one file and one registry line. */
export interface Fault {
  title: string
  /** What the class is told. */
  sentence(params: FaultParams): string
  fields: FaultFields
  /** Ready-made choices for the palette. */
  presets: readonly Preset[]
  /** Usual duration in ms. */
  durationMsUsual: number
  /** Longest duration in ms, and whether it may stay until healed. */
  durationMsMax: number
  untilHealed: boolean
  /** How it composes with the others, for the reader. */
  composes: string
  /** What the fields cannot say, e.g. that two nodes must differ; null when fine. */
  invalid?(params: FaultParams, ids: readonly NodeId[]): string | null
  /** What the mission must allow: messages that lie, or clocks that are bent in mid-round. */
  needs?(params: FaultParams): 'lies' | 'bent-clocks' | null
  /** A fault that comes and goes turns this often, in ms; null or absent: it does not. */
  phaseMs?(params: FaultParams): number | null
  link?(params: FaultParams, from: NodeId, to: NodeId, turn: Turn): LinkEffect | null
  node?(params: FaultParams, node: NodeId, turn: Turn): NodeEffect | null
  clock?(params: FaultParams, node: NodeId, turn: Turn): ClockEffect | null
}

export type FaultRegistry = { readonly [type: string]: Fault }
