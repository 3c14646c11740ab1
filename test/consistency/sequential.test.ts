import { describe, expect, test } from 'vitest'
import { causalChecks } from '../../shared/consistency/causal.ts'
import type { History } from '../../shared/consistency/history.ts'
import { checks } from '../../shared/consistency/index.ts'
import { models } from '../../shared/consistency/models/index.ts'
import { sequential } from '../../shared/consistency/sequential.ts'
import { isSequential } from '../../shared/consistency/sequential/search.ts'
import { Meter } from '../../shared/consistency/verdict.ts'
import type { Check, Verdict } from '../../shared/consistency/verdict.ts'
import { sequentialByEnumeration } from './oracles/sequential.ts'
import { ofModel } from './oracles/made.ts'
import { replicaHistory } from './oracles/replicas.ts'
import { smallHistory } from './oracles/small.ts'
import { compareWith } from './oracles/witness.ts'
import { written } from './oracles/write.ts'
import { withPlanted } from './planted.ts'
import type { Change } from './planted.ts'

const budget = { steps: 1_000_000 }
const fine = ({ model: { type, init }, operations }: History): boolean => sequentialByEnumeration(models[type]!.make(init), operations)
const make = (seed: number): History => smallHistory(seed, { operations: 6, clients: 3, keys: 2 })

test('agrees with the definition on 20,000 small histories of registers, and each witness breaks alone', () => {
  const { disagrees, seen } = compareWith(sequential, fine, make, 0, 20_000)
  expect(disagrees).toBeNull()
  expect(seen['fine']).toBeGreaterThan(5_000)
  expect(['stale-read', 'thin-air', 'no-order'].filter((shape) => (seen[shape] ?? 0) < 10)).toEqual([])
})

test.each(Object.keys(models))('%s: agrees with the definition on 3,000 small histories, and each witness breaks alone', (type) => {
  const { disagrees, seen } = compareWith(sequential, fine, (seed) => ofModel(type, seed), 0, 3_000)
  expect(disagrees).toBeNull()
  expect(seen['fine']).toBeGreaterThan(200)
  expect(Object.keys(seen).length).toBeGreaterThan(1)
})

/** The search alone, without the quicker looks before it. */
const searchOf = (search: typeof isSequential): Check => ({
  ...sequential,
  run({ model: { type, init }, operations }): Verdict {
    const verdict = search(models[type]!.make(init), operations, new Meter(budget))
    return verdict === 'fine' ? { verdict } : verdict === 'unknown' ? { verdict, why: '' } : { verdict, witness: { operations, partition: null, from: [init], edges: [], shape: '', sentence: '' } }
  },
})

/** Two unanswered writes that are alike, and each of which must have happened. */
const bothNeeded = written('c1 w? x 1', 'c2 w? x 1', 'c3 r x 1', 'c3 w x 2', 'c3 r x 1')

/** The search alone disagrees with the definition: the seed, or null. Registers, and cas registers, where unanswered operations build on each other. */
function wrongSearch(search: typeof isSequential): string | null {
  return compareWith(searchOf(search), fine, () => bothNeeded, 0, 1, false).disagrees ?? compareWith(searchOf(search), fine, make, 0, 10_000, false).disagrees ?? compareWith(searchOf(search), fine, (seed) => ofModel('cas-register', seed), 0, 5_000, false).disagrees
}

test('the search alone agrees with the definition', () => expect(wrongSearch(isSequential)).toBeNull())

describe('a fault planted in a copy of the search is found', () => {
  test.each<[string, Change]>([
    ['each object has an order of its own', { file: 'sequential/plan.ts', from: 'numberIn(clientNumbers, operation.client)', to: 'numberIn(clientNumbers, operation.client * 1000 + model.partition(operation).length * 10 + Number(model.partition(operation).slice(1) || 0))' }],
    ['an unanswered operation may come before what its client did first', { file: 'sequential/search.ts', from: 'this.row[client]! >= answers', to: 'answers >= 0' }],
    ['an unanswered operation happens once for all of its kind', { file: 'sequential/search.ts', from: 'may > this.row[this.firstGroup + at]!', to: 'may > 0 && this.row[this.firstGroup + at] === 0' }],
    ['an unanswered operation has to make a difference for what is in another object', { file: 'sequential/search.ts', from: "if (one.partition === owes?.partition) owes = null", to: '' }],
    ['any client may forget what it owes', { file: 'sequential/search.ts', from: 'this.row[this.firstState + led.partition] = led.before', to: '' }],
    ['an operation that changes nothing is taken where it does not fit', { file: 'sequential/search.ts', from: '=== IMPOSSIBLE) break', to: '=== IMPOSSIBLE - 1) break' }],
    ['no read hopes for an unanswered operation', { file: 'sequential/search.ts', from: 'this.plan.groups[group]!.after.length > this.row[this.firstGroup + group]!', to: 'group < 0' }],
    ['no read hopes for a write of another client', { file: 'sequential/search.ts', from: 'still < next.place : still >= this.row[maker.client]!', to: 'still < next.place : still < 0' }],
    ['configurations are the same whatever the states', { file: 'sequential/search.ts', from: 'this.met.meet(this.row)', to: 'this.met.meet(this.row.map((word, at) => (at < this.firstState ? word : 0)))' }],
  ])('%s', async (_name, change) => {
    expect(await withPlanted('sequential/search.ts', [change], (copy: { isSequential: typeof isSequential }) => wrongSearch(copy.isSequential))).toMatch(/^seed \d+: /)
  })
})

test('what is stronger implies what is weaker, on 4,000 histories', () => {
  const stronger: readonly (readonly [string, string])[] = [
    ['linearizable', 'sequential'], ['sequential', 'causal'], ['sequential', 'causal-convergence'], ['causal', 'weak-causal'], ['causal-convergence', 'weak-causal'],
    ['causal-convergence', 'sessions'], ['sessions', 'read-your-writes'], ['sessions', 'monotonic-reads'], ['sessions', 'monotonic-writes'], ['sessions', 'writes-follow-reads'],
  ]
  const apart = new Set<string>()
  for (let seed = 0; seed < 4_000; seed++) {
    const history = make(seed)
    const holds = Object.fromEntries(Object.entries(checks).map(([id, check]) => [id, check.run(history, budget).verdict === 'fine']))
    for (const [strong, weak] of stronger) {
      expect(!holds[strong] || holds[weak], `seed ${seed}: ${strong} but not ${weak}`).toBe(true)
      if (holds[weak] && !holds[strong]) apart.add(`${strong} ${weak}`)
    }
  }
  expect([...apart].sort()).toEqual(stronger.map((pair) => pair.join(' ')).toSorted())
})

describe('what it says', () => {
  test.each<[string, readonly string[], boolean]>([
    ['neither of two clients sees the other write', ['c1 w x 1', 'c1 r y 0', 'c2 w y 1', 'c2 r x 0'], false],
    ['time does not count between clients', ['c1 w x 1', 'c2 r x 0'], true],
    ['an unanswered write may happen after what its client did later', ['c1 w? x 1', 'c1 r x 0', 'c2 r x 1'], true],
    ['an unanswered write may not happen before what its client did first', ['c1 r x 0', 'c1 w? y 1', 'c2 r y 1', 'c2 w x 1', 'c1 r y 0'], true],
  ])('%s', (_name, lines, holds) => expect(sequential.run(written(...lines), budget).verdict === 'fine').toBe(holds))

  test('each of two objects alone has an order, both together have none', () => {
    const { model, operations } = written('c1 w x 1', 'c1 r y 0', 'c2 w y 1', 'c2 r x 0')
    for (const key of ['x', 'y']) expect(sequential.run({ model, operations: operations.filter((one) => one.key === key) }, budget).verdict).toBe('fine')
    expect(sequential.run({ model, operations }, budget).verdict).toBe('violated')
  })

  test('causal memory allows what monotonic reads do not: two clients that see two writes in different orders', () => {
    const history = written('c1 w x 1', 'c2 w x 2', 'c3 r x 1', 'c3 r x 2', 'c4 r x 2', 'c4 r x 1')
    expect(causalChecks.causal.run(history, budget).verdict).toBe('fine')
    expect(checks['monotonic-reads']!.run(history, budget).verdict).toBe('violated')
  })

  test('the witness of two objects is a circle, and says how it goes round', () => {
    expect(sequential.run(written('c3 r x 0', 'c1 w x 1', 'c1 r y 0', 'c2 w y 1', 'c2 r x 0', 'c3 r x 1'), budget)).toMatchObject({ witness: {
      partition: null, shape: 'cyclic-view', edges: [{ why: 'it did not see that write' }, { why: 'the same client, in order' }, { why: 'it did not see that write' }, { why: 'the same client, in order' }],
      sentence: expect.stringMatching(/^There is no one order of all this: client \d read 0 from \w and not yet the 1 of client \d in \w, so that came later; /) as string,
    } })
  })
})

test('5,000 operations of 30 clients on copies that lag have a witness of a few operations', () => {
  const verdict = sequential.run(replicaHistory(1, { clients: 30, operations: 5_000, keys: 10, values: null, lostIn100: 3 }, true), { steps: 20_000_000 })
  expect(verdict.verdict === 'violated' && verdict.witness.operations.length).toBe(4)
})

test('a budget that ends gives unknown, never fine', () => {
  const history = written('c1 w x 1', 'c1 r y 0', 'c1 w x 1', 'c2 w y 1', 'c2 r x 0', 'c2 w y 1')
  expect(sequential.run(history, budget).verdict).toBe('violated')
  for (let steps = 0; steps < 20; steps++) expect(sequential.run(history, { steps }).verdict).not.toBe('fine')
  expect(sequential.run(history, { steps: 1 }).verdict).toBe('unknown')
})
