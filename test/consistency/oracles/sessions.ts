import type { History, Operation } from '../../../shared/consistency/history.ts'
import { before, choices, orders, subsets } from './small.ts'

export type Guarantee = 'read-your-writes' | 'monotonic-reads' | 'monotonic-writes' | 'writes-follow-reads'

/** Whether one order of the versions keeps the guarantees; a version is a write, the initial one is null. */
function keeps(operations: readonly Operation[], readFrom: ReadonlyMap<Operation, Operation | null>, order: readonly Operation[], guarantees: readonly Guarantee[]): boolean {
  const place = (version: Operation | null): number => (version === null ? -1 : order.indexOf(version))
  const read = (one: Operation): boolean => one.f === 'read'
  return operations.every((a) => operations.every((b) => {
    if (!before(a, b)) return true
    if (!read(a) && read(b)) return !guarantees.includes('read-your-writes') || place(a) <= place(readFrom.get(b)!)
    if (read(a) && read(b)) return !guarantees.includes('monotonic-reads') || place(readFrom.get(a)!) <= place(readFrom.get(b)!)
    if (!read(a) && !read(b)) return !guarantees.includes('monotonic-writes') || place(a) < place(b)
    return !guarantees.includes('writes-follow-reads') || place(readFrom.get(a)!) < place(b)
  }))
}

/** The definition by enumeration: for each object there are unanswered writes that happened, a write for each read, and an order of the versions. */
export function sessionsByEnumeration({ operations, model }: History, guarantees: readonly Guarantee[]): boolean {
  return [...new Set(operations.map(({ key }) => key))].every((key) => {
    const here = operations.filter((one) => one.key === key)
    const reads = here.filter((one) => one.f === 'read' && one.status === 'ok' && one.result !== undefined)
    const sure = here.filter((one) => one.f === 'write' && one.status === 'ok')
    for (const happened of subsets(here.filter((one) => one.f === 'write' && one.status === 'info'))) {
      const writes = [...sure, ...happened]
      const sources = reads.map(({ result }) => [...(result === model.init ? [null] : []), ...writes.filter(({ arg }) => arg === result)])
      for (const chosen of choices(sources)) {
        const readFrom = new Map(reads.map((one, at) => [one, chosen[at]!]))
        for (const order of orders(writes)) if (keeps([...writes, ...reads], readFrom, order, guarantees)) return true
      }
    }
    return false
  })
}
