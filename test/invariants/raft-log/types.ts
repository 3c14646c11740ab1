import type { LogEntry } from '../../../shared/invariants/logs.ts'
import type { ClockMs, NodeId, Self as AnySelf } from '../../../shared/sim/types.ts'

/** An entry by its place and its term; `{ index: 0, term: 0 }` stands before the first. */
export interface Place { index: number; term: number }
/** An entry on its way: how a disk counts its writes is no other node's business. */
export interface Sent { term: number; command: number }

/** Raft without snapshots and changes of members (Ongaro and Ousterhout, 2014, figure 2). */
export interface RaftLog {
  disk: { term: number; votedFor: NodeId | null; log: LogEntry[]; writes: number }
  memory: {
    role: 'follower' | 'candidate' | 'leader'
    votes: NodeId[]
    /** Leader: the next entry to send to each peer, and the last that each is known to have. */
    next: { [peer: NodeId]: number }
    matched: { [peer: NodeId]: number }
    committed: number
    applied: number
    /** Requests that wait for the entry of an index. */
    asked: { [request: string]: Place }
    /** Bots: since when it waits for a leader, and when it last spoke as one. */
    waitsSinceMs: ClockMs
    spokeAtMs: ClockMs
  }
  message:
    | { kind: 'ask-vote'; term: number; last: Place }
    | { kind: 'vote'; term: number; granted: boolean }
    | { kind: 'append'; term: number; previous: Place; entries: Sent[]; committed: number }
    /** `matched`: up to where the logs are now the same; null: rejected. */
    | { kind: 'append-ack'; term: number; matched: number | null }
  action:
    | { kind: 'recover' }
    | { kind: 'stand'; durable: boolean }
    | { kind: 'grant'; letter: number; durable: boolean }
    | { kind: 'deny'; letter: number }
    | { kind: 'count-vote'; letter: number }
    | { kind: 'lead' }
    | { kind: 'write'; command: number }
    | { kind: 'append'; request: number }
    | { kind: 'replicate'; to: NodeId }
    | { kind: 'accept'; letter: number; durable: boolean }
    | { kind: 'reject'; letter: number }
    | { kind: 'note-ack'; letter: number }
    | { kind: 'commit'; index: number; term: number }
    | { kind: 'apply'; index: number; command: number }
    | { kind: 'answer'; request: number }
    | { kind: 'adopt-term'; letter: number }
  operation: { kind: 'write'; command: number }
  reply: { kind: 'written'; index: number; term: number }
}

export type Message = RaftLog['message']
export type Self = AnySelf<RaftLog>
