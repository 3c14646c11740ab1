import { finish, mix } from '../../sim/hash.ts'
import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'
import type { Model } from '../model.ts'

/**
 * Operations of one partition as a search wants them: in arrays by number, answered ones apart from unanswered ones, and those with the
 * same `f`, `arg` and `result` of one kind. Left out is what cannot matter: failed operations, and unanswered ones that change nothing.
 */
export interface Problem {
  /** Answered operations in the order of their calls: their places in it are their numbers. */
  answered: readonly Operation[]
  call: Float64Array
  ret: Float64Array
  kind: Int32Array
  /** 1 for those that change no state in which they can happen. */
  still: Uint8Array
  /** The span of time that shows the place of each, without bounds where none does; null when the model knows of none. */
  spans: { begin: Float64Array; end: Float64Array } | null
  /** A random word for each answered operation: the exclusive or of some tells which (Zobrist, 1970). */
  word: Int32Array
  /** One operation of each kind. */
  kinds: readonly Operation[]
  /** How many answered operations are of a kind. */
  answeredOfKind: Int32Array
  unanswered: Unanswered
}

/** Unanswered operations by their kinds, which come in the order of their first calls. */
export interface Unanswered {
  count: number
  /** The kind of each group. */
  kind: Int32Array
  /** Where each group's operations begin in `call`; the last entry is the end. */
  start: Int32Array
  /** The groups of which it depends on the state before which state they lead to. */
  dependent: readonly number[]
  /** Call of each operation, group by group, in order within a group. */
  call: Float64Array
}

function spansOf(model: Model, operations: readonly Operation[], from: readonly Json[]): Problem['spans'] {
  const spans = model.spans?.(operations, from)?.filter((_, i) => operations[i]?.status === 'ok')
  if (spans === undefined || spans.every((span) => span === null)) return null
  return { begin: Float64Array.from(spans, (span) => span?.begin ?? -Infinity), end: Float64Array.from(spans, (span) => span?.end ?? Infinity) }
}

/** Operations may come in any order. Takes O(n) for those in the order of their calls. */
export function problemOf(model: Model, operations: readonly Operation[], from: readonly Json[]): Problem {
  const inOrder = operations.every((operation, i) => i === 0 || (operations[i - 1] as Operation).call < operation.call)
  const sorted = inOrder ? operations : [...operations].sort((a, b) => a.call - b.call)
  const answered = sorted.filter(({ status }) => status === 'ok')
  const open = sorted.filter((operation) => operation.status === 'info' && !model.pure(operation))

  const kinds: Operation[] = []
  const numbers = new Map<string, number>()
  const kindOf = (operation: Operation): number => {
    const name = `${operation.f} ${JSON.stringify(operation.arg)} ${JSON.stringify(operation.result)}`
    const known = numbers.get(name)
    if (known !== undefined) return known
    numbers.set(name, kinds.length)
    return kinds.push(operation) - 1
  }
  const kind = Int32Array.from(answered, kindOf)
  const groups = new Map<number, number[]>()
  for (const operation of open) {
    const of = kindOf(operation), calls = groups.get(of)
    if (calls === undefined) groups.set(of, [operation.call])
    else calls.push(operation.call)
  }
  const answeredOfKind = new Int32Array(kinds.length)
  for (const of of kind) answeredOfKind[of] = (answeredOfKind[of] as number) + 1
  return {
    answered, kinds, kind, answeredOfKind,
    call: Float64Array.from(answered, (operation) => operation.call),
    ret: Float64Array.from(answered, (operation) => operation.ret ?? Infinity),
    still: Uint8Array.from(answered, (operation) => ((model.still?.(operation) ?? model.pure(operation)) ? 1 : 0)),
    spans: spansOf(model, sorted, from),
    word: Int32Array.from(answered, (_, i) => finish(mix(0x3c6ef372, i))),
    unanswered: unansweredOf(groups, (of) => model.sets?.(kinds[of] as Operation)?.always !== true),
  }
}

function unansweredOf(groups: ReadonlyMap<number, readonly number[]>, isDependent: (kind: number) => boolean): Unanswered {
  const start = [0], kinds = [...groups.keys()]
  for (const calls of groups.values()) start.push((start.at(-1) ?? 0) + calls.length)
  return {
    count: start.at(-1) ?? 0,
    kind: Int32Array.from(kinds), start: Int32Array.from(start), call: Float64Array.from([...groups.values()].flat()),
    dependent: [...kinds.keys()].filter((group) => isDependent(kinds[group] as number)),
  }
}
