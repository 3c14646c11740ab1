import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'
import { sameJson } from '../json.ts'
import type { Rules } from './relax.ts'
import { unanswered } from './relax.ts'
import { textsOnTheWay } from './texts.ts'
import { leaves, rise } from './useless.ts'

/** More states than that tell a reader nothing. */
const STATES_MAX = 64

type Possible = (operations: readonly Operation[], from: readonly Json[], cut: number) => readonly Json[] | null

const distinct = (values: readonly Json[]): readonly Json[] => values.filter((value, at) => values.findIndex((other) => sameJson(other, value)) === at)

/** What was there at the start, or was left by an operation called before. */
const registerStates: Possible = (operations, from, cut) =>
  distinct([...from, ...operations.filter(({ call }) => call < cut).flatMap((one) => { const left = leaves(one); return left === undefined ? [] : [left] })])

const counterStates: Possible = (operations, from, cut) => {
  let least = Math.min(...from.map(Number)), most = Math.max(...from.map(Number))
  for (const one of operations) {
    if (one.call > cut) continue
    const by = rise(one), must = one.status === 'ok' && one.ret! < cut
    least += must ? by : Math.min(0, by)
    most += must ? by : Math.max(0, by)
  }
  return most - least >= STATES_MAX ? null : Array.from({ length: most - least + 1 }, (_, more) => least + more)
}

/**
 * Beginnings of the answers of later gets, made of what was put and appended before. As nothing is put any more, no other text can lead to
 * any of the answers, and those to none.
 */
const textStates: Possible = (operations, from, cut) => {
  const later = operations.filter((one) => one.status === 'info' || one.ret! > cut), earlier = operations.filter(({ call }) => call < cut)
  if (later.some(({ f }) => f === 'put')) return null
  const answers = later.flatMap(({ f, status, result }) => (f === 'get' && status === 'ok' && typeof result === 'string' ? [result] : []))
  return answers.length === 0 ? null : [...new Set(answers)].flatMap((answer) => textsOnTheWay(answer, earlier, from))
}

const possible: { readonly [type: string]: Possible } = {
  register: registerStates, 'cas-register': registerStates, mutex: () => [false, true], counter: counterStates, kv: textStates,
}

/** Whether operations break linearizability when they may begin in any of these states. Deterministic. */
export type BreaksFrom = (operations: readonly Operation[], from: readonly Json[]) => boolean | 'unknown'

/** The end of a history, and the states in which it may begin. */
export interface Cut { operations: readonly Operation[]; from: readonly Json[] }

/**
 * The shortest end of a history that breaks linearizability whatever came before, or null. What was over before the cut is replaced by
 * all states that it may have led to; what was under way may have happened before, so it is unanswered from now on. What explains
 * the history explains such an end: take its order after the last of those that were over at the cut. What stands before that began
 * before the cut, and led to one of the states. Any states more only make it harder to break; so do the first states, which are
 * among them, so that the end breaks for a reader who begins as the history did, too. Null also where there are too many states, or where a
 * model does not tell them here.
 */
export function cutOff(type: string, operations: readonly Operation[], from: readonly Json[], breaks: BreaksFrom, rules: Rules): Cut | null {
  const statesAt = Object.hasOwn(possible, type) ? possible[type]! : null
  if (statesAt === null) return null
  const calls = operations.filter(({ status }) => status !== 'fail').map(({ call }) => call).sort((a, b) => a - b)
  let best: Cut | null = null
  for (let least = 1, most = calls.length - 1; least <= most;) {
    const middle = (least + most) >> 1, cut = calls[middle]! - 0.5
    const states = statesAt(operations.filter(({ status }) => status !== 'fail'), from, cut)
    const end: Cut | null = states === null ? null : { operations: rules.helpful(after(operations, cut, rules)), from: distinct([...from, ...states]) }
    if (end !== null && end.from.length <= STATES_MAX && breaks(end.operations, end.from) === true) {
      best = end
      least = middle + 1
    } else most = middle - 1
  }
  return best
}

function after(operations: readonly Operation[], cut: number, rules: Rules): Operation[] {
  return operations.flatMap((one) => {
    if (one.status === 'fail' || (one.status === 'ok' && one.ret! < cut)) return []
    if (one.call > cut) return [one]
    return rules.idle(one) ? [] : [unanswered(one)]
  })
}
