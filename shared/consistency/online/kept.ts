import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'
import type { Model } from '../model.ts'
import type { Beginning, Class, ObjectState } from './state.ts'

/** Whether an answered operation changed nothing wherever it happened. */
export const isStill = (model: Model, operation: Operation): boolean => (operation.status === 'ok' && model.still !== undefined ? model.still(operation) : model.pure(operation))

/**
 * Keeps an operation that is about to be worked off. The oldest go when there are too many: up to a moment just before an operation that changes
 * the state, so that for a register the write that its later reads depend on stays inside; and if there was none for long, reads, which a witness may
 * always leave out.
 */
export function keep(object: ObjectState, model: Model, operation: Operation, most: number): void {
  const { kept } = object
  const { past } = kept
  if (kept.next === null && past.length >= most >> 1 && !isStill(model, operation) && object.configurations.every((one) => one.used.length === 0)) {
    kept.next = { since: beginningOf(object, model), after: past.length }
  }
  if (past.length >= most && kept.next !== null) {
    past.splice(0, kept.next.after)
    kept.since = kept.next.since
    kept.next = null
    kept.thinned = false
  }
  if (past.length >= 2 * most) {
    const oldest = past.findIndex((one) => isStill(model, one))
    kept.thinned = oldest >= 0
    if (oldest >= 0) past.splice(oldest, 1)
    else {
      past.length = 0
      kept.since = beginningOf(object, model)
    }
  }
  past.push(operation)
}

function beginningOf({ configurations }: ObjectState, model: Model): Beginning {
  const from: Json[] = []
  const doubtful = new Set<number>()
  for (const { state, used, free, read } of configurations) {
    if (!from.some((one) => model.equal(one, state))) from.push(state)
    for (const id of [...used, ...free, ...read]) doubtful.add(id)
  }
  return { from, doubtful: [...doubtful], spent: configurations.some(({ spent }) => spent.some((count) => count > 0)) }
}

/** Whether what is kept tells all: its operations can be explained exactly when all operations can. Otherwise only if these can not, those can not. */
export const tellsAll = ({ kept: { since, thinned } }: ObjectState): boolean => !thinned && !since.spent && since.doubtful.length === 0

/** What is kept of an object, in the order of calls; operations not answered yet may happen or not. Relaxed only: whatever explains all explains this. */
export function keptOf(object: ObjectState, model: Model): Operation[] {
  const { since, past } = object.kept
  const operations: Operation[] = object.classes.flatMap((one: Class) => one.members)
  for (const operation of [...past, ...object.waiting.map((one) => one.operation)]) {
    if (!since.doubtful.includes(operation.id)) operations.push(operation)
    else if (!isStill(model, operation)) operations.push({ ...operation, status: 'info', ret: null, result: undefined })
  }
  return operations.filter((one) => one.status !== 'info' || !model.pure(one)).sort((a, b) => a.call - b.call)
}
