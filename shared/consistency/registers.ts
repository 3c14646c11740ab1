import type { Json } from '../sim/json.ts'
import { grouped } from './grouped.ts'
import type { History, Operation } from './history.ts'
import { Numbering } from './linearizable/numbering.ts'

/** What a read is said to have read before any write: the value at the start. */
export const INITIAL = -1
/** A read that no write was found for yet; it says nothing. */
export const OPEN = -2

const READS: readonly string[] = ['read', 'get']
const WRITES: readonly string[] = ['write', 'put']

export const isRead = (operation: Operation): boolean => READS.includes(operation.f)
/** The object that an operation is on. */
export const keyOf = (operation: Operation): string => operation.key ?? ''
/** The value written, or the value that was read. */
export const valueOf = (operation: Operation): Json | undefined => (isRead(operation) ? operation.result : operation.arg)

/**
 * A history of registers as the checks see it that reason by "who read from whom": causal consistency and session guarantees. An access is a
 * number, its place in `operations`.
 *
 * What is left out says nothing: operations that failed, reads without an answer, and unanswered writes of values that nobody read. (Nothing
 * comes after such a write: its client does not wait for it, and nobody saw it. So it takes part in no contradiction.)
 */
export interface Registers {
  /** In the order of their calls. */
  operations: readonly Operation[]
  /** Which object each is on, as a number from 0. */
  keys: readonly number[]
  /** For each read, the writes that it may have read, the likeliest first; `INITIAL` among them where the value fits. Empty for writes. */
  sources: readonly (readonly number[])[]
  /** The answered accesses of each client, in its order; and each unanswered write by itself, since nothing comes after it. */
  lanes: readonly (readonly number[])[]
  /** For each lane, the answered access after which it begins: for an unanswered write the last one before it of its client; else -1. */
  after: readonly number[]
}

/** Why `what` cannot be checked, or null when it can: every operation that may have happened reads or writes a register. */
export function refuseRegisters(history: History, what: string): string | null {
  const other = history.operations.find(({ f, status }) => status !== 'fail' && !READS.includes(f) && !WRITES.includes(f))
  return other === undefined ? null : `${what} is checked for registers only, that is for reads and writes of whole values, and operation ${other.id} is ${/^[aeio]/.test(other.f) ? 'an' : 'a'} ${other.f}.`
}

/** Reads registers from operations; `refuseRegisters` was asked before. Near linear time, unless many writes have the same value. */
export function registersOf(history: Pick<History, 'operations' | 'model'>): Registers {
  const values = new Numbering()
  const numberOf = (value: Json): number => {
    values.add(value)
    return values.of(value)!
  }
  const initial = numberOf(history.model.init)
  const place = (operation: Operation): string => `${numberOf(valueOf(operation) as Json)}@${keyOf(operation)}`
  const happened = history.operations.filter((one) => one.status === 'ok' ? valueOf(one) !== undefined : one.status === 'info' && !isRead(one)).toSorted((a, b) => a.call - b.call)
  const wanted = new Set(happened.filter((one) => isRead(one)).map(place))
  const operations = happened.filter((one) => one.status === 'ok' || wanted.has(place(one)))

  const keyNumbers = new Map<string, number>()
  const keys = operations.map((one) => {
    const key = keyNumbers.get(keyOf(one)) ?? keyNumbers.size
    keyNumbers.set(keyOf(one), key)
    return key
  })
  const writers = grouped([...operations.keys()].filter((at) => !isRead(operations[at]!)), (at) => place(operations[at]!))
  const sources = operations.map((one) => {
    if (!isRead(one)) return []
    const writes = writers.get(place(one)) ?? []
    // Most likely it read the newest of the writes called before it was answered.
    const before = writes.filter((at) => operations[at]!.call < one.ret!).reverse()
    const later = writes.filter((at) => operations[at]!.call > one.ret!)
    return [...before, ...(numberOf(one.result as Json) === initial ? [INITIAL] : []), ...later]
  })

  const lanes: number[][] = [], after: number[] = [], laneOf = new Map<number, number[]>()
  for (const [at, { client, status }] of operations.entries()) {
    const own = laneOf.get(client)
    if (status === 'info') {
      lanes.push([at])
      after.push(own?.at(-1) ?? -1)
    } else if (own === undefined) {
      const lane = [at]
      laneOf.set(client, lane)
      lanes.push(lane)
      after.push(-1)
    } else own.push(at)
  }
  return { operations, keys, sources, lanes, after }
}
