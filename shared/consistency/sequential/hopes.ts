import type { Json } from '../../sim/json.ts'
import { grouped } from '../grouped.ts'
import type { Operation } from '../history.ts'
import { sameJson } from '../json.ts'
import { Numbering } from '../linearizable/numbering.ts'
import type { Plan } from './plan.ts'

/** Which operations can lead to a value: of each client the places in its order of answered ones, rising, and groups of unanswered ones. */
interface Makers { answered: readonly { client: number; places: readonly number[] }[]; groups: readonly number[] }
/** A read of one client: where it stands in the client's order, what it read, and what can lead to that. */
export interface Hope { place: number; result: Json; makers: Makers }

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

/** Beyond so many pairs of values read and written in a partition its reads are not looked at beforehand: that only saves time where it is short. */
const PAIRS_MAX = 1_000_000

/** The first of items, in the order of their places, that is not before `place`; undefined if there is none. */
export function firstFrom<T>(items: readonly T[], placeOf: (item: T) => number, place: number): T | undefined {
  let low = 0, high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (placeOf(items[middle]!) < place) low = middle + 1
    else high = middle
  }
  return items[low]
}

/** What each read of a register or of a text hopes for. Time: different values read times writes of each partition, up to a limit. */
export function hopesOf(plan: Plan): Hopes {
  const { clients, groups, kinds, partitions } = plan
  const grows = growing(plan)
  const places = clients.flatMap((own, client) => own.map((one, place) => ({ client, place, partition: one.partition, operation: one.operation })))
  const byPartition = grouped(places, ({ partition }) => partition)
  return Array.from({ length: partitions }, (_, partition) => {
    const here = byPartition.get(partition) ?? [], free = groups.flatMap((group, at) => (group.partition === partition ? [{ at, operation: kinds[group.kind]! }] : []))
    if ([...here, ...free].some(({ operation }) => !KNOWN.includes(operation.f))) return null
    const reads = here.filter(({ operation: { f, result } }) => READS.includes(f) && result !== undefined), writes = here.filter(({ operation: { f } }) => !READS.includes(f))
    const values = new Numbering()
    for (const { operation } of reads) values.add(operation.result!)
    if (values.count * (writes.length + free.length) > PAIRS_MAX) return null
    const makers: Makers[] = []
    const hopes = reads.map(({ client, place, operation }) => {
      const result = operation.result!
      makers[values.of(result)!] ??= {
        answered: [...grouped(writes.filter((write) => leads(write.operation, result, grows[partition]!)), ({ client }) => client)].map(([maker, own]) => ({ client: maker, places: own.map((write) => write.place) })),
        groups: free.filter((one) => leads(one.operation, result, grows[partition]!)).map(({ at }) => at),
      }
      return { client, hope: { place, result, makers: makers[values.of(result)!]! } }
    })
    return [...grouped(hopes, ({ client }) => client)].map(([client, own]) => ({ client, reads: own.map(({ hope }) => hope) }))
  })
}
