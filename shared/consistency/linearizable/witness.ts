import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'
import type { Model } from '../model.ts'
import type { Witness } from '../verdict.ts'
import { inTime } from './order.ts'
import type { Before } from './order.ts'
import { firstBreak, relax, unanswered } from './relax.ts'
import type { Breaks } from './relax.ts'
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
  /** Whether some operations break the check; 'unknown' keeps operations in the witness that might be spared. */
  breaks: Breaks
  words?: Words
}

/**
 * A small witness of a break and its sentence. `relax` says why it is sound. Where it shows a value out of thin air that somebody began to write
 * later, that write is added, unanswered, for it tells more: as it comes after, it explains nothing.
 * Costs O(n) calls of `breaks`, most of them with few operations.
 */
export function witnessOf(subject: Subject): Witness {
  const { type, model, from, before, breaks, operations } = subject
  const rules = rulesFor(type, model, from, before)
  const known = before === inTime ? firstBreak(operations, breaks, rules) : operations
  const smallest = inOrder(relax(known, breaks, rules))
  if (explain(type, { operations: smallest, from, before }).shape.endsWith('thin-air')) {
    const answered = smallest.filter(({ status }) => status === 'ok')
    for (const later of inOrder(operations)) {
      if (later.status === 'fail' || rules.idle(later) || !answered.every((one) => before(one, later))) continue
      const both = [...smallest, unanswered(later)]
      if (/-before-/.test(explain(type, { operations: both, from, before }).shape) && breaks(both) === true) return tell(subject, both)
    }
  }
  return tell(subject, smallest)
}

/** The witness that certain operations make, which break the check, e.g. those that zones found. */
export function tell({ type, partition, from, before, words }: Subject, operations: readonly Operation[]): Witness {
  const ordered = inOrder(operations)
  const { shape, sentence } = explain(type, { operations: ordered, from, before }, words ?? plainWords)
  return { operations: ordered, partition, from, edges: [], shape, sentence }
}

const inOrder = (operations: readonly Operation[]): readonly Operation[] => [...operations].sort((a, b) => a.call - b.call)

/** Why linearizability matters, for the check and the claim. */
export const linearizableWords = {
  words: 'Every operation takes effect at one moment between its call and its answer, and its answer fits what took effect before.',
  concept: 'linearizability',
  prevention: 'Answer a read only after asking a majority, or as a leader that a majority has just confirmed, and answer a write only when a majority has stored it.',
} as const
