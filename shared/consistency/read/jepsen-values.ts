import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'
import type { Edn } from './edn.ts'
import { ednJson, ednText, untagged } from './edn-json.ts'
import type { JepsenEvent, Pair } from './jepsen.ts'
import { quoted, Unreadable } from './text.ts'

/**
 * How Jepsen's `:f` and `:value` read as a model's operation. `asks`: its value comes with the answer, and a nil there means what `nil`
 * says; `sets`: its value is what was asked for; `plain`: it has none that counts.
 */
type Reading = { kind: 'asks'; nil: Json | undefined } | { kind: 'sets'; f?: string; result?: Json } | { kind: 'plain' }

// Knossos takes a nil read for one whose value nobody knows, and histories recorded for it rely on that: any answer is allowed.
const unknownIfNil: Reading = { kind: 'asks', nil: undefined }
const sets: Reading = { kind: 'sets' }
const plain: Reading = { kind: 'plain' }

const readings: { readonly [model: string]: { readonly [f: string]: Reading } } = {
  register: { read: unknownIfNil, write: sets },
  // A compare-and-set that found another value has `:fail` and no effect; one with `:ok` was done.
  'cas-register': { read: unknownIfNil, write: sets, cas: { kind: 'sets', result: true } },
  kv: { get: unknownIfNil, put: sets, append: sets },
  mutex: { acquire: plain, release: plain },
  counter: { read: unknownIfNil, add: { kind: 'sets', f: 'increment' }, increment: sets, decrement: sets },
  queue: { enqueue: sets, dequeue: { kind: 'asks', nil: null } },
}

/** The first model that has all of these operations. Throws `Unreadable` when none has, at the first that makes it so. */
export function guessModel(invocations: readonly Pick<JepsenEvent, 'f' | 'at'>[]): string {
  const names = new Set(invocations.map(({ f }) => f))
  for (const [model, reading] of Object.entries(readings)) if ([...names].every((f) => Object.hasOwn(reading, f))) return model
  throw new Unreadable(`expected the operations of one model (${Object.entries(readings).map(([model, reading]) => `${model}: ${Object.keys(reading).join(', ')}`).join('; ')}); found ${quoted([...names].join(', '))}`, strangerAt(invocations))
}

/** Where the first stands that no model has, or that none has together with those before. */
function strangerAt(invocations: readonly Pick<JepsenEvent, 'f' | 'at'>[]): number | null {
  const names = new Set<string>()
  return invocations.find(({ f }) => {
    if (names.has(f)) return false
    names.add(f)
    return !Object.values(readings).some((reading) => [...names].every((name) => Object.hasOwn(reading, name)))
  })?.at ?? null
}

/** The parts of `[a b]`, or null for another value. */
function two(value: Edn | undefined): readonly [Edn, Edn] | null {
  const vector = untagged(value ?? null)
  if (typeof vector !== 'object' || vector === null || vector.kind !== 'vector') return null
  const [first, second, ...more] = vector.items
  return first === undefined || second === undefined || more.length > 0 ? null : [first, second]
}

export type Call = Pick<Operation, 'f' | 'key' | 'arg' | 'result'>

/**
 * What each pair of events did, in the model's words. The key is `:key` where there is one. Else values are `[key value]`, as
 * `jepsen.independent` writes them, if `keyed` says so, or if every invocation's is a vector of two and every read is invoked with
 * `[key nil]`: a register without keys is read with nil alone.
 */
export function callsOf(pairs: readonly Pair[], model: string, keyed: boolean): { calls: Call[]; keyed: boolean } {
  const reading = Object.hasOwn(readings, model) ? readings[model] : undefined
  const of = (f: string): Reading => (reading !== undefined && Object.hasOwn(reading, f) ? reading[f] as Reading : sets)
  const asks = pairs.filter(({ invoke }) => of(invoke.f).kind === 'asks')
  const tupled = keyed || (asks.length > 0 && pairs.every(({ invoke }) => two(invoke.value) !== null) && asks.every(({ invoke }) => two(invoke.value)?.[1] === null))
  const names = new Map<string, string>()
  const calls = pairs.map(({ invoke, end }): Call => {
    const asked = partsOf(invoke, tupled)
    const answered = end === null ? null : partsOf(end, tupled)
    const key = asked.key === undefined ? null : keyName(asked.key, names, invoke)
    if (answered?.key !== undefined && asked.key !== undefined && ednText(answered.key) !== ednText(asked.key)) {
      throw new Unreadable(`expected the key ${quoted(ednText(asked.key))} that was invoked, found ${quoted(ednText(answered.key))}`, end?.at ?? invoke.at)
    }
    const how = of(invoke.f)
    const done = end?.type === 'ok'
    switch (how.kind) {
      case 'plain': return { f: invoke.f, key, arg: null, result: undefined }
      case 'asks': {
        const value = answered?.value ?? null
        return { f: invoke.f, key, arg: null, result: !done ? undefined : value === null ? how.nil : ednJson(value) }
      }
      case 'sets': return { f: how.f ?? invoke.f, key, arg: ednJson(argOf(asked.value, answered?.value, end ?? invoke)), result: done ? how.result : undefined }
    }
  })
  return { calls, keyed: tupled }
}

function partsOf(event: JepsenEvent, tupled: boolean): { key: Edn | undefined; value: Edn } {
  if (event.key !== undefined && event.key !== null) return { key: event.key, value: event.value ?? null }
  if (!tupled) return { key: undefined, value: event.value ?? null }
  const tuple = two(event.value)
  if (tuple !== null) return { key: tuple[0], value: tuple[1] }
  // What failed or got lost may say nothing more.
  if (event.type === 'invoke' || event.type === 'ok') throw new Unreadable(`expected a value [key value], found ${event.value === undefined ? 'nothing' : quoted(ednText(event.value))}`, event.at)
  return { key: undefined, value: null }
}

/** What was asked for. Whoever invokes may leave it open, and say at the end what it was. */
function argOf(asked: Edn, answered: Edn | undefined, end: JepsenEvent): Edn {
  if (asked === null) return answered ?? null
  if (end.type === 'ok' && answered !== undefined && answered !== null && JSON.stringify(ednJson(answered)) !== JSON.stringify(ednJson(asked))) {
    throw new Unreadable(`expected the value ${quoted(ednText(asked))} that was invoked, found ${quoted(ednText(answered))}`, end.at)
  }
  return asked
}

/** Texts are their own names, other keys are named as EDN writes them. Two keys of one name would be judged as one object. */
function keyName(key: Edn, names: Map<string, string>, event: JepsenEvent): string {
  const text = ednText(key), name = typeof key === 'string' ? key : text
  const other = names.get(name)
  if (other !== undefined && other !== text) throw new Unreadable(`expected keys that differ in more than their quotes, found ${quoted(other)} and ${quoted(text)}`, event.at)
  names.set(name, text)
  return name
}
