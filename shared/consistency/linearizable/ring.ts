/**
 * Operations by number, in order, some taken out, and put back in the opposite order: a ring linked both ways, in which what was taken out remembers its neighbours (Knuth,
 * "Dancing links", 2000). All in constant time.
 */
export class Ring {
  /** Stands between the last one and the first. */
  readonly end: number
  /** 1 for those taken out. */
  readonly isTaken: Uint8Array
  /** How many are taken out. */
  taken = 0
  /** The exclusive or of the words of those taken out. */
  hash = 0
  private readonly next: Int32Array
  private readonly last: Int32Array
  /** What was taken out, in that order: the first `taken` count. */
  readonly trail: Int32Array
  private readonly word: Int32Array

  /** `word`: one for each operation. */
  constructor(word: Int32Array) {
    const count = word.length
    this.word = word
    this.end = count
    this.isTaken = new Uint8Array(count)
    this.trail = new Int32Array(count)
    this.next = new Int32Array(count + 1)
    this.last = new Int32Array(count + 1)
    for (let i = 0; i < count; i++) {
      this.next[i] = i + 1
      this.last[i + 1] = i
    }
    this.last[0] = count
  }

  /** The first of those left, or `end`. */
  first(): number {
    return this.next[this.end] as number
  }

  /** The one left that follows, or `end`. Also of one that was taken out last. */
  after(operation: number): number {
    return this.next[operation] as number
  }

  take(operation: number): void {
    const before = this.last[operation] as number, after = this.next[operation] as number
    this.next[before] = after
    this.last[after] = before
    this.trail[this.taken++] = operation
    this.isTaken[operation] = 1
    this.hash ^= this.word[operation] as number
  }

  /** Puts back the ones taken out last, until `taken` are left. */
  putBackTo(taken: number): void {
    while (this.taken > taken) {
      const operation = this.trail[--this.taken] as number
      this.next[this.last[operation] as number] = operation
      this.last[this.next[operation] as number] = operation
      this.isTaken[operation] = 0
      this.hash ^= this.word[operation] as number
    }
  }
}
