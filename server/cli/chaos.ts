import type { RoundPlan } from '../../shared/headless.ts'
import { readPlan } from '../../shared/plan-check.ts'
import type { ChaosPlan } from '../../shared/plan-file.ts'
import type { PlanUse } from '../../shared/plan-check.ts'
import { readText } from './files.ts'
import { UsageError } from './usage.ts'

/** What breaks the world of a round by itself, by name. */
const CHAOS = ['default', 'none', 'monkey'] as const

/** A plan from a file; a `UsageError` in one line, with the path of the field, when it is none or is not for this use. */
export function planOf(file: string, use: PlanUse = {}): ChaosPlan {
  const read = readPlan(readText(file), use)
  if (!read.ok) throw new UsageError(`${file}: ${read.error}`)
  return read.plan
}

/** What `--chaos` names: a plan that the program has, or a file that ends in `.json`. Throws `UsageError` when it is neither. */
export function chaosOf(text: string, use: PlanUse): RoundPlan['chaos'] {
  if (/\.json$/i.test(text)) return planOf(text, use)
  const named = CHAOS.find((name) => name === text)
  if (named === undefined) throw new UsageError(`--chaos must be one of ${CHAOS.join(', ')}, or a file that ends in .json; not ${JSON.stringify(text)}.`)
  return named
}
