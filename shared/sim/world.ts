import type { Attempts } from './attempts.ts'
import type { Seed } from './draws.ts'
import type { Clock } from './clocks.ts'
import type { FaultParams } from './fault.ts'
import type { RecordedAction } from './inputs.ts'
import type { Origin } from './letters.ts'
import type { FactNo, Json, Level, MessageId, PlayedBy, RequestId, Self, Settings, Shape, SimMs } from './types.ts'

/** The whole state of one simulated cluster as plain JSON: cloning it is a checkpoint, and a fork. */
export interface World {
  scenario: string
  seed: Seed
  settings: Settings
  nowMs: SimMs
  /** Next number for the event queue. */
  order: number
  facts: FactNo
  /** Running digest over all facts so far: two unsigned 32-bit words. */
  digest: [number, number]
  nodes: NodeWorld[]
  queue: Scheduled[]
  faults: ActiveFault[]
  /** Copies that faults keep back on links, in the order in which they were kept back. */
  parked: Parked[]
  /** Directions of links that a rate limit has used, by `from>to` seat numbers. */
  lanes: { [link: string]: Lane }
  customers: Customer[]
  /** State of each claim's fold, by claim. */
  claims: { [claim: string]: Json }
  /** Keys of the breaches reported, by claim. */
  broken: { [claim: string]: string[] }
  ended: boolean
}

export interface NodeWorld {
  /** What the node may know; everything else here is outside its horizon. */
  self: Self
  clock: Clock
  playedBy: PlayedBy
  level: Level
  /** Name of the misconception that its rules hold, or null. */
  belief: string | null
  up: boolean
  /** The fault that crashed it, while it is down. */
  crashedBy: FactNo | null
  /** Since when it is paused, or null. Its `self.clockMs` then is what its clock showed. */
  pausedAtMs: SimMs | null
  /** Since when it runs: its last start, or its last waking. */
  runsSinceMs: SimMs
  /** What survives the loss of power. A process that dies leaves all that it wrote. */
  syncedDisk: Shape['disk']
  /** Writes on their way to the disk, oldest first, each with what may leave only after it. */
  barriers: Barrier[]
  /** How long it takes to handle each thing, while something slows it down; 0 for at once. */
  workMs: number
  /** When it will have handled the first of what waits; null when it is not at work. */
  workAtMs: SimMs | null
  /** What queued while paused or slow, in the order it came. */
  held: Held[]
  /** Rules that were switched on while it was paused, to be offered what waits when it wakes up. */
  fresh: string[]
  /** The due times at which each alarm went off, ascending: a pair goes off once, until the clock is bent back before it. */
  fired: { [alarm: string]: number[] }
  lastFact: FactNo
  /** How often each thing was said: the attempt in a message's identity. */
  attempts: Attempts
  letters: number
  requests: number
  /** Where each letter in the inbox came from, in the order of the inbox. */
  origins: Origin[]
  requestIds: { [n: string]: RequestId }
  /** Counts restarts: a disk write begun before a crash must not complete after it. */
  boots: number
}

export interface Barrier { disk: Shape['disk']; out: Outgoing[] }
export type Outgoing =
  | { kind: 'send'; to: number; body: Shape['message'] }
  | { kind: 'reply'; local: number; request: RequestId; reply: Shape['reply'] }
  | { kind: 'redirect'; local: number; request: RequestId; to: number }

export type Held =
  | { kind: 'deliver'; flight: Flight }
  | { kind: 'act'; action: RecordedAction }
  | { kind: 'request'; customer: number; n: number }
  | { kind: 'synced'; boot: number }
  | { kind: 'start'; restarted: boolean }

export interface Flight {
  message: MessageId
  from: number
  to: number
  /** As it arrives; another one than was sent when a lie was let through. */
  body: Shape['message']
  sent: FactNo
  copy: number
  /** The fact that damaged it, and whether a checksum shows it on arrival; absent when whole. */
  corrupted?: { caught: boolean; because: FactNo }
  /** It is to be overtaken; absent when not, or when it was. */
  late?: Late
}

/** That a copy waits on arrival until `gap` messages sent later have passed it, by which fault. */
export interface Late { fault: string; gap: number; because: FactNo }

/** A copy that is kept back. `hold`: until no hold acts on its link; `rate`: until its turn comes; `overtaken`: until `gap` messages passed it, which are named by their sending. */
export type Parked = { flight: Flight } & (
  | { why: 'hold' }
  | { why: 'rate'; travelMs: number }
  | { why: 'overtaken'; fault: string; gap: number; passedBy: FactNo[] })
export type ParkReason = Parked['why']

/** One direction of a link under a rate limit. */
export interface Lane {
  /** When a copy left last; null for never. */
  leftAtMs: SimMs | null
  /** When the first of those that wait leaves; null when none waits. */
  departAtMs: SimMs | null
}

/** An event in the queue. `atMs`, then `order`: when it runs. All have one shape, so that the queue compares them fast. */
export interface Scheduled { atMs: SimMs; order: number; event: ScheduledEvent }
export type ScheduledEvent =
  | { kind: 'deliver'; flight: Flight }
  | { kind: 'start'; seat: number }
  | { kind: 'synced'; seat: number; boot: number }
  | { kind: 'ask'; customer: number }
  | { kind: 'arrive'; customer: number; n: number; seat: number }
  | { kind: 'expire'; customer: number; n: number }
  /** Faults end or turn. */
  | { kind: 'faults' }
  /** A slow node has handled the next thing. */
  | { kind: 'work'; seat: number }
  /** The next copy leaves a rate limit's queue. */
  | { kind: 'depart'; from: number; to: number }
  /** A copy that was to be overtaken has waited long enough. */
  | { kind: 'overdue'; message: MessageId; copy: number }
  | { kind: 'check'; claim: string; key: string }

export interface ActiveFault {
  id: string
  type: string
  params: FaultParams
  startedMs: SimMs
  endsAtMs: SimMs | null
  fact: FactNo
  /** How often it turned, for one that comes and goes. */
  phase: number
  /** By how much it has shifted clocks, by seat, in ms. */
  bends: { [seat: string]: number }
}

export interface Customer {
  /** Requests made so far. */
  n: number
  /** Last fact of its session, which its next request happens after; -1 for none. */
  lastFact: FactNo
  /** The seat that it will ask next, from its last answer or redirection; null: any. */
  knows: number | null
  /** What it brings along; only where the mission has customers carry anything. */
  carried?: Json
  open: null | { n: number; operation: Shape['operation']; startedMs: SimMs; deadlineMs: SimMs; hop: number; fact: FactNo; asked: FactNo | null; seat: number | null; local: number | null }
}
