import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'
import type { Before } from './order.ts'
import type { Words } from './words.ts'

/** What a break is told from: the operations of a witness, in the order of their calls, and nothing else. */
export interface Scene {
  operations: readonly Operation[]
  /** The states in which the object may begin. */
  from: readonly Json[]
  before: Before
}

/** `cast`: the operations that the sentence speaks of. */
export interface Telling { cast: readonly Operation[]; sentence(words: Words): string }

/**
 * A sort of break. `find` looks for it: what it finds follows from the scene's operations, answers and order alone, and no order explains a
 * scene in which it is found.
 */
export interface Shape { find(scene: Scene): Telling | null }

export const answered = ({ operations }: Scene): readonly Operation[] => operations.filter(({ status }) => status === 'ok')

/** What the first look that returns something returns. */
export function firstOf<A, B>(list: readonly A[], look: (one: A) => B | null): B | null {
  for (const one of list) {
    const seen = look(one)
    if (seen !== null) return seen
  }
  return null
}
