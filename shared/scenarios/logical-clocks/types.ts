import type { ClockMs, NodeId, Self as AnySelf } from '../../sim/types.ts'

export const VERBS = ['create', 'pay', 'ship', 'cancel'] as const
export type Verb = (typeof VERBS)[number]
export const ORDERS = [1, 2, 3] as const
export type Relation = 'before' | 'after' | 'concurrent'
export const RELATIONS: readonly Relation[] = ['before', 'after', 'concurrent']

/** A Lamport clock, then a vector: one number for each node, in the order of their names. */
export type Stamp = readonly [clock: number, ...vector: number[]]

/** An operation on an order, as its maker stamped it. */
export interface Entry {
  /** Its maker and the maker's number of the request. */
  name: string
  node: NodeId
  /** The how manyth operation of its maker. */
  nth: number
  verb: Verb
  order: number
  stamp: Stamp
  /** How many operations of each node its maker had applied when it made this one: what it rests on. */
  rests: readonly number[]
}

export interface LogicalClocks {
  disk: {
    /** The stamp of the node's last event. */
    stamp: Stamp
    /** All operations that this node has applied, by clock and then by maker. */
    log: Entry[]
    /** Own operations that some peer has not acknowledged, and who has. */
    outbox: { name: string; acks: NodeId[] }[]
  }
  memory: { sentAtMs: ClockMs }
  message: Message
  action: Action
  operation: Operation
  reply: Reply
}

export type Message = { kind: 'op'; entry: Entry } | { kind: 'got'; name: string }

export type Action =
  | { kind: 'stamp'; request: number; stamp: number[] }
  | { kind: 'apply'; letter: number; stamp: number[] }
  | { kind: 'ack'; letter: number }
  | { kind: 'note'; letter: number }
  | { kind: 'repeat' }
  | { kind: 'answer'; request: number; relation: Relation }
  | { kind: 'too-few'; request: number }

/** What a customer brings along of its last answer: the operation that it placed. */
export interface Brought { name: string; stamp: Stamp }
export type Operation = { kind: 'place'; verb: Verb; order: number; after: Brought | null } | { kind: 'compare' }
export type Reply = { kind: 'placed'; entry: Entry } | { kind: 'relation'; first: string; second: string; relation: Relation } | { kind: 'too-few' }

export type Self = AnySelf<LogicalClocks>
