import { describe, expect, test } from 'vitest'
import { isLinearizable } from '../../shared/consistency/linearizable/search.ts'
import { models } from '../../shared/consistency/models/index.ts'
import { compareSearch } from './differential.ts'
import { sizesMiddle } from './random.ts'

describe('the verdict is that of brute force', () => {
  test.each(Object.keys(models))('for 300,000 histories of up to ten operations: %s', (type) => {
    const compared = compareSearch(isLinearizable, type, 1_000_000, 300_000, sizesMiddle)
    expect(compared.seed, 'the seed of a history with another verdict').toBeNull()
    expect(Math.min(compared.fine, compared.violated)).toBeGreaterThan(50_000)
  })
})
