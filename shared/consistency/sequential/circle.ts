import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'
import { ofOneClient } from '../linearizable/order.ts'
import { INITIAL, isRead, keyOf, registersOf } from '../registers.ts'
import { tell, tellRow, tellWrite } from '../tell.ts'

/** Why one operation comes before another in any one order of all. `by`: the read that shows it, where a read does. */
export interface Reason { from: number; to: number; why: 'session' | 'reads-from' | 'overwritten' | 'missed'; by: number | null }

/** Circles are looked for among so many operations at most: they explain a witness, which is small. */
const OPERATIONS_MAX = 40

/**
 * A circle of reasons that rules out any one order of these operations on registers, as places in `operations`, or null if none is found: an order may be
 * ruled out by trying alone. If a read saw one write, then another of the object that comes before the read comes before that write too (`overwritten`), and one
 * that comes after that write comes after the read (`missed`). From such reasons others follow, until there is a circle or nothing new.
 */
export function circleOf(operations: readonly Operation[], init: Json): readonly Reason[] | null {
  const registers = registersOf({ operations, model: { type: 'register', init } })
  const all = registers.operations, count = all.length
  if (count > OPERATIONS_MAX || registers.sources.some((from, at) => isRead(all[at]!) && from.length !== 1)) return null
  const reasons: Reason[] = []
  const before = all.map(() => all.map(() => false))
  const add = (reason: Reason): void => {
    reasons.push(reason)
    for (let a = 0; a < count; a++) {
      if (a !== reason.from && !before[a]![reason.from]) continue
      for (let b = 0; b < count; b++) if (b === reason.to || before[reason.to]![b]) before[a]![b] = true
    }
  }
  for (const [from, a] of all.entries()) for (const [to, b] of all.entries()) if (ofOneClient(a, b)) add({ from, to, why: 'session', by: null })
  const reads = [...all.keys()].filter((at) => isRead(all[at]!)).map((read) => ({ read, write: registers.sources[read]![0]! }))
  for (const { read, write } of reads) if (write !== INITIAL) add({ from: write, to: read, why: 'reads-from', by: read })
  for (let known = -1; known < reasons.length && !all.some((_, at) => before[at]![at]);) {
    known = reasons.length
    for (const { read, write } of reads) {
      for (const [other, { key }] of all.entries()) {
        if (isRead(all[other]!) || other === write || keyOf(all[other]!) !== keyOf(all[read]!) || key !== all[read]!.key) continue
        if (write !== INITIAL && before[other]![read] && !before[other]![write]) add({ from: other, to: write, why: 'overwritten', by: read })
        if ((write === INITIAL || before[write]![other]) && !before[read]![other]) add({ from: read, to: other, why: 'missed', by: read })
      }
    }
  }
  const shortest = [...all.keys()].flatMap((at) => cycleThrough(at, reasons) ?? []).toSorted((a, b) => a.length - b.length)[0]
  return shortest?.map((reason) => ({ ...reason, from: operations.indexOf(all[reason.from]!), to: operations.indexOf(all[reason.to]!), by: reason.by === null ? null : operations.indexOf(all[reason.by]!) })) ?? null
}

/** The shortest circle of reasons through one operation, in a list of one, or null. */
function cycleThrough(start: number, reasons: readonly Reason[]): [Reason[]] | null {
  const by = new Map<number, Reason>()
  for (let level = [start]; level.length > 0 && !by.has(start);) {
    const next: number[] = []
    for (const reason of reasons) {
      if (!level.includes(reason.from) || by.has(reason.to)) continue
      by.set(reason.to, reason)
      next.push(reason.to)
    }
    level = next
  }
  const last = by.get(start)
  if (last === undefined) return null
  const circle = [last]
  for (let at = last.from; at !== start; at = circle[0]!.from) circle.unshift(by.get(at)!)
  return [circle]
}

/** The circle in words. */
export function tellCircle(operations: readonly Operation[], circle: readonly Reason[]): string {
  const parts: string[] = []
  let row: Operation[] = []
  const close = (): void => {
    if (row.length > 1) parts.push(tellRow(row))
    row = []
  }
  for (const { from, to, why, by } of circle) {
    const a = operations[from]!, b = operations[to]!
    if (why === 'session' || why === 'reads-from') row.push(...(row.length === 0 ? [a] : []), b)
    else {
      close()
      const read = tell(operations[by!]!)
      parts.push(why === 'missed' ? `${read} and not ${tellWrite(b)}, which so came later` : `${read} and not ${tellWrite(a)}, which so came before ${tellWrite(b)}`)
    }
  }
  close()
  return parts.join('; ')
}
