import { expect, test } from 'vitest'
import { causalChecks } from '../../shared/consistency/causal.ts'
import type { History } from '../../shared/consistency/history.ts'
import { models } from '../../shared/consistency/models/index.ts'
import { sequential } from '../../shared/consistency/sequential.ts'
import { sessionChecks } from '../../shared/consistency/sessions.ts'
import { causalByEnumeration } from './oracles/causal.ts'
import { longer, ofModel } from './oracles/made.ts'
import { sequentialByEnumeration } from './oracles/sequential.ts'
import { causalMemoryBySerialization } from './oracles/serial.ts'
import { sessionsByEnumeration } from './oracles/sessions.ts'
import type { Guarantee } from './oracles/sessions.ts'
import { smallHistory } from './oracles/small.ts'
import { compareWith } from './oracles/witness.ts'

// More and larger histories than in every test run; seeds that it does not try begin here.
const FIRST = 1_000_000, COUNT = 100_000
const all: readonly Guarantee[] = ['read-your-writes', 'monotonic-reads', 'monotonic-writes', 'writes-follow-reads']
const serial = ({ model: { type, init }, operations }: History): boolean => sequentialByEnumeration(models[type]!.make(init), operations)

test.each(Object.keys(sessionChecks) as (keyof typeof sessionChecks)[])('%s agrees with the definition on 100,000 histories of seven operations', (id) => {
  const fine = (history: History): boolean => sessionsByEnumeration(history, id === 'sessions' ? all : [id])
  expect(compareWith(sessionChecks[id], fine, (seed) => smallHistory(seed, { operations: 7, clients: 3, keys: 2 }), FIRST, COUNT).disagrees).toBeNull()
})

test.each([['weak-causal', 'weak'], ['causal', 'memory'], ['causal-convergence', 'convergence']] as const)('%s agrees with the definition on 100,000 histories', (id, level) => {
  const fine = (history: History): boolean => causalByEnumeration(history, level)
  expect(compareWith(causalChecks[id], fine, (seed) => smallHistory(seed, { operations: 5, clients: 3, keys: 2 }), FIRST, COUNT).disagrees).toBeNull()
})

test('causal memory agrees with serializations for each client on 100,000 histories of ten operations', () => {
  // Where it is open what a read read, the history is left out: it says nothing here.
  const make = (seed: number): History => {
    for (let next = seed; ; next += COUNT) {
      const history = longer(next, 10)
      if (causalMemoryBySerialization(history) !== null) return history
    }
  }
  expect(compareWith(causalChecks.causal, (history) => causalMemoryBySerialization(history) === true, make, FIRST, COUNT).disagrees).toBeNull()
})

test('sequential agrees with the definition on 100,000 histories of registers of seven operations', () => {
  expect(compareWith(sequential, serial, (seed) => smallHistory(seed, { operations: 7, clients: 3, keys: 2 }), FIRST, COUNT).disagrees).toBeNull()
})

test.each(Object.keys(models))('sequential agrees with the definition on 100,000 histories of the model %s', (type) => {
  expect(compareWith(sequential, serial, (seed) => ofModel(type, seed, 7), FIRST, COUNT).disagrees).toBeNull()
})
