import { capital } from '../../sim/words.ts'
import type { Registers } from '../registers.ts'
import { objectOf, tell, tellClients, tellRow, tellValue, tellWrite } from '../tell.ts'
import type { CausalBreak } from './decide.ts'
import type { BadPattern } from './patterns.ts'
import { groundsOf, wayOf } from './way.ts'
import type { Step } from './way.ts'

/** A way in words: rows of what each knew of the one before, and why one write was seen before another. */
function tellWay(registers: Registers, way: readonly Step[]): string {
  const { operations } = registers
  const parts: string[] = []
  let row: number[] = []
  const close = (): void => {
    if (row.length > 1) parts.push(tellRow(row.map((at) => operations[at]!)))
    row = []
  }
  for (const { from, to, inferred } of way) {
    if (inferred === null) row.push(...(row.length === 0 ? [from] : []), to)
    else {
      close()
      const reader = operations[inferred.reader]!, read = tell(reader)
      const write = (at: number): string => `${operations[at]!.client === reader.client ? `its own ${tellValue(operations[at]!)}` : tellWrite(operations[at]!)}${objectOf(operations[at]!, 'in')}`
      parts.push(inferred.why === 'overwritten' ? `${read} and knew of ${write(from)}, so that came before ${write(to)}` : `${read} and not yet ${write(to)}, so that came later`)
    }
  }
  close()
  return parts.join('; ')
}

/** A way, and on what each inferred step of it rests. */
function tellWithGrounds(registers: Registers, found: BadPattern): string {
  const way = wayOf(found)
  const grounds = way.flatMap(({ inferred }) => (inferred === null ? [] : [tellWay(registers, groundsOf(found, inferred))]))
  return [...new Set([tellWay(registers, way), ...grounds])].filter((part) => part !== '').join('; ')
}

/** A sentence that is true of these accesses alone. `promised`: what does not hold. */
export function tellCausal(registers: Registers, found: CausalBreak, promised: string): string {
  const { operations } = registers
  const read = (at: number): string => capital(tell(operations[at]!))
  switch (found.kind) {
    case 'thin-air-read': return `${read(found.read)}, which nobody wrote and which was not there at the start.`
    case 'cyclic-co': return `Each of these comes before the next, and the last before the first: ${tellWay(registers, wayOf(found))}.`
    case 'write-co-init-read': return `${read(found.read)}, the value at the start, but it knew of a write: ${tellWay(registers, wayOf(found))}.`
    case 'write-co-read': return `${read(found.read)}, but it knew that ${tellValue(operations[found.newer]!)} had come after that: ${tellWay(registers, wayOf(found))}.`
    case 'cyclic-cf': return `No order of all writes fits what was known: ${tellWay(registers, wayOf(found))}.`
    case 'write-hb-init-read':
    case 'cyclic-hb': {
      const client = operations[found.kind === 'cyclic-hb' ? found.inferred.at(-1)!.reader : found.read]!.client
      return `Client ${client} cannot have seen the writes in any one order: ${tellWithGrounds(registers, found)}.`
    }
    case 'cyclic-view': return `There is no one order of all this: ${tellWithGrounds(registers, found)}.`
    case 'no-assignment': return `Whichever of the equal values each read saw, this breaks ${promised}: ${tellClients(operations)}.`
  }
}
