import type { Model } from '../../shared/consistency/model.ts'
import type { Operation } from '../../shared/consistency/history.ts'
import type { Json } from '../../shared/sim/json.ts'
import { models } from '../../shared/consistency/models/index.ts'
import { bruteLinearizable } from './brute.ts'
import type { Sizes } from './random.ts'
import { randomHistory, sizesSmall, toys } from './random.ts'

/** What is compared with brute force: the verdict for a whole history, whose object was in one of the states `from` at the start. */
export type Decide = (model: Model, operations: readonly Operation[], from: readonly Json[]) => 'fine' | 'violated' | 'unknown'

/** What came of comparing. `seed`: the first history with another verdict than brute force, or null. */
export interface Compared { seed: number | null; fine: number; violated: number }

/** Compares verdicts over the random histories of seeds `first` to `first + count - 1`; stops at the first disagreement. */
export function compare(type: string, decide: Decide, first: number, count: number, sizes: Sizes = sizesSmall): Compared {
  const compared: Compared = { seed: null, fine: 0, violated: 0 }
  for (let seed = first; seed < first + count; seed++) {
    const { model: { init }, operations } = randomHistory(type, seed, sizes)
    const model = models[type]?.make(init)
    if (model === undefined) throw new Error(`no model ${type}`)
    const from = seed % 4 === 0 ? (toys[type]?.inits ?? []) : [init]
    const expected = bruteLinearizable(model, operations, from) ? 'fine' : 'violated'
    compared[expected]++
    if (decide(model, operations, from) !== expected) return { ...compared, seed }
  }
  return compared
}
