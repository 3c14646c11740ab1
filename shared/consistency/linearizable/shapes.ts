import { capital } from '../../sim/words.ts'
import { grouped } from '../grouped.ts'
import type { Operation } from '../history.ts'
import { firstOf } from './scene.ts'
import type { Scene, Shape, Telling } from './scene.ts'
import {
  countJump, countTooHigh, countTooLow, doubleAcquire, doubleDequeue, doubleRelease, heldFromStart, itemBeforeEnqueue, itemFromThinAir, lostItem, outOfOrder, tooOften,
} from './shapes-objects.ts'
import { cameBack, casRefused, casTwice, newOldInversion, readBeforeWrite, readsDisagree, refusedThenMet, staleRead, thinAir } from './shapes-register.ts'
import { appendOrder, lostAppend, textBeforeWrite, textFromThinAir, textShrank, textsDisagree, withoutAppends } from './shapes-text.ts'
import { didWords, overWords, plainWords, valueWords } from './words.ts'
import type { Words } from './words.ts'

const ofRegister = { 'thin-air': thinAir, 'read-before-write': readBeforeWrite, 'stale-read': staleRead, 'new-old-inversion': newOldInversion, 'came-back': cameBack, 'reads-disagree': readsDisagree } as const satisfies { [name: string]: Shape }

/** The sorts of breaks of each model, by its name in the registry, the plainest first. A witness of none of these has the shape `no-order`. */
export const shapes: { readonly [type: string]: { readonly [name: string]: Shape } } = {
  register: ofRegister,
  'cas-register': { ...ofRegister, 'cas-twice': casTwice, 'cas-refused': casRefused, 'refused-then-met': refusedThenMet },
  kv: {
    'read-before-write': textBeforeWrite, 'thin-air': textFromThinAir, 'stale-read': withoutAppends(staleRead), 'lost-append': lostAppend, 'text-shrank': textShrank, 'append-order': appendOrder, 'texts-disagree': textsDisagree,
    'new-old-inversion': withoutAppends(newOldInversion), 'came-back': withoutAppends(cameBack), 'reads-disagree': withoutAppends(readsDisagree),
  },
  mutex: { 'double-acquire': doubleAcquire, 'double-release': doubleRelease, 'held-from-start': heldFromStart, 'too-often': tooOften },
  counter: { 'count-too-low': countTooLow, 'count-too-high': countTooHigh, 'count-jump': countJump },
  queue: { 'thin-air': itemFromThinAir, 'read-before-write': itemBeforeEnqueue, 'double-dequeue': doubleDequeue, 'lost-item': lostItem, 'out-of-order': outOfOrder },
}

/** The operations of each object alone: shapes are breaks of one. */
function scenesOf(scene: Scene): readonly Scene[] {
  const objects = grouped(scene.operations, ({ key }) => key)
  return objects.size < 2 ? [scene] : [...objects.values()].map((operations) => ({ ...scene, operations }))
}

const shapesOf = (type: string): { readonly [name: string]: Shape } => (Object.hasOwn(shapes, type) ? shapes[type]! : {})

/** What there is to tell of a break of that shape, or null if none is there. */
export function find(shape: string, type: string, scene: Scene): Telling | null {
  const known = shapesOf(type)
  return Object.hasOwn(known, shape) ? firstOf(scenesOf(scene), (part) => known[shape]!.find(part)) : null
}

/** A sort of break is looked for among up to so many operations; that takes cubic time at worst, or quadratic for texts and counts. */
const NAMED_MAX = 100, NAMED_MAX_OF: { readonly [type: string]: number } = { kv: 1_000, counter: 1_000 }

const namesOf = (type: string, { operations }: Scene): readonly string[] => (operations.length <= (NAMED_MAX_OF[type] ?? NAMED_MAX) ? Object.keys(shapesOf(type)) : [])

/** Whether a break of that shape is there, as its sentence says. Of `no-order`, which says that no other was found: whether none is. */
export function holds(shape: string, type: string, scene: Scene): boolean {
  return shape === 'no-order' ? namesOf(type, scene).every((other) => find(other, type, scene) === null) : find(shape, type, scene) !== null
}

const LISTED_MAX = 8

const STATES_TOLD_MAX = 5

/** The sort of a break, its sentence, and the operations of which that speaks. */
export interface Explained { shape: string; sentence: string; cast: readonly Operation[] }

/** How it began, as far as that takes few words. */
function startWords({ from }: Scene): string {
  const told = from.map(valueWords)
  return told.length > STATES_TOLD_MAX ? ', whatever came before' : ` (at the start: ${told.length === 1 ? '' : `${told.slice(0, -1).join(', ')} or `}${told.at(-1)})`
}

/**
 * What sort of break a witness shows, and the sentence that tells it, true of the witness alone. `type`: the model by its name in the registry.
 * `words`: how clients are named. The operations must break the check. Among very many no sort of break is looked for, as that takes cubic time.
 */
export function explain(type: string, scene: Scene, words: Words = plainWords): Explained {
  for (const shape of namesOf(type, scene)) {
    const telling = find(shape, type, scene)
    if (telling !== null) return { shape, sentence: telling.sentence(words), cast: telling.cast }
  }
  const { operations } = scene, told = operations.slice(0, LISTED_MAX)
  const more = operations.length - told.length
  const list = told.map((one) => `${didWords(one, words)}${overWords(one)}`).join('; ')
  return {
    shape: 'no-order', cast: operations,
    sentence: capital(`no order of these ${operations.length} operations explains their answers${startWords(scene)}: ${list}${more > 0 ? `; and ${more} more` : ''}.`),
  }
}
