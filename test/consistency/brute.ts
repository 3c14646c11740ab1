import type { Operation } from '../../shared/consistency/history.ts'
import type { Model } from '../../shared/consistency/model.ts'
import type { Json } from '../../shared/sim/json.ts'

/**
 * Whether a history is linearizable, by trying every order: no memory, nothing left out, all partitions in one order. An unanswered operation
 * may come anywhere after its call, or nowhere. Each partition starts in one of the states `from`. For histories of up to ten operations or so; to be checked against.
 */
export function bruteLinearizable(model: Model, operations: readonly Operation[], from: readonly Json[] = [model.init]): boolean {
  const names = [...new Set(operations.map((operation) => model.partition(operation)))]
  const place = operations.map((operation) => names.indexOf(model.partition(operation)))
  const has = (set: number, i: number): boolean => (set & (1 << i)) !== 0

  function canEnd(states: readonly Json[], placed: number): boolean {
    let done = true
    for (const [i, operation] of operations.entries()) {
      if (operation.status === 'fail' || has(placed, i)) continue
      if (operation.status === 'ok') done = false
      const tooEarly = operations.some((other, j) => other.status === 'ok' && !has(placed, j) && (other.ret ?? Infinity) < operation.call)
      if (tooEarly) continue
      const at = place[i] as number
      const after = model.step(states[at] as Json, operation)
      if (after !== undefined && canEnd(states.with(at, after), placed | (1 << i))) return true
    }
    return done
  }
  const starts = names.reduce<Json[][]>((all) => all.flatMap((states) => from.map((state) => [...states, state])), [[]])
  return starts.some((states) => canEnd(states, 0))
}
