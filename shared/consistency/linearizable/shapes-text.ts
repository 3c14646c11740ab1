import { capital } from '../../sim/words.ts'
import type { Operation } from '../history.ts'
import { answered, firstOf } from './scene.ts'
import type { Scene, Shape } from './scene.ts'
import { canBeMade } from './texts.ts'
import { atWords, didWords, nounWords, overWords, toDoWords, valueWords } from './words.ts'

/** Breaks of texts that are put, appended to and got. Between two puts a text only grows; and a put with which an answer does not begin cannot be the last one before it. */
const gets = (scene: Scene): { get: Operation; text: string }[] =>
  answered(scene).flatMap((get) => (get.f === 'get' && typeof get.result === 'string' ? [{ get, text: get.result }] : []))

const textOf = ({ arg }: Operation): string => arg as string

/** Whether a put can come after `first` and begin the text that was got later. */
const canBegin = ({ operations, before }: Scene, first: Operation, get: Operation, text: string): boolean =>
  operations.some((put) => put.f === 'put' && text.startsWith(textOf(put)) && !before(put, first) && !before(get, put))

/** What may come before a get. */
const notAfter = (get: Operation, scene: Scene): readonly Operation[] => scene.operations.filter((one) => !scene.before(get, one))

export const textFromThinAir: Shape = {
  find(scene) {
    return firstOf(gets(scene), ({ get, text }) => (canBeMade(text, notAfter(get, scene), scene.from) ? null : {
      cast: [get],
      sentence: (words) => capital(`${didWords(get, words)}${atWords(get)}, but what had been put and appended by then cannot make that text.`),
    }))
  },
}

/** A text was got that some operation is needed for which only began later. */
export const textBeforeWrite: Shape = {
  find(scene) {
    return firstOf(gets(scene), ({ get, text }) => {
      if (canBeMade(text, notAfter(get, scene), scene.from)) return null
      const alike = (one: Operation, other: Operation): boolean => one.f === other.f && one.arg === other.arg
      const isIn = (one: Operation): boolean => textOf(one) !== '' && (one.f === 'put' ? text.startsWith(textOf(one)) : one.f === 'append' && text.includes(textOf(one)))
      const needed = scene.operations.find((one) => scene.before(get, one) && isIn(one) && !canBeMade(text, scene.operations.filter((other) => !alike(one, other) || !scene.before(get, other)), scene.from))
      return needed === undefined ? null : {
        cast: [get, needed],
        sentence: (words) => capital(`${didWords(get, words)}${overWords(get)} before ${words.client(needed.client)} began to ${toDoWords(needed)}${atWords(needed)}, without which there is no such text.`),
      }
    })
  },
}

export const lostAppend: Shape = {
  find(scene) {
    const appends = answered(scene).filter(({ f }) => f === 'append')
    return firstOf(gets(scene), ({ get, text }) => firstOf(appends, (append) => {
      if (!scene.before(append, get) || text.includes(textOf(append)) || canBegin(scene, append, get, text)) return null
      return {
        cast: [append, get],
        sentence: (words) => capital(`${nounWords(append, words)} was over${overWords(append)} before ${words.client(get.client)} asked for the text${atWords(get)}, but the answer ${valueWords(text)} lacks it, and no put between explains that.`),
      }
    }))
  },
}

/** A later get does not go on from an earlier one, and no put can lie between. */
export const textShrank: Shape = {
  find(scene) {
    const all = gets(scene)
    return firstOf(all, ({ get: earlier, text: longer }) => firstOf(all, ({ get: later, text }) => {
      if (!scene.before(earlier, later) || text.startsWith(longer) || canBegin(scene, earlier, later, text)) return null
      return {
        cast: [earlier, later],
        sentence: (words) => capital(`${didWords(earlier, words)}${overWords(earlier)}, and after that ${didWords(later, words)}${atWords(later)}, which does not begin with the earlier text, and no put between explains that.`),
      }
    }))
  },
}

/** Two gets disagree about which append came first, and no put can lie between. */
export const appendOrder: Shape = {
  find(scene) {
    const all = gets(scene)
    return firstOf(all, ({ get: one, text }) => firstOf(all, ({ get: other, text: otherText }) => {
      if (text.startsWith(otherText) || otherText.startsWith(text)) return null
      return canBegin(scene, one, other, otherText) || canBegin(scene, other, one, text) ? null : {
        cast: [one, other],
        sentence: (words) => capital(`${didWords(one, words)}${atWords(one)} and ${didWords(other, words)}${atWords(other)}: neither is the beginning of the other, and no put between explains that.`),
      }
    }))
  },
}

/** A get's text goes on from another's, and what can lie between does not make the rest. */
export const textsDisagree: Shape = {
  find(scene) {
    const all = gets(scene)
    return firstOf(all, ({ get: shorter, text }) => firstOf(all, ({ get: longer, text: longerText }) => {
      if (!longerText.startsWith(text) || longerText === text) return null
      if (canBegin(scene, shorter, longer, longerText) || canBegin(scene, longer, shorter, text) || canBeMade(longerText, appendsBetween(scene, shorter, longer), [text])) return null
      return {
        cast: [shorter, longer],
        sentence: (words) => capital(`${didWords(shorter, words)}${atWords(shorter)} and ${didWords(longer, words)}${atWords(longer)}, which goes on from there, but nobody can have appended the rest between, and no put between explains it.`),
      }
    }))
  },
}

const appendsBetween = ({ operations, before }: Scene, first: Operation, last: Operation): readonly Operation[] =>
  operations.filter((one) => one.f === 'append' && !before(one, first) && !before(last, one))

/** A shape of registers, for texts that nobody appends to. */
export const withoutAppends = (shape: Shape): Shape => ({ find: (scene) => (scene.operations.some(({ f }) => f === 'append') ? null : shape.find(scene)) })
