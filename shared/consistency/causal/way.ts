import { forEachNext } from './graph.ts'
import type { Order } from './graph.ts'
import type { BadPattern, Overwrite } from './patterns.ts'

/** One step of a way: within a session, from a write to who read it, or from a write to one that it must come before. */
export interface Step { from: number; to: number; why: 'session' | 'reads-from' | 'overwritten'; overwrite: Overwrite | null }

/** The shortest way between two accesses, or null; from an access to itself it is a circle. `most`: of so many steps at most. */
type FindWay = (from: number, to: number, most?: number) => Step[] | null

/** Ways by causality and by the first `count` overwrites. */
function waysBy(order: Order, overwrites: readonly Overwrite[], count: number): FindWay {
  const later = new Map<number, Overwrite[]>()
  for (let at = 0; at < count; at++) {
    const one = overwrites[at]!, others = later.get(one.from)
    if (others === undefined) later.set(one.from, [one])
    else others.push(one)
  }
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
        forEachNext(order, at, (then, reads) => reach({ from: at, to: then, why: reads ? 'reads-from' : 'session', overwrite: null }))
        for (const one of later.get(at) ?? []) reach({ from: at, to: one.to, why: 'overwritten', overwrite: one })
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
  const overwrites = 'overwrites' in bad ? bad.overwrites : []
  const find = waysBy(order, overwrites, bad.kind === 'cyclic-hb' ? overwrites.length - 1 : overwrites.length)
  switch (bad.kind) {
    case 'cyclic-co': return shortestCircle(find, bad.stuck)
    case 'cyclic-cf': return shortestCircle(find, overwrites.map(({ from }) => from))
    case 'cyclic-hb': {
      const last = bad.overwrites.at(-1)!
      return [{ from: last.from, to: last.to, why: 'overwritten', overwrite: last }, ...find(last.to, last.from) ?? []]
    }
    case 'write-co-init-read':
    case 'write-hb-init-read': return find(bad.newer, bad.read) ?? []
    case 'write-co-read': return [...find(order.readsFrom[bad.read]!, bad.newer) ?? [], ...find(bad.newer, bad.read) ?? []]
  }
}

function shortestCircle(find: FindWay, starts: readonly number[]): Step[] {
  let best: Step[] = []
  for (const start of new Set(starts)) {
    const found = find(start, start, best.length === 0 ? Infinity : best.length)
    if (found !== null && (best.length === 0 || found.length < best.length)) best = found
  }
  return best
}

/** How many of the overwrites were found before this one. Those of convergence rest on causality alone. */
const groundsOf = (bad: BadPattern, overwrite: Overwrite): number => (bad.kind === 'cyclic-cf' || !('overwrites' in bad) ? 0 : bad.overwrites.indexOf(overwrite))

/** How the reader of an overwrite knew of the earlier write. */
export function knownBy(bad: BadPattern, overwrite: Overwrite): Step[] {
  return waysBy(bad.order, 'overwrites' in bad ? bad.overwrites : [], groundsOf(bad, overwrite))(overwrite.from, overwrite.reader) ?? []
}

/** All accesses that a pattern rests on: those of its way, and for each overwrite its reader and how that one knew. They break alone. */
export function accessesOf(bad: BadPattern): Set<number> {
  const all = new Set<number>()
  const explained = new Set<Overwrite>()
  const take = (steps: readonly Step[]): void => {
    for (const { from, to, overwrite } of steps) {
      all.add(from).add(to)
      if (overwrite === null || explained.has(overwrite)) continue
      explained.add(overwrite)
      all.add(overwrite.reader)
      take(knownBy(bad, overwrite))
    }
  }
  take(wayOf(bad))
  return all
}
