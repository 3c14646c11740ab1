// Causal memory as Ahamad, Neiger, Burns, Kohli and Hutto define it ("Causal memory: definitions, implementation and programming", 1995), for histories in
// which it is clear which write each read read, of up to ten operations or so.
import type { History, Operation } from '../../../shared/consistency/history.ts'
import { before } from './small.ts'

/** Whether each client's reads and all writes that come causally before them have an order that keeps causality and explains the reads. Null where a read may have read several writes. */
export function causalMemoryBySerialization({ operations, model }: History): boolean | null {
  const happened = operations.filter((one) => one.status === 'ok' ? one.f === 'write' || one.result !== undefined : one.status === 'info' && one.f === 'write')
  const source = new Map<Operation, Operation | null>()
  for (const read of happened.filter(({ f }) => f === 'read')) {
    const writes = happened.filter((one) => one.f === 'write' && one.key === read.key && one.arg === read.result)
    const sources = [...(read.result === model.init ? [null] : []), ...writes]
    if (sources.length > 1) return null
    if (sources.length === 0) return false
    source.set(read, sources[0]!)
  }
  const causes = new Map(happened.map((one) => [one, new Set(happened.filter((other) => before(other, one) || source.get(one) === other))]))
  for (let grown = true; grown;) {
    grown = false
    for (const past of causes.values()) for (const one of [...past]) for (const earlier of causes.get(one)!) if (!past.has(earlier)) grown = past.add(earlier) !== undefined
  }
  if (happened.some((one) => causes.get(one)!.has(one))) return false
  return [...new Set(happened.map(({ client }) => client))].every((client) => {
    const reads = happened.filter((one) => one.client === client && one.f === 'read')
    const known = happened.filter((one) => reads.includes(one) || (one.f === 'write' && reads.some((read) => causes.get(read)!.has(one))))
    const serialize = (left: readonly Operation[], last: ReadonlyMap<string | null, Operation>): boolean => left.length === 0 || left.some((one) => {
      if (left.some((other) => causes.get(one)!.has(other))) return false
      if (one.f === 'read' && (last.get(one.key) ?? null) !== source.get(one)) return false
      return serialize(left.filter((other) => other !== one), one.f === 'write' ? new Map([...last, [one.key, one]]) : last)
    })
    return serialize(known, new Map())
  })
}
