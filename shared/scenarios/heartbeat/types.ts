import type { ClockMs, NodeId, Self as AnySelf } from '../../sim/types.ts'

export type Belief = 'alive' | 'suspected'

export interface Heartbeat {
  /** A failure detector keeps nothing across a crash: what it heard is worth nothing when it wakes. */
  disk: object
  memory: {
    /** When this node last woke up with an empty memory; the start of the round counts. */
    wokeAtMs: ClockMs
    /** How often it beats, and its last beat. */
    intervalMs: number
    beat: number
    beatAtMs: ClockMs | null
    /** What is known of each peer. */
    of: { [peer: NodeId]: Known }
    /** One timeout for all, set by hand: then no rule tunes them. */
    fixed: boolean
  }
  message: Message
  action: Action
  operation: { kind: 'none' }
  reply: { kind: 'none' }
}

export interface Known {
  belief: Belief
  /** When its last beat arrived, by the own clock; null before the first. */
  heardAtMs: ClockMs | null
  beat: number
  /** Times between its latest beats' arrivals, oldest first. */
  gapsMs: number[]
  /** After this long without a beat it would be suspected. */
  timeoutMs: number
}

export interface Message { kind: 'beat'; beat: number }

export type Action =
  | { kind: 'beat' }
  | { kind: 'suspect'; peer: NodeId }
  | { kind: 'trust'; letter: number }
  | { kind: 'set-timeout'; peer: NodeId; timeoutMs: number }
  | { kind: 'set-all'; timeoutMs: number }
  | { kind: 'set-interval'; intervalMs: number }

export type Self = AnySelf<Heartbeat>

/** Gaps that a node keeps of each peer. */
export const GAPS_KEPT = 8
/** Timeouts that can be set, in ms. */
export const TIMEOUT_MS = { least: 10_000, most: 40_000 } as const
export const INTERVAL_MS = { least: 2_000, most: 12_000 } as const
