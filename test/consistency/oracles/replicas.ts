// Longer histories of registers, made by copies that hand on writes to each other in causal order.
import type { History, Operation } from '../../../shared/consistency/history.ts'
import { chance } from './small.ts'

export interface Room { clients: number; operations: number; keys: number; /** Values are whole numbers below this, or each written once. */ values: number | null; lostIn100: number }

/**
 * Each client has a copy of its own, which takes over the writes of the others late, each client's in its order and none before what its writer had seen:
 * causal memory. With `settle` a copy keeps the newer of two writes (by the number of writes, then client), so that it is causal convergence; else the one
 * that came last.
 */
export function replicaHistory(seed: number, { clients, operations, keys, values, lostIn100 }: Room, settle: boolean): History {
  const below = chance(seed)
  interface Write { key: number; value: number; stamp: number; client: number; needs: number[] }
  const logs: Write[][] = Array.from({ length: clients }, () => [])
  const copies = Array.from({ length: clients }, () => ({ applied: Array.from({ length: clients }, () => 0), store: new Map<number, Write>(), stamp: 0 }))
  const done: Operation[] = []
  let next = 1
  const apply = (copy: (typeof copies)[number], write: Write): void => {
    const old = copy.store.get(write.key)
    if (!settle || old === undefined || old.stamp < write.stamp || (old.stamp === write.stamp && old.client < write.client)) copy.store.set(write.key, write)
    copy.stamp = Math.max(copy.stamp, write.stamp)
    copy.applied[write.client]!++
  }
  for (let at = 0; at < operations; at++) {
    const client = below(clients), copy = copies[client]!, key = below(keys)
    for (let tries = below(4); tries > 0; tries--) {
      const from = below(clients), write = logs[from]![copy.applied[from]!]
      if (from !== client && write?.needs.every((count, other) => other === from || copy.applied[other]! >= count)) apply(copy, write)
    }
    const one: Operation = { id: at, client, f: 'read', key: `k${key}`, arg: null, status: 'ok', call: 2 * at, ret: 2 * at + 1, result: undefined }
    if (below(2) === 0) {
      const write = { key, value: values === null ? next++ : below(values), stamp: copy.stamp + 1, client, needs: [...copy.applied] }
      logs[client]!.push(write)
      apply(copy, write)
      Object.assign(one, { f: 'write', arg: write.value })
      if (below(100) < lostIn100) Object.assign(one, { status: 'info', ret: null })
    } else one.result = copy.store.get(key)?.value ?? 0
    done.push(one)
  }
  return { model: { type: 'register', init: 0 }, operations: done }
}

/** The history in which the read at `at`, or the first after it, answers with another write's value. */
export function spoiled({ model, operations }: History, at: number, pick: number): History {
  const read = operations.findIndex((one, place) => place >= at && one.f === 'read')
  if (read < 0) return { model, operations }
  const values = operations.filter((one) => one.f === 'write' && one.key === operations[read]!.key).map(({ arg }) => arg)
  return { model, operations: operations.map((one, place) => (place === read ? { ...one, result: values[pick % Math.max(1, values.length)] ?? 0 } : one)) }
}
