import type { NodeId } from '../sim/types.ts'

/**
 * What lies on a disk as a sequence that is only cut off and added to, such as a log. `written` counts the node's writes from 1, and the count itself
 * is on the disk: so it ascends along the sequence, and what stays keeps its number. What is new since the last look is found from the end,
 * and no look costs more than what is new.
 */
export interface Written { written: number }

/** A node's sequence as its disk has it now. */
export interface Disk<E extends Written> { node: NodeId; entries: readonly E[] }

/** How many entries, from the start, were there already when the latest write was number `seen`. Time in the new ones. */
export function keptSince(entries: readonly Written[], seen: number): number {
  let kept = entries.length
  while (kept > 0 && (entries[kept - 1] as Written).written > seen) kept--
  return kept
}
