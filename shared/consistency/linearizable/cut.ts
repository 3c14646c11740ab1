import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'
import { sameJson } from '../json.ts'
import type { Broken, Rules } from './relax.ts'
import { relaxed } from './relax.ts'
import { textsOnTheWay } from './texts.ts'
import { leaves, rise } from './useless.ts'

/** More states than that tell a reader nothing. */
const STATES_MAX = 64
/** Operations called in the first end that is tried. */
const LENGTH_FIRST = 4

type Possible = (operations: readonly Operation[], from: readonly Json[], cut: number) => readonly Json[] | null

const distinct = (values: readonly Json[]): readonly Json[] => values.filter((value, at) => values.findIndex((other) => sameJson(other, value)) === at)

const isOver = ({ status, ret }: Operation, cut: number): boolean => status === 'ok' && ret! < cut

/**
 * What was there at the start, or was left by what was over. If the last changes before the cut were under way, they may happen first after it instead, from one of
 * those states: a write from any, and a compare-and-set after the change whose value it found.
 */
const registerStates: Possible = (operations, from, cut) =>
  distinct([...from, ...operations.filter((one) => isOver(one, cut)).flatMap((one) => { const left = leaves(one); return left === undefined ? [] : [left] })])

/** All that was over was counted. What was under way may be counted first after the cut, for the order of additions does not matter. */
const counterStates: Possible = (operations, from, cut) => {
  const counted = operations.filter((one) => isOver(one, cut)).reduce((sum, one) => sum + rise(one), 0)
  return from.map((state) => Number(state) + counted)
}

/**
 * Beginnings of the answers of later gets, made of what was put and appended, later too, so that a sentence about a text that cannot be made is
 * true of the whole history. As nothing is put after the cut, no other text can lead to any of the answers.
 */
const textStates: Possible = (operations, from, cut) => {
  const later = operations.filter((one) => !isOver(one, cut))
  if (later.some(({ f }) => f === 'put')) return null
  const answers = later.flatMap(({ f, status, result }) => (f === 'get' && status === 'ok' && typeof result === 'string' ? [result] : []))
  return answers.length === 0 ? null : [...new Set(answers)].flatMap((answer) => textsOnTheWay(answer, operations, from))
}

const possible: { readonly [type: string]: Possible } = {
  register: registerStates, 'cas-register': registerStates, mutex: () => [false, true], counter: counterStates, kv: textStates,
}

/** Whether operations break linearizability when they may begin in any of these states. Deterministic. */
export type BreaksFrom = (operations: readonly Operation[], from: readonly Json[]) => Broken

/** The end of a history, and the states in which it may begin. */
export interface Cut { operations: readonly Operation[]; from: readonly Json[] }

/**
 * The shortest end of a history that breaks linearizability whatever came before, or null. What was over before the cut is replaced by
 * the states that it may have led to; what was under way may have happened before or not, so it is unanswered from now on. What explains
 * the history explains such an end: split its order after the last of those that were over at the cut. All before that had begun before the
 * cut, and led to a state that is listed, or one to which what was under way leads from a listed one. The states at the start are listed,
 * too, so that the end breaks for a reader who begins as the history did. More states only make it harder to break. Null also where
 * there are too many, or where a model does not tell them here. Costs O(log n) calls of `breaks`.
 */
export function cutOff(type: string, operations: readonly Operation[], from: readonly Json[], breaks: BreaksFrom, rules: Rules): Cut | null {
  const statesAt = Object.hasOwn(possible, type) ? possible[type]! : null
  if (statesAt === null) return null
  const all = operations.filter(({ status }) => status !== 'fail'), calls = all.map(({ call }) => call).sort((a, b) => a - b)
  let best: Cut | null = null
  const breaksAt = (place: number): boolean | 'stopped' => {
    const cut = calls[place]! - 0.5, states = statesAt(all, from, cut), wider = states === null ? null : distinct([...from, ...states])
    if (wider === null || wider.length > STATES_MAX) return false
    const end: Cut = { operations: relaxed(all.filter((one) => !isOver(one, cut)), ({ call }) => call < cut, rules), from: wider }, broken = breaks(end.operations, end.from)
    if (broken === true) best = end
    return broken === 'stopped' ? 'stopped' : broken === true
  }
  // Short ends first, for long ones take long: twice as long each time until one breaks, then between it and the one before.
  let most = calls.length - 1, least = most + 1
  for (let length = LENGTH_FIRST; best === null; length *= 2) {
    if (least <= 1) return null
    const place = Math.max(1, calls.length - length), broken = breaksAt(place)
    if (broken === 'stopped') return null
    least = broken ? place + 1 : place
    if (!broken) most = place - 1
  }
  while (least <= most) {
    const middle = (least + most) >> 1, broken = breaksAt(middle)
    if (broken === 'stopped') break
    if (broken) least = middle + 1
    else most = middle - 1
  }
  return best
}
