import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'
import { sameJson } from '../json.ts'
import { answered, firstOf } from './scene.ts'
import type { Scene, Shape } from './scene.ts'
import { reach } from './useless.ts'
import { atWords, clientsWords, didWords, nounWords, overWords, sentenceOf, valueWords } from './words.ts'

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
          sentence: (words) => sentenceOf(scene.before(one, other)
            ? `${didWords(one, words)}${overWords(one)}, and after that ${didWords(other, words)}${overWords(other)} too, but nobody can have ${missing} it between.`
            : `${clientsWords([one, other], words)} ${one.client === other.client ? 'twice' : 'both'} ${done} the lock, but nobody can have ${missing} it between.`),
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
      return { cast: [one], sentence: (words) => sentenceOf(`${didWords(one, words)}${overWords(one)}, but it was ${locked ? 'locked' : 'free'} at the start and nobody had ${locked ? 'released' : 'acquired'} it yet.`) }
    })
  },
}

/** More acquired than released, or the other way round, than taking turns allows. */
export const tooOften: Shape = {
  find(scene) {
    return firstOf(['acquire', 'release'] as const, (f) => {
      const done = answered(scene).filter((one) => one.f === f), back = scene.operations.filter((one) => one.f !== f).length
      const free = scene.from.includes(f === 'release') ? 1 : 0
      return done.length <= back + free ? null : {
        cast: done,
        sentence: (words) => `The lock was ${f}d ${done.length} times, by ${clientsWords(done, words)}, but ${f === 'acquire' ? 'released' : 'acquired'} at most ${back === 1 ? 'once' : `${back} times`} in that time.`,
      }
    })
  },
}

const reads = (scene: Scene): readonly Operation[] => answered(scene).filter(({ f, result }) => f === 'read' && typeof result === 'number')

export const countTooLow: Shape = {
  find(scene) {
    return firstOf(reads(scene), (read) => {
      const { least } = reach(read, scene.operations, scene.before, scene.from)
      return Number(read.result) >= least ? null : { cast: [read], sentence: (words) => sentenceOf(`${didWords(read, words)}${atWords(read)}, but what was over before makes at least ${least}.`) }
    })
  },
}

export const countTooHigh: Shape = {
  find(scene) {
    return firstOf(reads(scene), (read) => {
      const { most } = reach(read, scene.operations, scene.before, scene.from)
      return Number(read.result) <= most ? null : { cast: [read], sentence: (words) => sentenceOf(`${didWords(read, words)}${atWords(read)}, but all that had begun by then makes at most ${most}.`) }
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
        sentence: (words) => sentenceOf(`${didWords(earlier, words)}${overWords(earlier)}, and after that ${didWords(later, words)}${atWords(later)}, but what can lie between makes ${count < least ? `at least ${least}` : `at most ${most}`}.`),
      }
    }))
  },
}

const dequeues = (scene: Scene): readonly Operation[] => answered(scene).filter(({ f, result }) => f === 'dequeue' && result !== undefined)
const enqueues = ({ operations }: Scene, value: Json): readonly Operation[] => operations.filter(({ f, arg }) => f === 'enqueue' && sameJson(arg, value))
/** How often a value waits at the start, at most. */
const waiting = ({ from }: Scene, value: Json): number => from.reduce<number>((most, state) => Math.max(most, (state as readonly Json[]).filter((one) => sameJson(one, value)).length), 0)
/** Whether some dequeue may have taken the value before `one`. */
const takenBefore = ({ operations, before }: Scene, value: Json, one: Operation): boolean =>
  operations.some((other) => other !== one && other.f === 'dequeue' && (other.result === undefined || sameJson(other.result, value)) && !before(one, other))

export const itemFromThinAir: Shape = {
  find(scene) {
    return firstOf(dequeues(scene), (one) => {
      const value = one.result!
      return value === null || waiting(scene, value) > 0 || enqueues(scene, value).length > 0 ? null : {
        cast: [one], sentence: (words) => sentenceOf(`${didWords(one, words)}${atWords(one)}, but nobody had enqueued ${valueWords(value)}.`),
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
        sentence: (words) => sentenceOf(`${didWords(one, words)}${overWords(one)} before anybody began to enqueue it: the first to do so was ${words.client(first.client)}${atWords(first)}.`),
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
        cast: taking,
        sentence: (words) => `${valueWords(value)} was dequeued ${taking.length === 2 ? 'twice' : `${taking.length} times`}, by ${clientsWords(taking, words)}, but was in the queue only ${came === 1 ? 'once' : `${came} times`} by then.`,
      }
    })
  },
}

/** One was put in after another and left before it. */
export const outOfOrder: Shape = {
  find(scene) {
    return firstOf(dequeues(scene), (taken) => {
      const value = taken.result!
      if (value === null || waiting(scene, value) > 0) return null
      return firstOf(answered(scene), (earlier) => {
        if (earlier.f !== 'enqueue' || sameJson(earlier.arg, value) || !enqueues(scene, value).every((later) => scene.before(earlier, later)) || takenBefore(scene, earlier.arg, taken)) return null
        return {
          cast: [earlier, taken],
          sentence: (words) => sentenceOf(`${didWords(taken, words)}${atWords(taken)}, but ${nounWords(earlier, words)} was over${overWords(earlier)} before anybody began to enqueue ${valueWords(value)}, and nobody had taken ${valueWords(earlier.arg)} out.`),
        }
      })
    })
  },
}

/** The queue was found empty though something waited. */
export const lostItem: Shape = {
  find(scene) {
    return firstOf(dequeues(scene).filter(({ result }) => result === null), (empty) => firstOf(answered(scene), (enqueue) => {
      if (enqueue.f !== 'enqueue' || !scene.before(enqueue, empty) || takenBefore(scene, enqueue.arg, empty)) return null
      return {
        cast: [enqueue, empty],
        sentence: (words) => sentenceOf(`${didWords(empty, words)}${atWords(empty)}, but ${nounWords(enqueue, words)} was over before${overWords(enqueue)}, and nobody had taken it out.`),
      }
    }))
  },
}
