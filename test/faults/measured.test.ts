import { describe, expect, test } from 'vitest'
import { faults } from '../../shared/faults/index.ts'
import { withPlanted } from './definition.ts'
import { definitions } from './definitions.ts'
import { Deviation, ensureDistribution, normalAtMost } from './statistics.ts'

/** Every fault over 100,000 draws against its definition, and every check against copies in which one thing is wrong. */

describe.each(Object.entries(definitions))('%s', (id, { checks }) => {
  test('is measured', () => expect(Object.keys(checks)).not.toEqual([]))
  describe.each(Object.entries(checks))('%s', (_what, { holds, planted }) => {
    test('is as defined', () => holds(faults))
    test('is told from something', () => expect(Object.keys(planted)).not.toEqual([]))
    test.each(Object.entries(planted))('is told from one that is wrong: %s', (_wrong, plant) => {
      expect(() => holds(withPlanted(faults, id, plant))).toThrow(Deviation)
    })
  })
})

test('the yardstick itself: known quantiles of the normal distribution, to nine digits', () => {
  for (const [z, share] of [[0, 0.5], [1, 0.841344746068543], [-1.2815515655446, 0.1], [2.999999999, 0.99865010196], [3, 0.99865010196837], [5, 0.999999713348428], [-5, 2.86651571879e-7]] as const) {
    expect(Math.abs(normalAtMost(z) - share)).toBeLessThan(1e-9)
  }
})

test('the yardstick itself: the distance of a sample from a distribution, on either side of a step', () => {
  const even = (k: number): number => Math.min(1, Math.max(0, (k + 1) / 4))
  const sample = (...counts: number[]): number[] => counts.flatMap((count, k) => Array.from({ length: count }, () => k))
  expect(() => ensureDistribution(sample(1_000, 1_000, 1_000, 1_000), even, '')).not.toThrow()
  expect(() => ensureDistribution(sample(1_200, 800, 1_000, 1_000), even, '')).toThrow(/0\.05000 off at 0/)
  expect(() => ensureDistribution(sample(0, 2_000, 1_000, 1_000), even, '')).toThrow(/0\.25000 off at 0/)
  expect(() => ensureDistribution(sample(1_000, 1_000, 2_000), even, '')).toThrow(/0\.25000 off at 2/)
})
