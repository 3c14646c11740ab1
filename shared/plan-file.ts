import type { PlanStep } from './sim/scenario.ts'
import type { Seed } from './sim/draws.ts'

/** A chaos plan as a file: what an instructor saves, loads and shares. */
export const PLAN_FORMAT = 'netsplit-plan/1'

export interface ChaosPlan {
  format: typeof PLAN_FORMAT
  title: string
  /** The mission that it was made for; null: any. */
  scenario: string | null
  /** For words that leave a choice, such as `half`; null: each round draws afresh. */
  seed: Seed | null
  steps: readonly PlanStep[]
}
