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

/** Numbers the kinds of operations, in the order in which they are met. */
class Kinds {
  readonly all: Operation[] = []
  private readonly numbers = new Map<number, number>()
  /** Numbers of values: plain ones as they are, others by their text. One value with two texts makes two kinds, which is harmless. */
  private readonly plain = new Map<Json | undefined, number>()
  private readonly texts = new Map<string, number>()
  private valueCount = 0
  private readonly names: string[] = []
  /** More than there are values: an operation has two. A model has few `f`, so that names are exact for ten million operations. */
  private readonly base: number

  constructor(operationCount: number) {
    this.base = 2 * operationCount + 1
  }

  numberOf(operation: Operation): number {
    const { f, arg, result } = operation
    let of = this.names.indexOf(f)
    if (of === -1) of = this.names.push(f) - 1
    const name = (of * this.base + this.valueOf(arg)) * this.base + this.valueOf(result)
    const known = this.numbers.get(name)
    if (known !== undefined) return known
    this.numbers.set(name, this.all.length)
    return this.all.push(operation) - 1
  }

  private valueOf(value: Json | undefined): number {
    if (typeof value === 'object' && value !== null) {
      const text = JSON.stringify(value), known = this.texts.get(text)
      if (known === undefined) this.texts.set(text, this.valueCount)
      return known ?? this.valueCount++
    }
    const known = this.plain.get(value)
    if (known === undefined) this.plain.set(value, this.valueCount)
    return known ?? this.valueCount++
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

/** Operations may come in any order. Takes O(n) for those in the order of their calls. `from`: the states in which the object may have been at the start. */
export function problemOf(model: Model, operations: readonly Operation[], from: readonly Json[]): Problem {
  let inOrder = true
  for (let i = 1; i < operations.length && inOrder; i++) inOrder = (operations[i - 1] as Operation).call < (operations[i] as Operation).call
  const sorted = inOrder ? operations : [...operations].sort((a, b) => a.call - b.call)
  const answered = sorted.filter(({ status }) => status === 'ok'), count = answered.length
  const open = sorted.filter((operation) => operation.status === 'info' && !model.pure(operation))

  const kinds = new Kinds(answered.length + open.length)
  const call = new Float64Array(count), ret = new Float64Array(count), kind = new Int32Array(count), still = new Uint8Array(count), word = new Int32Array(count)
  for (let i = 0; i < count; i++) {
    const operation = answered[i] as Operation
    call[i] = operation.call
    ret[i] = operation.ret ?? Infinity
    kind[i] = kinds.numberOf(operation)
    still[i] = (model.still?.(operation) ?? model.pure(operation)) ? 1 : 0
    word[i] = finish(mix(0x3c6ef372, i))
  }
  const groups = new Map<number, number[]>()
  for (const operation of open) {
    const of = kinds.numberOf(operation), calls = groups.get(of)
    if (calls === undefined) groups.set(of, [operation.call])
    else calls.push(operation.call)
  }
  const answeredOfKind = new Int32Array(kinds.all.length)
  for (const of of kind) answeredOfKind[of] = (answeredOfKind[of] as number) + 1
  const unanswered = unansweredOf(groups, (of) => model.sets?.(kinds.all[of] as Operation)?.always !== true)
  return { answered, kinds: kinds.all, kind, answeredOfKind, call, ret, still, word, spans: spansOf(model, sorted, from), unanswered }
}
