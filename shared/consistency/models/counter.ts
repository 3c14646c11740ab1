import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'
import { hashOf } from '../json.ts'
import type { Model, ModelKind } from '../model.ts'
import { otherF, saysNothing, takesNothing } from './refusals.ts'

const amountOf = (arg: Json): number => (arg === null ? 1 : Number(arg))

function describe({ f, arg, result }: Operation): string {
  if (f !== 'read') return `${f} by ${amountOf(arg)}`
  return result === undefined ? 'read' : `read ${JSON.stringify(result)}`
}

const make: ModelKind['make'] = (init): Model<number> => ({
  init: Number(init),
  step(state, { f, arg, result }) {
    if (f === 'increment') return state + amountOf(arg)
    if (f === 'decrement') return state - amountOf(arg)
    return result === undefined || state === result ? state : undefined
  },
  equal: (a, b) => a === b,
  hash: hashOf,
  describe,
  partition: ({ key }) => key ?? '',
  pure: ({ f }) => f === 'read',
  amend: (state, { f, result }) => (f === 'read' ? { f: 'increment', arg: Number(result) - state } : null),
})

const refuse: ModelKind['refuse'] = ({ f, arg, result }) => {
  if (f === 'read') return takesNothing('a read', arg) ?? (result === undefined || Number.isSafeInteger(result) ? null : 'the result of a read must be a whole number, or left out')
  if (f !== 'increment' && f !== 'decrement') return otherF('increment', 'decrement', 'read')
  return arg === null || Number.isSafeInteger(arg) ? saysNothing(f, result) : `the arg of ${f} must be a whole number, or left out for 1`
}

const refuseInit: ModelKind['refuseInit'] = (init) => (Number.isSafeInteger(init) ? null : 'init must be a whole number')

/** A number that is raised and lowered by amounts, 1 unless said otherwise, and read. */
export const counter: ModelKind = { title: 'Counter', usualInit: 0, make, refuseInit, refuse }
