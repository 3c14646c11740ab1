import { valueOf } from '../registers.ts'
import type { Registers } from '../registers.ts'
import { listOf, objectOf, sentenceOf, tell, tellDone, tellValue, tellWrite } from '../tell.ts'
import type { CausalBreak } from './decide.ts'
import { knownBy, wayOf } from './way.ts'
import type { Step } from './way.ts'

/** Accesses in a row, those of one client after each other together: `client 1 wrote 2 to x and then 3 to y; client 2 read 3 from y`. */
function tellRow({ operations }: Registers, row: readonly number[]): string {
  const parts: string[] = []
  for (const [place, at] of row.entries()) {
    const one = operations[at]!, before = operations[row[place - 1] ?? -1]
    if (before?.client === one.client) parts[parts.length - 1] += ` and then ${tellDone(one)}`
    else parts.push(tell(one))
  }
  return parts.join('; ')
}

/** A way in words: rows of what each knew of the one before, and why one write was seen before another. */
function tellWay(registers: Registers, way: readonly Step[]): string {
  const { operations } = registers
  const parts: string[] = []
  let row: number[] = []
  const close = (): void => {
    if (row.length > 1) parts.push(tellRow(registers, row))
    row = []
  }
  for (const { from, to, overwrite } of way) {
    if (overwrite === null) row.push(...(row.length === 0 ? [from] : []), to)
    else {
      close()
      const write = (at: number): string => `${tellWrite(operations[at]!)}${objectOf(operations[at]!, 'in')}`
      parts.push(`${tell(operations[overwrite.reader]!)} and knew of ${write(from)}, so that came before ${write(to)}`)
    }
  }
  close()
  return parts.join('; ')
}

/** A sentence that is true of these accesses alone. `promised`: what does not hold. */
export function tellCausal(registers: Registers, found: CausalBreak, promised: string): string {
  const { operations } = registers
  const read = (at: number): string => sentenceOf(tell(operations[at]!))
  switch (found.kind) {
    case 'thin-air-read': return `${read(found.read)}, which nobody wrote and which was not there at the start.`
    case 'cyclic-co': return `Each of these comes before the next, and the last before the first: ${tellWay(registers, wayOf(found))}.`
    case 'write-co-init-read': return `${read(found.read)}, as if nobody had written there, but it knew of ${tellWrite(operations[found.newer]!)}: ${tellWay(registers, wayOf(found))}.`
    case 'write-co-read': return `${read(found.read)}, but it knew that ${tellValue(valueOf(operations[found.newer]!))} had come after that: ${tellWay(registers, wayOf(found))}.`
    case 'cyclic-cf': return `No order of all writes fits what was known: ${tellWay(registers, wayOf(found))}.`
    case 'write-hb-init-read':
    case 'cyclic-hb': {
      const way = wayOf(found)
      const client = operations[found.kind === 'cyclic-hb' ? found.overwrites.at(-1)!.reader : found.read]!.client
      const grounds = way.flatMap(({ overwrite }) => (overwrite === null ? [] : [tellWay(registers, knownBy(found, overwrite))]))
      return `Client ${client} cannot have seen the writes in any one order: ${[...new Set([tellWay(registers, way), ...grounds])].join('; ')}.`
    }
    case 'no-assignment': return `Whichever of the equal values each read saw, this breaks ${promised}: ${listOf(operations.map((one) => tell(one) + (one.status === 'info' ? ' without an answer' : '')))}.`
  }
}
