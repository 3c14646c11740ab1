import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'
import { hashOf, sameJson } from '../json.ts'
import type { Model, ModelKind } from '../model.ts'

function make(init: Json): Model {
  return {
    init,
    step(state, { f, arg, result }) {
      if (f === 'write') return arg
      return result === undefined || sameJson(state, result) ? state : undefined
    },
    equal: sameJson,
    hash: hashOf,
    describe: (operation) => (operation.f === 'write' ? `write ${JSON.stringify(operation.arg)}` : operation.result === undefined ? 'read' : `read ${JSON.stringify(operation.result)}`),
    partition: (operation) => operation.key ?? '',
    pure: (operation) => operation.f === 'read',
  }
}

const refuse: ModelKind['refuse'] = ({ f, arg }: Pick<Operation, 'f' | 'arg'>) => {
  if (f !== 'read' && f !== 'write') return 'f must be "read" or "write"'
  return f === 'read' && arg !== null ? 'a read takes no arg' : null
}

/** One value that is read and written (Lamport, "On interprocess communication", 1986). */
export const register: ModelKind = { title: 'Register', usualInit: null, make, refuseInit: () => null, refuse }
