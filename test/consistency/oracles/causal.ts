// Causal consistency as Bouajjani, Enea, Guerraoui and Hamza define it ("On verifying causal consistency", 2017), by trying all causal orders of up to
// five operations. Nothing here knows of bad patterns.
import type { History, Operation } from '../../../shared/consistency/history.ts'
import { before, choices, orders, subsets } from './small.ts'

export type Level = 'weak' | 'memory' | 'convergence'

/** A partial order: for each of n things the set of those before it, as bits. */
type Partial = readonly number[]

const has = (set: number, one: number): boolean => (set & (1 << one)) !== 0

/** All partial orders of n things: the last one is put anywhere into each order of the others. */
function partialOrders(n: number): Partial[] {
  if (n === 0) return [[]]
  const things = [...Array(n - 1).keys()]
  return partialOrders(n - 1).flatMap((order) => {
    const found: Partial[] = []
    for (let down = 0; down < 1 << (n - 1); down++) {
      if (things.some((one) => has(down, one) && (order[one]! & ~down) !== 0)) continue
      for (let up = 0; up < 1 << (n - 1); up++) {
        if ((up & down) !== 0 || things.some((one) => has(up, one) && (order[one]! & down) !== down)) continue
        if (things.some((one) => !has(up, one) && (order[one]! & up) !== 0)) continue
        found.push([...order.map((past, one) => (has(up, one) ? past | (1 << (n - 1)) : past)), down])
      }
    }
    return found
  })
}

const all = [0, 1, 2, 3, 4, 5].map(partialOrders)
const extending = new Map<string, readonly Partial[]>()

/** All partial orders that keep the order of each client. */
function causalOrders(program: Partial): readonly Partial[] {
  const name = program.join()
  const known = extending.get(name) ?? all[program.length]!.filter((order) => order.every((past, one) => (past & program[one]!) === program[one]))
  extending.set(name, known)
  return known
}

const permutations = [0, 1, 2, 3, 4, 5].map((n) => [...orders([...Array(n).keys()])])

/** The write that each read is said to have read, or null for the initial value. */
type ReadFrom = ReadonlyMap<number, number | null>

/** Whether an order of operations explains the answers of `told`: each read shows the last write to its object. */
function explains(operations: readonly Operation[], order: readonly number[], told: number, readFrom: ReadFrom): boolean {
  return order.every((one, at) => {
    if (!has(told, one) || !readFrom.has(one)) return true
    const last = order.slice(0, at).findLast((other) => operations[other]!.f === 'write' && operations[other]!.key === operations[one]!.key)
    return (last ?? null) === readFrom.get(one)
  })
}

/** Whether some order of what comes causally before `one`, and itself, explains the answers of `told`. */
function someOrder(operations: readonly Operation[], causal: Partial, one: number, told: number, readFrom: ReadFrom): boolean {
  const past = [...operations.keys()].filter((other) => other === one || has(causal[one]!, other))
  return permutations[past.length]!.some((permutation) => {
    const order = permutation.map((at) => past[at]!)
    return order.every((a, at) => order.slice(at + 1).every((b) => !has(causal[a]!, b))) && explains(operations, order, told, readFrom)
  })
}

function decide(operations: readonly Operation[], level: Level, readFrom: ReadFrom): boolean {
  const program = operations.map((b) => operations.reduce((set, a, at) => (before(a, b) ? set | (1 << at) : set), 0))
  const ones = [...operations.keys()]
  // Whether an operation is explained depends on the order below it alone, which many causal orders share.
  const explained = new Map<string, boolean>()
  const isExplained = (causal: Partial, one: number): boolean => {
    const below = causal.map((past, at) => (at === one || has(causal[one]!, at) ? past : -1))
    const name = `${one}:${below.join()}`
    const known = explained.get(name) ?? someOrder(operations, causal, one, level === 'memory' ? program[one]! | (1 << one) : 1 << one, readFrom)
    explained.set(name, known)
    return known
  }
  if (level !== 'convergence') return causalOrders(program).some((causal) => ones.every((one) => isExplained(causal, one)))
  return permutations[operations.length]!.some((arbitration) => {
    const place = ones.map((one) => arbitration.indexOf(one))
    return ones.every((b) => ones.every((a) => !has(program[b]!, a) || place[a]! < place[b]!)) && causalOrders(program).some((causal) =>
      ones.every((b) => ones.every((a) => !has(causal[b]!, a) || place[a]! < place[b]!)) &&
      ones.every((one) => explains(operations, arbitration.filter((other) => other === one || has(causal[one]!, other)), 1 << one, readFrom)))
  })
}

/**
 * The definition: there are unanswered writes that happened, and a write for each answered read, such that the history in which all written values differ
 * is as the level says. Reads without an answer are operations of which nothing has to be explained.
 */
export function causalByEnumeration({ operations, model }: History, level: Level): boolean {
  const sure = operations.filter((one) => one.status === 'ok')
  for (const happened of subsets(operations.filter((one) => one.f === 'write' && one.status === 'info'))) {
    const present = [...sure, ...happened]
    const reads = [...present.keys()].filter((at) => present[at]!.f === 'read' && present[at]!.result !== undefined)
    const sources = reads.map((read) => {
      const { key, result } = present[read]!
      const writes = [...present.keys()].filter((at) => present[at]!.f === 'write' && present[at]!.key === key && present[at]!.arg === result)
      return [...(result === model.init ? [null] : []), ...writes]
    })
    for (const chosen of choices(sources)) if (decide(present, level, new Map(reads.map((read, at) => [read, chosen[at]!])))) return true
  }
  return false
}
