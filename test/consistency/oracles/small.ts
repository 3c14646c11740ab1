// Small random histories of registers, and what the dumb checkers share. A history is a function of its seed.
import type { History, Operation } from '../../../shared/consistency/history.ts'

/** Whole numbers from 0 to below `n`, the same for the same seed (mulberry32, a well-known public domain generator). */
export function chance(seed: number): (n: number) => number {
  let state = seed | 0
  return (n) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * n)
  }
}

export interface Size { operations: number; clients: number; keys: number }

/**
 * Two to `size.operations` operations, mostly so many, of registers that begin with 0. Half of the histories write each value once, the others repeat values, 0
 * among them. Reads answer with what some write to that object wrote, in a quarter of the histories also with what one will write, and now and then with the
 * initial value or with what nobody wrote.
 */
export function smallHistory(seed: number, size: Size): History {
  const below = chance(seed)
  const count = size.operations - (below(3) === 0 ? below(size.operations - 1) : 0), clients = 1 + below(size.clients), keys = 1 + below(size.keys)
  const unique = below(2) === 0, unsure = below(3) === 0, steady = below(2) === 0, forward = below(4) > 0
  let nextValue = 1
  const drafts: Operation[] = []
  const open = new Map<number, Operation>()
  let position = 0
  const answer = (client: number): void => {
    const one = open.get(client)
    if (one === undefined) return
    open.delete(client)
    const end = unsure ? below(4) : 3
    if (end === 0) return
    one.status = end === 1 && below(2) === 0 ? 'fail' : 'ok'
    one.ret = position++
  }
  while (drafts.length < count) {
    const client = below(clients)
    if (open.has(client)) {
      answer(client)
      continue
    }
    const write = below(2) === 0
    const one: Operation = { id: drafts.length, client, f: write ? 'write' : 'read', key: keys === 1 ? null : `k${below(keys)}`, arg: write ? (unique ? nextValue++ : below(3)) : null, status: 'info', call: position++, ret: null, result: undefined }
    drafts.push(one)
    open.set(client, one)
    if (steady) answer(client)
  }
  for (const client of [...open.keys()]) answer(client)
  for (const one of drafts) {
    if (one.f !== 'read' || one.status !== 'ok') continue
    const values = drafts.filter((other) => other.f === 'write' && other.key === one.key && (!forward || other.id < one.id)).map(({ arg }) => arg)
    const pick = below(40)
    one.result = pick === 0 ? 9 : pick === 1 ? undefined : pick < 12 || values.length === 0 ? 0 : values[below(values.length)]!
  }
  return { model: { type: 'register', init: 0 }, operations: drafts }
}

/** All subsets of a list, the whole one last. */
export function* subsets<T>(items: readonly T[]): Generator<T[]> {
  for (let mask = 0; mask < 1 << items.length; mask++) yield items.filter((_, at) => (mask & (1 << at)) !== 0)
}

/** All orders of a list. */
export function* orders<T>(items: readonly T[]): Generator<T[]> {
  if (items.length === 0) yield []
  for (const [at, item] of items.entries()) for (const rest of orders([...items.slice(0, at), ...items.slice(at + 1)])) yield [item, ...rest]
}

/** All ways to take one of each list. */
export function* choices<T>(lists: readonly (readonly T[])[]): Generator<T[]> {
  const [first, ...rest] = lists
  if (first === undefined) yield []
  else for (const item of first) for (const others of choices(rest)) yield [item, ...others]
}

/** Whether `a` comes before `b` for their client: it was answered before the other was called. */
export const before = (a: Operation, b: Operation): boolean => a.client === b.client && a.status === 'ok' && a.ret! < b.call

/** A history in words, for a failing test. */
export function show({ operations }: Pick<History, 'operations'>): string {
  return operations.map((one) => `${one.id}: c${one.client} ${one.f} ${one.key ?? ''} ${one.f === 'write' ? one.arg : one.result} ${one.status} [${one.call}, ${one.ret}]`).join('\n')
}
