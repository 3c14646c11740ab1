import type { History, Operation } from '../history.ts'
import type { Model } from '../model.ts'
import { models } from '../models/index.ts'
import type { Budget, Check, Verdict } from '../verdict.ts'
import { Meter } from '../verdict.ts'
import type { Outcome } from './search.ts'
import { isLinearizable } from './search.ts'
import { witnessOf } from './witness.ts'

/** Steps that each partition gets at first, and how many times more in each round after: one that is hard does not keep the judge from the others. */
const STEPS_FIRST = 20_000, STEPS_FACTOR = 8

function partitionsOf(model: Model, operations: readonly Operation[]): Map<string, Operation[]> {
  const partitions = new Map<string, Operation[]>()
  for (const operation of operations) {
    const name = model.partition(operation), known = partitions.get(name)
    if (known === undefined) partitions.set(name, [operation])
    else known.push(operation)
  }
  return partitions
}

/** The verdict for one partition. */
function decide(model: Model, operations: readonly Operation[], meter: Meter): Outcome {
  return isLinearizable(model, operations, meter)
}

function run({ model: { type, init }, operations }: History, budget: Budget): Verdict {
  const kind = Object.hasOwn(models, type) ? models[type] : undefined
  if (kind === undefined) return { verdict: 'unknown', why: `There is no model called "${type}".` }
  const model = kind.make(init), partitions = partitionsOf(model, operations)
  let open = [...partitions], stepsLeft = budget.steps, tooLarge = 0
  for (let steps = STEPS_FIRST; open.length > 0; steps *= STEPS_FACTOR) {
    const again: typeof open = []
    for (const partition of open) {
      const given = Math.min(steps, stepsLeft), meter = new Meter({ ...budget, steps: given })
      const outcome = decide(model, partition[1], meter)
      if (outcome === 'violated') return { verdict: 'violated', witness: witnessOf(model, partition[0], partition[1]) }
      // What ran out of memory would do so again.
      if (outcome === 'unknown' && meter.used < given) tooLarge++
      else if (outcome === 'unknown') again.push(partition)
      stepsLeft -= meter.used
    }
    open = again
    if (stepsLeft <= 0 || budget.spent?.() === true) break
  }
  const unknown = open.length + tooLarge
  if (unknown === 0) return { verdict: 'fine' }
  const where = partitions.size === 1 ? '' : ` for ${unknown} of ${partitions.size} keys`
  return { verdict: 'unknown', why: `The search was stopped before it had tried all orders${where}.` }
}

/** Linearizability of whole histories, key by key, which is enough (Herlihy and Wing, 1990, theorem 1). `unknown` when the budget is spent. */
export const linearizable: Check = {
  title: 'Linearizability',
  words: 'Every operation takes effect at one moment between its call and its answer.',
  concept: 'linearizability',
  prevention: 'Answer a read only after asking a majority, or as a leader that a majority has just confirmed, and answer a write only when a majority has stored it.',
  run,
}
