import { sameJson } from '../consistency/json.ts'
import type { HistorySpec } from '../sim/scenario.ts'
import type { Json, Shape } from '../sim/types.ts'
import { asksIn } from './calls.ts'
import { edn } from './edn.ts'
import { ednLines } from './edn-history.ts'
import type { EdnAnswer, EdnCall, EdnReading } from './edn-history.ts'
import { partsOf } from './format.ts'
import type { Format, Round } from './format.ts'

/**
 * Each operation on a register as a transaction of its own, `[[:w key value]]` or `[[:r key value]]`, for Elle's `rw-register` (Kingsbury and
 * Alvaro, "Elle: inferring isolation anomalies from experimental observations", 2020). Elle takes a register to begin with nil, and tells
 * writes apart by their values: where two writes of a key could be taken for each other, the round cannot be told so.
 */
export const elle: Format = {
  title: 'Jepsen\'s history in EDN, with a transaction for each operation, for Elle\'s rw-register',
  byKey: false,
  write(round) {
    const { history } = round.scenario
    if (history === undefined) return { ok: false, error: `The customers of ${round.scenario.id} act on no object, so Elle has nothing to judge.` }
    const error = wrongFor(round, history)
    return error === null ? { ok: true, parts: partsOf(ednLines(round, readingOf(history))) } : { ok: false, error }
  },
}

/** What a transaction does to its register: what it expects to read (undefined: it reads nothing), and what it writes. */
interface Transaction { reads: boolean; writes: Json | undefined }

/** Null for what is neither a read nor a write. */
function transactionOf(f: string, arg: Json): Transaction | null {
  switch (f) {
    case 'read': case 'get': return { reads: true, writes: undefined }
    case 'write': case 'put': return { reads: false, writes: arg }
    case 'cas': return Array.isArray(arg) ? { reads: true, writes: arg[1] as Json } : null
    default: return null
  }
}

/** One register without a name has the empty one. */
const nameOf = (key: string | null): string => edn(key ?? '')

function valueOf(key: string | null, { reads, writes }: Transaction, read: Json): string {
  const steps = [...(reads ? [`[:r ${nameOf(key)} ${edn(read)}]`] : []), ...(writes === undefined ? [] : [`[:w ${nameOf(key)} ${edn(writes)}]`])]
  return `[${steps.join(' ')}]`
}

const ABSENT: Transaction = { reads: false, writes: undefined }

function readingOf(spec: HistorySpec<Shape>): EdnReading {
  return {
    setUp: [],
    call({ operation }): EdnCall {
      const { f, key, arg } = spec.call(operation)
      return { f: ':txn', value: valueOf(key, transactionOf(f, arg) ?? ABSENT, null) }
    },
    answer({ operation }, { reply }): EdnAnswer {
      const { f, key, arg } = spec.call(operation)
      const { status, result } = spec.answer(operation, reply)
      const transaction = transactionOf(f, arg) ?? ABSENT
      if (status !== 'ok') return { type: status }
      if (f === 'cas') return result === true ? { type: 'ok', value: valueOf(key, transaction, startsAsNil(spec, (arg as readonly Json[])[0] as Json)) } : { type: result === false ? 'fail' : 'info' }
      // An answer that could be any says nothing of what was read.
      if (transaction.reads && result === undefined) return { type: 'info' }
      return { type: 'ok', value: valueOf(key, transaction, startsAsNil(spec, result ?? null)) }
    },
  }
}

/** To read what the register began with is to read nil. No write writes that: such rounds are refused. */
const startsAsNil = (spec: HistorySpec<Shape>, value: Json): Json => (sameJson(value, spec.init) ? null : value)

/** Why a round cannot be told in transactions, in a sentence; null when it can. */
function wrongFor({ facts }: Round, spec: HistorySpec<Shape>): string | null {
  const written = new Map<string, string>()
  for (const fact of asksIn(facts)) {
    const { f, key, arg } = spec.call(fact.operation)
    const transaction = transactionOf(f, arg)
    if (transaction === null) return `Elle's rw-register knows reads and writes; the customers of this round do ${JSON.stringify(f)}.`
    const { writes } = transaction
    if (writes === undefined) continue
    const of = key === null ? '' : ` to ${JSON.stringify(key)}`
    if (writes === null || sameJson(writes, spec.init)) return `Elle takes it that nobody writes what a register begins with; ${fact.request} writes ${JSON.stringify(writes)}${of}.`
    const name = `${nameOf(key)} ${edn(writes)}`
    const other = written.get(name)
    if (other !== undefined) return `Elle tells writes apart by their values; ${other} and ${fact.request} both write ${JSON.stringify(writes)}${of}.`
    written.set(name, fact.request)
  }
  return null
}
