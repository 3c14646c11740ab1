import { and, capital } from '../../sim/words.ts'
import type { Json } from '../../sim/json.ts'
import { grouped } from '../grouped.ts'
import type { Operation } from '../history.ts'
import { sameJson } from '../json.ts'
import { answered, firstOf } from './scene.ts'
import type { Scene, Shape } from './scene.ts'
import { reach } from './useless.ts'
import { atWords, clientsWords, didWords, lockWords, nounWords, overWords, timesWords, valueWords } from './words.ts'
import type { Words } from './words.ts'

/** Breaks of mutexes, counters and queues. */

/** Two acquired, or two released, and what has to come between cannot. */
function twice(f: 'acquire' | 'release', done: string, missing: string): Shape {
  return {
    find(scene) {
      const same = answered(scene).filter((one) => one.f === f), others = scene.operations.filter((one) => one.f !== f)
      return firstOf(same, (one) => firstOf(same, (other) => {
        if (one.call >= other.call) return null
        const aside = (between: Operation): boolean => (scene.before(between, one) && scene.before(between, other)) || (scene.before(one, between) && scene.before(other, between))
        return !others.every(aside) ? null : {
          cast: [one, other],
          sentence: (words) => capital(scene.before(one, other)
            ? `${didWords(one, words)}${overWords(one)}, and after that ${words.client(other.client)} ${done} it${overWords(other)} ${one.client === other.client ? 'again' : 'too'}, but nobody can have ${missing} it between.`
            : `${clientsWords([one, other], words)} ${one.client === other.client ? 'twice' : 'both'} ${done} ${lockWords(one)}, but nobody can have ${missing} it between.`),
        }
      }))
    },
  }
}

export const doubleAcquire = twice('acquire', 'acquired', 'released')
export const doubleRelease = twice('release', 'released', 'acquired')

/** The lock was acquired or released though it was locked or free from the start, and nothing can have changed that before. */
export const heldFromStart: Shape = {
  find(scene) {
    return firstOf(answered(scene), (one) => {
      const locked = one.f === 'acquire'
      if (!scene.from.every((state) => state === locked) || !scene.operations.every((other) => other.f === one.f || scene.before(one, other))) return null
      return { cast: [one], sentence: (words) => capital(`${didWords(one, words)}${overWords(one)}, but it was ${locked ? 'locked' : 'free'} at the start and nobody had ${locked ? 'released' : 'acquired'} it yet.`) }
    })
  },
}

/** Too many in a stretch of time, and all of the other sort that can lie between them; or, where that breaks only from the start, before the last of them. */
interface Crowd { many: readonly Operation[]; back: readonly Operation[]; fromStart: boolean }

/** The fewest that are too many. Cubic. */
function fewestTooMany(scene: Scene, f: 'acquire' | 'release'): Crowd | null {
  const done = answered(scene).filter((one) => one.f === f), ended = done.toSorted((a, b) => a.ret! - b.ret!), others = scene.operations.filter((one) => one.f !== f)
  // None of the other sort is needed before the first, unless the lock was not so at the start.
  const needsFirst = scene.from.every((state) => state === (f === 'acquire'))
  let best: Crowd | null = null
  for (const fromStart of needsFirst ? [true, false] : [false]) {
    for (const first of fromStart ? done.slice(0, 1) : done) {
      const many: Operation[] = []
      for (const one of ended) {
        if (one.call < first.call) continue
        many.push(one)
        if (best !== null && many.length >= best.many.length) break
        const back = others.filter((other) => !many.every((each) => scene.before(each, other)) && (fromStart || !many.every((each) => scene.before(other, each))))
        if (many.length > back.length + (fromStart ? 0 : 1)) best = { many: [...many], back, fromStart }
      }
    }
  }
  return best
}

/** In some stretch of time more acquired than released, or the other way round, than taking turns allows. */
export const tooOften: Shape = {
  find(scene) {
    return firstOf(['acquire', 'release'] as const, (f) => {
      const crowd = fewestTooMany(scene, f)
      if (crowd === null) return null
      const { many, back, fromStart } = crowd, other = f === 'acquire' ? 'released' : 'acquired'
      return {
        cast: [...many, ...back],
        sentence: (words) => capital(`${lockWords(many[0]!)} was ${fromStart ? `${f === 'acquire' ? 'locked' : 'free'} at the start and ` : ''}${f}d ${timesWords(many.length)}, by ${clientsWords(many, words)}, but ${
          back.length === 0 ? `nobody can have ${other} it` : `can have been ${other} only ${timesWords(back.length)}`} ${fromStart ? 'by then' : 'between'}.`),
      }
    })
  },
}

const reads = (scene: Scene): readonly Operation[] => answered(scene).filter(({ f, result }) => f === 'read' && typeof result === 'number')

export const countTooLow: Shape = {
  find(scene) {
    return firstOf(reads(scene), (read) => {
      const { least } = reach(read, scene.operations, scene.before, scene.from)
      return Number(read.result) >= least ? null : { cast: [read], sentence: (words) => capital(`${didWords(read, words)}${atWords(read)}, but after all that was over before, it can have been no less than ${least}.`) }
    })
  },
}

export const countTooHigh: Shape = {
  find(scene) {
    return firstOf(reads(scene), (read) => {
      const { most } = reach(read, scene.operations, scene.before, scene.from)
      return Number(read.result) <= most ? null : { cast: [read], sentence: (words) => capital(`${didWords(read, words)}${atWords(read)}, but with all that had begun by then, it can have been no more than ${most}.`) }
    })
  },
}

/** Two reads are further apart than what can lie between them allows. */
export const countJump: Shape = {
  find(scene) {
    return firstOf(reads(scene), (earlier) => firstOf(reads(scene), (later) => {
      if (!scene.before(earlier, later)) return null
      const between = scene.operations.filter((one) => !scene.before(one, earlier) && !scene.before(later, one))
      const { least, most } = reach(later, between.map((one) => (scene.before(earlier, one) ? one : { ...one, status: 'info' as const })), scene.before, [Number(earlier.result)])
      const count = Number(later.result)
      return count >= least && count <= most ? null : {
        cast: [earlier, later],
        sentence: (words) => capital(`${didWords(earlier, words)}${overWords(earlier)}, and after that ${didWords(later, words)}${atWords(later)}, but with what can have come between, it can have been no ${count < least ? `less than ${least}` : `more than ${most}`}.`),
      }
    }))
  },
}

const dequeues = (scene: Scene): readonly Operation[] => answered(scene).filter(({ f, result }) => f === 'dequeue' && result !== undefined)
const enqueues = ({ operations }: Scene, value: Json): readonly Operation[] => operations.filter(({ f, arg }) => f === 'enqueue' && sameJson(arg, value))
/** How often a value waits at the start, at most. */
const waiting = ({ from }: Scene, value: Json): number => from.reduce<number>((most, state) => Math.max(most, (state as readonly Json[]).filter((one) => sameJson(one, value)).length), 0)

/** Items of which some waited for certain when another operation took place, for there are more of them than of those that may have taken one. */
interface LeftOver { left: readonly Operation[]; takers: readonly Operation[] }

/** What was left over, when `one` took place, of what had been `put` in; null if all of it may have been taken by then. */
function leftOver(scene: Scene, one: Operation, put: readonly Operation[]): LeftOver | null {
  const others = scene.operations.filter((other) => other !== one && other.f === 'dequeue' && !scene.before(one, other))
  // Of these nobody knows what they took.
  const takers = others.filter(({ result }) => result === undefined), left: Operation[] = []
  for (const [, alike] of grouped(put, ({ arg }) => JSON.stringify(arg))) {
    const taking = others.filter(({ result }) => sameJson(result, alike[0]!.arg))
    if (taking.length >= alike.length) continue
    left.push(...alike)
    takers.push(...taking)
    if (left.length > takers.length) return { left: left.slice(0, takers.length + 1), takers }
  }
  return null
}

const takenWords = ({ takers }: LeftOver, what: string): string => (takers.length === 0 ? `nobody had taken ${what} out` : `at most ${takers.length === 1 ? 'one' : takers.length} of them can have been taken out`)

/** More names than that tell a reader nothing. */
const NAMED_MAX = 4

/** E.g. `client 1's enqueue of 5 and client 2's enqueue of 6 were`. */
const enqueuesWords = ({ left }: LeftOver, words: Words): string => {
  const names = left.map((one) => nounWords(one, words))
  return names.length === 1 ? `${names[0]} was` : names.length > NAMED_MAX ? `${names.length} enqueues, of which ${names[0]} is one, were` : `${and(names)} were`
}

export const itemFromThinAir: Shape = {
  find(scene) {
    return firstOf(dequeues(scene), (one) => {
      const value = one.result!
      return value === null || waiting(scene, value) > 0 || enqueues(scene, value).length > 0 ? null : {
        cast: [one], sentence: (words) => capital(`${didWords(one, words)}${atWords(one)}, but nobody had enqueued ${valueWords(value)}.`),
      }
    })
  },
}

export const itemBeforeEnqueue: Shape = {
  find(scene) {
    return firstOf(dequeues(scene), (one) => {
      const value = one.result!, all = value === null ? [] : enqueues(scene, value), first = all[0]
      return first === undefined || waiting(scene, value) > 0 || !all.every((other) => scene.before(one, other)) ? null : {
        cast: [one, first],
        sentence: (words) => capital(`${didWords(one, words)}${overWords(one)} before anybody began to enqueue it: the first to do so was ${words.client(first.client)}${atWords(first)}.`),
      }
    })
  },
}

export const doubleDequeue: Shape = {
  find(scene) {
    return firstOf(dequeues(scene), ({ result }) => {
      const value = result!
      if (value === null) return null
      const taking = dequeues(scene).filter((one) => sameJson(one.result, value)), came = enqueues(scene, value).length + waiting(scene, value)
      return taking.length <= came ? null : {
        cast: [...taking, ...enqueues(scene, value)],
        sentence: (words) => `${valueWords(value)} was dequeued ${timesWords(taking.length)}, by ${clientsWords(taking, words)}, but was in the queue only ${timesWords(came)} by then.`,
      }
    })
  },
}

/** One was put in after others and left before them. */
export const outOfOrder: Shape = {
  find(scene) {
    return firstOf(dequeues(scene), (taken) => {
      const value = taken.result!
      if (value === null || waiting(scene, value) > 0) return null
      const all = enqueues(scene, value)
      const over = leftOver(scene, taken, answered(scene).filter((one) => one.f === 'enqueue' && !sameJson(one.arg, value) && all.every((later) => scene.before(one, later))))
      if (over === null) return null
      return {
        cast: [...over.left, ...over.takers, taken],
        sentence: (words) => capital(`${didWords(taken, words)}${atWords(taken)}, but ${enqueuesWords(over, words)} over before anybody began to enqueue ${valueWords(value)}, and ${takenWords(over, valueWords(over.left[0]!.arg))}.`),
      }
    })
  },
}

/** The queue was found empty though something waited. */
export const lostItem: Shape = {
  find(scene) {
    return firstOf(dequeues(scene).filter(({ result }) => result === null), (empty) => {
      const over = leftOver(scene, empty, answered(scene).filter((one) => one.f === 'enqueue' && scene.before(one, empty)))
      if (over === null) return null
      return {
        cast: [...over.left, ...over.takers, empty],
        sentence: (words) => capital(`${didWords(empty, words)}${atWords(empty)}, but ${enqueuesWords(over, words)} over by then${over.left.length === 1 ? overWords(over.left[0]!) : ''}, and ${takenWords(over, 'it')}.`),
      }
    })
  },
}
