import { z } from 'zod'
import { readPlan } from '../plan-check.ts'
import type { ChaosPlan } from '../plan-file.ts'
import { NOTICE_LENGTH_MAX, OPTION_LENGTH_MAX, OPTIONS_MAX, QUESTION_LENGTH_MAX, ROUND_MINUTES_MAX, SPEEDS, TITLE_LENGTH_MAX } from './messages.ts'
import type { HostCommand, JoinOptions, ToServer } from './messages.ts'
import { LEVELS } from '../sim/types.ts'
import type { Json } from '../sim/types.ts'

/** What comes from outside is parsed here, once; behind it the types are trusted. Nothing unknown is let through. */

export type Parsed<T> = { ok: true; value: T } | { ok: false; reason: string }

/** Values nested deeper, or strings longer, are no message of ours. */
const JSON_DEPTH_MAX = 6
const TEXT_LENGTH_MAX = 200
/** Longest piece of a sentence that says what cannot be read: a plan's names the field and all that it may be. */
const WORDS_LENGTH_MAX = 480
const seq = z.int().min(1).max(1_000_000_000)
const cluster = z.int().min(0).max(99)
const id = z.string().min(1).max(60)

function isJson(value: unknown, depth = 0): value is Json {
  if (value === null || typeof value === 'boolean') return true
  if (typeof value === 'string') return value.length <= TEXT_LENGTH_MAX
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || depth >= JSON_DEPTH_MAX) return false
  if (Array.isArray(value)) return value.every((one) => isJson(one, depth + 1))
  const prototype: unknown = Object.getPrototypeOf(value)
  return (prototype === Object.prototype || prototype === null)
    && Object.entries(value).every(([name, one]) => name !== '__proto__' && name.length <= TEXT_LENGTH_MAX && isJson(one, depth + 1))
}
/** One line of words: not empty, no control characters, trimmed. */
const line = (most: number) => z.string().transform((text) => text.replace(/\p{Cc}+/gu, ' ').trim()).pipe(z.string().min(1).max(most))
const json = z.custom<Json>((value) => isJson(value), 'must be plain JSON')

const plan = z.unknown().transform((value, context): ChaosPlan => {
  const read = readPlan(value)
  if (read.ok) return read.plan
  context.addIssue({ code: 'custom', message: read.error })
  return z.NEVER
})

const command = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('set-up'), scenario: id, level: z.enum(LEVELS), clusterSize: z.int().min(1).max(99), minutes: z.int().min(1).max(ROUND_MINUTES_MAX).optional() }),
  z.strictObject({ kind: z.literal('brief') }),
  z.strictObject({ kind: z.literal('plan'), plan: plan.nullable() }),
  z.strictObject({ kind: z.literal('start'), chaos: z.boolean() }),
  z.strictObject({ kind: z.literal('pause') }),
  z.strictObject({ kind: z.literal('resume') }),
  z.strictObject({ kind: z.literal('speed'), speed: z.number().refine((speed) => SPEEDS.includes(speed), `must be one of ${SPEEDS.join(', ')}`) }),
  z.strictObject({ kind: z.literal('step'), cluster: cluster.nullable() }),
  z.strictObject({ kind: z.literal('end') }),
  z.strictObject({ kind: z.literal('fault'), cluster: cluster.nullable(), type: id, params: json, durationMs: z.int().min(1).nullable() }),
  z.strictObject({ kind: z.literal('heal'), cluster, id }),
  z.strictObject({ kind: z.literal('halt'), cluster: cluster.nullable() }),
  z.strictObject({ kind: z.literal('run-plan'), cluster: cluster.nullable(), plan, instead: z.literal(true).exactOptional() }),
  z.strictObject({ kind: z.literal('set-clocks'), cluster: cluster.nullable() }),
  z.strictObject({ kind: z.literal('rename'), student: id, name: z.string().max(TEXT_LENGTH_MAX * 2) }),
  z.strictObject({ kind: z.literal('remove'), student: id }),
  z.strictObject({ kind: z.literal('move'), student: id, cluster, seat: z.int().min(0).max(99) }),
  z.strictObject({ kind: z.literal('bot'), student: id, on: z.boolean() }),
  z.strictObject({ kind: z.literal('message'), student: id.nullable(), text: line(NOTICE_LENGTH_MAX) }),
  z.strictObject({ kind: z.literal('ask'), text: line(QUESTION_LENGTH_MAX), options: z.array(line(OPTION_LENGTH_MAX)).min(2).max(OPTIONS_MAX) }),
  z.strictObject({ kind: z.literal('close-question') }),
  z.strictObject({ kind: z.literal('dismiss') }),
  z.strictObject({ kind: z.literal('scores'), live: z.boolean() }),
  z.strictObject({ kind: z.literal('close') }),
]) satisfies z.ZodType<HostCommand>

const action = z.custom<ToServer['act']['action']>((value) => isJson(value) && value !== null && typeof value === 'object' && !Array.isArray(value)
  && 'kind' in value && typeof value.kind === 'string' && value.kind.length <= 60, 'must be an action with its kind')

const messages = {
  answer: z.strictObject({ seq, question: z.int().min(1).max(999), option: z.int().min(0).max(OPTIONS_MAX - 1), confidence: z.int().min(0).max(100) }),
  act: z.strictObject({ seq, action }),
  command: z.strictObject({ seq, command }),
  look: z.strictObject({ cluster, seat: z.int().min(0).max(99) }),
  ping: z.strictObject({ n: z.number() }),
  resync: z.strictObject({}),
}

/** A message of a page, by its type. */
export type FromPage = { [K in keyof ToServer]: { type: K; body: ToServer[K] } }[keyof ToServer]

function sentenceOf(error: z.ZodError): string {
  const issue = error.issues[0]
  const where = issue === undefined || issue.path.length === 0 ? 'The message' : `"${issue.path.map(String).join('.').slice(0, 60)}"`
  return `${where} cannot be read: ${(issue?.message ?? 'not what was expected').slice(0, WORDS_LENGTH_MAX).replace(/\.$/, '')}.`
}

function check<T>(schema: z.ZodType<T>, value: unknown): Parsed<T> {
  const result = schema.safeParse(value)
  return result.success ? { ok: true, value: result.data } : { ok: false, reason: sentenceOf(result.error) }
}

/** A message by its type and body, both as they came. Never throws. */
export function parseMessage(type: unknown, body: unknown): Parsed<FromPage> {
  switch (type) {
    case 'act': return tagged('act', check(messages.act, body))
    case 'answer': return tagged('answer', check(messages.answer, body))
    case 'command': return tagged('command', check(messages.command, body))
    case 'look': return tagged('look', check(messages.look, body))
    case 'ping': return tagged('ping', check(messages.ping, body))
    case 'resync': return tagged('resync', check(messages.resync, body ?? {}))
    default: return { ok: false, reason: 'There is no such message.' }
  }
}

function tagged<K extends keyof ToServer>(type: K, parsed: Parsed<ToServer[K]>): Parsed<{ type: K; body: ToServer[K] }> {
  return parsed.ok ? { ok: true, value: { type, body: parsed.value } } : parsed
}

/** The number that an answer to a message would name, if one can be read in it; 0 if not. */
export function seqOf(body: unknown): number {
  const found = z.looseObject({ seq }).safeParse(body)
  return found.success ? found.data.seq : 0
}

const token = z.string().min(1).max(TEXT_LENGTH_MAX)
const joining = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('student'), name: z.string().max(TEXT_LENGTH_MAX * 2), token: token.optional() }),
  z.strictObject({ role: z.literal('host'), secret: z.string().min(1).max(TEXT_LENGTH_MAX), device: z.string().regex(/^[a-z0-9]{1,16}$/, 'must be up to 16 small letters and figures').optional() }),
])

/** What a page says when it joins. */
export function parseJoin(options: unknown): Parsed<JoinOptions> {
  const parsed = check(joining, options)
  if (!parsed.ok) return parsed
  if (parsed.value.role === 'host') {
    const { role, secret, device } = parsed.value
    return { ok: true, value: device === undefined ? { role, secret } : { role, secret, device } }
  }
  const { role, name, token: given } = parsed.value
  return { ok: true, value: given === undefined ? { role, name } : { role, name, token: given } }
}

/** The body of `POST /api/classes`. */
export function parseOpening(body: unknown): Parsed<{ title: string }> {
  return check(z.strictObject({ title: z.string().max(TITLE_LENGTH_MAX * 4) }), body)
}
