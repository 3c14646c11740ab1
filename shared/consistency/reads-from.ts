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
 * `breaks` says whether what is given so far breaks already, open reads left out, and takes from the meter what it costs; more reads given never mend it, so
 * such a branch is left. For the same reason many reads can be given their likeliest write before one look, twice as many after each look that finds nothing:
 * a break is then narrowed down by halves, and what is tried is the same as one by one. Takes exponential time at worst: the meter ends it.
 */
export function assignReads({ sources }: Registers, reads: readonly number[], given: ReadsFrom, breaks: (given: ReadsFrom) => boolean, meter: Meter): 'fine' | 'violated' | 'unknown' {
  const broken = breaks(given)
  if (!meter.step()) return 'unknown'
  if (broken) return 'violated'
  // Which of its writes each read tries next: a stack of its own, since a history may have more reads than calls may nest.
  const next = reads.map(() => 0)
  let at = 0
  for (let stride = 1; at < reads.length;) {
    const end = Math.min(reads.length, at + stride)
    if (next[at]! >= sources[reads[at]!]!.length) {
      given[reads[at]!] = OPEN
      next[at] = 0
      if (at === 0) return 'violated'
      at--
      next[at]!++
      stride = 1
      continue
    }
    for (let one = at; one < end; one++) given[reads[one]!] = sources[reads[one]!]![next[one]!]!
    const breaksNow = breaks(given)
    if (!meter.step()) return 'unknown'
    if (!breaksNow) {
      at = end
      stride *= 2
    } else if (end - at === 1) next[at]!++
    else {
      for (let one = at; one < end; one++) given[reads[one]!] = OPEN
      stride = (end - at) >> 1
    }
  }
  return 'fine'
}
