import { finish, mix } from '../../sim/hash.ts'

/** Words of memory that a search may use: 256 MB. Beyond it the search says unknown. */
const WORDS_MAX = 1 << 26

/** `new`: not met before. `known`: nothing can come of it that did not come, or will come, of one met before. `stopped`: no room for more, or no steps. */
export type Met = 'new' | 'known' | 'stopped'

/**
 * The configurations that a search has met (Lowe, "Testing for linearizability", 2017): the state, which answered operations are
 * still to come, and which unanswered ones were used. One that has the same to come from the same state and used fewer unanswered operations
 * can do whatever the other can, so the other need not be looked at. Compared exactly: a hash only finds the place.
 *
 * All in one array of words. A group: [hash, state, count, first member, ...to come]. A member of a group: [next member, ...used], one bit each.
 */
export class Visited {
  private readonly usedWords: number
  private words = new Int32Array(1 << 8)
  /** Word 0 stands for none. */
  private end = 1
  private slots = new Int32Array(1 << 5)
  private groups = 0

  constructor(unanswered: number) {
    this.usedWords = (unanswered + 31) >>> 5
  }

  /**
   * Meets a configuration. `toCome` from `start` to `end`: the operations that might come next, in order, which says of all whether
   * they are still to come. `hash`: the same for the same ones to come. `spend` is asked for every few members compared, and may stop it.
   */
  meet(state: number, hash: number, toCome: Int32Array, start: number, end: number, used: Int32Array, spend: () => boolean): Met {
    const mixed = finish(mix(hash, state)) | 0
    const mask = this.slots.length - 1
    let slot = mixed & mask
    for (;;) {
      const group = this.slots[slot] as number
      if (group === 0) break
      if (this.isGroup(group, mixed, state, toCome, start, end)) return this.usedWords === 0 ? 'known' : this.meetMember(group, used, spend)
      slot = (slot + 1) & mask
    }
    const count = end - start
    if (!this.reserve(5 + count + this.usedWords)) return 'stopped'
    const group = this.end
    this.words[group] = mixed
    this.words[group + 1] = state
    this.words[group + 2] = count
    this.words[group + 3] = 0
    for (let i = 0; i < count; i++) this.words[group + 4 + i] = toCome[start + i] as number
    this.end = group + 4 + count
    if (this.usedWords > 0) this.addMember(group, used)
    this.slots[slot] = group
    if (++this.groups * 2 > this.slots.length) this.growSlots()
    return 'new'
  }

  private isGroup(group: number, mixed: number, state: number, toCome: Int32Array, start: number, end: number): boolean {
    const { words } = this
    if (words[group] !== mixed || words[group + 1] !== state || words[group + 2] !== end - start) return false
    for (let i = start, at = group + 4; i < end; i++, at++) if (words[at] !== toCome[i]) return false
    return true
  }

  private meetMember(group: number, used: Int32Array, spend: () => boolean): Met {
    let link = group + 3, looked = 0
    for (let member = this.words[link] as number; member !== 0; member = this.words[link] as number) {
      if ((++looked & 7) === 0 && !spend()) return 'stopped'
      let fewer = true, more = true
      for (let i = 0; i < this.usedWords && (fewer || more); i++) {
        const theirs = this.words[member + 1 + i] as number, ours = used[i] as number
        if ((theirs & ~ours) !== 0) fewer = false
        if ((ours & ~theirs) !== 0) more = false
      }
      if (fewer) return 'known'
      // The new one does whatever that one does.
      if (more) this.words[link] = this.words[member] as number
      else link = member
    }
    if (!this.reserve(1 + this.usedWords)) return 'stopped'
    this.addMember(group, used)
    return 'new'
  }

  private addMember(group: number, used: Int32Array): void {
    this.words[this.end] = this.words[group + 3] as number
    for (let i = 0; i < this.usedWords; i++) this.words[this.end + 1 + i] = used[i] as number
    this.words[group + 3] = this.end
    this.end += 1 + this.usedWords
  }

  private reserve(more: number): boolean {
    if (this.end + more <= this.words.length) return true
    if (this.end + more > WORDS_MAX) return false
    const grown = new Int32Array(Math.min(WORDS_MAX, Math.max(2 * this.words.length, this.end + more)))
    grown.set(this.words)
    this.words = grown
    return true
  }

  private growSlots(): void {
    const old = this.slots
    this.slots = new Int32Array(2 * old.length)
    const mask = this.slots.length - 1
    for (const group of old) {
      if (group === 0) continue
      let slot = (this.words[group] as number) & mask
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask
      this.slots[slot] = group
    }
  }
}
