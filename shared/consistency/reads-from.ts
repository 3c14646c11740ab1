import { OPEN } from './registers.ts'
import type { Registers } from './registers.ts'
import type { Meter } from './verdict.ts'

/** For each access: the write that it read, `INITIAL`, or `OPEN`; writes are `OPEN`. */
export type ReadsFrom = Int32Array

/** The reads of which it is clear what they read; all others are open. */
export function certainReads({ sources }: Registers): ReadsFrom {
  return Int32Array.from(sources, (from) => (from.length === 1 ? from[0]! : OPEN))
}

/** Every read with its likeliest write. */
export function likelyReads({ sources }: Registers): ReadsFrom {
  return Int32Array.from(sources, (from) => from[0] ?? OPEN)
}

/**
 * Whether equal values can be told apart such that nothing breaks: tries to give each read of `reads` one of the writes that it may have read.
 * `breaks` says whether what is given so far breaks already, open reads left out; more reads given never mend it, so such a branch is left.
 * Takes exponential time at worst: the meter ends it.
 */
export function assignReads(registers: Registers, reads: readonly number[], given: ReadsFrom, breaks: (given: ReadsFrom) => boolean, meter: Meter): 'fine' | 'violated' | 'unknown' {
  const look = (): boolean => {
    for (let at = 0; at < given.length; at++) if (!meter.step()) return true
    return breaks(given)
  }
  const broken = look()
  if (!meter.step()) return 'unknown'
  if (broken) return 'violated'
  // How many of its writes each read has tried: a stack of its own, since a history may have more reads than calls may nest.
  const tried = reads.map(() => 0)
  let at = 0
  while (at < reads.length) {
    const read = reads[at]!, write = registers.sources[read]![tried[at]!]
    if (write === undefined) {
      given[read] = OPEN
      tried[at] = 0
      if (at === 0) return 'violated'
      at--
      continue
    }
    tried[at]!++
    given[read] = write
    const breaksNow = look()
    if (!meter.step()) return 'unknown'
    if (!breaksNow) at++
  }
  return 'fine'
}
