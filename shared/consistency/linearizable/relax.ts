import type { Operation } from '../history.ts'

/** The same operation when nobody knows its answer: it may happen at any time after its call, or never. */
export function unanswered(operation: Operation): Operation {
  if (operation.status === 'info') return operation
  const { atMs, ...rest } = operation
  const relaxed: Operation = { ...rest, status: 'info', ret: null, result: undefined }
  return atMs === undefined ? relaxed : { ...relaxed, atMs: [atMs[0], null] }
}

/** What may be left out, so that whatever explains a history still explains the rest. */
export interface Rules {
  /** Whether it changed nothing where it happened, whatever came before: a read, or a compare-and-set that was refused. */
  idle(operation: Operation): boolean
  /** The list without unanswered operations that can help to explain nothing in it. Keeps all answered ones. */
  helpful(operations: readonly Operation[]): readonly Operation[]
}

/** 'unknown': it would take too long to find out. 'stopped': so it would for all others from now on. */
export type Broken = boolean | 'unknown' | 'stopped'

/** Whether operations break the check. Deterministic. */
export type Breaks = (operations: readonly Operation[]) => Broken

/**
 * The fewest operations found that still break a check, in the order given; `operations` has to break it. Made by steps of three sorts, and
 * after each of them, whatever order of operations explains the list before the step explains the list after it:
 * - an operation that changed nothing is left out: the order without it has the same states;
 * - another becomes unanswered: it may still happen where it did. (What it did there does not depend on whether its answer was heard.)
 * - an unanswered one that cannot help is left out, as `rules.helpful` shows.
 * So if the result breaks, the history does, for what the result shows. The result is the smallest in the sense that no single
 * operation of it can be relaxed any more, and the smallest of up to three tries, that drop early ones first, or late ones, or
 * those that change nothing last. Where `breaks` answers 'unknown', the operations stay, and all that are left where it answers 'stopped'. Costs O(n) calls of `breaks` for n operations, few when the
 * result is small.
 */
export function relax(operations: readonly Operation[], breaks: Breaks, rules: Rules, tries = orders.length): readonly Operation[] {
  const start = rules.helpful(operations.filter(({ status }) => status !== 'fail'))
  return orders.slice(0, tries).map((order) => shrink(start, breaks, rules, order(start.filter(isAnswered), rules))).reduce((best, found) => (weight(found) < weight(best) ? found : best))
}

type Order = (answered: readonly Operation[], rules: Rules) => readonly Operation[]
const early: Order = (answered) => answered
const late: Order = (answered) => answered.toReversed()
const idleLast: Order = (answered, { idle }) => [...answered.filter((one) => !idle(one)), ...answered.filter(idle)]
const orders: readonly Order[] = [early, late, idleLast]

/** Fewer operations first; of as many, fewer whose answers matter. */
const weight = (operations: readonly Operation[]): number => operations.length * 1_000_000 + operations.filter(isAnswered).length

const isAnswered = ({ status }: Operation): boolean => status === 'ok'

/** Relaxes runs of answered operations, half of all at once at first, then ever fewer (Zeller and Hildebrandt's delta debugging, 2002). */
function shrink(start: readonly Operation[], breaks: Breaks, rules: Rules, inTurn: readonly Operation[]): readonly Operation[] {
  let now = start
  let firm = inTurn.map(({ id }) => id)
  for (let size = Math.ceil(firm.length / 2); firm.length > 0;) {
    let changed = false
    for (let at = 0; at < firm.length;) {
      const run = new Set(firm.slice(at, at + size))
      const less = relaxed(now, ({ id }) => run.has(id), rules)
      const broken = breaks(less)
      if (broken === 'stopped') return now
      if (broken === true) {
        now = less
        firm = firm.filter((id) => !run.has(id))
        changed = true
      } else at += size
    }
    if (size === 1 && !changed) break
    size = Math.max(1, size >> 1)
  }
  return now
}

/** Relaxes some operations at once: those without effect are left out, the others become unanswered, and of these what can help to explain nothing is left out too. */
export function relaxed(operations: readonly Operation[], which: (operation: Operation) => boolean, { idle, helpful }: Rules): readonly Operation[] {
  return helpful(operations.flatMap((one) => (!which(one) ? [one] : idle(one) ? [] : [unanswered(one)])))
}

/**
 * Where linearizability breaks first: the operations as they were known at the first answer at which they break. Those called later are
 * left out, those not yet answered are unanswered, or left out if they change nothing. What explains the history explains this: take
 * its order up to the last of those answered by then; nothing called after that answer stands there. So all later answers break too, and
 * the first is found by halving, O(log n) calls of `breaks`. Not for checks that know no time, such as sequential consistency.
 */
export function firstBreak(operations: readonly Operation[], breaks: Breaks, rules: Rules): readonly Operation[] {
  const ends = operations.filter(isAnswered).map(({ ret }) => ret!).sort((a, b) => a - b)
  let known = asKnownAt(operations, ends.at(-1) ?? Infinity, rules)
  for (let least = 0, most = ends.length - 1; least < most;) {
    const middle = (least + most) >> 1
    const part = asKnownAt(operations, ends[middle]!, rules)
    if (breaks(part) === true) {
      known = part
      most = middle
    } else least = middle + 1
  }
  return known
}

function asKnownAt(operations: readonly Operation[], end: number, rules: Rules): readonly Operation[] {
  return relaxed(operations.filter(({ status, call }) => status !== 'fail' && call <= end), ({ status, ret }) => status !== 'ok' || ret! > end, rules)
}
