import { finish, mix } from '../../sim/hash.ts'

/** Words of memory that a search may use: 256 MB. Beyond it the search says unknown. */
const WORDS_MAX = 1 << 26

/** The configurations that a search has met, rows of as many words each. Compared exactly: a hash only finds the place. */
export class Configurations {
  private readonly width: number
  private rows: Int32Array
  private count = 0
  private slots = new Int32Array(1 << 8)

  constructor(width: number) {
    this.width = width
    this.rows = new Int32Array(width * 64)
  }

  /** `new` if no equal row was met before, `full` if there is no more room. The row may change afterwards. */
  meet(row: Int32Array): 'new' | 'known' | 'full' {
    const { width } = this
    let slot = this.slotOf(row, 0)
    for (let met = this.slots[slot]!; met !== 0; met = this.slots[slot]!) {
      if (this.isAt((met - 1) * width, row)) return 'known'
      slot = (slot + 1) & (this.slots.length - 1)
    }
    const start = this.count * width
    if (start + width > this.rows.length) {
      if (start + width > WORDS_MAX) return 'full'
      const grown = new Int32Array(Math.min(WORDS_MAX, Math.max(2 * this.rows.length, start + width)))
      grown.set(this.rows)
      this.rows = grown
    }
    this.rows.set(row, start)
    this.slots[slot] = ++this.count
    if (this.count * 2 > this.slots.length) this.grow()
    return 'new'
  }

  private isAt(start: number, row: Int32Array): boolean {
    for (let at = 0; at < this.width; at++) if (this.rows[start + at] !== row[at]) return false
    return true
  }

  private slotOf(words: Int32Array, start: number): number {
    let hash = 0
    for (let at = start; at < start + this.width; at++) hash = mix(hash, words[at]!)
    return finish(hash) & (this.slots.length - 1)
  }

  private grow(): void {
    this.slots = new Int32Array(2 * this.slots.length)
    for (let row = 0; row < this.count; row++) {
      let slot = this.slotOf(this.rows, row * this.width)
      while (this.slots[slot] !== 0) slot = (slot + 1) & (this.slots.length - 1)
      this.slots[slot] = row + 1
    }
  }
}
