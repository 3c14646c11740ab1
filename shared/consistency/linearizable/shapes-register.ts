import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'
import { sameJson } from '../json.ts'
import { answered, firstOf } from './scene.ts'
import type { Scene, Shape } from './scene.ts'
import { found, leaves } from './useless.ts'
import { atWords, clientsWords, didWords, nounWords, overWords, sentenceOf, valueWords } from './words.ts'

/**
 * Breaks of a register that is read, written, and compared and set. To *meet* a value is to have been answered so that the register
 * held it; to *bring* it is to leave it there, perhaps.
 */
const meetings = (scene: Scene): { one: Operation; value: Json }[] =>
  answered(scene).flatMap((one) => { const value = found(one); return value === undefined ? [] : [{ one, value }] })

const bringers = ({ operations }: Scene, value: Json): readonly Operation[] => operations.filter((one) => { const left = leaves(one); return left !== undefined && sameJson(left, value) })

const atStart = ({ from }: Scene, value: Json): boolean => from.some((state) => sameJson(state, value))

/** Answered operations that left a value for certain. */
const certain = (scene: Scene): readonly Operation[] => answered(scene).filter((one) => leaves(one) !== undefined && (one.f !== 'cas' || one.result === true))

export const thinAir: Shape = {
  find(scene) {
    return firstOf(meetings(scene), ({ one, value }) => (atStart(scene, value) || bringers(scene, value).length > 0 ? null : {
      cast: [one],
      sentence: (words) => sentenceOf(`${didWords(one, words)}${atWords(one)}, but nobody had written ${valueWords(value)}.`),
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
        sentence: (words) => sentenceOf(`${didWords(one, words)}${overWords(one)} before anybody began to write ${valueWords(value)}: the first to do so was ${words.client(first.client)}${atWords(first)}.`),
      }
    })
  },
}

/** Where the older value came from: from the start, or from the one of its writers that was over last. */
function origin(scene: Scene, value: Json): Operation | null {
  return bringers(scene, value).reduce<Operation | null>((last, one) => (last === null || one.ret! > last.ret! ? one : last), null)
}

/** A value was met after another had been left, and all that bring it had come before that one. */
export const staleRead: Shape = {
  find(scene) {
    return firstOf(meetings(scene), ({ one, value }) => firstOf(certain(scene), (newer) => {
      if (sameJson(leaves(newer), value) || !scene.before(newer, one) || !bringers(scene, value).every((bringer) => scene.before(bringer, newer))) return null
      const older = origin(scene, value)
      return {
        cast: older === null ? [newer, one] : [older, newer, one],
        sentence: (words) => sentenceOf(`${didWords(one, words)}${atWords(one)}, but ${nounWords(newer, words)} was over before${overWords(newer)}, and ${
          older === null ? `${valueWords(value)} is only the value at the start` : `whoever wrote ${valueWords(value)}, ${words.client(older.client)} last, had done so before that`}.`),
      }
    }))
  },
}

/** A value was met after another had been met, and all that bring it had come before that one. */
export const newOldInversion: Shape = {
  find(scene) {
    const all = meetings(scene)
    return firstOf(all, ({ one, value }) => firstOf(all, ({ one: earlier, value: newer }) => {
      if (sameJson(newer, value) || !scene.before(earlier, one)) return null
      const bringNewer = atStart(scene, newer) ? [] : bringers(scene, newer)
      const over = (bringer: Operation): boolean => scene.before(bringer, earlier) || (bringNewer.length > 0 && bringNewer.every((other) => scene.before(bringer, other)))
      if (!bringers(scene, value).every(over)) return null
      const older = origin(scene, value)
      return {
        cast: older === null ? [earlier, one] : [older, earlier, one],
        sentence: (words) => sentenceOf(`${didWords(earlier, words)}${overWords(earlier)}, and after that ${didWords(one, words)}${atWords(one)}, but ${
          older === null ? `${valueWords(value)} is only the value at the start` : `${valueWords(value)} is older: ${nounWords(older, words)} was over before ${bringNewer.some((other) => !scene.before(older, earlier) && scene.before(older, other)) ? `anybody wrote ${valueWords(newer)}` : 'the first of them began'}`}.`),
      }
    }))
  },
}

/** A value was met, then another, then the first again, and it had come only once. */
export const cameBack: Shape = {
  find(scene) {
    const all = meetings(scene)
    return firstOf(all, ({ one: again, value }) => {
      if (bringers(scene, value).length + (atStart(scene, value) ? 1 : 0) > 1) return null
      return firstOf(all, ({ one: first, value: same }) => {
        if (first === again || !sameJson(same, value)) return null
        const others = [...all.filter((meeting) => !sameJson(meeting.value, value)).map(({ one }) => one), ...certain(scene).filter((one) => !sameJson(leaves(one), value))]
        return firstOf(others, (other) => (!(other === first || scene.before(first, other)) || !scene.before(other, again) ? null : {
          cast: other === first ? [first, again] : [first, other, again],
          sentence: (words) => sentenceOf(`${didWords(first, words)}, ${other === first ? '' : `then ${didWords(other, words)}, `}and then ${didWords(again, words)}${atWords(again)}, but ${valueWords(value)} ${
            atStart(scene, value) ? 'is only the value at the start' : 'was written only once'}.`),
        }))
      })
    })
  },
}

/** More compare-and-sets took a value away than brought it. */
export const casTwice: Shape = {
  find(scene) {
    return firstOf(meetings(scene), ({ value }) => {
      const taking = certain(scene).filter((one) => one.f === 'cas' && sameJson(found(one), value))
      const came = bringers(scene, value).length, start = atStart(scene, value)
      return taking.length <= came + (start ? 1 : 0) || taking.length === 0 ? null : {
        cast: taking,
        sentence: (words) => `${taking.length} compare-and-sets from ${valueWords(value)} were done, by ${clientsWords(taking, words)}, but ${valueWords(value)} ${
          start ? `was there at the start and was written ${came} ${came === 1 ? 'time' : 'times'}` : `was written only ${came === 1 ? 'once' : `${came} times`}`}.`,
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
        return { cast: [refused], sentence: (words) => sentenceOf(`${didWords(refused, words)}${atWords(refused)}${ending(`${valueWords(value)}, the value at the start,`)}.`) }
      }
      return firstOf(answered(scene), (shows) => {
        const after = leaves(shows), left = after === undefined ? found(shows) : after
        if (left === undefined || !sameJson(left, value) || (shows.f === 'cas' && shows.result !== true) || !scene.before(shows, refused)) return null
        if (!others.every((other) => scene.before(other, shows) || scene.before(refused, other))) return null
        return {
          cast: [shows, refused],
          sentence: (words) => sentenceOf(`${didWords(shows, words)}${overWords(shows)}, and after that ${didWords(refused, words)}${atWords(refused)}${ending(valueWords(value))}: nobody can have changed it between.`),
        }
      })
    })
  },
}
