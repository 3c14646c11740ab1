import type { Json } from '../../sim/json.ts'
import { hashOf, sameJson } from '../json.ts'
import type { Model, ModelKind } from '../model.ts'
import type { Operation } from '../history.ts'
import { otherF, saysNothing, takesNothing } from './refusals.ts'

/** `[from, to]` of a compare-and-set. */
const pairOf = (arg: Json): readonly [from: Json, to: Json] => arg as readonly [Json, Json]

function describe({ f, arg, result }: Operation): string {
  if (f === 'write') return `write ${JSON.stringify(arg)}`
  if (f === 'read') return result === undefined ? 'read' : `read ${JSON.stringify(result)}`
  const [from, to] = pairOf(arg)
  const asked = `cas ${JSON.stringify(from)} to ${JSON.stringify(to)}`
  return result === undefined ? asked : `${asked} (${result === true ? 'done' : 'refused'})`
}

/** Setting a value to itself changes nothing, done or refused. */
const pure = ({ f, arg }: Operation): boolean => f === 'read' || (f === 'cas' && sameJson(pairOf(arg)[0], pairOf(arg)[1]))

const make: ModelKind['make'] = (init): Model => ({
  init,
  step(state, { f, arg, result }) {
    if (f === 'write') return arg
    if (f === 'read') return result === undefined || sameJson(state, result) ? state : undefined
    const [from, to] = pairOf(arg)
    const fits = sameJson(state, from)
    if (result !== undefined && result !== fits) return undefined
    return fits ? to : state
  },
  equal: sameJson,
  hash: hashOf,
  describe,
  partition: ({ key }) => key ?? '',
  pure,
  still: (operation) => pure(operation) || (operation.f === 'cas' && operation.result === false),
  sets({ f, arg, result }) {
    if (f === 'write') return { state: arg, always: true }
    return f === 'cas' && result !== false ? { state: pairOf(arg)[1], always: result === true } : undefined
  },
  // Only a write or another cas changes what a read finds, or whether a cas fits.
  hopeless: (state, { f, arg, result }) => (f === 'read' ? !sameJson(state, result) : sameJson(state, pairOf(arg)[0]) !== result),
  // Of a refused one it cannot be said what it found.
  amend: (_state, { f, arg, result }) => (f === 'read' ? { f: 'write', arg: result ?? null } : f === 'cas' && result === true ? { f: 'write', arg: pairOf(arg)[0] } : null),
})

const refuse: ModelKind['refuse'] = ({ f, arg, result }) => {
  if (f === 'read') return takesNothing('a read', arg)
  if (f === 'write') return arg === null ? 'a write needs an arg: the value written, not null' : saysNothing('a write', result)
  if (f !== 'cas') return otherF('read', 'write', 'cas')
  if (!Array.isArray(arg) || arg.length !== 2) return 'the arg of a cas must be [from, to]'
  return result === undefined || typeof result === 'boolean' ? null : 'the result of a cas must be true (done) or false (refused), or left out'
}

/**
 * A register that also compares and sets in one step: `cas [from, to]` answers true and writes `to` if the register holds `from`, and
 * answers false otherwise (Herlihy, "Wait-free synchronization", 1991). A read that answers null found the register's null, which is
 * its usual first state; one without a result may have found anything, and so may a cas.
 */
export const casRegister: ModelKind = { title: 'Compare-and-set register', usualInit: null, make, refuseInit: () => null, refuse }
