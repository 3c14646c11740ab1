import type { Example } from '../example.ts'
import { causal } from './causal-delivery.ts'
import { clocks } from './clocks.ts'
import { convergence } from './convergence.ts'
import { fencing } from './fencing-monotonic.ts'
import { linearizability } from './linearizability.ts'
import { mutualExclusion } from './mutual-exclusion.ts'
import { raft } from './raft.ts'
import { sessions } from './sessions.ts'

/**
 * Examples of every claim that missions share. A newcomer is one file beside this one, and one line here; the contract of all
 * claims (`../contract.test.ts`) then holds it to its word.
 */
export const examples: readonly Example[] = [
  ...causal,
  ...clocks,
  ...convergence,
  ...fencing,
  ...linearizability,
  ...mutualExclusion,
  ...raft,
  ...sessions,
]
