import type { FactNo, Json, Level, MessageId, NodeId, PlayedBy, RequestId, Shape, SimMs } from './types.ts'
import type { ParkReason } from './world.ts'

/**
 * What happened, derived from the recording, numbered, with causes of two sorts. `before` is Lamport's happened-before
 * relation ("Time, clocks, and the ordering of events", 1978): the node's earlier fact, the message sent, the customer's
 * session. `because` explains (a fault, the workload, a witness) but carries no knowledge: one partition does not order two
 * nodes that never spoke.
 */
interface Base {
  n: FactNo
  atMs: SimMs
  /** The node at which it happened; null for facts of the world that no node lives through. */
  node: NodeId | null
  before: readonly FactNo[]
  because: readonly FactNo[]
}

/** `corrupted`: a checksum showed the damage. `rate`: dropped by a rate limit. `overflow`: too much waited at a node or on a hold. */
export type LossReason = 'loss' | 'cut' | 'crashed' | 'corrupted' | 'rate' | 'overflow'
export type RefusalReason = string

export type Fact =
  /** A customer asked a node that is paused or slow, and takes the request (`requested`) only later: for the customer it began here. */
  | (Base & { kind: 'asked'; node: null; request: RequestId; customer: number; to: NodeId; operation: Shape['operation']; deadlineAtMs: SimMs })
  /** A customer's request reached a node. `hop` counts how often it was sent on. */
  | (Base & { kind: 'requested'; node: NodeId; request: RequestId; customer: number; local: number; hop: number; operation: Shape['operation']; deadlineAtMs: SimMs })
  /** A customer could not reach its node, which was crashed or had no room, or it was sent on too often. */
  | (Base & { kind: 'unreached'; node: null; request: RequestId; customer: number; to: NodeId })
  /** `arrivals`: planned travel time in ms of every copy; empty if it is lost at once. Never shown to a node. */
  | (Base & { kind: 'sent'; node: NodeId; message: MessageId; to: NodeId; body: Shape['message']; arrivals: readonly number[] })
  /** `letter`: its number in the receiver's inbox. `copy` 0 is the original. */
  | (Base & { kind: 'delivered'; node: NodeId; message: MessageId; from: NodeId; body: Shape['message']; letter: number; copy: number })
  | (Base & { kind: 'lost'; node: null; message: MessageId; from: NodeId; to: NodeId; copy: number; reason: LossReason })
  /** A copy is kept back on its link: by a hold, by a rate limit, or to be overtaken. */
  | (Base & { kind: 'held'; node: null; message: MessageId; from: NodeId; to: NodeId; copy: number; why: ParkReason })
  /** It goes on, and would arrive in `inMs`. */
  | (Base & { kind: 'released'; node: null; message: MessageId; from: NodeId; to: NodeId; copy: number; inMs: number })
  /** `letter`, `request`: what it answers, by identity. `rule`: which rule decided, null for a student. */
  | (Base & { kind: 'acted'; node: NodeId; action: Shape['action']; rule: string | null; message: MessageId | null; request: RequestId | null })
  | (Base & { kind: 'refused'; node: NodeId; action: Json; reason: RefusalReason })
  /** What was written before is now on the disk. */
  | (Base & { kind: 'stored'; node: NodeId; disk: Shape['disk'] })
  | (Base & { kind: 'timer'; node: NodeId; name: string; dueMs: number })
  | (Base & { kind: 'replied'; node: NodeId; request: RequestId; customer: number; local: number; reply: Shape['reply']; tookMs: number })
  | (Base & { kind: 'redirected'; node: NodeId; request: RequestId; customer: number; local: number; to: NodeId })
  /** The deadline passed. `node` is where it waited, null if nowhere. */
  | (Base & { kind: 'expired'; request: RequestId; customer: number; local: number | null })
  /** `lostWrite`: what was not synced is gone too. */
  | (Base & { kind: 'crashed'; node: NodeId; lostWrite: boolean })
  | (Base & { kind: 'restarted'; node: NodeId })
  | (Base & { kind: 'paused'; node: NodeId })
  | (Base & { kind: 'resumed'; node: NodeId; heldCount: number; pausedMs: number })
  /** The node's clock jumped by `byMs`, or gains another share from now on. `offsetMs`: how far it is ahead of true time now. */
  | (Base & { kind: 'clock-bent'; node: NodeId; byMs: number; offsetMs: number; driftPpm: number })
  | (Base & { kind: 'fault-started'; node: null; fault: string; type: string; params: Json; endsAtMs: SimMs | null; nodes: readonly NodeId[]; links: readonly (readonly [NodeId, NodeId])[] })
  | (Base & { kind: 'fault-ended'; node: null; fault: string; type: string; healed: boolean })
  /** A fault that comes and goes turned for the `phase`-th time; odd phases are the off ones. */
  | (Base & { kind: 'fault-turned'; node: null; fault: string; type: string; params: Json; phase: number; nodes: readonly NodeId[]; links: readonly (readonly [NodeId, NodeId])[] })
  /** A fault was asked for that physics does not allow (unknown, out of limits, already there). */
  | (Base & { kind: 'fault-refused'; node: null; fault: string; reason: string })
  | (Base & { kind: 'seat-changed'; node: NodeId; playedBy: PlayedBy })
  | (Base & { kind: 'level-changed'; node: NodeId; level: Level })
  /** `because` is the witness in causal order; `values` are what the claim's sentence is made of. */
  | (Base & { kind: 'breached'; claim: string; key: string; severity: Severity; values: { readonly [name: string]: Json } })
  | (Base & { kind: 'ended'; node: null })

export type Severity = 'severe' | 'minor' | 'liveness'
export type FactKind = Fact['kind']
/** All kinds, for readers of facts that were kept. The compiler sees to it that none is left out. */
export const FACT_KINDS: readonly FactKind[] = Object.keys({
  asked: 0, requested: 0, unreached: 0, sent: 0, delivered: 0, lost: 0, held: 0, released: 0, 'clock-bent': 0, 'fault-turned': 0, acted: 0, refused: 0, stored: 0, timer: 0, replied: 0, redirected: 0, expired: 0, crashed: 0,
  restarted: 0, paused: 0, resumed: 0, 'fault-started': 0, 'fault-ended': 0, 'fault-refused': 0, 'seat-changed': 0, 'level-changed': 0, breached: 0, ended: 0,
} satisfies { [K in FactKind]: 0 }) as FactKind[]
export type FactOf<K extends FactKind> = Extract<Fact, { kind: K }>
/** A fact before it has its number and its time. */
export type Draft = Fact extends infer F ? (F extends Fact ? Omit<F, 'n' | 'atMs'> : never) : never
