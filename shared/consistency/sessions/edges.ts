import { grouped } from '../grouped.ts'
import { INITIAL, OPEN, isRead } from '../registers.ts'
import type { Registers } from '../registers.ts'
import type { ReadsFrom } from '../reads-from.ts'
import type { Meter } from '../verdict.ts'

/** The four guarantees of Terry and others, "Session guarantees for weakly consistent replicated data" (1994). */
export const GUARANTEES = ['read-your-writes', 'monotonic-reads', 'monotonic-writes', 'writes-follow-reads'] as const
export type Guarantee = (typeof GUARANTEES)[number]

/** One version of an object comes before another, as two operations of one session, `first` before `second`, show. A version is the write that made it, or `INITIAL`. */
export interface VersionEdge { from: number; to: number; guarantee: Guarantee; first: number; second: number }

const guaranteeOf = (first: boolean, second: boolean): Guarantee =>
  first ? (second ? 'monotonic-reads' : 'writes-follow-reads') : second ? 'read-your-writes' : 'monotonic-writes'

/** What is known of one object: its accesses, and for each client those to it in its order, unanswered writes among them: these come after what was answered before, and nothing comes after them. */
export interface Sessions { registers: Registers; each: readonly (readonly number[])[] }

/** What the chosen guarantees say of the order of the versions of one object, each pair of versions of a session once. Quadratic; when the meter is spent some are missing. */
export function allEdges({ registers: { operations }, each }: Sessions, readsFrom: ReadsFrom, chosen: ReadonlySet<Guarantee>, meter: Meter): VersionEdge[] {
  const edges: VersionEdge[] = []
  for (const session of each) {
    const told = new Map<number, Set<number>>()
    session.forEach((second, place) => {
      const to = versionOf(operations, readsFrom, second)
      if (to === OPEN) return
      for (const first of session.slice(0, place)) {
        if (!meter.step()) return
        const from = versionOf(operations, readsFrom, first), guarantee = guaranteeOf(isRead(operations[first]!), isRead(operations[second]!))
        if (from === OPEN || !chosen.has(guarantee) || operations[first]!.status !== 'ok') continue
        // To read the same version again is no news. But a write never comes before itself: who read what it writes only later is on a circle of one edge.
        if ((from === to && isRead(operations[second]!)) || told.get(from)?.has(to) === true) continue
        if (!told.has(from)) told.set(from, new Set())
        told.get(from)!.add(to)
        edges.push({ from, to, guarantee, first, second })
      }
    })
  }
  return edges
}

const versionOf = (operations: Registers['operations'], readsFrom: ReadsFrom, at: number): number => (isRead(operations[at]!) ? readsFrom[at]! : at)

/**
 * As few edges from which all the others follow, so that there is a circle of these exactly when there is one of all: linear, but for reads of own writes that were
 * overwritten long before. Where a guarantee chains, the latest read stands for all before it, or the latest write. Where it does not, a gate does: a node numbered
 * from `registers.operations.length` on, which comes after all reads, or all writes, of a session so far.
 */
export function fewEdges({ registers: { operations }, each }: Sessions, readsFrom: ReadsFrom, chosen: ReadonlySet<Guarantee>, meter: Meter): VersionEdge[] {
  const edges: VersionEdge[] = []
  let gates = operations.length
  const add = (from: number, to: number, first: number, second: number): void => {
    edges.push({ from, to, guarantee: guaranteeOf(isRead(operations[first]!), isRead(operations[second]!)), first, second })
  }
  for (const session of each) {
    let readGate = OPEN, lastRead = OPEN
    const writes: number[] = [], placeOf = new Map<number, number>(), gateAfter: number[] = []
    for (const at of session) {
      if (!meter.step()) return edges
      if (isRead(operations[at]!)) {
        const version = readsFrom[at]!, lastWrite = writes.at(-1)
        if (version === OPEN) continue
        if (chosen.has('monotonic-reads') && lastRead !== OPEN && readsFrom[lastRead] !== version) add(readsFrom[lastRead]!, version, lastRead, at)
        if (chosen.has('read-your-writes') && lastWrite !== undefined) {
          // The latest write is enough where writes chain, and for the initial value, which comes before each.
          if (chosen.has('monotonic-writes') || version === INITIAL) {
            if (lastWrite !== version) add(lastWrite, version, lastWrite, at)
          } else {
            const own = placeOf.get(version), gate = own === undefined ? gateAfter.length - 1 : own - 1
            if (gate >= 0) add(gateAfter[gate]!, version, writes[gate]!, at)
            for (let later = own === undefined ? writes.length : own + 1; later < writes.length && meter.step(); later++) add(writes[later]!, version, writes[later]!, at)
          }
        }
        if (chosen.has('writes-follow-reads') && !chosen.has('monotonic-reads')) {
          if (readGate !== OPEN) add(readGate, gates, lastRead, at)
          readGate = gates++
          add(version, readGate, at, at)
        }
        lastRead = at
      } else {
        const lastWrite = writes.at(-1)
        if (chosen.has('writes-follow-reads') && lastRead !== OPEN) add(readGate === OPEN ? readsFrom[lastRead]! : readGate, at, lastRead, at)
        if (chosen.has('monotonic-writes') && lastWrite !== undefined) add(lastWrite, at, lastWrite, at)
        if (operations[at]!.status !== 'ok') continue
        placeOf.set(at, writes.length)
        writes.push(at)
        if (!chosen.has('read-your-writes') || chosen.has('monotonic-writes')) continue
        if (gateAfter.length > 0) add(gateAfter.at(-1)!, gates, at, at)
        gateAfter.push(gates)
        add(at, gates++, at, at)
      }
    }
  }
  return edges
}

/** The same circle without gates: what leads through some says one thing of two versions. */
export function withoutGates({ registers: { operations } }: Sessions, circle: readonly VersionEdge[]): VersionEdge[] {
  const start = circle.findIndex(({ from }) => from < operations.length)
  const edges: VersionEdge[] = []
  for (const edge of [...circle.slice(start), ...circle.slice(0, start)]) {
    const { to, second } = edge, last = edges.at(-1)
    if (edge.from < operations.length || last === undefined) edges.push(edge)
    else edges[edges.length - 1] = { ...last, to, second, guarantee: guaranteeOf(isRead(operations[last.first]!), isRead(operations[second]!)) }
  }
  return edges
}

/** For each version on a circle, or between two, the edges to others of these. Empty if all edges fit one order of versions. Linear. */
function circling(edges: readonly VersionEdge[]): Map<number, VersionEdge[]> {
  const out = grouped(edges, ({ from }) => from), into = grouped(edges, ({ to }) => to)
  const gone = new Set<number>()
  // Those that nothing comes before are on no circle, and so on; and so those that come before nothing.
  for (const [next, back, end] of [[out, into, 'to'], [into, out, 'from']] as const) {
    const left = new Map([...back].map(([version, own]) => [version, own.filter(({ from, to }) => !gone.has(from) && !gone.has(to)).length]))
    const free = [...new Set([...out.keys(), ...into.keys()])].filter((version) => !gone.has(version) && (left.get(version) ?? 0) === 0)
    for (let version = free.pop(); version !== undefined; version = free.pop()) {
      gone.add(version)
      for (const edge of next.get(version) ?? []) {
        if (gone.has(edge[end])) continue
        const still = left.get(edge[end])! - 1
        left.set(edge[end], still)
        if (still === 0) free.push(edge[end])
      }
    }
  }
  return grouped(edges.filter(({ from, to }) => !gone.has(from) && !gone.has(to)), ({ from }) => from)
}

const alone = (edges: readonly VersionEdge[]): VersionEdge | undefined => edges.find(({ from, to }) => to === INITIAL && from !== INITIAL) ?? edges.find(({ from, to }) => from === to)

/** Whether edges do not fit one order of versions with the initial one first. One edge to the initial version is a circle by itself. Linear. */
export const hasCircle = (edges: readonly VersionEdge[]): boolean => alone(edges) !== undefined || circling(edges).size > 0

/** The shortest circle of edges, or when the meter is spent the shortest found by then; null if there is none. */
export function shortestCircle(edges: readonly VersionEdge[], meter: Meter): VersionEdge[] | null {
  const self = alone(edges)
  if (self !== undefined) return [self]
  const out = circling(edges), [first] = out.keys()
  if (first === undefined) return null
  // From each version left an edge leads to another: whoever follows them comes round.
  const way: VersionEdge[] = [], placeOf = new Map<number, number>()
  let version = first
  for (; !placeOf.has(version); version = way.at(-1)!.to) {
    placeOf.set(version, way.length)
    way.push(out.get(version)![0]!)
  }
  let best = way.slice(placeOf.get(version))
  for (const start of out.keys()) {
    best = circleThrough(start, out, best.length - 1, meter) ?? best
    if (best.length === 2 || !meter.step()) break
  }
  return best
}

/** The shortest circle through a version of at most `most` edges, or null. */
function circleThrough(start: number, out: ReadonlyMap<number, readonly VersionEdge[]>, most: number, meter: Meter): VersionEdge[] | null {
  const by = new Map<number, VersionEdge>()
  let level = [start]
  for (let length = 1; length <= most && level.length > 0; length++) {
    const next: number[] = []
    for (const version of level) {
      for (const edge of out.get(version) ?? []) {
        if (by.has(edge.to) || !meter.step()) continue
        by.set(edge.to, edge)
        if (edge.to === start) {
          const circle = [edge]
          for (let at = edge.from; at !== start; at = by.get(at)!.from) circle.unshift(by.get(at)!)
          return circle
        }
        next.push(edge.to)
      }
    }
    level = next
  }
  return null
}
