import type { Operation } from '../../shared/consistency/history.ts'
import type { Model } from '../../shared/consistency/model.ts'
import { models } from '../../shared/consistency/models/index.ts'
import type * as online from '../../shared/consistency/online/index.ts'
import { bruteLinearizable } from './brute.ts'
import type { Compared } from './differential.ts'
import { eventsOf } from './online-events.ts'
import type { Event } from './online-events.ts'
import { randomHistory, sizesSmall } from './random.ts'
import type { Sizes } from './random.ts'

/** The check, or a copy of it with a planted fault. */
export type Online = Pick<typeof online, 'startOnline' | 'called' | 'answered' | 'verdictOf'>

/**
 * Compares online verdicts with brute force over random histories, as `compare` does: the last verdict of every one, and of each `every`-th the outcome
 * of each event. An answer that broke its object counts as never given from then on, and what amends it
 * may happen. A copy that throws disagrees.
 */
export function compareOnline(type: string, check: Online, first: number, count: number, every: number, sizes: Sizes = sizesSmall): Compared {
  const compared: Compared = { seed: null, fine: 0, violated: 0 }
  for (let seed = first; seed < first + count; seed++) {
    const { model: { init }, operations } = randomHistory(type, seed, sizes)
    const model = models[type]!.make(init)
    const expected = bruteLinearizable(model, operations) ? 'fine' : 'violated'
    compared[expected]++
    try {
      if (verdict(check, model, eventsOf(operations, seed), seed % every === 0) !== expected) return { ...compared, seed }
    } catch {
      return { ...compared, seed }
    }
  }
  return compared
}

/** The last verdict, or null when the outcome of an event is another than that of brute force. */
function verdict(check: Online, model: Model, events: readonly Event[], everyEvent: boolean): 'fine' | 'violated' | 'unknown' | null {
  const state = check.startOnline()
  /** The operations as they count so far. */
  const known = new Map<number, Operation>(), unseen: Operation[] = []
  for (const event of events) {
    const { operation } = event
    if (event.kind === 'call') {
      check.called(state, model, operation)
      known.set(operation.id, { ...operation, status: 'info', ret: null, result: undefined })
      continue
    }
    const { status, result, ret } = event
    const outcome = check.answered(state, model, operation.id, status, result, ret)
    if (!everyEvent) continue
    const before = known.get(operation.id) as Operation
    known.set(operation.id, { ...before, status, result, ret: status === 'info' ? null : ret })
    const broken = !bruteLinearizable(model, [...known.values(), ...unseen])
    if (outcome.verdict !== (broken ? 'violated' : 'fine')) return null
    if (outcome.verdict !== 'violated') continue
    known.set(operation.id, before)
    if (outcome.amended !== null) unseen.push(outcome.amended)
  }
  return check.verdictOf(state)
}
