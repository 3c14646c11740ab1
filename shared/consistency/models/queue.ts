import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'
import { hashOf, sameJson } from '../json.ts'
import type { Model, ModelKind, Span } from '../model.ts'
import { otherF, saysNothing, takesNothing } from './refusals.ts'

function describe({ f, arg, result }: Operation): string {
  if (f === 'enqueue') return `enqueue ${JSON.stringify(arg)}`
  return result === undefined ? 'dequeue' : result === null ? 'dequeue from an empty queue' : `dequeue ${JSON.stringify(result)}`
}

const NEVER: Span = { begin: Infinity, end: Infinity }

/**
 * A value that was put in once left when the one dequeue took place that answered it. If none did, it never left, unless an unanswered one took it. Only for
 * values that are told apart without looking into them.
 */
function spans(operations: readonly Operation[], from: readonly (readonly Json[])[]): (Span | null)[] {
  const put = new Map<Json, number>(), left = new Map<Json, Span>(), first = new Set(from.flat())
  let unknown = false
  for (const { f, arg, status, call, ret, result } of operations) {
    if (status === 'fail') continue
    if (f === 'enqueue') put.set(arg, (put.get(arg) ?? 0) + 1)
    else if (result === undefined) unknown = true
    else left.set(result, { begin: call, end: ret ?? Infinity })
  }
  return operations.map(({ f, arg }) => {
    if (f !== 'enqueue' || typeof arg === 'object' || put.get(arg) !== 1 || first.has(arg)) return null
    return left.get(arg) ?? (unknown ? null : NEVER)
  })
}

/** The state lists what waits, the next one to leave first. */
const make: ModelKind['make'] = (init): Model<readonly Json[]> => ({
  init: init as readonly Json[],
  step(waiting, { f, arg, result }) {
    if (f === 'enqueue') return [...waiting, arg]
    const next = waiting[0] ?? null
    if (result !== undefined && !sameJson(next, result)) return undefined
    return waiting.length === 0 ? waiting : waiting.slice(1)
  },
  equal: sameJson,
  hash: hashOf,
  describe,
  partition: ({ key }) => key ?? '',
  pure: () => false,
  still: ({ f, result }) => f === 'dequeue' && result === null,
  // One that was lost counts as taken.
  amend: (waiting, { f, result }) => (f === 'dequeue' && waiting.some((one) => sameJson(one, result ?? null)) ? { f: 'dequeue', arg: null } : null),
  spans,
})

const refuse: ModelKind['refuse'] = ({ f, arg, result }) => {
  if (f === 'dequeue') return takesNothing('dequeue', arg)
  if (f !== 'enqueue') return otherF('enqueue', 'dequeue')
  return arg === null ? 'enqueue needs an arg: a value, not null, which stands for an empty queue' : saysNothing('enqueue', result)
}

const refuseInit: ModelKind['refuseInit'] = (init) =>
  Array.isArray(init) && init.every((value: Json) => value !== null) ? null : 'init must be an array of values, none of them null: what waits at the start'

/** First in, first out, as in Herlihy and Wing, "Linearizability" (1990). To dequeue from an empty queue answers null and changes nothing. */
export const queue: ModelKind = { title: 'Queue', usualInit: [], make, refuseInit, refuse }
