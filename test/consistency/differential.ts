import type { Model } from '../../shared/consistency/model.ts'
import type { Operation } from '../../shared/consistency/history.ts'
import type { Json } from '../../shared/sim/json.ts'
import { models } from '../../shared/consistency/models/index.ts'
import type { checkHistory } from '../../shared/consistency/index.ts'
import type { isLinearizable } from '../../shared/consistency/linearizable/search.ts'
import { Meter } from '../../shared/consistency/verdict.ts'
import { bruteLinearizable } from './brute.ts'
import type { Sizes } from './random.ts'
import { randomHistory, sizesSmall, toys } from './random.ts'

/** Far more than small histories need. */
const STEPS = 1_000_000

/** What is compared with brute force: the verdict for a whole history, whose object was in one of the states `from` at the start. */
type Decide = (model: Model, operations: readonly Operation[], from: readonly Json[]) => 'fine' | 'violated' | 'unknown'

/** What came of comparing. `seed`: the first history with another verdict than brute force, or null. */
export interface Compared { seed: number | null; fine: number; violated: number }

/**
 * Compares verdicts over the random histories of seeds `first` to `first + count - 1`; stops at the first disagreement. `several`: for some histories the object may
 * have been in several states at the start.
 */
function compare(type: string, decide: Decide, first: number, count: number, sizes: Sizes = sizesSmall, several = true): Compared {
  const compared: Compared = { seed: null, fine: 0, violated: 0 }
  for (let seed = first; seed < first + count; seed++) {
    const { model: { init }, operations } = randomHistory(type, seed, sizes)
    const model = models[type]?.make(init)
    if (model === undefined) throw new Error(`no model ${type}`)
    const from = several && seed % 4 === 0 ? (toys[type]?.inits ?? []) : [init]
    const expected = bruteLinearizable(model, operations, from) ? 'fine' : 'violated'
    compared[expected]++
    if (decide(model, operations, from) !== expected) return { ...compared, seed }
  }
  return compared
}

/** Compares a search of one partition. */
export function compareSearch(search: typeof isLinearizable, type: string, first: number, count: number, sizes?: Sizes): Compared {
  return compare(type, (model, operations, from) => {
    const names = new Set(operations.map((operation) => model.partition(operation)))
    const outcomes = [...names].map((name) => search(model, operations.filter((operation) => model.partition(operation) === name), new Meter({ steps: STEPS }), from))
    return outcomes.find((outcome) => outcome !== 'fine') ?? 'fine'
  }, first, count, sizes)
}

/** Compares a check of whole histories, with models of its own. */
export function compareCheck(check: typeof checkHistory, type: string, first: number, count: number, sizes?: Sizes): Compared {
  return compare(type, ({ init }, operations) => check({ model: { type, init }, operations }, 'linearizable', { steps: STEPS }).verdict, first, count, sizes, false)
}
