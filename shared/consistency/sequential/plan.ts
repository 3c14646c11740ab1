import type { Operation } from '../history.ts'
import type { Model } from '../model.ts'

/** Answered operations of one client in its order, as numbers; and for each how many unanswered operations of each group may happen from there on. */
export interface Plan {
  /** One operation of each kind: those with the same `f`, `arg` and `result`. */
  kinds: readonly Operation[]
  /** How many partitions there are. */
  partitions: number
  /** For each client its answered operations, in its order. */
  clients: readonly (readonly Planned[])[]
  /** Unanswered operations that are alike: of one kind and one partition. Which of them happens is all one, so only their number counts. */
  groups: readonly Group[]
}

export interface Planned { kind: number; partition: number; pure: boolean; ret: number; operation: Operation }

/** `after`: for each of its operations which client asked for it, and how many answers that one had had. */
export interface Group { kind: number; partition: number; after: readonly { client: number; answers: number }[] }

/** What a search needs to know of a history, in any order. Failed operations, and unanswered ones that change nothing, are left out. */
export function planOf(model: Model, operations: readonly Operation[]): Plan {
  const kinds: Operation[] = []
  const kindNumbers = new Map<string, number>(), partitionNumbers = new Map<string, number>(), clientNumbers = new Map<number, number>()
  const numberIn = <K>(numbers: Map<K, number>, key: K): number => {
    const number = numbers.get(key) ?? numbers.size
    numbers.set(key, number)
    return number
  }
  const kindOf = (operation: Operation): number => {
    const kind = numberIn(kindNumbers, `${operation.f} ${JSON.stringify(operation.arg)} ${JSON.stringify(operation.result)}`)
    if (kind === kinds.length) kinds.push(operation)
    return kind
  }
  const clients: Planned[][] = []
  const groups = new Map<string, { kind: number; partition: number; after: { client: number; answers: number }[] }>()
  for (const operation of operations.toSorted((a, b) => a.call - b.call)) {
    const pure = model.pure(operation)
    if (operation.status === 'fail' || (operation.status === 'info' && pure)) continue
    const client = numberIn(clientNumbers, operation.client), kind = kindOf(operation), partition = numberIn(partitionNumbers, model.partition(operation))
    const own = (clients[client] ??= [])
    if (operation.status === 'ok') own.push({ kind, partition, pure, ret: operation.ret!, operation })
    else {
      const name = `${kind} ${partition}`, group = groups.get(name), place = { client, answers: own.length }
      if (group === undefined) groups.set(name, { kind, partition, after: [place] })
      else group.after.push(place)
    }
  }
  return { kinds, partitions: partitionNumbers.size, clients, groups: [...groups.values()] }
}
