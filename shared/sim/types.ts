import type { Json } from './json.ts'

/** A node's name: one letter, in the order of its seat. Packet letters (H R Y N K ...) never are node names. */
export type NodeId = string
/** Names by seat. Eight and nine nodes skip H and I, which would read as a heartbeat and a one. */
export const NODE_IDS: readonly NodeId[] = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'J', 'K']

/** Simulated true time in whole milliseconds since the start of the round. No node ever sees it. */
export type SimMs = number
/** What a node's own clock shows, in whole milliseconds. */
export type ClockMs = number
/** Position of a fact in its cluster's history, from 0. */
export type FactNo = number
/** Who sent what about what, and which attempt: stable across forks. E.g. `A>C ask-vote 3 #1`. */
export type MessageId = string
/** A customer's request: `c0/4` is the fourth of customer 0 (counted from 0). */
export type RequestId = string

export type Level = 'L0' | 'L1' | 'L2' | 'L3'
export const LEVELS: readonly Level[] = ['L0', 'L1', 'L2', 'L3']
/** Who decides at a seat. `away`: its student is gone, and the bot plays until they return. */
export type PlayedBy = 'student' | 'bot'

/** What a mission fills in: the types of its state, messages, actions, operations and replies. All plain JSON. */
export interface Shape {
  disk: object
  memory: object
  message: { kind: string }
  action: { kind: string; letter?: number; request?: number; durable?: boolean }
  operation: { kind: string }
  reply: { kind: string }
}

/** A message in the inbox. `n` counts this node's arrivals: it says nothing about anybody else. */
export interface Letter<M = Shape['message']> {
  n: number
  from: NodeId
  message: M
  /** When it arrived, on the node's own clock. */
  atMs: ClockMs
  /** An action has answered it. */
  handled: boolean
}

/** A customer's request that waits at a node. `n` counts this node's requests. */
export interface OpenRequest<O = Shape['operation']> {
  n: number
  operation: O
  atMs: ClockMs
  deadlineAtMs: ClockMs
}

/**
 * All that a node may know, and all that a rule, an action or a screen may read of it. It leaves the server as it is:
 * no true time, no draws, no other node's state may ever be put here.
 */
export interface Self<S extends Shape = Shape> {
  id: NodeId
  peers: NodeId[]
  /** The node's own clock. */
  clockMs: ClockMs
  disk: S['disk']
  memory: S['memory']
  inbox: Letter<S['message']>[]
  requests: OpenRequest<S['operation']>[]
  /** The mission's timings for this round: public, the same for all. */
  timings: Timings
}

/** Named durations of a mission in ms, e.g. `leaseMs`. */
export type Timings = { readonly [name: string]: number }

/** What a node is told, one at a time; rules name these with a trigger. */
export type NodeEvent<S extends Shape = Shape> =
  | { on: 'message'; letter: Letter<S['message']> }
  | { on: 'request'; request: OpenRequest<S['operation']> }
  | { on: 'alarm'; name: string; dueMs: ClockMs }
  | { on: 'start'; restarted: boolean }

/** `message ask-vote`, `alarm beat`, `request` or `start`. */
export type Trigger = `message ${string}` | `alarm ${string}` | 'request' | 'start'

/** How a latency is distributed; one way, in whole ms. */
export type LatencyShape =
  | { shape: 'constant'; ms: number }
  | { shape: 'uniform'; leastMs: number; mostMs: number }
  /** Log-normal (sigma 0.4) round a median, cut off at both ends: most are quick, a few are late. */
  | { shape: 'log-normal'; medianMs: number; leastMs: number; mostMs: number }
  /** A tail by its median and its spread: 84% take at most `medianMs + spreadMs`. Never below 0, never above two minutes. */
  | { shape: 'tail'; of: TailShape; medianMs: number; spreadMs: number }

export type TailShape = 'normal' | 'exponential' | 'log-normal' | 'pareto'

/** How a round is set up; part of the header of its recording, and enough with the seed to start it. */
export interface Settings {
  nodes: number
  level: Level
  /** Start offset of each node's clock in ms, by seat. */
  clockOffsetsMs: readonly number[]
  /** One-way latency of every link while no fault acts. */
  latency: LatencyShape
  /** How long a disk takes to make a write durable, in ms. */
  syncMs: number
  /** Misconception held by a seat whose rules run, by seat number. */
  beliefs: { readonly [seat: string]: string }
  /** Who plays each seat at the start. */
  playedBy: readonly PlayedBy[]
  /** Whether simulated customers come. */
  customers: boolean
  durationMs: number
}

export type { Json }
