import type { Operation } from 'fast-json-patch'
import type { ChaosPlan } from '../plan-file.ts'
import type { Seed } from '../sim/draws.ts'
import type { Badge, PlanStep } from '../sim/scenario.ts'
import type { Fact } from '../sim/facts.ts'
import type { Json, Level, NodeId, Self, SimMs } from '../sim/types.ts'
import type { Seen } from '../visibility.ts'

/**
 * What travels between a page and its room. Everybody's lobby is schema state (`wire/lobby.ts`); all else is one of these.
 * Every message that asks for something carries `seq`, counted up by its client from 1 for as long as its token lives; the
 * answer (`ack` or `nack`) names it. Sending one again is harmless.
 */

/** `joinById(code, JoinOptions)`. A student without a token gets one; a token brings its seat back. */
export type JoinOptions =
  | { role: 'student'; name: string; token?: string }
  | { role: 'host'; secret: string }

export interface ToServer {
  /** A student's action on their own node, with the node's own numbers for letters and requests. */
  act: { seq: number; action: { kind: string; [field: string]: Json } }
  /** The instructor's command. */
  command: { seq: number; command: HostCommand }
  /** Measures the real link; answered with `pong`. */
  ping: { n: number }
  /** Asks for everything again, after a gap. */
  resync: Record<string, never>
}

export type HostCommand =
  | { kind: 'set-up'; scenario: string; level: Level; clusterSize: number }
  /** lobby or debrief -> briefing. Seats are kept. */
  | { kind: 'brief' }
  /** Between rounds: the next rounds run this plan instead of the mission's own; null: the mission's own again. */
  | { kind: 'plan'; plan: ChaosPlan | null }
  /** briefing -> round. `chaos`: whether the plan runs by itself. */
  | { kind: 'start'; chaos: boolean }
  | { kind: 'pause' } | { kind: 'resume' }
  | { kind: 'speed'; speed: number }
  /** While paused: runs all clusters to the next event of this one; null: to the next event of any. */
  | { kind: 'step'; cluster: number | null }
  | { kind: 'end' }
  /** `cluster` null: all clusters. */
  | { kind: 'fault'; cluster: number | null; type: string; params: Json; durationMs: number | null }
  | { kind: 'heal'; cluster: number; id: string }
  /** Ends all faults, and calls off every plan. */
  | { kind: 'halt'; cluster: number | null }
  /** In a round: this plan begins now, beside any other that runs. */
  | { kind: 'run-plan'; cluster: number | null; plan: ChaosPlan }
  /** Sets every clock right: what faults did to it is taken back, but for those that still act. */
  | { kind: 'set-clocks'; cluster: number | null }
  | { kind: 'rename'; student: string; name: string }
  | { kind: 'remove'; student: string }
  /** Ends the class for good. */
  | { kind: 'close' }

export const SPEEDS: readonly number[] = [0.25, 0.5, 1, 2, 4]

export interface ToClient {
  ack: { seq: number }
  /** Nothing was changed; `reason` is a sentence for the page. */
  nack: { seq: number; reason: string }
  pong: { n: number }
  /** A student: the token to keep, and the next unused sequence number. */
  welcome: { token: string; student: string; nextSeq: number } 
  hostWelcome: { nextSeq: number; title: string }
  /** Instructor, on joining and when it changes: the plan that the next rounds run; null: the mission's own. */
  plan: { plan: ChaosPlan | null }
  /** A student: all they may know, at the start of a round and after a gap. */
  self: SelfSnapshot
  /** A student, after every step of their node: what changed, and what happened at their node. */
  step: { patch: Operation[]; seen: Seen[]; clockMs: number }
  /** A student: their screen stands still from now on (nothing is said of why), or the node woke up again. */
  frozen: { frozen: boolean }
  /** A student: their node is crashed; `backInMs` counts down in simulated time, null if the end is not fixed. */
  crashed: { backInMs: number | null }
  /** Instructor: everything about every cluster of the round so far. */
  cockpit: { round: number; clusters: CockpitCluster[] }
  /** Instructor: new facts of one cluster. `nowMs` is its simulated time. */
  facts: { cluster: number; nowMs: SimMs; facts: Fact[]; badges: { [seat: string]: Badge } }
  /** Instructor: which plans run in a cluster, whenever one began or they were called off. */
  plans: { cluster: number; plans: readonly PlanBegun[] }
  /** Instructor, twice a second while the world runs. */
  times: { nowMs: SimMs[] }
  /** Everybody, after a round: where to watch it. A student gets their own cluster only. */
  recordings: { round: number; recordings: { cluster: number; name: string; id: string }[] }
  /** One line for the page, e.g. that somebody took the seat over in another tab. */
  notice: { text: string; kind: 'info' | 'warning' }
}

export interface SelfSnapshot {
  round: number
  scenario: string
  level: Level
  self: Self
  /** The last things that happened at this node, oldest first. */
  seen: Seen[]
  frozen: boolean
  crashed: { backInMs: number | null } | null
}

export interface CockpitCluster {
  cluster: number
  name: string
  nodes: NodeId[]
  clockOffsetsMs: number[]
  nowMs: SimMs
  facts: Fact[]
  badges: Badge[]
  plans: readonly PlanBegun[]
}

/** A plan that runs in a cluster: the times of its steps count from `fromMs`, and `name`, if there is one, stands with a dot before the names of its faults. */
export interface PlanBegun { name: string; fromMs: SimMs; steps: readonly PlanStep[]; seed: Seed | null }

/** HTTP. `POST /api/classes` with `{ title }` opens a class. */
export interface OpenedClass { code: string; secret: string }
/** `GET /api/classes/CODE` for the join page. 404 with `{ error }` for a code without a class. */
export interface ClassGlance { code: string; title: string; here: number; seats: number; phase: Phase }
export type Phase = 'lobby' | 'briefing' | 'round' | 'debrief' | 'closed'
/** `GET /api/recordings/ID`: the recording as text. */

/** Characters of a class code: capitals and digits without look-alikes. */
export const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
export const CODE_LENGTH = 6
export { NAME_LENGTH_MAX } from '../names.ts'

/** Longest title of a class, in characters. */
export const TITLE_LENGTH_MAX = 60
/** Students of one class: twelve clusters of seven. */
export const STUDENTS_MAX = 84
export const CLUSTERS_MAX = 12
export const CLUSTER_SIZE_MIN = 3
export const CLUSTER_SIZE_MAX = 7
/** A message of a page is at most this long, in bytes; a longer one closes the line with 1009. */
export const MESSAGE_BYTES_MAX = 8_192

/**
 * Why the server closed a page's line for good, in the close code. Every other code means: come back with the token.
 * The close reason is a sentence for the page.
 */
export const CLOSED = {
  /** The same seat, or the same instructor, was opened in another tab: that one has it now. */
  replaced: 4100,
  removed: 4101,
  /** Too many messages, or bytes that are no message. */
  flood: 4102,
  /** The class has ended. */
  ended: 4103,
} as const

/**
 * Why a join was refused: `code` of the error that `joinById` rejects with, which is an HTTP status too; its message is a
 * sentence for the page.
 */
export const REFUSED = {
  /** The options are not `JoinOptions`, or the name cannot be used. */
  malformed: 400,
  /** This token is not, or no longer, known here: join anew, with a name. */
  badToken: 401,
  badSecret: 403,
  /** No class has this code. */
  noClass: 404,
  /** Every seat is taken. */
  full: 409,
  ended: 410,
  /** Too many wrong codes from this network: wait. */
  tooMany: 429,
  /** The server cannot store anything at the moment: try again. */
  unavailable: 503,
} as const
