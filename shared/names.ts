/** Names of students and of clusters. A student's name is shown to the whole class: it is text, never markup, and it fits its place. */

/** Longest name of a student, in characters as a reader counts them. */
export const NAME_LENGTH_MAX = 20
/** What a name may bring along before it is looked at: emoji with modifiers are long. */
const NAME_UNITS_MAX = 400

/** Control, format (bidirectional overrides, zero-width joiners), private and unassigned characters, line and paragraph ends. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u2028\u2029]/gu
/** Blank to the eye although they are letters or symbols: Hangul fillers and the empty Braille cell. */
const BLANK = /[\u115f\u1160\u3164\uffa0\u2800]/gu
/** Marks that one character may carry: more would climb over the neighbouring lines. */
const MARKS = /(\p{M}{2})\p{M}+/gu

export type CleanName = { ok: true; name: string } | { ok: false; reason: string }

/**
 * A name as it may be shown: composed (NFC), without characters that are not seen or that reorder others, without outer blanks.
 * Refused with a sentence when nothing is left of it or when it is too long. Never throws.
 */
export function cleanName(raw: string): CleanName {
  return clean(raw, NAME_LENGTH_MAX, 'A name')
}

/** The title of a class, by the same rules. */
export function cleanTitle(raw: string, lengthMax: number): CleanName {
  return clean(raw, lengthMax, 'A title')
}

function clean(raw: string, lengthMax: number, what: string): CleanName {
  const tooLong: CleanName = { ok: false, reason: `${what} has at most ${lengthMax} characters.` }
  if (raw.length > NAME_UNITS_MAX) return tooLong
  const seen = raw.normalize('NFC').replace(/\s/gu, ' ').replace(UNSEEN, '').replace(BLANK, ' ').replace(MARKS, '$1')
  const name = seen.replace(/ {2,}/g, ' ').trim().normalize('NFC')
  if (name.replace(/[\p{M} ]/gu, '') === '') return { ok: false, reason: `${what} needs at least one letter.` }
  return lengthOf(name) > lengthMax ? tooLong : { ok: true, name }
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Characters as a reader counts them. */
export function lengthOf(text: string): number {
  return [...segmenter.segment(text)].length
}

function cut(text: string, length: number): string {
  return [...segmenter.segment(text)].slice(0, length).map(({ segment }) => segment).join('').trimEnd()
}

/** `name`, or `name 2`, `name 3`, ... if somebody has it already; shortened so that it still fits. Capitals make no difference. */
export function distinctName(name: string, taken: readonly string[]): string {
  const known = new Set(taken.map((one) => one.toLocaleLowerCase('en')))
  let distinct = name
  for (let n = 2; known.has(distinct.toLocaleLowerCase('en')); n++) {
    const tail = ` ${n}`
    distinct = cut(name, NAME_LENGTH_MAX - tail.length) + tail
  }
  return distinct
}

const FIRST = ['Amber', 'Brisk', 'Calm', 'Clever', 'Copper', 'Daring', 'Eager', 'Fleet', 'Frank', 'Gentle', 'Golden', 'Jolly', 'Keen', 'Lucky', 'Merry', 'Noble', 'Quick', 'Quiet', 'Silver', 'Steady', 'Sunny', 'Swift', 'Tidy', 'Warm']
const SECOND = ['Badger', 'Beaver', 'Bison', 'Crane', 'Dolphin', 'Falcon', 'Finch', 'Fox', 'Gecko', 'Hare', 'Ibis', 'Lark', 'Lynx', 'Marten', 'Otter', 'Owl', 'Panda', 'Puffin', 'Raven', 'Seal', 'Stoat', 'Tern', 'Walrus', 'Wren']

/** A two-word name for who does not want to type one. `draw`: any whole number, from whatever chance the caller has. */
export function proposeName(draw: number): string {
  const at = Math.abs(Math.trunc(draw)) % (FIRST.length * SECOND.length)
  return `${FIRST[at % FIRST.length]} ${SECOND[Math.floor(at / FIRST.length)]}`
}

/** Names of the clusters of a class, in their order. */
export const CLUSTER_NAMES: readonly string[] = ['Heron', 'Plover', 'Curlew', 'Dunlin', 'Avocet', 'Bittern', 'Godwit', 'Sandpiper', 'Redshank', 'Turnstone', 'Lapwing', 'Egret']
