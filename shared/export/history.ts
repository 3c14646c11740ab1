import type { History, Operation } from '../consistency/history.ts'
import { endOf } from '../invariants/calls.ts'
import type { OpenCalls } from '../invariants/calls.ts'
import type { Fact } from '../sim/facts.ts'
import type { HistorySpec } from '../sim/scenario.ts'
import type { RequestId, Shape } from '../sim/types.ts'
import { callEventOf } from './calls.ts'

/**
 * What the customers of a round did, as operations on the mission's object. Positions are numbers of facts: `call` is when the
 * customer asked, `ret` the answer. An operation that was given up, or is open when the facts end, is `info`; one that was given up before any
 * node took it up is `fail`, and `ret` is when. Linear in the facts.
 */
export function historyOf(facts: Iterable<Fact>, spec: HistorySpec<Shape>): History {
  const operations: Operation[] = []
  const places = new Map<RequestId, number>()
  const open: OpenCalls = {}
  for (const fact of facts) {
    const event = callEventOf(open, fact)
    if (event?.kind === 'called') {
      const { asked } = event
      const { f, key, arg } = spec.call(asked.operation)
      places.set(asked.request, operations.length)
      operations.push({ id: operations.length, client: asked.customer, f, key, arg, status: 'info', call: asked.n, ret: null, result: undefined, atMs: [asked.atMs, null] })
    } else if (event !== null) {
      const { asked, fact } = event
      const place = places.get(asked.request) ?? -1
      const operation = operations[place]
      const { status, result } = endOf(spec, event)
      if (operation === undefined || status === 'info') continue
      operations[place] = { ...operation, status, ret: fact.n, result: status === 'ok' ? result : undefined, atMs: [asked.atMs, fact.atMs] }
    }
  }
  return { model: { type: spec.model, init: spec.init }, operations }
}
