import { finish, mix } from '../../sim/hash.ts'

/** What a pair is told that was never set. */
export const UNSET = -2

/** Pairs have room for so many slots, 48 MB; half of them are ever filled. */
const SLOTS_MAX = 1 << 22

/**
 * Remembers a number for each pair of small whole numbers, such as a state and a kind of operation: open addressing, three words a pair. Once they are too many
 * it forgets all, so it is for what can be found again.
 */
export class Pairs {
  private words = new Int32Array(3 * 16).fill(UNSET)
  private mask = 15
  private count = 0

  get(a: number, b: number): number {
    return this.words[this.place(a, b) + 2] as number
  }

  /** `value`: 0 or more, or -1. */
  set(a: number, b: number, value: number): void {
    const place = this.place(a, b), { words } = this
    if (words[place + 2] === UNSET && ++this.count * 2 > this.mask) {
      if (words.length < 3 * SLOTS_MAX) this.grow()
      else this.forget()
      this.set(a, b, value)
      return
    }
    words[place] = a
    words[place + 1] = b
    words[place + 2] = value
  }

  /** Where the pair stands, or would. */
  private place(a: number, b: number): number {
    const { words, mask } = this
    let slot = finish(mix(a, b)) & mask
    for (;;) {
      const at = 3 * slot
      if (words[at + 2] === UNSET || (words[at] === a && words[at + 1] === b)) return at
      slot = (slot + 1) & mask
    }
  }

  private forget(): void {
    this.words.fill(UNSET)
    this.count = 0
  }

  private grow(): void {
    const old = this.words
    this.mask = this.mask * 4 + 3
    this.words = new Int32Array(3 * (this.mask + 1)).fill(UNSET)
    this.count = 0
    for (let at = 0; at < old.length; at += 3) if (old[at + 2] !== UNSET) this.set(old[at] as number, old[at + 1] as number, old[at + 2] as number)
  }
}
