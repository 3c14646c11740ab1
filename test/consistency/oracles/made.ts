import type { History, Operation } from '../../../shared/consistency/history.ts'
import { randomHistory } from '../random.ts'
import { replicaHistory, spoiled } from './replicas.ts'

/** A history of copies, of which one answer may be wrong. */
export function longer(seed: number, operations: number): History {
  const history = replicaHistory(seed, { clients: 3, operations, keys: 2, values: null, lostIn100: 20 }, seed % 2 === 0)
  return seed % 3 === 0 ? history : spoiled(history, seed % operations, seed >> 3)
}

/** Histories of all models. In half of them clients that lost an answer go on under a name that was there before, so that the order of its operations counts. */
export function ofModel(type: string, seed: number, operationsMax = 6): History {
  const history = randomHistory(type, seed, { clientsMax: 3, operationsMin: 3, operationsMax, keysMax: 2 })
  if (seed % 2 === 0) return history
  let operations: readonly Operation[] = history.operations
  for (const { client } of history.operations) {
    for (const base of [0, 1, 2]) {
      const merged = operations.map((one) => (one.client === client ? { ...one, client: base } : one))
      const oneAtATime = merged.every((a) => merged.every((b) => a.client !== b.client || a.call >= b.call || a.ret === null || a.ret < b.call))
      if (oneAtATime) operations = merged
    }
  }
  return { ...history, operations }
}
