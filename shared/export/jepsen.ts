import { sameJson } from '../consistency/json.ts'
import { models } from '../consistency/models/index.ts'
import type { HistorySpec } from '../sim/scenario.ts'
import type { Json, Shape } from '../sim/types.ts'
import { asksIn } from './calls.ts'
import { edn, ednFields, keyword } from './edn.ts'
import { ednLines } from './edn-history.ts'
import type { EdnAnswer, EdnCall, EdnReading } from './edn-history.ts'
import { partsOf } from './format.ts'
import type { Choice, Format, Round } from './format.ts'

/**
 * Jepsen's EDN, with the names and values that Knossos' models know. Operations on one of several objects have the value `[key value]`, as
 * jepsen.independent writes them. Knossos itself knows no keys: for it, one key is chosen.
 *
 * To Knossos a read of nil is one whose answer is not known, so a register that holds null would excuse every stale read of it. Here null is
 * the value `:null`, and registers that begin with it are given it first. A compare-and-set that failed says nothing to Knossos: where an
 * answer of that sort is wrong, only `history/1` shows it.
 */
export const jepsen: Format = {
  title: 'Jepsen\'s history in EDN, for Knossos',
  byKey: true,
  write(round, choice) {
    const { history } = round.scenario
    if (history !== undefined) {
      const keys = keysOf(round, history)
      if (choice.key !== null && !keys.includes(choice.key)) return { ok: false, error: `Nobody asked for ${JSON.stringify(choice.key)}; ${keyWords(keys)}.` }
      const reading = objectReading(history, keys, choice)
      return reading === null ? { ok: false, error: `Jepsen's checkers know no ${history.model} that begins with ${JSON.stringify(history.init)}.` } : { ok: true, parts: partsOf(ednLines(round, reading)) }
    }
    if (choice.key !== null) return { ok: false, error: `The customers of ${round.scenario.id} act on no object, so there is no key to choose.` }
    return { ok: true, parts: partsOf(ednLines(round, plainReading)) }
  },
}

/** Of a mission whose customers act on no object that a checker knows: its own operations and replies, with their fields. */
const plainReading: EdnReading = {
  setUp: [],
  call({ operation: { kind, ...fields } }) {
    return { f: keyword(kind), value: ednFields(fields) }
  },
  answer(_asked, { reply: { kind, ...fields } }) {
    return { type: 'ok', value: ednFields(fields), more: { reply: keyword(kind) } }
  },
}

/** Null when no operation of Jepsen's brings the object to its start. */
function objectReading(spec: HistorySpec<Shape>, keys: readonly (string | null)[], { key: chosen }: Choice): EdnReading | null {
  const start = startOf(spec)
  if (start === null) return null
  const valueOf = (key: string | null, value: string): string => (key === null || chosen !== null ? value : `[${edn(key)} ${value}]`)
  return {
    setUp: keys.filter((key) => chosen === null || key === chosen).flatMap((key) => start.map(({ f, value }) => ({ f: keyword(f), value: valueOf(key, value) }))),
    call({ operation }): EdnCall | null {
      const { f, key, arg } = spec.call(operation)
      if (chosen !== null && key !== chosen) return null
      const told = namedOf(f, arg)
      return { f: keyword(told.f), value: valueOf(key, told.value) }
    },
    answer({ operation }, { reply }): EdnAnswer {
      const { f, key, arg } = spec.call(operation)
      const { status, result } = spec.answer(operation, reply)
      const type = status === 'ok' ? typeOf(f, result) : status
      const told = namedOf(f, arg)
      return type === 'ok' ? { type, value: valueOf(key, told.answers && result !== undefined ? dataOf(result) : told.value) } : { type }
    },
  }
}

/** The names that Jepsen's models and checkers have for what ours do. `answers`: it is called without a value, and its answer is one. */
function namedOf(f: string, arg: Json): { f: string; value: string; answers: boolean } {
  switch (f) {
    case 'read': case 'get': case 'dequeue': return { f, value: UNKNOWN, answers: true }
    case 'increment': return { f: 'add', value: edn(arg ?? 1), answers: false }
    case 'decrement': return { f: 'add', value: edn(-Number(arg ?? 1)), answers: false }
    case 'acquire': case 'release': return { f, value: UNKNOWN, answers: false }
    case 'cas': return { f, value: `[${(arg as readonly Json[]).map(dataOf).join(' ')}]`, answers: false }
    default: return { f, value: dataOf(arg), answers: false }
  }
}

/** What a call does not know yet, or an answer does not say. */
const UNKNOWN = 'nil'

/** A value that an object holds. */
const dataOf = (value: Json): string => (value === null ? ':null' : edn(value))

/**
 * In Jepsen an operation that is `:ok` has done what it was called for: a compare-and-set that compared in vain has failed, and so has one
 * that found the queue empty. What was done by an answer that could be any, nobody knows.
 */
function typeOf(f: string, result: Json | undefined): EdnAnswer['type'] {
  if (f === 'cas') return result === true ? 'ok' : result === false ? 'fail' : 'info'
  if (f === 'dequeue') return result === undefined ? 'info' : result === null ? 'fail' : 'ok'
  return 'ok'
}

/** Checkers know no other start than the usual one: what else an object holds, it was given first. Values are EDN. */
function startOf({ model, init }: HistorySpec<Shape>): { f: string; value: string }[] | null {
  if (model === 'register' || model === 'cas-register') return [{ f: 'write', value: dataOf(init) }]
  if (sameJson(init, models[model]?.usualInit)) return []
  switch (model) {
    case 'kv': return [{ f: 'put', value: edn(init) }]
    case 'counter': return [{ f: 'add', value: edn(init) }]
    case 'mutex': return [{ f: 'acquire', value: UNKNOWN }]
    case 'queue': return (init as readonly Json[]).map((value) => ({ f: 'enqueue', value: edn(value) }))
    default: return null
  }
}

/** The keys of all objects that a customer acted on: null for one that has none. */
function keysOf({ facts }: Round, spec: HistorySpec<Shape>): (string | null)[] {
  const keys = new Set<string | null>()
  for (const { operation } of asksIn(facts)) keys.add(spec.call(operation).key)
  return [...keys]
}

/** Keys that a refusal names. */
const KEYS_NAMED_MAX = 20

function keyWords(keys: readonly (string | null)[]): string {
  const named = keys.filter((key) => key !== null)
  if (named.length === 0) return 'there are no keys in this round'
  const more = named.length - KEYS_NAMED_MAX
  return `there is ${named.slice(0, KEYS_NAMED_MAX).map((key) => JSON.stringify(key)).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
