import { grouped } from '../grouped.ts'
import type { History, Operation } from '../history.ts'
import type { Model } from '../model.ts'
import { models } from '../models/index.ts'
import type { Budget, Check, Verdict, Witness } from '../verdict.ts'
import { Meter } from '../verdict.ts'
import type { Outcome } from './search.ts'
import { inTime } from './order.ts'
import { isLinearizable } from './search.ts'
import { linearizableWords, witnessOf } from './witness.ts'
import { decideByZones } from './zones.ts'

/** Steps that each partition gets at first, and how many times more in each round after: one that is hard does not keep the judge from the others. */
const STEPS_FIRST = 20_000, STEPS_FACTOR = 8

/** The verdict for one partition, and where it is violated, operations that break it, few if they are known at once. */
function decide(type: string, model: Model, operations: readonly Operation[], meter: Meter): { outcome: Outcome; broken: readonly Operation[] } {
  const zones = type === 'register' ? decideByZones(operations, model.init) : null
  if (zones === null) return { outcome: isLinearizable(model, operations, meter), broken: operations }
  return { outcome: zones.verdict, broken: zones.verdict === 'violated' ? zones.operations : [] }
}

/**
 * Steps for one question of those that make a witness smaller, besides two for each operation in it, and for all of them; to put a question takes one for each
 * operation. Beyond, the witness stays as small as it is by then.
 */
const STEPS_QUESTION = 10_000, STEPS_QUESTIONS = 500_000
/** So many steps more for each operation: enough to halve all of them some ten times, which leaves few. */
const STEPS_AN_OPERATION = 40

function witnessFor(type: string, model: Model, partition: string, operations: readonly Operation[], budget: Budget): Witness {
  let stepsLeft = STEPS_QUESTIONS + STEPS_AN_OPERATION * operations.length
  return witnessOf({
    type, model, partition, operations, from: [model.init], before: inTime,
    breaks(some, from) {
      stepsLeft -= some.length
      if (stepsLeft <= 0 || budget.spent?.() === true) return 'stopped'
      const meter = new Meter({ ...budget, steps: Math.min(STEPS_QUESTION + 2 * some.length, stepsLeft) })
      const outcome = isLinearizable(model, some, meter, from)
      stepsLeft -= meter.used
      return outcome === 'unknown' ? 'unknown' : outcome === 'violated'
    },
  })
}

function run({ model: { type, init }, operations }: History, budget: Budget): Verdict {
  const kind = Object.hasOwn(models, type) ? models[type] : undefined
  if (kind === undefined) return { verdict: 'unknown', why: `There is no model called "${type}".` }
  const model = kind.make(init), partitions = grouped(operations, (one) => model.partition(one))
  let open = [...partitions], stepsLeft = budget.steps, tooLarge = 0
  for (let steps = STEPS_FIRST; open.length > 0; steps *= STEPS_FACTOR) {
    const again: typeof open = []
    for (const partition of open) {
      const given = Math.min(steps, stepsLeft), meter = new Meter({ ...budget, steps: given })
      const { outcome, broken } = decide(type, model, partition[1], meter)
      if (outcome === 'violated') return { verdict: 'violated', witness: witnessFor(type, model, partition[0], broken, budget) }
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
  ...linearizableWords,
  run,
}
