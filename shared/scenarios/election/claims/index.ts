import { electionSafety, oneVote, quorumToLead } from '../../../invariants/index.ts'
import type { Claim } from '../../../sim/claim.ts'
import { leaderReturns } from './leader-returns.ts'
import { leads, votes, votesHeard } from './shown.ts'
import { stepsDown } from './steps-down.ts'
import { noStaleServe, termMonotonic } from './terms.ts'

/** All claims of the mission, in the order in which the cockpit shows them. */
export const claims = {
  'one-vote': oneVote(votes) as unknown as Claim,
  'election-safety': electionSafety(leads) as unknown as Claim,
  'term-monotonic': termMonotonic as unknown as Claim,
  'quorum-to-lead': quorumToLead(votesHeard, leads) as unknown as Claim,
  'steps-down': stepsDown as unknown as Claim,
  'no-stale-serve': noStaleServe as unknown as Claim,
  'leader-returns': leaderReturns as unknown as Claim,
} as const satisfies { readonly [id: string]: Claim }
export type ClaimId = keyof typeof claims
