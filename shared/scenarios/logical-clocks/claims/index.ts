import { appliedEverywhere, causalDelivery, clockCondition, strongConvergence, vectorExactness } from '../../../invariants/index.ts'
import type { Claim } from '../../../sim/claim.ts'
import { rightAnswer } from './right-answer.ts'
import { books, clocks, deliveries, vectors } from './shown.ts'

/** Within this of its making, or of the last heal, an operation is applied everywhere, in ms. */
const WITHIN_MS = 60_000

/** All claims of the mission, in the order in which the cockpit shows them. */
export const claims = {
  'clock-condition': clockCondition(clocks) as unknown as Claim,
  'vector-exactness': vectorExactness(vectors) as unknown as Claim,
  'causal-delivery': causalDelivery(deliveries) as unknown as Claim,
  'same-outcome': strongConvergence(books) as unknown as Claim,
  'applied-everywhere': appliedEverywhere(deliveries, WITHIN_MS) as unknown as Claim,
  'right-answer': rightAnswer as unknown as Claim,
} as const satisfies { readonly [id: string]: Claim }
export type ClaimId = keyof typeof claims
