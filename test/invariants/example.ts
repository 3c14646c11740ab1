import type { Claim, ClusterInfo } from '../../shared/sim/claim.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import { script } from './stage.ts'
import type { Stage, Step } from './stage.ts'

/** The facts of a round, from its first to its last, and whose they are. */
export interface Told { cluster: ClusterInfo; facts: readonly Fact[] }

/**
 * A claim with a round that breaks it and one that only nearly does. Both are recorded from the real simulation, with `claim` among the
 * mission's claims under the name `id`. The contract of all claims is held against every example.
 */
export interface Example {
  /** What the round is about, e.g. `fencing-monotonic: a paused holder writes late`. */
  name: string
  id: string
  claim: Claim
  breaking: Told
  nearly: Told
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
