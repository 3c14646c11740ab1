import type { Operation } from '../../shared/consistency/history.ts'
import type { Model } from '../../shared/consistency/model.ts'
import type { Json } from '../../shared/sim/json.ts'

/**
 * Whether some order of all answered operations of one partition, and of any of the unanswered ones, follows the model from one of these
 * states and `before`: by trying them all.
 */
export function hasOrder(model: Model, operations: readonly Operation[], from: readonly Json[], before: (a: Operation, b: Operation) => boolean): boolean {
  const go = (state: Json, left: readonly Operation[]): boolean =>
    !left.some(({ status }) => status === 'ok') || left.some((next) => {
      if (left.some((other) => other.status === 'ok' && before(other, next))) return false
      const after = model.step(state, next)
      return after !== undefined && go(after, left.filter((other) => other !== next))
    })
  const tried = operations.filter(({ status }) => status !== 'fail')
  return from.some((state) => go(state, tried))
}
