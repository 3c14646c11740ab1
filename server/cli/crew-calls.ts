import type { Failure } from '../../shared/failure.ts'
import type { RoundPlan } from '../../shared/headless.ts'
import type { Shrunk } from '../../shared/shrink.ts'
import type { Tally } from './tally.ts'

/** What a thread of a swarm is asked for: to play so many seeds, counted up from the plan's, or to shrink the plan's round. */
export type Job =
  | { kind: 'play'; scenario: string; plan: RoundPlan; seeds: number }
  | { kind: 'shrink'; scenario: string; plan: RoundPlan; failure: Failure; runsMax: number }
export interface Answers { play: Tally[]; shrink: Shrunk | null }
/** `error`: what was thrown; the thread lives on. */
export type FromCrew = { ok: true; answer: Answers[Job['kind']] } | { ok: false; error: string }

/** How a thread is started. `interrupts`: one shared counter of how often its swarm was told to stop. */
export interface CrewOptions { interrupts: Int32Array }
