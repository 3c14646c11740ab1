import { sameJson } from './json.ts'
import type { Operation } from './history.ts'
import { isRead, keyOf } from './registers.ts'

/** An operation of which nobody knows whether it happened. */
export function unanswered(operation: Operation): Operation {
  const { atMs, ...rest } = operation
  return { ...rest, status: 'info', ret: null, result: undefined, ...(atMs === undefined ? {} : { atMs: [atMs[0], null] as const }) }
}

/**
 * Whether an unanswered write of a register can be left out of every explanation of `answered`: no answer shows its value. Between it and the next
 * write nobody read, or there was no write at all, so whatever explains the answers with it explains them without it.
 */
export function unseen(write: Operation, answered: readonly Operation[]): boolean {
  return !answered.some((one) => isRead(one) && keyOf(one) === keyOf(write) && sameJson(one.result, write.arg))
}

/** The history in which only `kept` is known: other reads are left out, other writes may have happened or not, and those that nobody saw are left out too. */
export function relaxed(operations: readonly Operation[], kept: (operation: Operation) => boolean, pure: (operation: Operation) => boolean, useless: (operation: Operation, answered: readonly Operation[]) => boolean): Operation[] {
  const answered = operations.filter((one) => one.status === 'ok' && kept(one))
  return operations.flatMap((one) => {
    if (one.status === 'fail') return []
    if (one.status === 'ok' && kept(one)) return [one]
    const maybe = one.status === 'info' ? one : unanswered(one)
    return pure(one) || useless(maybe, answered) ? [] : [maybe]
  })
}

/** How the operations of a model are relaxed. */
export interface Relaxing { pure(operation: Operation): boolean; useless(unanswered: Operation, answered: readonly Operation[]): boolean }

export const registerRelaxing: Relaxing = { pure: isRead, useless: unseen }

/**
 * A smallest part of a broken history that still breaks: none of its operations can be relaxed further. Only by relaxing, so whatever explains the
 * history would explain the part. Halves are tried first, then quarters, down to single operations: once each is enough, as what could not be
 * relaxed among more operations cannot be relaxed among fewer. Where `breaks` gives up it says no, and the part is larger than it need be.
 */
export function reduce(operations: readonly Operation[], rules: Relaxing, breaks: (operations: readonly Operation[]) => boolean): Operation[] {
  let kept = operations.filter(({ status }) => status === 'ok')
  const relaxedTo = (some: readonly Operation[]): Operation[] => {
    const ids = new Set(some.map(({ id }) => id))
    return relaxed(operations, ({ id }) => ids.has(id), (one) => rules.pure(one), (one, answered) => rules.useless(one, answered))
  }
  for (let size = Math.max(1, kept.length >> 1); ; size = size >> 1) {
    for (let at = 0; at < kept.length;) {
      const fewer = [...kept.slice(0, at), ...kept.slice(at + size)]
      if (breaks(relaxedTo(fewer))) kept = fewer
      else at += size
    }
    if (size === 1) return relaxedTo(kept)
  }
}
