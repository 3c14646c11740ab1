import type { Operation } from '../history.ts'
import type { Model } from '../model.ts'
import type { Witness } from '../verdict.ts'

/** What shows a violation in one partition: all its operations that may have had an effect. */
export function witnessOf(model: Model, partition: string, operations: readonly Operation[]): Witness {
  const listed = operations.filter(({ status }) => status !== 'fail')
  const sentence = `No order of these ${listed.length} operations explains their answers: ${listed.map((operation) => `client ${operation.client} ${model.describe(operation)}`).join(', ')}.`
  return { operations: listed, partition, from: [model.init], edges: [], shape: 'no-order', sentence }
}
