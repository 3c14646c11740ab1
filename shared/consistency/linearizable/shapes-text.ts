import type { Operation } from '../history.ts'
import { answered, firstOf } from './scene.ts'
import type { Scene, Shape } from './scene.ts'
import { canBeMade } from './texts.ts'
import { atWords, didWords, nounWords, overWords, sentenceOf, toDoWords, valueWords } from './words.ts'

/** Breaks of texts that are put, appended to and got. Between two puts a text only grows. */
const gets = (scene: Scene): { get: Operation; text: string }[] =>
  answered(scene).flatMap((get) => (get.f === 'get' && typeof get.result === 'string' ? [{ get, text: get.result }] : []))

const putsOf = ({ operations }: Scene): readonly Operation[] => operations.filter(({ f }) => f === 'put')

const textOf = ({ arg }: Operation): string => arg as string

/** What may come before a get. */
const notAfter = (get: Operation, scene: Scene): readonly Operation[] => scene.operations.filter((one) => !scene.before(get, one))

export const textFromThinAir: Shape = {
  find(scene) {
    return firstOf(gets(scene), ({ get, text }) => (canBeMade(text, notAfter(get, scene), scene.from) ? null : {
      cast: [get],
      sentence: (words) => sentenceOf(`${didWords(get, words)}${atWords(get)}, but what had been put and appended by then cannot make that text.`),
    }))
  },
}

/** A text was got that some operation is needed for which only began later. */
export const textBeforeWrite: Shape = {
  find(scene) {
    return firstOf(gets(scene), ({ get, text }) => {
      if (canBeMade(text, notAfter(get, scene), scene.from) || !canBeMade(text, scene.operations, scene.from)) return null
      const alike = (one: Operation, other: Operation): boolean => one.f === other.f && one.arg === other.arg
      const needed = scene.operations.find((one) => scene.before(get, one) && !canBeMade(text, scene.operations.filter((other) => !alike(one, other) || !scene.before(get, other)), scene.from))
      return needed === undefined ? null : {
        cast: [get, needed],
        sentence: (words) => sentenceOf(`${didWords(get, words)}${overWords(get)} before ${words.client(needed.client)} began to ${toDoWords(needed)}${atWords(needed)}, without which there is no such text.`),
      }
    })
  },
}

export const lostAppend: Shape = {
  find(scene) {
    const appends = answered(scene).filter(({ f }) => f === 'append'), puts = putsOf(scene)
    return firstOf(gets(scene), ({ get, text }) => firstOf(appends, (append) => {
      if (!scene.before(append, get) || text.includes(textOf(append)) || !puts.every((put) => scene.before(put, append) || scene.before(get, put))) return null
      return {
        cast: [append, get],
        sentence: (words) => sentenceOf(`${nounWords(append, words)} was over${overWords(append)} before ${words.client(get.client)} asked for the text${atWords(get)}, but the answer ${valueWords(text)} lacks it.`),
      }
    }))
  },
}

/** A later get does not go on from an earlier one, and no put can lie between. */
export const textShrank: Shape = {
  find(scene) {
    const all = gets(scene), puts = putsOf(scene)
    return firstOf(all, ({ get: earlier, text: longer }) => firstOf(all, ({ get: later, text }) => {
      if (!scene.before(earlier, later) || text.startsWith(longer) || !puts.every((put) => scene.before(put, earlier) || scene.before(later, put))) return null
      return {
        cast: [earlier, later],
        sentence: (words) => sentenceOf(`${didWords(earlier, words)}${overWords(earlier)}, and after that ${didWords(later, words)}${atWords(later)}, which does not begin with the earlier text, though nobody can have put a new one between.`),
      }
    }))
  },
}

/** Two gets disagree about which append came first, and no put can lie between. */
export const appendOrder: Shape = {
  find(scene) {
    const all = gets(scene), puts = putsOf(scene)
    return firstOf(all, ({ get: one, text }) => firstOf(all, ({ get: other, text: otherText }) => {
      if (text.startsWith(otherText) || otherText.startsWith(text)) return null
      return !puts.every((put) => isAside(scene, put, one, other)) ? null : {
        cast: [one, other],
        sentence: (words) => sentenceOf(`${didWords(one, words)}${atWords(one)} and ${didWords(other, words)}${atWords(other)}. A text that only grows cannot be both: neither is the beginning of the other.`),
      }
    }))
  },
}

/** A get's text goes on from another's, and what can lie between does not make the rest. */
export const textsDisagree: Shape = {
  find(scene) {
    const all = gets(scene), puts = putsOf(scene)
    return firstOf(all, ({ get: shorter, text }) => firstOf(all, ({ get: longer, text: longerText }) => {
      if (!longerText.startsWith(text) || longerText === text) return null
      if (!puts.every((put) => isAside(scene, put, shorter, longer)) || canBeMade(longerText, appendsBetween(scene, shorter, longer), [text])) return null
      return {
        cast: [shorter, longer],
        sentence: (words) => sentenceOf(`${didWords(shorter, words)}${atWords(shorter)} and ${didWords(longer, words)}${atWords(longer)}, which goes on from there, but nobody can have appended the rest between.`),
      }
    }))
  },
}

/** Whether it comes before both, or after both. */
const isAside = ({ before }: Scene, one: Operation, a: Operation, b: Operation): boolean => (before(one, a) && before(one, b)) || (before(a, one) && before(b, one))

const appendsBetween = ({ operations, before }: Scene, first: Operation, last: Operation): readonly Operation[] =>
  operations.filter((one) => one.f === 'append' && !before(one, first) && !before(last, one))

/** A shape of registers, for texts that nobody appends to. */
export const withoutAppends = (shape: Shape): Shape => ({ find: (scene) => (scene.operations.some(({ f }) => f === 'append') ? null : shape.find(scene)) })
