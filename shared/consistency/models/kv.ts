import { hashOf } from '../json.ts'
import type { Operation } from '../history.ts'
import type { Model, ModelKind } from '../model.ts'
import { otherF, saysNothing, takesNothing } from './refusals.ts'

const textOf = (value: unknown): string => value as string

function describe({ f, key, arg, result }: Operation): string {
  const where = JSON.stringify(key ?? '')
  if (f !== 'get') return `${f} ${JSON.stringify(arg)} ${f === 'put' ? 'at' : 'to'} ${where}`
  return result === undefined ? `get ${where}` : `get ${JSON.stringify(result)} from ${where}`
}

/** One key of the store: the others are other partitions. */
const make: ModelKind['make'] = (init): Model<string> => ({
  init: textOf(init),
  step(state, { f, arg, result }) {
    if (f === 'put') return textOf(arg)
    if (f === 'append') return state + textOf(arg)
    return result === undefined || state === result ? state : undefined
  },
  equal: (a, b) => a === b,
  hash: hashOf,
  describe,
  partition: ({ key }) => key ?? '',
  pure: ({ f }) => f === 'get',
  sets: ({ f, arg }) => (f === 'put' ? { state: textOf(arg), always: true } : undefined),
  // Without a put it only grows.
  hopeless: (state, { result }) => !textOf(result).startsWith(state),
  amend: (_state, { f, result }) => (f === 'get' ? { f: 'put', arg: textOf(result) } : null),
  total: true,
})

const refuse: ModelKind['refuse'] = ({ f, key, arg, result }) => {
  if (f !== 'get' && f !== 'put' && f !== 'append') return otherF('get', 'put', 'append')
  if (key === null) return `${f} needs a key`
  if (f === 'get') return takesNothing('get', arg) ?? (result === undefined || typeof result === 'string' ? null : 'the result of get must be a text, or left out')
  return typeof arg === 'string' ? saysNothing(f, result) : `the arg of ${f} must be a text`
}

const refuseInit: ModelKind['refuseInit'] = (init) => (typeof init === 'string' ? null : 'init must be a text, which every key holds at the start')

/** Texts by key: get, put, and append to the end, as in the lab of MIT's course 6.824 whose histories Porcupine publishes. */
export const kv: ModelKind = { title: 'Key-value store', usualInit: '', make, refuseInit, refuse }
