import type { Operation } from 'fast-json-patch'
import type { ChaosPlan } from '../plan-file.ts'
import type { Decision } from '../quality.ts'
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
  /** `secret`: the host's, or the co-instructor's. `device` names a page of theirs, several of which may be there at once; a page without one takes the place of the last such. */
  | { role: 'host'; secret: string; device?: string }

export interface ToServer {
  /** A student's action on their own node, with the node's own numbers for letters and requests. */
  act: { seq: number; action: { kind: string; [field: string]: Json } }
  /** A student's answer to the question that is open; a later one replaces it. `confidence` in percent. */
  answer: { seq: number; question: number; option: number; confidence: number }
  /** The instructor's command. */
  command: { seq: number; command: HostCommand }
  /** An instructor: what does this node know now? Answered with `looked`. */
  look: { cluster: number; seat: number }
  /** Measures the real link; answered with `pong`. */
  ping: { n: number }
  /** Asks for everything again, after a gap. */
  resync: Record<string, never>
}

export type HostCommand =
  /** `minutes` of simulated time that a round lasts; absent: the usual five. */
  | { kind: 'set-up'; scenario: string; level: Level; clusterSize: number; minutes?: number | undefined }
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
  /** `instead`: in place of all that is planned there, which is how a plan under way is changed. */
  | { kind: 'run-plan'; cluster: number | null; plan: ChaosPlan; instead?: true }
  /** Sets every clock right: what faults did to it is taken back, but for those that still act. */
  | { kind: 'set-clocks'; cluster: number | null }
  | { kind: 'rename'; student: string; name: string }
  | { kind: 'remove'; student: string }
  /** To another seat; whoever sits there takes theirs. */
  | { kind: 'move'; student: string; cluster: number; seat: number }
  /** In a round: a bot plays for a student who is here (`on`), or no more. */
  | { kind: 'bot'; student: string; on: boolean }
  /** One line on a student's screen; `student` null: on all of them. */
  | { kind: 'message'; student: string | null; text: string }
  /** In a round: freezes the world and asks everybody. */
  | { kind: 'ask'; text: string; options: readonly string[] }
  /** Ends the asking: from now on everybody sees the tally, until `dismiss`. The world stands still until `resume`. */
  | { kind: 'close-question' }
  /** Takes the question off all screens. */
  | { kind: 'dismiss' }
  /** Whether students and the wall see safety and p99 while they play, or only after the round. */
  | { kind: 'scores'; live: boolean }
  /** Ends the class for good. */
  | { kind: 'close' }

/** How fast the world may run. The fastest is for rounds at L3 alone, in which nobody has to keep up. */
export const SPEEDS: readonly number[] = [0.25, 0.5, 1, 2, 4, 10]
export const speedsAt = (level: Level): readonly number[] => (level === 'L3' ? SPEEDS : SPEEDS.slice(0, -1))

export interface ToClient {
  ack: { seq: number }
  /** Nothing was changed; `reason` is a sentence for the page. */
  nack: { seq: number; reason: string }
  pong: { n: number }
  /** A student: the token to keep, and the next unused sequence number. */
  welcome: { token: string; student: string; nextSeq: number } 
  /** `links`: the keys of the co-instructor's link and of the wall's; null for the co-instructor, who hands none out. */
  hostWelcome: { nextSeq: number; title: string; links: { co: string; wall: string } | null }
  /** An instructor, who asked: what a student at that node is told of it. */
  looked: { cluster: number; seat: number; snapshot: SelfSnapshot }
  /** Instructor: how many pages of instructors are connected. */
  hosts: { pages: number }
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
  /** Everybody, on joining and when it changes: what is asked; null: nothing. */
  question: { question: AskedQuestion | null }
  /** A student, while scores are live and after a round: the own cluster's figures. */
  score: Score
  /**
   * A student whose whole cluster plays at L3, about twice a wall second while the round runs: the mission's figures of the own cluster. They hold what no
   * node can know, which at that level is the point: nobody plays by hand, all set numbers and watch what comes of them. At no other level is it sent.
   */
  figures: FiguresTold
  /** A student, after a round: how their decisions were. */
  quality: QualityTold
  /** One line for the page, e.g. that somebody took the seat over in another tab. `from` the instructor: in their own words. */
  notice: { text: string; kind: 'info' | 'warning'; from?: 'instructor' }
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

/** A question to the class. It may be answered while it is open. */
export interface AskedQuestion {
  /** Counts up in a class. */
  n: number
  text: string
  options: readonly string[]
  open: boolean
  /** For each option: how many chose it, and their mean confidence in percent. The instructor sees it at any time, all others once it is closed. */
  tally: readonly { count: number; confidence: number | null }[] | null
  /** How many were asked, and how many have answered. */
  asked: number
  answered: number
  /** A student: their own answer, if there is one. */
  own: { option: number; confidence: number } | null
}
export const QUESTION_LENGTH_MAX = 160
export const OPTION_LENGTH_MAX = 60
export const OPTIONS_MAX = 5
export const NOTICE_LENGTH_MAX = 160

/** What is public of a cluster's play: safety of 100, answers in time in percent, and the p99 of their latency; null while there is nothing to say. */
export interface Score { safety: number; inTime: number | null; p99Ms: SimMs | null }

/** Values of a mission's figures, by their ids; null while there is nothing to say. */
export interface FiguresTold { values: { readonly [figure: string]: number | null } }

/** A student's own decisions: how many were offered, how many a well-playing node could have taken, and the first of those it could not. */
export interface QualityTold { offered: number; agreed: number; missed: readonly Decision[] }
export const MISSED_TOLD = 12

/** A plan that runs in a cluster: the times of its steps count from `fromMs`, and `name`, if there is one, stands with a dot before the names of its faults. */
export interface PlanBegun { name: string; fromMs: SimMs; steps: readonly PlanStep[]; seed: Seed | null }

/** HTTP. `POST /api/classes` with `{ title }` opens a class. */
export interface OpenedClass { code: string; secret: string }
/** `GET /api/classes/CODE` for the join page. 404 with `{ error }` for a code without a class. */
export interface ClassGlance { code: string; title: string; here: number; seats: number; phase: Phase }
/** `GET /api/wall/CODE` with `Authorization: Bearer KEY`: all that the wall shows. No names of students are in it. */
export interface WallView {
  code: string
  title: string
  phase: Phase
  round: number
  scenario: string
  level: Level
  paused: boolean
  speed: number
  elapsedMs: SimMs
  durationMs: SimMs
  here: number
  /** Whether scores are live; after a round they are there in any case. */
  live: boolean
  clusters: readonly WallCluster[]
  question: AskedQuestion | null
}
export interface WallCluster {
  name: string
  seats: readonly { node: NodeId; here: boolean; bot: boolean }[]
  /** Of a round, else null: answers in time in percent, and the last ten customers, oldest first. */
  play: { inTime: number | null; last: readonly ('answered' | 'ran-out' | 'wrong')[] } | null
  /** While scores are live, and after the round. */
  score: Score | null
  /** Claims that broke, with what their sentences are made of, which names nodes and no students; while scores are not live, none before the round is over. */
  broken: readonly { claim: string; atMs: SimMs; values: { readonly [name: string]: Json } }[]
}
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
/** A round lasts at most so many minutes: a lesson. */
export const ROUND_MINUTES_MAX = 60
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
