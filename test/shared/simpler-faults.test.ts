import fc from 'fast-check'
import { expect, test } from 'vitest'
import { faults } from '../../shared/faults/index.ts'
import { nodeIds } from '../../shared/sim/create.ts'
import type { FaultField, FaultRegistry } from '../../shared/sim/fault.ts'
import type { Input } from '../../shared/sim/inputs.ts'
import { wrongParams } from '../../shared/sim/fault-check.ts'
import type { Json } from '../../shared/sim/types.ts'
import { simpler, simplicityOf } from '../../shared/simpler-faults.ts'

type FaultInput = Extract<Input, { kind: 'fault' }>
const registry: FaultRegistry = faults
const ids = nodeIds(5)

function valueOf(field: FaultField): fc.Arbitrary<Json> {
  switch (field.type) {
    case 'nodes': return fc.subarray(ids, { minLength: 1 })
    case 'node': return fc.constantFrom(...ids)
    case 'integer': return fc.integer({ min: field.least, max: field.most })
    case 'choice': return fc.constantFrom(...field.options)
  }
}

const inputs: fc.Arbitrary<FaultInput> = fc.constantFrom(...Object.keys(registry)).chain((type) =>
  fc.record(Object.fromEntries(Object.entries(registry[type]?.fields ?? {}).map(([name, field]) => [name, valueOf(field)])))
    .filter((params) => { const fault = registry[type]; return fault !== undefined && wrongParams(fault, params, ids) === null })
    .map((params) => ({ kind: 'fault', atMs: 0, id: 'x', type, params, durationMs: 1_000 })))

/** The fault after as many simplifications as there are. */
function simplest(input: FaultInput): FaultInput {
  const [next] = simpler(input, ids)
  return next === undefined ? input : simplest(next)
}

test('every choice is one that the fault allows, and is simpler in one respect', () => {
  fc.assert(fc.property(inputs, (input) => {
    const was = simplicityOf(input)
    for (const choice of simpler(input, ids)) {
      expect(wrongParams(registry[input.type]!, choice.params, ids)).toBeNull()
      const is = simplicityOf(choice)
      expect([was.named - is.named, was.byChance - is.byChance].toSorted((a, b) => a - b)).toEqual([0, 1])
    }
  }), { numRuns: 500 })
})

test.each<[string, { [name: string]: Json }, { [name: string]: Json }]>([
  ['latency', { from: ['A', 'B'], to: ['C', 'D', 'E'], extraMs: 900, spreadMs: 300, share: 40, shape: 'pareto', correlation: 90 }, { from: ['B'], to: ['E'], extraMs: 900, spreadMs: 0, share: 100, shape: 'constant', correlation: 0 }],
  ['burst-loss', { from: ['A'], to: ['B', 'C'], p: 5, r: 20, lossBad: 70, lossGood: 2 }, { from: ['A'], to: ['C'], p: 5, r: 20, lossBad: 100, lossGood: 0 }],
  ['loss', { from: ['A'], to: ['B'], share: 1 }, { from: ['A'], to: ['B'], share: 100 }],
  ['clock-drift', { nodes: ['A', 'B', 'C'], msPerSecond: -50 }, { nodes: ['C'], msPerSecond: -50 }],
])('%s: what is left when nothing of it matters', (type, params, least) => {
  expect(simplest({ kind: 'fault', atMs: 0, id: 'x', type, params, durationMs: 1_000 }).params).toEqual(least)
})
