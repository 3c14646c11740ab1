import { z } from 'zod'
import { faults } from './faults/index.ts'
import { plainValues, planParts } from './plan-shape.ts'
import { RECORDING_FORMAT } from './recording.ts'
import type { Header } from './recording.ts'
import { scenarios } from './scenarios/index.ts'
import { nodeIds, wrongSettings } from './sim/create.ts'
import { NODES_MAX, TIME_MS_MAX, TRAVEL_MS_MAX } from './sim/limits.ts'
import type { Settings } from './sim/types.ts'

/**
 * The shapes of a recording from outside, checked once at the edge. Unknown fields are refused: a reader that ignores what it
 * does not know would replay another history than the one that was recorded.
 */

// Our pages may not make code from text (their Content-Security-Policy says so): Zod need not try, and be reported for it.
z.config({ jitless: true })

const TEXT_LENGTH_MAX = 400
const atMs = z.int().min(0).max(TIME_MS_MAX)
const seat = z.int().min(0).max(NODES_MAX - 1)
const shortText = z.string().max(TEXT_LENGTH_MAX)
const level = z.enum(['L0', 'L1', 'L2', 'L3'])
const playedBy = z.enum(['student', 'bot'])
/** Parameters of faults and fields of actions. */
const values = plainValues(TEXT_LENGTH_MAX)
const digest = z.string().regex(/^[0-9a-f]{16}$/)

const ms = z.int().min(0).max(TIME_MS_MAX)
const travelMs = z.int().min(0).max(TRAVEL_MS_MAX)
const latency = z.discriminatedUnion('shape', [
  z.strictObject({ shape: z.literal('constant'), ms }),
  z.strictObject({ shape: z.literal('uniform'), leastMs: ms, mostMs: ms }),
  z.strictObject({ shape: z.literal('log-normal'), medianMs: ms, leastMs: ms, mostMs: ms }),
  z.strictObject({ shape: z.literal('tail'), of: z.enum(['normal', 'exponential', 'log-normal', 'pareto']), medianMs: travelMs, spreadMs: travelMs }),
])

const settings = z.strictObject({
  nodes: z.int().min(1).max(NODES_MAX), level, clockOffsetsMs: z.array(z.int()).max(NODES_MAX), latency, syncMs: ms,
  beliefs: z.record(z.string().max(2), z.string().max(80)), playedBy: z.array(playedBy).max(NODES_MAX), customers: z.boolean(), durationMs: ms,
})

const header = z.strictObject({
  format: z.literal(RECORDING_FORMAT), simVersion: z.int(), scenario: z.string().max(80), scenarioVersion: z.int(),
  seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER), settings, nodes: z.array(z.string().max(2)).max(NODES_MAX), cluster: shortText, round: z.int().min(0),
})

const input = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('act'), atMs, seat, action: z.intersection(values, z.looseObject({ kind: z.string().max(80), letter: shortText.optional(), request: shortText.optional() })) }),
  z.strictObject({ kind: z.literal('fault'), atMs, id: shortText, type: z.string().max(80), params: values, durationMs: z.int().min(1).max(TIME_MS_MAX).nullable() }),
  z.strictObject({ kind: z.literal('heal'), atMs, id: shortText }),
  z.strictObject({ kind: z.literal('halt'), atMs, step: shortText.exactOptional() }),
  z.strictObject({ kind: z.literal('set-clocks'), atMs }),
  z.strictObject({ kind: z.literal('seat'), atMs, seat, playedBy }),
  z.strictObject({ kind: z.literal('level'), atMs, seat, level }),
  z.strictObject({ kind: z.literal('plan'), atMs, id: shortText, ...planParts, instead: z.literal(true).exactOptional() }),
  z.strictObject({ kind: z.literal('bookmark'), atMs, text: shortText }),
  z.strictObject({ kind: z.literal('prediction'), atMs, seat, n: z.int().min(1), question: shortText, answer: shortText, confidence: z.number().min(0).max(100) }),
  z.strictObject({ kind: z.literal('speed'), atMs, speed: z.number().positive().max(100) }),
  z.strictObject({ kind: z.literal('phase'), atMs, phase: z.enum(['paused', 'running']) }),
  z.strictObject({ kind: z.literal('end'), atMs }),
])

const entry = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('input'), input }),
  z.strictObject({ t: z.literal('watermark'), toMs: atMs }),
  z.strictObject({ t: z.literal('digest'), fact: z.int().min(0), digest }),
  z.strictObject({ t: z.literal('closed'), atMs, facts: z.int().min(0), digest }),
])

/** The first thing wrong, with where it is: `input.seat: expected number to be <=8`. */
function firstWrong(error: z.ZodError): string {
  const issue = error.issues[0]
  if (issue === undefined) return 'not of the expected shape'
  const where = issue.path.map(String).join('.')
  const what = issue.message.replace(/^(Invalid input|Too big|Too small|Invalid string|Invalid option|Unrecognized key): ?/, '').slice(0, 200)
  return where === '' ? what : `${where}: ${what}`
}

/** What is wrong with a header, in words; null when nothing is. Its mission must be known; its version may be another one. */
export function wrongHeader(value: unknown): string | null {
  if (value !== null && typeof value === 'object' && 'format' in value && value.format !== RECORDING_FORMAT) {
    return `the format is ${JSON.stringify(value.format)?.slice(0, 60)}; this program reads ${RECORDING_FORMAT}.`
  }
  const parsed = header.safeParse(value)
  if (!parsed.success) return `the header is wrong (${firstWrong(parsed.error)}).`
  const { scenario: id, seed, settings: given, nodes } = parsed.data
  const scenario = Object.hasOwn(scenarios, id) ? scenarios[id] : undefined
  if (scenario === undefined) return `there is no mission ${JSON.stringify(id)} here; there is ${Object.keys(scenarios).join(', ')}.`
  const { latency: shape } = given
  if ('leastMs' in shape && shape.leastMs > shape.mostMs) return 'the shortest latency is longer than the longest.'
  const wrong = wrongSettings(scenario, seed, given satisfies Settings)
  if (wrong !== null) return wrong
  return nodes.join() === nodeIds(given.nodes).join() ? null : `the nodes are ${nodes.join(', ')}; a cluster of ${given.nodes} has ${nodeIds(given.nodes).join(', ')}.`
}

/**
 * A check for the entries of one recording, to be asked in their order: shape, seats, known faults, time that never runs
 * backwards, and nothing after the end. It says what is wrong in words; null when nothing is.
 */
export function entryCheck(of: Pick<Header, 'settings'>): (value: unknown) => string | null {
  const { nodes } = of.settings
  let inputMs = 0, fact = -1, closed = false
  const wrongInput = (one: z.infer<typeof input>): string | null => {
    if (one.atMs < inputMs) return `its time runs backwards, from ${inputMs} to ${one.atMs} ms`
    if ('seat' in one && one.seat >= nodes) return `there is no seat ${one.seat} in a cluster of ${nodes}`
    if (one.kind === 'fault' && !Object.hasOwn(faults, one.type)) return `there is no fault ${JSON.stringify(one.type)}; there is ${Object.keys(faults).join(', ')}`
    inputMs = one.atMs
    return null
  }
  return (value) => {
    const parsed = entry.safeParse(value)
    if (!parsed.success) return firstWrong(parsed.error)
    if (closed) return 'it comes after the end'
    const one = parsed.data
    switch (one.t) {
      case 'input': return wrongInput(one.input)
      // A lower one is no damage: watermarks are written ahead, and a step in a pause asks for less than had been allowed.
      case 'watermark': return null
      case 'digest':
        if (one.fact <= fact) return `its digests run backwards, from fact ${fact} to ${one.fact}`
        fact = one.fact
        return null
      case 'closed':
        if (one.atMs < inputMs) return `its time runs backwards, from ${inputMs} to ${one.atMs} ms`
        closed = true
        return null
    }
  }
}
