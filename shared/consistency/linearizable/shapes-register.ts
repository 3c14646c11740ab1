import { capital } from '../../sim/words.ts'
import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'
import { sameJson } from '../json.ts'
import { Numbering } from './numbering.ts'
import { answered, firstOf } from './scene.ts'
import type { Scene, Shape } from './scene.ts'
import { found, leaves } from './useless.ts'
import { atWords, clientsWords, didWords, nounWords, overWords, timesWords, valueWords } from './words.ts'
import type { Words } from './words.ts'

/**
 * Breaks of a register that is read, written, and compared and set. To *meet* a value is to have been answered so that the register
 * held it; to *bring* it is to leave it there, perhaps.
 */
const meetings = (scene: Scene): { one: Operation; value: Json }[] =>
  answered(scene).flatMap((one) => { const value = found(one); return value === undefined ? [] : [{ one, value }] })

/** Each value that was met, once. */
function valuesMet(scene: Scene): Json[] {
  const values = new Numbering()
  return meetings(scene).flatMap(({ value }) => (values.add(value) ? [value] : []))
}

/** Remembered while the operations of a scene are, for shapes ask of each pair of operations. */
const brought = new WeakMap<readonly Operation[], { values: Numbering; by: Operation[][] }>()

function bringers({ operations }: Scene, value: Json): readonly Operation[] {
  let known = brought.get(operations)
  if (known === undefined) {
    const values = new Numbering(), by: Operation[][] = []
    for (const one of operations) {
      const left = leaves(one)
      if (left === undefined) continue
      if (values.add(left)) by.push([one])
      else by[values.of(left)!]!.push(one)
    }
    brought.set(operations, known = { values, by })
  }
  const number = known.values.of(value)
  return number === undefined ? [] : known.by[number]!
}

const atStart = ({ from }: Scene, value: Json): boolean => from.some((state) => sameJson(state, value))

/** What it held just after an answered operation, as far as that is certain. */
function heldAfter(one: Operation): Json | undefined {
  const left = leaves(one)
  return left === undefined ? found(one) : one.f === 'cas' && one.result !== true ? undefined : left
}

/**
 * Whether the register can hold `value` when `until` happens, if it held one of `start` at some time after all that is `over`: either it still does, or changes led
 * there, each of which is not over and does not come after `until`; a compare-and-set among them found a value that can have come so itself.
 */
function canCome(scene: Scene, value: Json, start: readonly Json[], over: (bringer: Operation) => boolean, until: Operation): boolean {
  if (start.some((one) => sameJson(one, value))) return true
  const isBetween = (one: Operation): boolean => one !== until && !over(one) && !scene.before(until, one)
  // Most often a write tells at once, or nothing does; what follows is for compare-and-sets, and takes longer.
  const bringing = bringers(scene, value).filter(isBetween)
  if (bringing.length === 0 || bringing.some(({ f }) => f !== 'cas')) return bringing.length > 0
  const held = [...start], changes = scene.operations.filter((one) => leaves(one) !== undefined && isBetween(one))
  const isHeld = (one: Json): boolean => held.some((other) => sameJson(one, other))
  for (let known = -1; held.length > known;) {
    known = held.length
    for (const change of changes) {
      const left = leaves(change)!
      if (!isHeld(left) && (change.f !== 'cas' || isHeld((change.arg as readonly [Json, Json])[0]))) held.push(left)
    }
  }
  return isHeld(value)
}

/** Answered operations that left a value for certain. */
const certain = (scene: Scene): readonly Operation[] => answered(scene).filter((one) => leaves(one) !== undefined && (one.f !== 'cas' || one.result === true))

export const thinAir: Shape = {
  find(scene) {
    return firstOf(meetings(scene), ({ one, value }) => (atStart(scene, value) || bringers(scene, value).length > 0 ? null : {
      cast: [one],
      sentence: (words) => capital(`${didWords(one, words)}${atWords(one)}, but nobody had written ${valueWords(value)}.`),
    }))
  },
}

export const readBeforeWrite: Shape = {
  find(scene) {
    return firstOf(meetings(scene), ({ one, value }) => {
      const all = bringers(scene, value), first = all[0]
      if (first === undefined || atStart(scene, value) || !all.every((bringer) => scene.before(one, bringer))) return null
      return {
        cast: [one, first],
        sentence: (words) => capital(`${didWords(one, words)}${overWords(one)} before anybody began to write ${valueWords(value)}: the first to do so was ${words.client(first.client)}${atWords(first)}.`),
      }
    })
  },
}

/** The one of its writers that was over last, if all that bring the value are over before each of `later`. */
function lastWriter(scene: Scene, value: Json, ...later: readonly Operation[]): Operation | null {
  const all = bringers(scene, value)
  return all.length === 0 || !all.every((one) => later.every((other) => scene.before(one, other))) ? null : all.reduce((last, one) => (one.ret! > last.ret! ? one : last))
}

/** A value was met that cannot have come again after another one was left for certain. */
export const staleRead: Shape = {
  find(scene) {
    return firstOf(meetings(scene), ({ one, value }) => firstOf(certain(scene), (newer) => {
      if (!scene.before(newer, one) || canCome(scene, value, [leaves(newer)!], (bringer) => bringer === newer || scene.before(bringer, newer), one)) return null
      const older = lastWriter(scene, value, newer)
      return {
        cast: older === null ? [newer, one] : [older, newer, one],
        sentence: (words) => capital(`${didWords(one, words)}${atWords(one)}, but ${nounWords(newer, words)} was over by then${overWords(newer)}, and ${
          older === null ? `nobody can have written ${valueWords(value)} after it` : `${valueWords(value)} had last been written before it, by ${words.client(older.client)}`}.`),
      }
    }))
  },
}

/** A value was met that cannot have come again after another one was met. */
export const newOldInversion: Shape = {
  find(scene) {
    const all = meetings(scene)
    return firstOf(all, ({ one, value }) => firstOf(all, ({ one: earlier, value: newer }) => {
      if (sameJson(newer, value) || !scene.before(earlier, one)) return null
      // What came before all that bring the newer value came before it was met.
      const bringNewer = atStart(scene, newer) ? [] : bringers(scene, newer)
      const over = (bringer: Operation): boolean =>
        bringer === earlier || scene.before(bringer, earlier) || (bringNewer.length > 0 && bringNewer.every((other) => scene.before(bringer, other)))
      if (canCome(scene, value, [heldAfter(earlier)!], over, one)) return null
      const older = lastWriter(scene, value, earlier), olderStill = older !== null || bringNewer.length === 0 ? null : lastWriter(scene, value, ...bringNewer)
      const ending = (words: Words): string => older !== null ? `${valueWords(value)} had last been written before ${words.client(earlier.client)} asked, by ${words.client(older.client)}`
        : olderStill !== null ? `${valueWords(value)} had last been written before anybody began to write ${valueWords(newer)}, by ${words.client(olderStill.client)}`
        : `nobody can have written ${valueWords(value)} between`
      return {
        cast: [...(older !== null ? [older] : olderStill !== null ? [olderStill, ...bringNewer] : []), earlier, one],
        sentence: (words) => capital(`${didWords(earlier, words)}${overWords(earlier)}, and after that ${didWords(one, words)}${atWords(one)}, but ${ending(words)}.`),
      }
    }))
  },
}

/** Two met different values, and whichever came first, the other's value cannot have come between. */
export const readsDisagree: Shape = {
  find(scene) {
    const all = meetings(scene)
    return firstOf(all, ({ one, value }) => firstOf(all, ({ one: other, value: otherValue }) => {
      const after = (first: Operation, until: Operation, wanted: Json): boolean =>
        !scene.before(until, first) && canCome(scene, wanted, [heldAfter(first)!], (bringer) => bringer === first || scene.before(bringer, first), until)
      if (one.call >= other.call || sameJson(value, otherValue) || after(one, other, otherValue) || after(other, one, value)) return null
      return {
        cast: [one, other],
        sentence: (words) => capital(`${didWords(one, words)}${atWords(one)} and ${didWords(other, words)}${atWords(other)}, but whichever came first, nobody can then have written what the other found.`),
      }
    }))
  },
}

/** A compare-and-set was refused because the register held another value, and then its value was met, which cannot have come between. */
export const refusedThenMet: Shape = {
  find(scene) {
    const refusals = answered(scene).filter(({ f, result }) => f === 'cas' && result === false)
    return firstOf(refusals, (refused) => firstOf(meetings(scene), ({ one, value }) => {
      if (!sameJson((refused.arg as readonly [Json, Json])[0], value) || !scene.before(refused, one)) return null
      // What it may have held when it refused.
      const others = [...scene.from, ...scene.operations.filter((other) => !scene.before(refused, other)).flatMap((other) => { const left = leaves(other); return left === undefined ? [] : [left] })].filter((other) => !sameJson(other, value))
      return canCome(scene, value, others, (bringer) => scene.before(bringer, refused), one) ? null : {
        cast: [refused, one],
        sentence: (words) => capital(`${didWords(refused, words)}${overWords(refused)}, so it did not hold ${valueWords(value)}; and after that ${didWords(one, words)}${atWords(one)}, but nobody can have written ${valueWords(value)} between.`),
      }
    }))
  },
}

/** Operations one after another at which a value was there, and was not, by turns. `came`: how often it must have come meanwhile. */
interface Turns { came: number; chain: readonly Operation[] }

/** The turns of a value in which it comes most often. Quadratic. */
function mostTurns(scene: Scene, value: Json): Turns | null {
  const there = new Map<Operation, Turns>(), gone = new Map<Operation, Turns>()
  let most: Turns | null = null
  const better = (a: Turns | undefined, b: Turns): Turns => (a === undefined || b.came > a.came ? b : a)
  /** The best turns that end at one of the others, which comes before, and then go on to `one`. */
  const onTo = (one: Operation, others: ReadonlyMap<Operation, Turns>, start: Turns, comes: number): Turns => {
    let best = start
    for (const [other, { came, chain }] of others) {
      if (came + comes <= best.came) continue
      if (other === one) best = { came: came + comes, chain }
      else if (scene.before(other, one)) best = { came: came + comes, chain: [...chain, one] }
    }
    return best
  }
  for (const one of answered(scene)) {
    for (const held of [found(one), heldAfter(one)]) {
      if (held === undefined) continue
      if (sameJson(held, value)) there.set(one, better(there.get(one), onTo(one, gone, { came: atStart(scene, value) ? 0 : 1, chain: [one] }, 1)))
      else gone.set(one, better(gone.get(one), onTo(one, there, { came: 0, chain: [one] }, 0)))
    }
    const turns = there.get(one)
    if (turns !== undefined) most = better(most ?? undefined, turns)
  }
  return most
}

/** A value was there and was not, by turns, more often than it can have been written. */
export const cameBack: Shape = {
  find(scene) {
    return firstOf(valuesMet(scene), (value) => {
      const turns = mostTurns(scene, value)
      if (turns === null) return null
      const { came, chain } = turns, first = chain[0]!, last = chain.at(-1)!
      const fromStart = sameJson(found(first), value) || sameJson(heldAfter(first), value)
      // What was there may have come before the first of them; all other comings lie between.
      const sinceEver = fromStart && !atStart(scene, value)
      const bringing = bringers(scene, value).filter((one) => one === last || !scene.before(last, one)).filter((one) => sinceEver || one === first || !scene.before(one, first))
      return came <= bringing.length ? null : {
        cast: [...chain, ...bringing],
        sentence: (words) => capital(`${chain.map((one) => didWords(one, words)).join(', then ')}${atWords(last)}, but ${
          bringing.length === 0 ? `nobody can have written ${valueWords(value)} in that time` : `${valueWords(value)} can have been written only ${timesWords(bringing.length)} ${sinceEver ? 'by then' : 'in that time'}`}.`),
      }
    })
  },
}

/** More compare-and-sets took a value away than brought it. */
export const casTwice: Shape = {
  find(scene) {
    return firstOf(valuesMet(scene), (value) => {
      const taking = certain(scene).filter((one) => one.f === 'cas' && sameJson(found(one), value))
      // The first may find what was there before them all.
      const start = atStart(scene, value), came = bringers(scene, value).filter((one) => !start || !taking.every((other) => scene.before(one, other)))
      return taking.length <= came.length + (start ? 1 : 0) ? null : {
        cast: [...taking, ...came],
        sentence: (words) => `${taking.length} compare-and-sets from ${valueWords(value)}${taking[0]!.key === null ? '' : ` of ${taking[0]!.key}`} were done, by ${clientsWords(taking, words)}, but ${
          start && came.length === 0 ? `nobody can have written ${valueWords(value)} between` : `${valueWords(value)} was written only ${timesWords(came.length)} ${start ? 'between' : 'by then'}`}.`,
      }
    })
  },
}

/** A compare-and-set was refused while the register held the value that it asked for, all the time. */
export const casRefused: Shape = {
  find(scene) {
    return firstOf(answered(scene).filter(({ f, result }) => f === 'cas' && result === false), (refused) => {
      const value = (refused.arg as readonly [Json, Json])[0]
      const others = scene.operations.filter((one) => { const left = leaves(one); return left !== undefined && !sameJson(left, value) })
      const ending = (words: string): string => `, though it held ${words} all the time`
      if (scene.from.every((state) => sameJson(state, value)) && others.every((other) => scene.before(refused, other))) {
        return { cast: [refused], sentence: (words) => capital(`${didWords(refused, words)}${atWords(refused)}${ending(`${valueWords(value)}, the value at the start,`)}.`) }
      }
      return firstOf(answered(scene), (shows) => {
        const after = leaves(shows), left = after === undefined ? found(shows) : after
        if (left === undefined || !sameJson(left, value) || (shows.f === 'cas' && shows.result !== true) || !scene.before(shows, refused)) return null
        if (!others.every((other) => scene.before(other, shows) || scene.before(refused, other))) return null
        return {
          cast: [shows, refused],
          sentence: (words) => capital(`${didWords(shows, words)}${overWords(shows)}, and after that ${didWords(refused, words)}${atWords(refused)}${ending(valueWords(value))}: nobody can have changed it between.`),
        }
      })
    })
  },
}
