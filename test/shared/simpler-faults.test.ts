import { expect, test } from 'vitest'
import { shorter, simplicityOf } from '../../shared/simpler-faults.ts'

const endless = { kind: 'fault', atMs: 1_000, id: 'f', type: 'partition', params: { side: ['A'] }, durationMs: null } as const

test('of two faults without end, one that is given an end makes the round simpler', () => {
  const [ended] = shorter(endless, 9_000)
  expect(ended).toMatchObject({ durationMs: 8_000 })
  if (ended === undefined) throw new Error('an endless fault can be shorter')
  const [one, other] = [simplicityOf(endless).durationMs, simplicityOf(ended).durationMs]
  expect(one + other).toBeLessThan(one + one)
})
