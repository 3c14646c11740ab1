import type { History } from './history.ts'
import { linearizable } from './linearizable/index.ts'
import { orders } from './orders.ts'
import type { Budget, Check, Verdict } from './verdict.ts'

/** All checks of whole histories. A check is one file and one line here; the key is its name for users. */
export const checks: { readonly [id: string]: Check } = { linearizable, ...orders }

/** Runs one check. Every operation of the history fits its model. A name that is not in the registry gives `unknown`. */
export function checkHistory(history: History, checkId: string, budget: Budget): Verdict {
  const check = Object.hasOwn(checks, checkId) ? checks[checkId] : undefined
  return check?.run(history, budget) ?? { verdict: 'unknown', why: `There is no check called "${checkId}".` }
}
