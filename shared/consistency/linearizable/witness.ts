import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'
import type { Model } from '../model.ts'
import type { Witness } from '../verdict.ts'
import { cutOff } from './cut.ts'
import type { BreaksFrom } from './cut.ts'
import { inTime } from './order.ts'
import type { Before } from './order.ts'
import { firstBreak, relax, unanswered } from './relax.ts'
import type { Rules } from './relax.ts'
import type { Scene } from './scene.ts'
import { explain } from './shapes.ts'
import { rulesFor } from './useless.ts'
import { plainWords } from './words.ts'
import type { Words } from './words.ts'

/** What is to be shown broken. */
export interface Subject {
  /** The model by its name in the registry, and made. */
  type: string
  model: Model
  /** Null when the operations are of several. */
  partition: string | null
  /** They break the check. */
  operations: readonly Operation[]
  /** The states in which each partition may begin. */
  from: readonly Json[]
  /** What the check keeps in order: `inTime`, or `ofOneClient`. */
  before: Before
  /** Whether some of them break the check when they may begin in any of these states; 'unknown' keeps operations in the witness that might be spared. */
  breaks: BreaksFrom
  words?: Words
}

/** A witness of more operations is told rather by how the history ends, whatever came before. */
const PLAIN_MAX = 4

/**
 * A small witness of a break and its sentence, from the start of the history if few operations tell it from there, otherwise from any states that it may have been in later:
 * `relax` and `cutOff` say why both are sound. Where it shows a value out of thin air that somebody began to write later, that write is
 * added, unanswered, for it tells more: as it comes after, it explains nothing. Costs O(n) calls of `breaks`, most of them with few operations.
 */
export function witnessOf(subject: Subject): Witness {
  const { type, model, from, before, breaks, operations } = subject
  const rulesFrom = (states: readonly Json[]): Rules => rulesFor(type, model, states, before)
  const smallest = (some: readonly Operation[], states: readonly Json[], tries?: number): Scene =>
    ({ operations: inOrder(relax(some, (less) => breaks(less, states), rulesFrom(states), tries)), from: states, before })
  const known = before === inTime ? firstBreak(operations, (some) => breaks(some, from), rulesFrom(from)) : operations
  const whole = smallest(known, from, 1), { shape } = explain(type, whole)
  if (whole.operations.length <= PLAIN_MAX && shape !== 'no-order') return tell(subject, shape === 'thin-air' ? withLaterWrite(subject, whole) : whole)
  const end = before === inTime ? cutOff(type, known, from, breaks, rulesFrom) : null
  return tell(subject, end === null ? smallest(known, from) : plainer(type, whole, smallest(end.operations, end.from)))
}

/** The one whose sort of break has a name, or else the smaller one. */
function plainer(type: string, whole: Scene, end: Scene): Scene {
  const named = (scene: Scene): boolean => explain(type, scene).shape !== 'no-order'
  if (named(whole) !== named(end) && Math.max(whole.operations.length, end.operations.length) <= 2 * PLAIN_MAX) return named(whole) ? whole : end
  return end.operations.length < whole.operations.length ? end : whole
}

function withLaterWrite({ type, model, operations, breaks }: Subject, scene: Scene): Scene {
  const { from, before } = scene, { idle } = rulesFor(type, model, from, before)
  const answered = scene.operations.filter(({ status }) => status === 'ok')
  for (const later of inOrder(operations)) {
    if (later.status === 'fail' || idle(later) || !answered.every((one) => before(one, later))) continue
    const both = { ...scene, operations: inOrder([...scene.operations, unanswered(later)]) }
    if (explain(type, both).shape === 'read-before-write' && breaks(both.operations, from) === true) return both
  }
  return scene
}

/** The witness that a scene makes, which breaks the check. */
export function tell({ type, partition, words }: Pick<Subject, 'type' | 'partition' | 'words'>, scene: Scene): Witness {
  const { shape, sentence } = explain(type, scene, words ?? plainWords)
  return { operations: scene.operations, partition, from: scene.from, edges: [], shape, sentence }
}

const inOrder = (operations: readonly Operation[]): readonly Operation[] => [...operations].sort((a, b) => a.call - b.call)

/** Why linearizability matters, for the check and the claim. */
export const linearizableWords = {
  words: 'Every operation takes effect at one moment between its call and its answer, and its answer fits what took effect before.',
  concept: 'linearizability',
  prevention: 'Answer a read only after asking a majority, or as a leader that a majority has just confirmed, and answer a write only when a majority has stored it.',
} as const
