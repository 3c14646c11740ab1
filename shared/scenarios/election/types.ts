import type { ClockMs, NodeId, Self as AnySelf } from '../../sim/types.ts'

export type Role = 'follower' | 'candidate' | 'leader'

export interface Election {
  disk: {
    /** The highest term this node has taken part in. */
    term: number
    /** For whom it voted in that term. */
    votedFor: NodeId | null
  }
  memory: {
    role: Role
    /** When this node last woke up with an empty memory; null at the start of a round, when no term has ever been. */
    wokeAtMs: ClockMs | null
    /** The leader it last heard from, by a beat of at least its own term. */
    leader: { id: NodeId; term: number; atMs: ClockMs } | null
    /** What was last heard of each peer. */
    heard: { [peer: NodeId]: { atMs: ClockMs; term: number; says: Message['kind'] } }
    /** How long it waits for a leader before it stands. */
    timeoutMs: number
    /** Since when it waits. */
    waitsSinceMs: ClockMs
    /** Candidate: votes counted in this term, its own included, and when it last asked. */
    votes: NodeId[]
    askedAtMs: ClockMs | null
    /** Leader: since when, number and time of its latest beat, send times of recent beats, and for each peer the send time of the latest beat it acknowledged. */
    ledAtMs: ClockMs | null
    beat: number
    beatAtMs: ClockMs | null
    beats: { beat: number; atMs: ClockMs }[]
    acks: { [peer: NodeId]: ClockMs }
  }
  message: Message
  action: Action
  operation: { kind: 'stamp'; parcel: number }
  reply: { kind: 'stamped'; parcel: number; term: number }
}

export type Message =
  | { kind: 'ask-vote'; term: number }
  | { kind: 'vote'; term: number; granted: boolean }
  | { kind: 'beat'; term: number; beat: number }
  | { kind: 'beat-ack'; term: number; beat: number }

export type Action =
  | { kind: 'stand'; durable: boolean }
  | { kind: 'ask-again' }
  | { kind: 'grant'; letter: number; durable: boolean }
  | { kind: 'deny'; letter: number }
  | { kind: 'count-vote'; letter: number }
  | { kind: 'lead' }
  | { kind: 'beat' }
  | { kind: 'ack'; letter: number }
  | { kind: 'note-ack'; letter: number }
  | { kind: 'adopt-term'; letter: number; durable: boolean }
  | { kind: 'step-down' }
  | { kind: 'set-timeout'; timeoutMs: number }
  | { kind: 'serve'; request: number }
  | { kind: 'redirect'; request: number; to: NodeId }

export type Self = AnySelf<Election>

/** Send times of beats that a leader keeps: an acknowledgement of an older one is worth nothing any more. */
export const BEATS_KEPT = 8
