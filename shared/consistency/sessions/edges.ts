import { INITIAL, OPEN, isRead } from '../registers.ts'
import type { Registers } from '../registers.ts'
import type { ReadsFrom } from '../reads-from.ts'

/** The four guarantees of Terry and others, "Session guarantees for weakly consistent replicated data" (1994). */
export const GUARANTEES = ['read-your-writes', 'monotonic-reads', 'monotonic-writes', 'writes-follow-reads'] as const
export type Guarantee = (typeof GUARANTEES)[number]

/** One version of an object comes before another, as two operations of one session, `first` before `second`, show. A version is the write that made it, or `INITIAL`. */
export interface VersionEdge { from: number; to: number; guarantee: Guarantee; first: number; second: number }

const guaranteeOf = (first: boolean, second: boolean): Guarantee =>
  first ? (second ? 'monotonic-reads' : 'writes-follow-reads') : second ? 'read-your-writes' : 'monotonic-writes'

/**
 * What the chosen guarantees say of the order of the versions of one object. `sessions`: for each client its accesses to it, in its order, unanswered
 * writes among them: these come after what was answered before, and nothing comes after them.
 * With `sparse`, edges that follow from others are left out where a guarantee chains: of several reads the latest stands for all before it if reads are
 * monotonic, and of several writes the latest if writes are. Otherwise all pairs are told, each pair of versions once. The circles exist or not either way.
 */
export function versionEdges(registers: Registers, sessions: readonly (readonly number[])[], readsFrom: ReadsFrom, chosen: ReadonlySet<Guarantee>, sparse: boolean): VersionEdge[] {
  const { operations } = registers
  const edges: VersionEdge[] = []
  const latestRead = sparse && chosen.has('monotonic-reads'), latestWrite = sparse && chosen.has('monotonic-writes')
  for (const session of sessions) {
    // The accesses so far that have anything to say, each with its version.
    let reads: number[] = [], writes: number[] = []
    const told = new Map<number, Set<number>>(), versionsRead = new Set<number>()
    const tell = (first: number, from: number, second: number, to: number): void => {
      const before = told.get(from)
      if (before?.has(to)) return
      if (before === undefined) told.set(from, new Set([to]))
      else before.add(to)
      edges.push({ from, to, guarantee: guaranteeOf(isRead(operations[first]!), isRead(operations[second]!)), first, second })
    }
    for (const at of session) {
      if (isRead(operations[at]!)) {
        const version = readsFrom[at]!
        if (version === OPEN) continue
        // To read the same version again is no news.
        if (chosen.has('monotonic-reads')) for (const first of reads) if (readsFrom[first] !== version) tell(first, readsFrom[first]!, at, version)
        if (chosen.has('read-your-writes')) for (const write of writes) if (write !== version) tell(write, write, at, version)
        if (latestRead) reads = [at]
        else if (!versionsRead.has(version)) reads.push(at)
        versionsRead.add(version)
      } else {
        // A write never comes before itself: who read what it writes only later is on a circle of one edge.
        if (chosen.has('writes-follow-reads')) for (const first of reads) tell(first, readsFrom[first]!, at, at)
        if (chosen.has('monotonic-writes')) for (const write of writes) tell(write, write, at, at)
        if (operations[at]!.status !== 'ok') continue
        if (latestWrite) writes = [at]
        else writes.push(at)
      }
    }
  }
  return edges
}

/**
 * The shortest circle of edges, or null if they fit one order of versions with the initial one first. One edge to the initial version is such a
 * circle by itself. Breadth first from each version that is on one; versions that are on none are set aside beforehand.
 */
export function shortestCycle(edges: readonly VersionEdge[]): VersionEdge[] | null {
  const self = edges.find(({ from, to }) => to === INITIAL && from !== INITIAL) ?? edges.find(({ from, to }) => from === to)
  if (self !== undefined) return [self]
  const out = new Map<number, VersionEdge[]>(), into = new Map<number, number>()
  for (const edge of edges) {
    const list = out.get(edge.from)
    if (list === undefined) out.set(edge.from, [edge])
    else list.push(edge)
    into.set(edge.to, (into.get(edge.to) ?? 0) + 1)
  }
  // Those that nothing comes before are on no circle, and so on.
  const first = [...out.keys()].filter((version) => !into.has(version))
  for (let version = first.pop(); version !== undefined; version = first.pop()) {
    for (const { to } of out.get(version) ?? []) {
      const left = into.get(to)! - 1
      into.set(to, left)
      if (left === 0) first.push(to)
    }
    out.delete(version)
  }
  let best: VersionEdge[] | null = null
  for (const start of out.keys()) {
    const found = cycleThrough(start, out, best === null ? Infinity : best.length - 1)
    if (found !== null) best = found
    if (best?.length === 2) break
  }
  return best
}

/** The shortest circle through a version of at most `most` edges, or null. */
function cycleThrough(start: number, out: ReadonlyMap<number, readonly VersionEdge[]>, most: number): VersionEdge[] | null {
  const by = new Map<number, VersionEdge>()
  let level = [start]
  for (let length = 1; length <= most && level.length > 0; length++) {
    const next: number[] = []
    for (const version of level) {
      for (const edge of out.get(version) ?? []) {
        if (by.has(edge.to)) continue
        by.set(edge.to, edge)
        if (edge.to === start) {
          const cycle = [edge]
          for (let at = edge.from; at !== start; at = by.get(at)!.from) cycle.unshift(by.get(at)!)
          return cycle
        }
        next.push(edge.to)
      }
    }
    level = next
  }
  return null
}
