import { checkHistory } from '../../shared/consistency/index.ts'
import type { History, Operation } from '../../shared/consistency/history.ts'
import { decideByZones } from '../../shared/consistency/linearizable/zones.ts'
import { Meter, STEPS_USUAL } from '../../shared/consistency/verdict.ts'
import { isLinearizable } from '../../shared/consistency/linearizable/search.ts'
import { models } from '../../shared/consistency/models/index.ts'
import { operationsOf, traffic } from '../consistency/online-events.ts'
import { loadHistory } from '../consistency/load.ts'
import { outsideHistories } from '../consistency/outside.ts'

/** A history from outside with what is known of it. */
export interface Known { name: string; history: History; linearizable: boolean }

/** All that there are; none when the folder is absent. */
export const knownHistories = (): Known[] =>
  outsideHistories().map(({ name, text, expected }) => ({ name, history: loadHistory(text), linearizable: expected.linearizable === true }))

/** Judges histories; returns how many. Throws when a verdict is not the one that is known. */
export function judgeAll(known: readonly Known[]): number {
  for (const { name, history, linearizable } of known) {
    const { verdict } = checkHistory(history, 'linearizable', { steps: STEPS_USUAL })
    if (verdict !== (linearizable ? 'fine' : 'violated')) throw new Error(`${name} is ${verdict}`)
  }
  return known.length
}

/** Decides histories without looking for a witness; returns how many. */
export function decideAll(known: readonly Known[]): number {
  for (const { name, history: { model: { type, init }, operations }, linearizable } of known) {
    const model = models[type]!.make(init), meter = new Meter({ steps: STEPS_USUAL })
    const partitions = new Map<string, Operation[]>()
    for (const one of operations) {
      const part = partitions.get(model.partition(one))
      if (part === undefined) partitions.set(model.partition(one), [one])
      else part.push(one)
    }
    if ([...partitions.values()].every((part) => isLinearizable(model, part, meter) === 'fine') !== linearizable) throw new Error(`${name} was decided wrongly`)
  }
  return known.length
}

/** The one with the most operations of a model. */
export const largest = (known: readonly Known[], type: string): Known[] =>
  known.filter(({ history }) => history.model.type === type).sort((a, b) => b.history.operations.length - a.history.operations.length).slice(0, 1)

/** A million operations of 30 clients on one register, each write with a value of its own, all answered rightly. */
export const million = (): Operation[] => operationsOf(traffic(1, { clients: 30, keys: 1, operations: 1_000_000, values: null, lostPerMille: 0, wrongPerMille: 0 }))

/** Judges it by zones; returns how many operations. */
export function judgeByZones(operations: readonly Operation[]): number {
  if (decideByZones(operations, null)?.verdict !== 'fine') throw new Error('a history of a real register is not fine')
  return operations.length
}
