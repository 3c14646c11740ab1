import type { Operation } from '../../../shared/consistency/history.ts'
import type { Model } from '../../../shared/consistency/model.ts'
import type { Json } from '../../../shared/sim/json.ts'
import { before } from './small.ts'

/** Whether some order of all answered operations and some unanswered ones keeps each client's own order and explains the answers: every order is tried, nothing remembered. */
export function sequentialByEnumeration(model: Model, operations: readonly Operation[]): boolean {
  const names = [...new Set(operations.map((one) => model.partition(one)))]
  const tryFrom = (states: readonly Json[], left: readonly Operation[]): boolean => {
    if (left.every(({ status }) => status === 'info')) return true
    return left.some((one) => {
      if (left.some((other) => before(other, one))) return false
      const at = names.indexOf(model.partition(one))
      const state = model.step(states[at]!, one)
      return state !== undefined && tryFrom(states.with(at, state), left.filter((other) => other !== one))
    })
  }
  return tryFrom(names.map(() => model.init), operations.filter(({ status }) => status !== 'fail'))
}
