import { z } from 'zod'
import { NODES_MAX, TIME_MS_MAX } from './sim/limits.ts'
import type { PlanStep } from './sim/scenario.ts'
import { PLAN_FORMAT } from './plan-file.ts'

/** The shape of a chaos plan from outside. Each field says what it must be; `shared/plan-check.ts` makes sentences of that. */

// Our pages may not make code from text (their Content-Security-Policy says so): Zod need not try, and be reported for it.
z.config({ jitless: true })

/** Steps of one plan. */
export const PLAN_STEPS_MAX = 40
/** Characters of a plan as JSON without blanks: a page's message holds 8,192 bytes. */
export const PLAN_CHARS_MAX = 7_000
const TITLE_LENGTH_MAX = 80
const WORD_LENGTH_MAX = 40

const whole = (least: number, most: number, unit = '') => z.int({ error: `a whole number from ${least} to ${most}${unit}` })
  .min(least, { error: `a whole number from ${least} to ${most}${unit}` }).max(most, { error: `a whole number from ${least} to ${most}${unit}` })
const ms = whole(0, TIME_MS_MAX, ' ms')
const word = (what: string) => z.string({ error: what }).min(1, { error: what }).max(WORD_LENGTH_MAX, { error: what })
const stepName = word('a name of 1 to 40 letters, digits and dashes').regex(/^[A-Za-z0-9-]+$/, { error: 'a name of 1 to 40 letters, digits and dashes' })
const title = `a line of 1 to ${TITLE_LENGTH_MAX} characters`

/** Values by name: plain ones and lists of them, nothing deeper. `lengthMax`: characters of a text. Zod alone leaves out `__proto__` without a word; here it is unknown like any other. */
export function plainValues(lengthMax: number): z.ZodType<{ [name: string]: string | number | boolean | null | (string | number | boolean | null)[] }> {
  const plain = z.union([z.null(), z.boolean(), z.number(), z.string().max(lengthMax)], { error: 'a plain value' })
  const record = z.record(z.string().max(WORD_LENGTH_MAX), z.union([plain, z.array(plain).max(NODES_MAX)], { error: 'a plain value or a list of them' }), { error: 'an object' })
  return z.unknown().check(({ value, issues }) => {
    if (value !== null && typeof value === 'object' && Object.hasOwn(value, '__proto__')) issues.push({ code: 'unrecognized_keys', keys: ['__proto__'], input: value as { [name: string]: unknown } })
  }).pipe(record)
}

/** What a union tells apart by one of its fields must be, and what that field must be. */
const either = (names: string): { error: (issue: { code: string }) => string } => ({ error: (issue) => (issue.code === 'invalid_union' ? names : 'an object') })
const when = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('leader'), forMs: ms }),
  z.strictObject({ kind: z.literal('no-leader'), forMs: ms }),
  z.strictObject({ kind: z.literal('after'), fault: stepName, ms }),
  z.strictObject({ kind: z.literal('breach'), claim: word('the name of a claim, or null').nullable() }),
], either('leader, no-leader, after or breach'))

const step = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('halt'), atMs: ms }),
  z.strictObject({
    do: z.literal('fault'), id: stepName.exactOptional(), atMs: ms, type: word('the name of a fault'), params: plainValues(WORD_LENGTH_MAX),
    durationMs: whole(1, TIME_MS_MAX, ' ms, or null').nullable(), when: when.exactOptional(),
  }),
], either('fault or halt'))

const steps: z.ZodType<PlanStep[]> = z.array(step, { error: 'a list of steps' }).max(PLAN_STEPS_MAX, { error: `a list of at most ${PLAN_STEPS_MAX} steps` })
const seed = whole(0, Number.MAX_SAFE_INTEGER, ', or null').nullable()

/** The steps and the seed of a plan, as a recording holds them. */
export const planParts = { steps, seed }

export const planShape = z.strictObject({
  format: z.literal(PLAN_FORMAT),
  title: z.string({ error: title }).min(1, { error: title }).max(TITLE_LENGTH_MAX, { error: title }).regex(/^\P{C}+$/u, { error: title }),
  scenario: word('the name of a mission, or null').nullable(),
  seed, steps,
}, { error: 'an object' })
