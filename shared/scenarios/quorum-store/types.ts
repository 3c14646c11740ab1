import type { ClockMs, NodeId, Self as AnySelf } from '../../sim/types.ts'

/** What customers read and write. */
export const KEYS = ['x', 'y'] as const
export type Key = (typeof KEYS)[number]

/**
 * A counter, and the request that made it: no two writes ever make the same version, even where one coordinator handles two at once or forgets one in a crash.
 * The higher counter is newer; of equal counters, the name that comes later.
 */
export type Version = readonly [counter: number, request: string]
export interface Copy { value: string | null; version: Version }
export const NOTHING: Copy = { value: null, version: [0, ''] }

export interface QuorumStore {
  disk: { copies: { [key: string]: Copy } }
  memory: {
    /** How many copies a read asks, and how many must have taken a write. */
    read: number
    write: number
    /** Requests that this node coordinates, by their number here. */
    under: { [request: string]: Coordination }
  }
  message: Message
  action: Action
  operation: Operation
  reply: Reply
}

export interface Coordination {
  /** Names it in messages: the node and its request. */
  op: string
  phase: 'query' | 'store'
  /** Copies heard of, the own one too. */
  answers: { [node: NodeId]: Copy }
  /** Who has stored it, the own disk too. */
  acks: NodeId[]
  /** What is being stored; null while copies are asked. */
  chosen: Copy | null
  /** When it was last asked or sent to those who did not answer. */
  sentAtMs: ClockMs
}

export type Message =
  | { kind: 'query'; op: string; key: Key }
  | { kind: 'value'; op: string; key: Key; copy: Copy }
  | { kind: 'store'; op: string; key: Key; copy: Copy }
  | { kind: 'stored'; op: string; key: Key; version: Version }

export type Action =
  | { kind: 'query'; request: number; durable: boolean }
  | { kind: 'store'; request: number; durable: boolean }
  | { kind: 'store-by-clock'; request: number; durable: boolean }
  | { kind: 'write-back'; request: number; durable: boolean }
  | { kind: 'reply-ok'; request: number }
  | { kind: 'reply-value'; request: number }
  | { kind: 'reply-fail'; request: number }
  | { kind: 'answer'; letter: number; durable: boolean }
  | { kind: 'ack'; letter: number; durable: boolean }
  | { kind: 'count'; letter: number }
  | { kind: 'repeat' }
  | { kind: 'set-quorum'; read: number; write: number }

export type Operation = { kind: 'write'; key: Key; value: string } | { kind: 'read'; key: Key }
export type Reply =
  | { kind: 'stored'; key: Key; version: Version }
  | { kind: 'value'; key: Key; value: string | null; version: Version }
  /** `sure`: nothing was sent to be stored, so it certainly had no effect. */
  | { kind: 'failed'; sure: boolean }

export type Self = AnySelf<QuorumStore>
