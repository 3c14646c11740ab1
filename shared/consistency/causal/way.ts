import { grouped } from '../grouped.ts'
import { forEachNext } from './graph.ts'
import type { Order } from './graph.ts'
import { INITIAL } from '../registers.ts'
import type { BadPattern, Inferred } from './patterns.ts'

/** One step of a way: within a session, from a write to who read it, or inferred. */
export interface Step { from: number; to: number; why: 'session' | 'reads-from' | Inferred['why']; inferred: Inferred | null }

/** The shortest way between two accesses, or null; from an access to itself it is a circle. `most`: of so many steps at most. */
type FindWay = (from: number, to: number, most?: number) => Step[] | null

/** Ways by causality and by the first `count` of what was inferred. */
function waysBy(order: Order, inferred: readonly Inferred[], count: number): FindWay {
  const later = grouped(inferred.slice(0, count), (one) => one.from)
  return (from, to, most = Infinity) => {
    const by = new Map<number, Step>()
    let level = [from]
    for (let length = 0; length < most && level.length > 0 && !by.has(to); length++) {
      const next: number[] = []
      const reach = (step: Step): void => {
        if (by.has(step.to)) return
        by.set(step.to, step)
        next.push(step.to)
      }
      for (const at of level) {
        forEachNext(order, at, (then, reads) => reach({ from: at, to: then, why: reads ? 'reads-from' : 'session', inferred: null }))
        for (const one of later.get(at) ?? []) reach({ from: at, to: one.to, why: one.why, inferred: one })
      }
      level = next
    }
    const last = by.get(to)
    if (last === undefined) return null
    const way = [last]
    for (let at = last.from; at !== from; at = way[0]!.from) way.unshift(by.get(at)!)
    return shortened(way)
  }
}

/** Steps within a session in a row are one step. */
function shortened(way: readonly Step[]): Step[] {
  const steps: Step[] = []
  for (const step of way) {
    const before = steps.at(-1)
    if (before?.why === 'session' && step.why === 'session') steps[steps.length - 1] = { ...before, to: step.to }
    else steps.push(step)
  }
  return steps
}

/** The way that a bad pattern is: round in a circle, or for a read that is too old from what it read, or should have read, to the read. */
export function wayOf(bad: BadPattern): Step[] {
  const { order } = bad
  const inferred = 'inferred' in bad ? bad.inferred : []
  const closing = bad.kind === 'cyclic-hb' || bad.kind === 'cyclic-view' ? inferred.at(-1)! : null
  const find = waysBy(order, inferred, closing === null ? inferred.length : inferred.length - 1)
  if (closing !== null) return [{ from: closing.from, to: closing.to, why: closing.why, inferred: closing }, ...find(closing.to, closing.from) ?? []]
  switch (bad.kind) {
    case 'cyclic-co': return shortestCircle(find, bad.stuck)
    case 'cyclic-cf': return shortestCircle(find, inferred.map(({ from }) => from))
    case 'write-co-init-read':
    case 'write-hb-init-read': return find(bad.newer, bad.read) ?? []
    case 'write-co-read': return [...find(order.readsFrom[bad.read]!, bad.newer) ?? [], ...find(bad.newer, bad.read) ?? []]
    case 'cyclic-hb':
    case 'cyclic-view': return []
  }
}

/** One of `starts` is on a circle. */
function shortestCircle(find: FindWay, starts: readonly number[]): Step[] {
  const each = new Set(starts)
  // Short ones first: from a start that is on no circle a search without a bound would go through all that comes after it.
  for (let most = 4; ; most *= 2) {
    let best: Step[] | null = null
    for (const start of each) {
      const found = find(start, start, most)
      if (found !== null && (best === null || found.length < best.length)) best = found
    }
    if (best !== null) return best
  }
}

/** On what an inference rests: how its reader knew of the earlier write, or how the later write came after the one that was read; nothing after the initial value. */
export function groundsOf(bad: BadPattern, one: Inferred): Step[] {
  const { from, to, reader, why } = one
  const start = why === 'overwritten' ? from : bad.order.readsFrom[reader]!
  if (start === INITIAL) return []
  return waysBy(bad.order, 'inferred' in bad ? bad.inferred : [], inferredBefore(bad, one))(start, why === 'overwritten' ? reader : to) ?? []
}

/** How much was inferred before this. What convergence infers rests on causality alone. */
const inferredBefore = (bad: BadPattern, one: Inferred): number => (bad.kind === 'cyclic-cf' || !('inferred' in bad) ? 0 : bad.inferred.indexOf(one))

/** All accesses that a pattern rests on: those of its way, and for each that was inferred its reader and its grounds. They break alone. */
export function accessesOf(bad: BadPattern): Set<number> {
  const all = new Set<number>()
  const explained = new Set<Inferred>()
  const take = (steps: readonly Step[]): void => {
    for (const { from, to, inferred } of steps) {
      all.add(from).add(to)
      if (inferred === null || explained.has(inferred)) continue
      explained.add(inferred)
      all.add(inferred.reader)
      if (bad.order.readsFrom[inferred.reader]! >= 0) all.add(bad.order.readsFrom[inferred.reader]!)
      take(groundsOf(bad, inferred))
    }
  }
  take(wayOf(bad))
  return all
}
