import { ATTEMPTS_MAX } from './limits.ts'

/**
 * How often a node said each thing, by the thing's hash: buckets of pairs (hash, count), in the order in which they were first
 * said. Plain arrays of numbers, since a text as a key of the world would have to be made unique by the engine each time.
 */
export type Attempts = number[][]

const BUCKETS = 64
const BUCKET_WORDS_MAX = (2 * ATTEMPTS_MAX) / BUCKETS

export function noAttempts(): Attempts {
  const attempts: Attempts = []
  for (let bucket = 0; bucket < BUCKETS; bucket++) attempts.push([])
  return attempts
}

/** Counts one more attempt at what `hash` stands for, a 32-bit integer, and returns how many it makes. A full bucket forgets its older half. */
export function countAttempt(attempts: Attempts, hash: number): number {
  const bucket = attempts[hash & (BUCKETS - 1)] as number[]
  // What is said again was said not long ago.
  for (let at = bucket.length - 2; at >= 0; at -= 2) {
    if (bucket[at] !== hash) continue
    const count = (bucket[at + 1] as number) + 1
    bucket[at + 1] = count
    return count
  }
  if (bucket.length >= BUCKET_WORDS_MAX) bucket.splice(0, BUCKET_WORDS_MAX >> 1)
  bucket.push(hash, 1)
  return 1
}
