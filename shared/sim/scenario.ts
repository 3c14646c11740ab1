import type { Fields } from './fields.ts'
import type { Claim, ClusterInfo } from './claim.ts'
import type { ClockMs, Json, LatencyShape, Letter, Level, NodeEvent, NodeId, OpenRequest, Self, Settings, Shape, SimMs, Timings, Trigger } from './types.ts'
import type { Fact } from './facts.ts'

/** A node's own dice. Counter-based: the same purpose and key give the same draw again. */
export interface Dice {
  /** A whole number from `least` to `most`. `key` says what it is about, e.g. `term 3`. */
  between(purpose: string, key: string, least: number, most: number): number
}

/** The only way in which an action reaches the world. */
export interface Out<S extends Shape> {
  /** Sends one message. After `sync()` it leaves only when the disk has the write. */
  send(to: NodeId, message: S['message']): void
  /** Answers a customer; like a message, it waits for a `sync()` before it. */
  reply(request: OpenRequest<S['operation']>, reply: S['reply']): void
  /** Sends the customer on to another node. */
  redirect(request: OpenRequest<S['operation']>, to: NodeId): void
  /** Makes what was written to `self.disk` so far survive the loss of power, and holds back what is sent from now on until it does. */
  sync(): void
}

export interface ActionSpec<S extends Shape, A extends S['action']> {
  fields: Fields
  /** On a button: a verb with its object. */
  label(self: Self<S>): string
  /** Small text below the label: what it does, e.g. `to A` or `starts term 3`. `to`: the peer that it would go to, where that is clear. */
  consequence?(self: Self<S>, letterOrRequest: Letter<S['message']> | OpenRequest<S['operation']> | null, to?: NodeId | null): string
  /** Values that the machine fills in by itself from L1 on; at L0 they are asked for. */
  fill?(self: Self<S>, letterOrRequest: Letter<S['message']> | OpenRequest<S['operation']> | null): { readonly [field: string]: Json }
  /** The values that its number fields have now, for a form to begin with; absent: the usual ones. */
  now?(self: Self<S>, to: NodeId | null): { readonly [field: string]: number }
  /** For an action that asks for one word of few: what the key of each says. Absent: the word's own name, and the consequence. */
  option?(self: Self<S>, word: string): { label: string; consequence: string }
  /** Whether the button is on the screen now. Keeps a screen at six; never a check. */
  offered(self: Self<S>, letterOrRequest: Letter<S['message']> | OpenRequest<S['operation']> | null): boolean
  /** Physics only, in words; null when it can be done. */
  refusal?(self: Self<S>, action: A): string | null
  /** A slip that breaks the protocol: shown at L1 and above, a second press does it all the same. */
  warning?(self: Self<S>, action: A): string | null
  perform(self: Self<S>, action: A, out: Out<S>): void
}

/** When to act. Rules are asked in the order of the registry; each sees what the ones before it did. */
export interface Rule<S extends Shape> {
  on: readonly Trigger[]
  sort: 'chore' | 'handler' | 'judgement'
  /** Shown on the rule card. */
  sentence: string
  when(self: Self<S>, event: NodeEvent<S>): boolean
  act(self: Self<S>, event: NodeEvent<S>, dice: Dice): readonly S['action'][]
}

export interface Misconception<S extends Shape> {
  /** The wrong idea, as somebody who holds it would say it. */
  idea: string
  /** Rules replaced, added or (null) taken away. */
  replaces: { readonly [rule: string]: Rule<S> | null }
  /** Claims that it breaks, or the one figure whose objective it misses. */
  breaks: readonly string[]
  misses?: string
  heldBy: 'one' | 'all'
}

/** What a kind of message looks like, and what it is about. */
export interface MessageSpec<M> {
  /** On the packet. Never one of A to G. */
  letter: string
  family: 'beat' | 'ask' | 'answer' | 'order'
  /** In mono on the card, e.g. `REQUEST_VOTE`. */
  name: string
  /** Part of its identity: what this message is about, the same for a repetition of it. */
  about(message: M): string
  hollow?(message: M): boolean
}

export interface Told { text: string; why: string | null; stale: boolean }

/** Simulated customers. All numbers in ms. */
export interface Workload<S extends Shape> {
  customers(nodes: number): number
  /** Pause between the end of a request and the next one. */
  gapMs: readonly [least: number, most: number]
  deadlineMs: number
  /** From a redirection to the arrival at the other node. */
  redirectMs: number
  /** How often a customer goes back to the node that it knows; otherwise it asks any node. */
  stickyPercent: number
  /** The n-th operation of a customer; `carried`: what it brings along of its last answer that gave it anything. */
  operation(customer: number, n: number, dice: Dice, carried: Json | null): S['operation']
  /** What a customer keeps of an answer and brings along with its next request; null for nothing new. Absent: customers bring nothing. */
  carries?(reply: S['reply']): Json | null
}

/** One value on the plate below the stage. */
export interface PlateValue { label: string; value: string; note?: string; where: 'disk' | 'memory' | null }
export interface PeerView {
  belief: 'alive' | 'suspected' | 'silent'
  heardAtMs: ClockMs | null
  /** After this long without a word the node would suspect it. */
  patienceMs: number
  fill: 'empty' | 'third' | 'full'
  pennant: boolean
  /** E.g. `leads term 2`. */
  note: string | null
}
/** A panel beside the stage: what a node knows or keeps, as a table or as a row of counters, one a node. */
export type Panel =
  /** `mark`: rows that ask for a look, and why in a word that stands in one of its cells. */
  | { kind: 'table'; title: string; head: readonly string[]; rows: readonly { key: string; cells: readonly string[]; mark?: true }[]; empty: string }
  | { kind: 'vector'; title: string; of: readonly { node: NodeId; value: number; own: boolean }[] }
/** What a student's screen shows, from `self` alone. */
export interface StudentView {
  role: string
  fill: 'empty' | 'third' | 'full'
  pennant: boolean
  plate: PlateValue[]
  peers: { [id: NodeId]: PeerView }
  /** The one number that matters now, as a ring that burns down from `fromMs` to `dueMs` on the own clock. */
  ring: { label: string; fromMs: ClockMs; dueMs: ClockMs } | null
  /** What the node itself should look at, beside cards and requests; null for nothing. */
  now: string | null
  /** The peer that an action would go to if the student picks none; absent: the one last heard to lead. */
  aim?: NodeId | null
  /** Beside the stage, below the customers; where nobody asks for anything, in their place. */
  panels?: readonly Panel[]
}
/** One glance in the cockpit. */
export interface Badge { fill: 'empty' | 'third' | 'full'; pennant: boolean; tab: string; words: string; leads: boolean }

/** A number made from facts, with its objective. */
export interface Figure {
  title: string
  unit: 'ms' | 'count' | 'percent'
  /** Plain state, folded over the facts of one cluster. */
  init(cluster: ClusterInfo): object
  fold(state: object, fact: Fact): void
  /** Null while there is nothing to say. */
  value(state: object, nowMs: number): number | null
  objective: { atMost?: number; atLeast?: number } | null
  /** What bots that play well reach over many rounds: at most this much in at least so many percent of them. */
  shares?: readonly { percent: number; atMost: number }[]
}

/**
 * A step of a chaos plan: a fault, or the end of all faults. Its parameters may hold words instead of nodes, such as `leader`, which are
 * resolved when its time comes. With a condition, `atMs` is the earliest time.
 */
export type PlanStep = PlannedFault | { do: 'halt'; atMs: SimMs }
export interface PlannedFault {
  do: 'fault'
  /** Names the fault in the round, and for conditions of other steps; made from its place when absent. */
  id?: string
  atMs: SimMs
  type: string
  params: { readonly [name: string]: Json }
  /** Null: until healed. */
  durationMs: number | null
  when?: PlanCondition
}
/** What a step waits for, from its time on. It is looked for twice a second; a step that waits in vain until the round ends is left out. */
export type PlanCondition =
  /** Somebody has led, to the eye from above, for so long. */
  | { kind: 'leader'; forMs: number }
  /** Nobody has led for so long. */
  | { kind: 'no-leader'; forMs: number }
  /** So long ago the fault of another step ended. */
  | { kind: 'after'; fault: string; ms: number }
  /** A claim broke: this one, or with null any. */
  | { kind: 'breach'; claim: string | null }

/** What random plans may do in a mission: the faults that are keys, each with how long and with which parameters; what is not narrowed is as the fault allows. */
export interface ChaosLimits {
  readonly [fault: string]: {
    durationMs?: readonly [least: number, most: number]
    /** For whole numbers a range, for choices the options. */
    params?: { readonly [name: string]: readonly [least: number, most: number] | readonly string[] }
  }
}

/** How customers' operations read as calls on an object that a history check knows, for claims about histories and for the export. */
export interface HistorySpec<S extends Shape> {
  /** A model of `shared/consistency/models`, and the object's state at the start. */
  model: string
  init: Json
  call(operation: S['operation']): { f: string; key: string | null; arg: Json }
  /** `fail`: the reply says that it certainly had no effect; `info`: that nobody knows. `result` undefined: any. */
  answer(operation: S['operation'], reply: S['reply']): { status: 'ok' | 'fail' | 'info'; result: Json | undefined }
}

export interface Lesson {
  /** For the student, 60 words at most. */
  brief: string
  /** One screen: a bold start and the rest. */
  ruleCard: { title: string; rules: readonly { strong: string; rest: string }[] }
  /** `answers`: for a question that is put to the whole class, two to five. */
  runbook: readonly { atMs: number; say: string; ask?: string; answers?: readonly string[] }[]
  questions: readonly { ask: string; facts: string }[]
  glossary: { readonly [term: string]: string }
  /** For each claim: which concept it is about and the rule that would have prevented the breach. */
}

export interface Scenario<S extends Shape = Shape> {
  id: string
  title: string
  version: number
  lesson: Lesson
  nodes: { min: number; usual: number; max: number }
  /** Nobody leads in this mission, and nothing is said of it. */
  leaderless?: true
  timings(level: Level): Timings
  /** Simulation speed at the start of a round of this level. */
  speed(level: Level): number
  latency: LatencyShape
  /** Fresh state. `restarted`: memory after a crash, when the disk is kept and this disk is thrown away. */
  state(id: NodeId, peers: readonly NodeId[], clockMs: ClockMs, timings: Timings, restarted: boolean, dice: Dice): { disk: S['disk']; memory: S['memory'] }
  messages: { readonly [K in S['message']['kind']]: MessageSpec<Extract<S['message'], { kind: K }>> }
  /** A message as a lying wire hands it on, where the mission allows lies; absent: damaged messages are always thrown away. */
  garble?(message: S['message'], dice: Dice): S['message']
  /** Whether clocks may be bent in mid-round. Where a mission's safety rests on clocks that run true, they may not. */
  bentClocks: boolean
  /** What cannot be overlooked on arrival, nothing more. */
  arrive(self: Self<S>, from: NodeId, message: S['message']): void
  actions: { readonly [K in S['action']['kind']]: ActionSpec<S, Extract<S['action'], { kind: K }>> }
  /** When each is due on the own clock, from state alone; null for not running. */
  alarms(self: Self<S>): { readonly [name: string]: ClockMs | null }
  /** What a running alarm is called on the node's own screen, e.g. `next heartbeat`; one without a name is not drawn. */
  alarmNames?: { readonly [name: string]: string }
  rules: { readonly [id: string]: Rule<S> }
  /** The rules that run by themselves at a level. A bot runs all. */
  levels: { readonly [L in Level]: readonly string[] }
  misconceptions: { readonly [id: string]: Misconception<S> }
  workload: Workload<S>
  /** What tells how far a replica is behind the others: counted on its disk, in `unit`s, e.g. terms or entries. Absent where nothing is replicated. */
  behind?: { unit: string; of(disk: S['disk']): number }
  /** Absent where customers' operations are on no object that a check knows. */
  history?: HistorySpec<S>
  claims: { readonly [id: string]: Claim }
  figures: { readonly [id: string]: Figure }
  view(self: Self<S>): StudentView
  tellLetter(self: Self<S>, letter: Letter<S['message']>): Told
  tellRequest(self: Self<S>, request: OpenRequest<S['operation']>): { command: string; hold: string }
  tellReply(reply: S['reply']): string
  /** What a customer wants, in a few words, for who sees the whole cluster; absent: the operation's own fields. */
  tellOperation?(operation: S['operation']): string
  /** A fact in one sentence, for who sees the whole cluster; null where the general words of `shared/fact-words.ts` do. */
  tellFact?(fact: Fact): string | null
  badge(state: { disk: S['disk']; memory: S['memory'] }, self: Self<S>): Badge
  /** The default plan of a round, and what a random plan may do. */
  chaos: readonly PlanStep[]
  chaosLimits: ChaosLimits
  /** Choices a well-playing node could have made at `event`; `nothing` is to let it pass. */
  allows(self: Self<S>, event: NodeEvent<S>, action: S['action'] | 'nothing'): boolean
}

export type { Settings }
