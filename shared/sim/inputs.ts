import type { Seed } from './draws.ts'
import type { PlanStep } from './scenario.ts'
import type { Json, Level, MessageId, PlayedBy, RequestId, SimMs } from './types.ts'

/**
 * What came from outside, stamped in simulation time. A recording is a header and these, in order; nothing else is truth.
 * Letters and requests are named by identity, not by a node's own numbers, so that an input keeps its meaning in a fork.
 */
export type Input =
  | { kind: 'act'; atMs: SimMs; seat: number; action: RecordedAction }
  /** `id` names this one fault in its cluster; its draws are keyed by it. `durationMs` null: until healed. */
  | { kind: 'fault'; atMs: SimMs; id: string; type: string; params: Json; durationMs: number | null }
  | { kind: 'heal'; atMs: SimMs; id: string }
  /** Ends all faults. `step`: the step of a plan that says so; absent when done by hand, which calls off every plan as well. */
  | { kind: 'halt'; atMs: SimMs; step?: string }
  /** Sets every clock right: what faults did to it is taken back, but for those that still act. */
  | { kind: 'set-clocks'; atMs: SimMs }
  | { kind: 'seat'; atMs: SimMs; seat: number; playedBy: PlayedBy }
  | { kind: 'level'; atMs: SimMs; seat: number; level: Level }
  /** Without effect on facts: they are kept because the replay shows them. */
  /** A chaos plan begins. What it does follows as inputs of their own, whose names begin with `id`. */
  /** `instead`: in place of all plans that were under way. */
  | { kind: 'plan'; atMs: SimMs; id: string; steps: readonly PlanStep[]; seed: Seed | null; instead?: true }
  | { kind: 'bookmark'; atMs: SimMs; text: string }
  /** `n`: which question of the class it answers; a later answer replaces an earlier one. */
  | { kind: 'prediction'; atMs: SimMs; seat: number; n: number; question: string; answer: string; confidence: number }
  | { kind: 'speed'; atMs: SimMs; speed: number }
  | { kind: 'phase'; atMs: SimMs; phase: 'paused' | 'running' }
  | { kind: 'end'; atMs: SimMs }

/** An action as recorded: `letter` and `request` hold identities instead of a node's own numbers. */
export type RecordedAction = { kind: string; letter?: MessageId; request?: RequestId; [field: string]: Json | undefined }
