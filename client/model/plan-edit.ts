import { idOf } from '../../shared/faults/plan.ts'
import { PLAN_FORMAT } from '../../shared/plan-file.ts'
import type { ChaosPlan } from '../../shared/plan-file.ts'
import type { PlannedFault, PlanStep } from '../../shared/sim/scenario.ts'
import type { SimMs } from '../../shared/sim/types.ts'
import type { PlanBegun } from '../../shared/wire/messages.ts'
import type { FaultSeen } from './above-faults.ts'
import { toCome } from './plan-script.ts'
import type { StepToCome } from './plan-script.ts'

/** What is still planned for a cluster, as one plan that can be changed and put in place of those under way. Past steps are no part of it. */

/** A step to come; `atMs` counts from the start of the round. `key`: the same while nothing is changed. */
export interface Coming { key: string; step: PlanStep; /** Its name in its plan, which it keeps in the plans that take the place of that. */ id: string; atMs: SimMs; /** Name of the plan it is from; steps name others of their own plan. */ plan: string }

/** A step is moved so far, in ms, by an arrow, and with Shift. */
export const MOVE_MS = 1_000
export const MOVE_FAR_MS = 10_000

const keyOf = ({ plan, id, atMs }: StepToCome): string => `${plan.name} ${plan.fromMs} ${id} ${atMs}`

/** What is to come, by time. */
export const comingOf = (begun: readonly PlanBegun[], faults: readonly FaultSeen[], nowMs: SimMs, endMs: SimMs): Coming[] =>
  toCome(begun, faults, nowMs, endMs).map((one) => ({ key: keyOf(one), step: one.step, id: one.id, atMs: one.atMs, plan: one.plan.name }))

const nameIn = (plan: string, id: string): string => (plan === '' ? id : `${plan}.${id}`)

/** Without those that have begun since: in their own plan, or in one that took its place. */
export const notBegun = (coming: readonly Coming[], faults: readonly FaultSeen[], sinceMs: SimMs): Coming[] =>
  coming.filter(({ step, id }) => step.do === 'halt' || !faults.some((fault) => fault.startedMs >= sinceMs && (fault.id === id || `${fault.id}`.endsWith(`.${id}`))))

/** Those that neither have begun since nor should have; one that waits for a condition stays past its time. */
export const stillToCome = (coming: readonly Coming[], faults: readonly FaultSeen[], nowMs: SimMs, sinceMs: SimMs): Coming[] =>
  notBegun(coming, faults, sinceMs).filter(({ step, atMs }) => atMs > nowMs || (step.do === 'fault' && step.when !== undefined))

/** The same with one step so much earlier or later, but neither before now nor after the round's last second. */
export const moved = (coming: readonly Coming[], key: string, byMs: number, nowMs: SimMs, endMs: SimMs): Coming[] =>
  coming.map((one) => (one.key === key ? { ...one, atMs: Math.max(Math.ceil(nowMs), Math.min(endMs - MOVE_MS, one.atMs + byMs)) } : one)).toSorted((a, b) => a.atMs - b.atMs)

export const without = (coming: readonly Coming[], key: string): Coming[] => coming.filter((one) => one.key !== key)

export const withAdded = (coming: readonly Coming[], step: PlannedFault, atMs: SimMs): Coming[] =>
  [...coming, { key: `added ${coming.length} ${atMs}`, step, id: 'added', atMs: Math.ceil(atMs), plan: 'added' }].toSorted((a, b) => a.atMs - b.atMs)

/** The name, or one made from it, that is not taken. */
function unlike(taken: readonly string[], id: string): string {
  for (let more = 2, own = id; ; own = `${id}-${more++}`) if (!taken.includes(own)) return own
}

/**
 * What is to come as a plan that begins at `fromMs`. A step keeps its name, unless another plan's step has the same. A step that waits for the end of another keeps waiting for it where that
 * is to come as well; where it has begun already, which a plan that begins now cannot know of, the wait becomes a time: its end as it is known.
 */
export function restOf(title: string, coming: readonly Coming[], faults: readonly FaultSeen[], fromMs: SimMs): ChaosPlan {
  const halts = coming.flatMap(({ step }, place) => (step.do === 'halt' ? [idOf(step, place)] : [])), named: { old: string; id: string }[] = []
  for (const { id, plan } of coming) named.push({ old: nameIn(plan, id), id: unlike([...halts, ...named.map((one) => one.id)], id) })
  const steps = coming.map(({ step, atMs, plan }, at): PlanStep => {
    const inMs = Math.max(0, atMs - fromMs)
    if (step.do === 'halt') return { do: 'halt', atMs: inMs }
    const { when, ...plain } = step, id = named[at]?.id ?? ''
    if (when?.kind !== 'after') return { ...plain, id, atMs: inMs, ...(when === undefined ? {} : { when }) }
    const other = nameIn(plan, when.fault), comes = named.find((one) => one.old === other)
    if (comes !== undefined) return { ...plain, id, atMs: inMs, when: { ...when, fault: comes.id } }
    const began = faults.findLast((fault) => fault.id === other), overMs = began?.endedMs ?? began?.endsAtMs ?? null
    return { ...plain, id, atMs: overMs === null ? inMs : Math.max(inMs, Math.ceil(overMs + when.ms - fromMs)) }
  })
  return { format: PLAN_FORMAT, title, scenario: null, seed: null, steps }
}
