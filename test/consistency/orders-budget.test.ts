import { describe, expect, test } from 'vitest'
import type { History } from '../../shared/consistency/history.ts'
import { orders } from '../../shared/consistency/orders.ts'
import { STEPS_USUAL } from '../../shared/consistency/verdict.ts'
import type { Check } from '../../shared/consistency/verdict.ts'
import { replicaHistory } from './oracles/replicas.ts'
import { written } from './oracles/write.ts'

const checks: readonly [string, Check][] = Object.entries(orders)
const usual = { steps: STEPS_USUAL }

describe.each(checks)('%s: what a budget pays for', (id, check) => {
  test('5,000 operations are not looked at for 1,000 steps: a step is little work everywhere', () => {
    const history = replicaHistory(1, { clients: 30, operations: 5_000, keys: 1, values: null, lostIn100: 3 }, true)
    expect(check.run(history, { steps: 1_000 }).verdict).toBe('unknown')
  })

  test('a reason to stop is asked for before much was done', () => {
    let asked = 0
    const history = replicaHistory(1, { clients: 30, operations: 5_000, keys: 1, values: null, lostIn100: 3 }, true)
    expect(check.run(history, { steps: Number.MAX_SAFE_INTEGER, spent: () => ++asked > 0 }).verdict).toBe('unknown')
  })

  test('a budget that ends on the way to a small witness leaves one that is larger, and breaks alone', () => {
    const history = written('c1 w x 1', 'c1 w x 2', 'c3 r x 1', 'c2 r x 2', 'c2 w y 1', 'c2 r x 1', 'c3 r x 2', 'c1 w x 3', 'c1 r x 1', 'c2 w x 4', 'c2 r x 4', 'c2 r x 3', 'c1 r x 4', 'c1 w x 5', 'c1 r x 2',
      'c4 r x 7', 'c4 w x 8', 'c5 r x 8', 'c5 w x 7')
    const whole = check.run(history, usual)
    for (let steps = 0; steps < 300; steps += 3) {
      const verdict = check.run(history, { steps })
      if (verdict.verdict !== 'violated') continue
      const { operations, shape } = verdict.witness
      expect(shape).not.toBe('no-assignment')
      expect(check.run({ model: history.model, operations }, usual).verdict, `${id} with ${steps} steps`).toBe('violated')
    }
    expect(whole.verdict).toBe(id === 'monotonic-writes' ? 'fine' : 'violated')
  })
})

/** One register in one place: each read shows the write before it, of whichever of two clients. */
function inOnePlace(count: number): History {
  return written(...Array.from({ length: count }, (_, at) => `c${(at >> 1) % 2} ${at % 2 === 0 ? `w x ${at + 1}` : `r x ${at}`}`))
}

test.each(['read-your-writes', 'writes-follow-reads', 'sessions'] as const)('%s of 20,000 operations of two clients costs no more than 20 steps each', (id) => {
  expect(orders[id].run(inOnePlace(20_000), { steps: 400_000 })).toEqual({ verdict: 'fine' })
})

test.each(['weak-causal', 'causal', 'causal-convergence'] as const)('%s: clocks that would not fit are not made', (id) => {
  const history = written(...Array.from({ length: 10_000 }, (_, at) => `c${at} w x ${at}`))
  expect(orders[id].run(history, usual)).toEqual({ verdict: 'unknown', why: expect.stringContaining('too many clients') as string })
})
