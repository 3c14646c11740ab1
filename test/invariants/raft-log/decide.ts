import type { LogEntry } from '../../../shared/invariants/logs.ts'
import type { Place, Self, Sent } from './types.ts'

/** The decisions of the protocol, each as the paper has it, and as somebody who errs makes it. */

export const lastOf = (log: readonly LogEntry[]): Place => ({ index: log.length, term: log.at(-1)?.term ?? 0 })

/** Whether a candidate's log is at least as up to date as the own (section 5.4.1): a later last term, or the same and no shorter. */
export function upToDate(candidate: Place, own: Place): boolean {
  return candidate.term === own.term ? candidate.index >= own.index : candidate.term > own.term
}

/** Whether a log has the entry that new ones are to follow (section 5.3). */
export function consistent(log: readonly LogEntry[], previous: Place): boolean {
  return previous.index === 0 || log[previous.index - 1]?.term === previous.term
}

/** What accepting does to a log: how many entries stay, and which come after. An entry of another term gives way, with all behind it; the same ones stay. */
export function taking(log: readonly LogEntry[], previous: Place, entries: readonly Sent[]): { kept: number; fresh: readonly Sent[] } {
  const from = Math.min(previous.index, log.length)
  const differs = entries.findIndex((entry, at) => log[from + at]?.term !== entry.term)
  return differs < 0 ? { kept: log.length, fresh: [] } : { kept: from + differs, fresh: entries.slice(differs) }
}

/** The highest index that a majority has, the leader included. */
function heldByMajority({ disk, memory, peers }: Self): number {
  const held = [disk.log.length, ...peers.map((peer) => memory.matched[peer] ?? 0)].toSorted((a, b) => b - a)
  return held[held.length >> 1] as number
}

/** Up to where a leader may commit (section 5.4.2): what a majority has, if that is an entry of its own term; the older ones come with it. */
export function commitIndexRaft(self: Self): number {
  const index = heldByMajority(self)
  return index > self.memory.committed && self.disk.log[index - 1]?.term === self.disk.term ? index : self.memory.committed
}

/** The wrong rule of Figure 8: whatever a majority has, of whichever term. */
export function commitIndexNaive(self: Self): number {
  return Math.max(self.memory.committed, heldByMajority(self))
}
