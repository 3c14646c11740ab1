import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'
import { unanswered } from '../linearizable/relax.ts'
import { isLinearizable } from '../linearizable/search.ts'
import type { Model } from '../model.ts'
import { Meter } from '../verdict.ts'
import { isStill, keptOf } from './kept.ts'
import type { ObjectState } from './state.ts'

/**
 * The part of an object's history that a witness is looked for in: the latest operations, and the states in which the object may have been before them. Nearly
 * always no order of these explains `answer`, and some order explains the rest; but what came before is known less exactly than it was judged by.
 */
export interface Evidence { partition: string; from: Json[]; operations: Operation[]; answer: Operation }

/** Steps of search for one question: what takes more counts as explained. */
const STEPS_QUESTION = 5_000

/**
 * The evidence of a break by `answer`: what is kept, without what the check made up (`Model.amend`). Answers that were right only by that show the break that was told
 * before, not this one: they count as never given here, if this one breaks without them. They are found once each, with O(log n) searches, and noted.
 */
export function evidenceOf(object: ObjectState, model: Model, answer: Operation): Evidence {
  const { partition, kept } = object, { from } = kept.since
  const all = keptOf(object, model).filter(({ id }) => id >= 0)
  const evidence = { partition, answer, from, operations: all }
  if (object.amended === 0) return evidence
  const there = new Set(all.map(({ id }) => id))
  kept.excused = kept.excused.filter((id) => there.has(id))
  const breaksBy = (end: number): boolean => isLinearizable(model, asKnownBy(all, end, kept.excused, model), new Meter({ steps: STEPS_QUESTION }), from) === 'violated'
  const before = all.filter(({ id, status }) => status === 'ok' && id !== answer.id && !kept.excused.includes(id)).sort((a, b) => (a.ret as number) - (b.ret as number))
  const endOf = (at: number): number => (before[at] as Operation).ret as number
  for (let from = 0, last = before.length - 1; from <= last && breaksBy(endOf(last)); from++) {
    for (let most = last; from < most;) {
      const middle = (from + most) >> 1
      if (breaksBy(endOf(middle))) most = middle
      else from = middle + 1
    }
    kept.excused.push((before[from] as Operation).id)
  }
  const rest = asKnownBy(all, Infinity, kept.excused, model)
  return isLinearizable(model, rest, new Meter({ steps: STEPS_QUESTION }), from) === 'violated' ? { ...evidence, operations: rest } : evidence
}

/** What was known when an answer came, those that are excused as never answered. */
function asKnownBy(operations: readonly Operation[], end: number, excused: readonly number[], model: Model): Operation[] {
  return operations.flatMap((one) => {
    if (one.call > end) return []
    if (one.status !== 'ok' || ((one.ret as number) <= end && !excused.includes(one.id))) return [one]
    return isStill(model, one) ? [] : [unanswered(one)]
  })
}
