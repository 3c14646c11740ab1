import type { Json } from '../../sim/json.ts'
import { sameJson } from '../json.ts'
import type { Operation } from '../history.ts'
import type { Plan } from './plan.ts'

/** A read of one client: where it stands in the client's order, what it read, and which operations can lead to that. */
interface Hope { place: number; result: Json; makers: readonly { client: number; place: number }[]; groups: readonly number[] }

/** For each partition, its reads by client, each client's in its order; null for partitions of other operations than reads and writes of values. */
export type Hopes = readonly (readonly { client: number; reads: readonly Hope[] }[] | null)[]

const READS: readonly string[] = ['read', 'get'], KNOWN: readonly string[] = [...READS, 'write', 'put', 'append', 'cas']

/** Whether what is held is, or by appends may become, what was read. */
export const mayBecome = (held: Json, result: Json, grows: boolean): boolean =>
  grows ? typeof held === 'string' && typeof result === 'string' && result.startsWith(held) : sameJson(held, result)

/** Whether an operation leaves, whatever was held before, something that may become what was read. Appends do not: they need a beginning that others left. */
function leads({ f, arg }: Operation, result: Json, grows: boolean): boolean {
  if (f === 'write' || f === 'put') return mayBecome(arg, result, grows)
  return f === 'cas' && mayBecome((arg as readonly Json[])[1]!, result, grows)
}

/** Which partitions grow by appends. */
export const growing = ({ clients, groups, kinds, partitions }: Plan): readonly boolean[] => {
  const grows = Array.from({ length: partitions }, () => false)
  for (const { kind, partition } of [...clients.flat(), ...groups]) if (kinds[kind]!.f === 'append') grows[partition] = true
  return grows
}

/** What each read of a register or of a text hopes for. Time: reads times writes of each partition. */
export function hopesOf(plan: Plan): Hopes {
  const { clients, groups, kinds, partitions } = plan
  const grows = growing(plan)
  return Array.from({ length: partitions }, (_, partition) => {
    const here = clients.map((own) => own.flatMap((one, place) => (one.partition === partition ? [{ ...one, place }] : [])))
    const free = groups.flatMap((group, at) => (group.partition === partition ? [{ at, operation: kinds[group.kind]! }] : []))
    if ([...here.flat(), ...free].some(({ operation }) => !KNOWN.includes(operation.f))) return null
    const grow = grows[partition]!
    const writes = here.flatMap((own, client) => own.flatMap(({ operation, place }) => (READS.includes(operation.f) ? [] : [{ client, place, operation }])))
    return here.flatMap((own, client) => {
      const reads = own.flatMap(({ operation: { f, result }, place }): Hope[] => (!READS.includes(f) || result === undefined ? [] : [{
        place, result,
        // What this client writes only later does not help.
        makers: writes.filter((write) => (write.client !== client || write.place < place) && leads(write.operation, result, grow)),
        groups: free.filter(({ operation }) => leads(operation, result, grow)).map(({ at }) => at),
      }]))
      return reads.length === 0 ? [] : [{ client, reads }]
    })
  })
}
