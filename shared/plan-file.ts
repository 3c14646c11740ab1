import type { PlanStep } from './sim/scenario.ts'
import type { Seed } from './sim/draws.ts'
import type { Json } from './sim/types.ts'

/** A chaos plan as a file: what an instructor saves, loads and shares. `shared/plan-check.ts` reads one. */
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

/** JSON in one line, with a blank after each comma and colon. */
function line(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(line).join(', ')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  return `{ ${Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${line(one as Json)}`).join(', ')} }`.replace('{  }', '{}')
}

/** A step with its fields in one order, whatever the order in which they were written. */
function ordered(step: PlanStep): { [field: string]: Json } {
  if (step.do === 'halt') return { do: step.do, atMs: step.atMs }
  const { id, atMs, type, params, durationMs, when } = step
  const sorted = Object.fromEntries(Object.entries(params).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  const begun = { do: step.do, ...(id === undefined ? {} : { id }), atMs, type, params: sorted, durationMs }
  if (when === undefined) return begun
  switch (when.kind) {
    case 'leader': case 'no-leader': return { ...begun, when: { kind: when.kind, forMs: when.forMs } }
    case 'after': return { ...begun, when: { kind: when.kind, fault: when.fault, ms: when.ms } }
    case 'breach': return { ...begun, when: { kind: when.kind, claim: when.claim } }
  }
}

/** A plan as the text of a file: JSON, one line a step, the same text for the same plan. */
export function encodePlan({ format, title, scenario, seed, steps }: ChaosPlan): string {
  const head = Object.entries({ format, title, scenario, seed }).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)},`)
  return ['{', ...head, steps.length === 0 ? '  "steps": []' : `  "steps": [\n${steps.map((step) => `    ${line(ordered(step))}`).join(',\n')}\n  ]`, '}', ''].join('\n')
}
