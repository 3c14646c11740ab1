import type { z } from 'zod'
import { faults } from './faults/index.ts'
import { idOf } from './faults/plan.ts'
import { isTargetWord, resolve, TARGET_WORDS } from './faults/targets.ts'
import { PLAN_FORMAT } from './plan-file.ts'
import type { ChaosPlan } from './plan-file.ts'
import { PLAN_CHARS_MAX, planShape } from './plan-shape.ts'
import { scenarios } from './scenarios/index.ts'
import { nodeIds } from './sim/create.ts'
import type { Fault, FaultParams, FaultRegistry } from './sim/fault.ts'
import { NODES_MAX } from './sim/limits.ts'
import { notAllowed, wrongDuration, wrongParam } from './sim/fault-check.ts'
import type { PlanCondition, PlannedFault, PlanStep, Scenario } from './sim/scenario.ts'
import { NODE_IDS } from './sim/types.ts'
import type { Json, NodeId } from './sim/types.ts'

/** Chaos plans from outside, checked once at the edge; what is wrong is said with the path of the field. */

export type ReadPlan = { ok: true; plan: ChaosPlan } | { ok: false; error: string }
/** What a plan is to be used for: in this mission, in clusters of this size. Without either it need only be of use somewhere. */
export interface PlanUse { mission?: Scenario; nodes?: number }

/** Longest text that is looked at, in characters: blanks count here. */
const TEXT_LENGTH_MAX = 65_536
/** Size of a cluster where nothing names a mission. */
const NODES_USUAL = 5
const registry: FaultRegistry = faults

type Path = readonly (string | number)[]
const pathText = (path: Path): string => path.map((one) => (typeof one === 'number' ? `[${one}]` : `.${one.slice(0, 40)}`)).join('').replace(/^\./, '') || 'The plan'

/** A value in a few words. Never throws. */
function shown(value: unknown): string {
  switch (typeof value) {
    case 'string': return JSON.stringify(value).slice(0, 42)
    case 'number': case 'boolean': return String(value)
    case 'object': return value === null ? 'null' : Array.isArray(value) ? `a list of ${value.length}` : 'an object'
    default: return 'that'
  }
}
const must = (path: Path, what: string, value: unknown): string => `${pathText(path)} must ${what}${value === undefined ? '; it is missing' : `, not ${shown(value)}`}.`
const expected = (path: Path, what: string, value: unknown): string => must(path, `be ${what}`, value)

/** The value at a path of what was given, if there is one. */
function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at: unknown = value
  for (const name of path) at = at !== null && typeof at === 'object' ? (at as { readonly [name: PropertyKey]: unknown })[name] : undefined
  return at
}

/** The first thing wrong with the shape. */
function shapeWords(error: z.ZodError, value: unknown): string {
  const issue = error.issues[0]
  if (issue === undefined) return 'The plan is not of the expected shape.'
  const path = issue.path.map((one) => (typeof one === 'number' ? one : String(one)))
  if (issue.code === 'unrecognized_keys') return `${pathText([...path, issue.keys[0] ?? ''])}: there is no such field.`
  if (issue.code === 'invalid_key') return `${pathText(path)}: there is no such field.`
  return expected(path, issue.message, valueAt(value, issue.path))
}

/**
 * Reads a plan: the text of a file, or a value that came over the wire. The error is one sentence that begins with the path of the field, e.g.
 * `steps[2].params.share must be a whole number from 1 to 100 %, not 120.`
 */
export function readPlan(given: unknown, use: PlanUse = {}): ReadPlan {
  const value = typeof given === 'string' ? parsed(given) : { ok: true as const, value: given }
  if (!value.ok) return value
  const of = valueAt(value.value, ['format'])
  if (of !== PLAN_FORMAT && value.value !== null && typeof value.value === 'object') {
    return { ok: false, error: `format ${of === undefined ? 'is missing' : `is ${shown(of)}`}; this program reads ${PLAN_FORMAT}.` }
  }
  const shape = planShape.safeParse(value.value)
  if (!shape.success) return { ok: false, error: shapeWords(shape.error, value.value) }
  const plan: ChaosPlan = shape.data
  const error = wrongPlan(plan, use)
  return error === null ? { ok: true, plan } : { ok: false, error }
}

function parsed(text: string): { ok: true; value: unknown } | { ok: false; error: string } {
  if (text.length > TEXT_LENGTH_MAX) return { ok: false, error: `The plan has more than ${TEXT_LENGTH_MAX} characters.` }
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch (error) {
    // The engine quotes the text around the spot, line breaks and all.
    const reason = error instanceof Error ? error.message.replace(/[\s\p{C}]+/gu, ' ') : 'it cannot be read'
    return { ok: false, error: `The plan is no JSON: ${reason}.`.replace(/\.\.$/, '.') }
  }
}

/** What is wrong with a plan of the right shape for this use, with the path of the field; null when nothing is. */
export function wrongPlan(plan: ChaosPlan, use: PlanUse = {}): string | null {
  const { scenario, steps } = plan
  const made = scenario === null ? undefined : Object.hasOwn(scenarios, scenario) ? scenarios[scenario] : null
  if (made === null) return expected(['scenario'], `one of ${Object.keys(scenarios).join(', ')}, or null`, scenario)
  if (made !== undefined && use.mission !== undefined && made.id !== use.mission.id) return `scenario: this plan was made for ${made.id}, not for ${use.mission.id}.`
  const length = JSON.stringify(plan).length
  if (length > PLAN_CHARS_MAX) return `steps: the plan has ${length} characters without blanks; at most ${PLAN_CHARS_MAX} can be sent to a class.`
  const mission = use.mission ?? made
  const names = steps.map(idOf)
  for (const [place, step] of steps.entries()) {
    if (step.do === 'halt') continue
    // A halt has a name too, that of its place.
    const other = names.findIndex((name, at) => at !== place && name === names[place] && (at < place || steps[at]?.do === 'halt'))
    if (other >= 0) return `steps[${place}].id: steps[${other}] is named ${shown(names[place])} already.`
    const error = wrongStep(step, ['steps', place], mission, use.nodes) ?? (step.when === undefined ? null : wrongCondition(step.when, ['steps', place, 'when'], steps, place, mission))
    if (error !== null) return error
  }
  return circle(steps, names)
}

/** Steps that wait for each other's end, with the path of the first of them; none of them would ever begin. */
function circle(steps: readonly PlanStep[], names: readonly string[]): string | null {
  const next = (place: number): number => {
    const step = steps[place]
    return step?.do === 'fault' && step.when?.kind === 'after' ? names.indexOf(step.when.fault) : -1
  }
  for (const place of steps.keys()) {
    const chain: number[] = []
    for (let at = place; at >= 0 && !chain.includes(at); at = next(at)) chain.push(at)
    if (next(chain.at(-1) ?? place) === place) return `steps[${place}].when.fault: these steps wait for each other, so none begins: ${[...chain, place].map((at) => names[at]).join(' > ')}.`
  }
  return null
}

function wrongStep(step: PlannedFault, path: Path, mission: Scenario | undefined, nodes: number | undefined): string | null {
  const fault = Object.hasOwn(registry, step.type) ? registry[step.type] : undefined
  if (fault === undefined) return expected([...path, 'type'], `one of ${Object.keys(registry).join(', ')}`, step.type)
  const usual = nodeIds(nodes ?? mission?.nodes.usual ?? NODES_USUAL)
  const error = wrongWord(fault, step, [...path, 'params']) ?? wrongAt(fault, step, [...path, 'params'], usual)
  // A plan need not fit clusters of every size: it may name a node that only large ones have.
  const sizes = nodes === undefined ? Array.from({ length: NODES_MAX }, (_, at) => at + 1).filter((size) => mission === undefined || (size >= mission.nodes.min && size <= mission.nodes.max)) : []
  if (error !== null && !sizes.some((size) => wrongAt(fault, step, path, nodeIds(size)) === null)) return error
  const duration = wrongDuration(fault, step.durationMs)
  if (duration !== null) return `${pathText([...path, 'durationMs'])}: ${duration}`
  const refusal = mission === undefined ? null : notAllowed(fault, resolved(fault, step, usual), mission)
  return refusal === null ? null : `${pathText([...path, 'type'])}: ${refusal}`
}

/** Nodes may be named by words; what is neither is wrong in a cluster of any size. */
function wrongWord(fault: Fault, { params }: PlannedFault, path: Path): string | null {
  const known = (one: unknown): boolean => isTargetWord(one) || NODE_IDS.includes(one as NodeId)
  for (const [name, field] of Object.entries(fault.fields)) {
    const value = params[name]
    const at = field.type === 'nodes' && Array.isArray(value) ? (value as readonly Json[]).findIndex((one) => !known(one)) : -1
    if (at >= 0) return expected([...path, name, at], `a node or one of ${Object.keys(TARGET_WORDS).join(', ')}`, (value as readonly Json[])[at])
    if (field.type === 'node' && !known(value)) return expected([...path, name], `a node or one of ${Object.keys(TARGET_WORDS).join(', ')}`, value)
  }
  return null
}

/** The parameters with their words resolved for these nodes: the first one leads, and chance takes the first it can. */
function resolved(fault: Fault, { params }: PlannedFault, ids: readonly NodeId[]): FaultParams {
  return resolve(fault, params, { ids, leader: ids[0] ?? '', pick: (_what, least) => least })
}

function wrongAt(fault: Fault, step: PlannedFault, path: Path, ids: readonly NodeId[]): string | null {
  const wrong = wrongParam(fault, { ...resolved(fault, step, ids) }, ids)
  if (wrong === null) return null
  const { name, sentence } = wrong
  if (name === null) return `${pathText(path)}: ${sentence}`
  const begins = `${name} must `
  return sentence.startsWith(begins) ? must([...path, name], sentence.slice(begins.length, -1), step.params[name]) : `${pathText([...path, name])}: ${sentence}`
}

function wrongCondition(when: PlanCondition, path: Path, steps: readonly PlanStep[], place: number, mission: Scenario | undefined): string | null {
  switch (when.kind) {
    case 'leader': case 'no-leader': return null
    case 'after': {
      const others = steps.flatMap((step, at) => (step.do === 'fault' && at !== place ? [idOf(step, at)] : []))
      return others.includes(when.fault) ? null : expected([...path, 'fault'], others.length === 0 ? 'another step, and there is none' : `another step, one of ${others.join(', ')}`, when.fault)
    }
    case 'breach': {
      const claims = (mission === undefined ? Object.values(scenarios) : [mission]).flatMap((one) => Object.keys(one.claims))
      return when.claim === null || claims.includes(when.claim) ? null : expected([...path, 'claim'], `one of ${claims.join(', ')}, or null`, when.claim)
    }
  }
}
