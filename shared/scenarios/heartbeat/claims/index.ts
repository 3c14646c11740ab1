import type { Claim } from '../../../sim/claim.ts'
import { accuracyReturns } from './accuracy.ts'
import { strongCompleteness } from './completeness.ts'
import { suspicionEarned } from './earned.ts'

/** All claims of the mission, in the order in which the cockpit shows them. */
export const claims = {
  'strong-completeness': strongCompleteness as unknown as Claim,
  'accuracy-returns': accuracyReturns as unknown as Claim,
  'suspicion-earned': suspicionEarned as unknown as Claim,
} as const satisfies { readonly [id: string]: Claim }
export type ClaimId = keyof typeof claims
