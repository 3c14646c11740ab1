import { idOf } from '../../shared/faults/plan.ts'
import { PLAN_FORMAT } from '../../shared/plan-file.ts'
import type { ChaosPlan } from '../../shared/plan-file.ts'
import type { PlannedFault, PlanStep } from '../../shared/sim/scenario.ts'
import type { SimMs } from '../../shared/sim/types.ts'
import type { PlanBegun } from '../../shared/wire/messages.ts'
import type { FaultSeen } from './above-faults.ts'

/** Plans as the cockpit shows and saves them: what was done so far, and what is still to come. */

/** A step that is still to come, with its name in its plan; `atMs` counts from the start of the round. */
export interface StepToCome { step: PlanStep; id: string; atMs: SimMs; plan: PlanBegun }

/** Longest title of a plan that is saved, in characters. */
const titleLengthMax = 80

/** Whether a fault of the round is that step of that plan. */
const isStep = (fault: FaultSeen, id: string, { name, fromMs }: PlanBegun): boolean => fault.startedMs >= fromMs && fault.id === (name === '' ? id : `${name}.${id}`)

/** The steps of the plans that have not begun yet, by time. One that waits for a condition stays until it has begun. */
export function toCome(begun: readonly PlanBegun[], faults: readonly FaultSeen[], nowMs: SimMs, endMs: SimMs): StepToCome[] {
  return begun.flatMap((plan) => plan.steps.flatMap((step, place): StepToCome[] => {
    const id = idOf(step, place), atMs = plan.fromMs + step.atMs
    const waits = step.do === 'fault' && step.when !== undefined
    const done = step.do === 'fault' && faults.some((fault) => isStep(fault, id, plan))
    return done || atMs >= endMs || (atMs <= nowMs && !waits) ? [] : [{ step, id, atMs, plan }]
  })).toSorted((a, b) => a.atMs - b.atMs)
}

/** How long a fault lasted, or is to last: what was undone by hand is as short as it was. */
function lastedMs({ startedMs, endedMs, endsAtMs }: FaultSeen): number | null {
  if (endedMs !== null) return Math.max(1, endedMs - startedMs)
  return endsAtMs === null ? null : endsAtMs - startedMs
}

/**
 * What was done in a cluster so far, and what its plans still have in store, as a plan that does it again: faults with exactly the nodes they
 * had, then the steps to come as they were written. Steps are named anew, and conditions follow the names.
 */
export function scriptOf(title: string, scenario: string, faults: readonly FaultSeen[], begun: readonly PlanBegun[], nowMs: SimMs, endMs: SimMs): ChaosPlan {
  const ran = faults.filter((fault) => fault.startedMs <= nowMs)
  const coming = toCome(begun, ran, nowMs, endMs)
  const done = ran.map((fault, at): PlannedFault => ({ do: 'fault', id: `s${at + 1}`, atMs: fault.startedMs, type: fault.type, params: fault.params, durationMs: lastedMs(fault) }))
  const nameOf = (id: string, plan: PlanBegun): string | null => {
    const before = ran.findIndex((fault) => isStep(fault, id, plan))
    if (before >= 0) return done[before]?.id ?? null
    const at = coming.findIndex((one) => one.id === id && one.plan === plan)
    return at < 0 ? null : `s${ran.length + at + 1}`
  }
  const planned = coming.flatMap(({ step, atMs, plan }, at): PlanStep[] => {
    if (step.do === 'halt') return [{ ...step, atMs }]
    const named: PlannedFault = { ...step, id: `s${ran.length + at + 1}`, atMs }
    if (step.when?.kind !== 'after') return [named]
    const fault = nameOf(step.when.fault, plan)
    // It waits for a step that will never come: so would its copy.
    return fault === null ? [] : [{ ...named, when: { ...step.when, fault } }]
  })
  const seed = begun.find((plan) => plan.seed !== null)?.seed ?? null
  return { format: PLAN_FORMAT, title: title.slice(0, titleLengthMax), scenario, seed, steps: [...done, ...planned] }
}

/** How long a plan takes, in ms: to the end of its last fault, as far as that is known. */
export function lengthMs(plan: Pick<ChaosPlan, 'steps'>): number {
  return Math.max(0, ...plan.steps.map((step) => step.atMs + (step.do === 'fault' ? step.durationMs ?? 0 : 0)))
}

/** A name for the file of a plan: `thursday-group-round-1.plan.json`. */
export function fileName(title: string): string {
  const words = title.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '')
  return `${words === '' ? 'netsplit' : words}.plan.json`
}
