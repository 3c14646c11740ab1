import type { Operation } from '../../shared/consistency/history.ts'
import { inTime, ofOneClient } from '../../shared/consistency/linearizable/order.ts'
import type { Before } from '../../shared/consistency/linearizable/order.ts'
import { unanswered } from '../../shared/consistency/linearizable/relax.ts'
import type { Model } from '../../shared/consistency/model.ts'
import { models } from '../../shared/consistency/models/index.ts'
import { randomHistory, sizesMiddle } from './random.ts'
import type { Random } from './random.ts'

/** What checks keep in order, and how a test calls it. */
export const orders: readonly (readonly [string, Before])[] = [['in real time', inTime], ['of each client', ofOneClient]]

/** One partition of a random history. */
export function part(type: string, seed: number): { model: Model; operations: Operation[] } {
  const { model: { init }, operations } = randomHistory(type, seed, seed % 4 === 0 ? sizesMiddle : undefined), model = models[type]!.make(init)
  return { model, operations: operations.filter((one) => model.partition(one) === model.partition(operations[0]!)).slice(0, 8) }
}

/** Some answered operations of it, at random, relaxed by hand. */
export const relaxed = (operations: readonly Operation[], random: Random, idle: (operation: Operation) => boolean, in10: number): Operation[] =>
  operations.filter(({ status }) => status !== 'fail').flatMap((one) => (random(10) >= in10 ? [one] : idle(one) ? [] : [unanswered(one)]))
