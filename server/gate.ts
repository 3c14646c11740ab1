/** Limits by the address that asks. Forty students share one address: so wrong guesses are counted, not visits. */

const FAILURES_MAX = 60
const FAILURES_WINDOW_MS = 300_000
/** Addresses remembered; beyond this the oldest is forgotten. */
const ADDRESSES_MAX = 10_000

/** One address for all of a network that one guesser may use: an IPv6 /64 counts as one. */
export function networkOf(address: string | undefined): string {
  if (address === undefined) return 'unknown'
  const plain = address.startsWith('::ffff:') ? address.slice(7) : address
  return plain.includes(':') ? plain.split(':').slice(0, 4).join(':') : plain
}

interface Count { from: number; n: number }

/** Counts events of an address in a window of time. */
export class Tally {
  readonly #max: number
  readonly #windowMs: number
  readonly #counts = new Map<string, Count>()

  constructor(max = FAILURES_MAX, windowMs = FAILURES_WINDOW_MS) {
    this.#max = max
    this.#windowMs = windowMs
  }

  /** Whether the address has used up what it may. */
  isOver(address: string, nowMs: number): boolean {
    const count = this.#counts.get(address)
    return count !== undefined && nowMs - count.from < this.#windowMs && count.n >= this.#max
  }

  note(address: string, nowMs: number): void {
    const count = this.#counts.get(address)
    if (count !== undefined && nowMs - count.from < this.#windowMs) {
      count.n++
      return
    }
    this.#counts.delete(address)
    this.#counts.set(address, { from: nowMs, n: 1 })
    if (this.#counts.size > ADDRESSES_MAX) for (const oldest of this.#counts.keys()) { this.#counts.delete(oldest); break }
  }
}

/** A bucket of messages: so many at once, and so many a second after that. */
export class Bucket {
  readonly #most: number
  readonly #perSecond: number
  #left: number
  #atMs: number

  constructor(most: number, perSecond: number, nowMs: number) {
    this.#most = most
    this.#perSecond = perSecond
    this.#left = most
    this.#atMs = nowMs
  }

  take(nowMs: number): boolean {
    this.#left = Math.min(this.#most, this.#left + ((nowMs - this.#atMs) * this.#perSecond) / 1_000)
    this.#atMs = nowMs
    if (this.#left < 1) return false
    this.#left--
    return true
  }
}
