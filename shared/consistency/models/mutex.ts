import { hashOf } from '../json.ts'
import type { Model, ModelKind } from '../model.ts'
import { otherF, saysNothing, takesNothing } from './refusals.ts'

/** The state says whether it is locked. */
const make: ModelKind['make'] = (init): Model<boolean> => ({
  init: init === true,
  step: (locked, { f }) => (locked === (f === 'release') ? !locked : undefined),
  equal: (a, b) => a === b,
  hash: hashOf,
  describe: ({ f }) => f,
  partition: ({ key }) => key ?? '',
  pure: () => false,
  amend: (locked) => ({ f: locked ? 'release' : 'acquire', arg: null }),
})

const refuse: ModelKind['refuse'] = ({ f, arg, result }) => {
  if (f !== 'acquire' && f !== 'release') return otherF('acquire', 'release')
  return takesNothing(f, arg) ?? saysNothing(f, result)
}

const refuseInit: ModelKind['refuseInit'] = (init) => (typeof init === 'boolean' ? null : 'init must be true (locked) or false (free)')

/**
 * A lock without an owner: acquire happens only while it is free, release only while it is locked, whoever holds it (so does Knossos judge
 * a mutex). An acquire that was refused has status `fail`.
 */
export const mutex: ModelKind = { title: 'Mutex', usualInit: false, make, refuseInit, refuse }
