import { hashOf, sameJson } from '../json.ts'
import type { Model, ModelKind } from '../model.ts'
import { otherF, saysNothing, takesNothing } from './refusals.ts'

const make: ModelKind['make'] = (init): Model => ({
  init,
  step(state, { f, arg, result }) {
    if (f === 'write') return arg
    return result === undefined || sameJson(state, result) ? state : undefined
  },
  equal: sameJson,
  hash: hashOf,
  describe: ({ f, arg, result }) => (f === 'write' ? `write ${JSON.stringify(arg)}` : result === undefined ? 'read' : `read ${JSON.stringify(result)}`),
  partition: ({ key }) => key ?? '',
  pure: ({ f }) => f === 'read',
  sets: ({ f, arg }) => (f === 'write' ? { state: arg, always: true } : undefined),
  hopeless: (state, { result }) => !sameJson(state, result),
  amend: (_state, { f, result }) => (f === 'read' ? { f: 'write', arg: result ?? null } : null),
  total: true,
})

const refuse: ModelKind['refuse'] = ({ f, arg, result }) => {
  if (f === 'read') return takesNothing('a read', arg)
  if (f !== 'write') return otherF('read', 'write')
  // A file that forgot the value would otherwise be judged as if null had been written.
  return arg === null ? 'a write needs an arg: the value written, not null' : saysNothing('a write', result)
}

/** One value that is read and written (Lamport, "On interprocess communication", 1986). A read without a result may have read anything. */
export const register: ModelKind = { title: 'Register', usualInit: null, make, refuseInit: () => null, refuse }
