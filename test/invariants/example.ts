import type { Claim, ClusterInfo } from '../../shared/sim/claim.ts'
import type { Recording } from '../../shared/recording.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { script } from './stage.ts'
import type { Stage, Step } from './stage.ts'

/** The facts of a round, from its first to its last, and whose they are. */
export interface Told { cluster: ClusterInfo; facts: readonly Fact[] }

/** A round with its recording: the steps that were done, in their order, whenever that was. */
export interface Recorded extends Told { recording: Recording; scenario: Scenario; steps: readonly object[] }

/**
 * A claim with a round that breaks it and one that only nearly does, one step apart. Both are recorded from the real simulation, with `claim` among
 * the mission's claims under the name `id`: its own, with hyphens. The contract of all claims is held against every example.
 */
export interface Example {
  /** What the round is about, e.g. `fencing-monotonic: a paused holder writes late`. */
  name: string
  id: string
  claim: Claim
  breaking: Recorded
  nearly: Recorded
}

/** The example of a script, and of the same script with one change. */
export function example<T>(id: string, story: string, claim: Claim<T>, breaking: readonly Step[], nearly: readonly Step[], stage: Stage = {}): Example {
  const judged = claim as unknown as Claim
  return { name: `${id}: ${story}`, id, claim: judged, breaking: script({ [id]: judged }, breaking, stage), nearly: script({ [id]: judged }, nearly, stage) }
}

/** The steps with the one at a place replaced, or left out. */
export function instead(steps: readonly Step[], at: number, step: Step | null): Step[] {
  return steps.flatMap((one, place) => (place !== at ? [one] : step === null ? [] : [step]))
}
