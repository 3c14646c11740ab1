import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ddmin } from '../../shared/ddmin.ts'

const isPart = (some: readonly number[], of: readonly number[]): boolean => {
  let at = 0
  for (const item of of) if (item === some[at]) at++
  return at === some.length
}
const numbers = (length: number): number[] => Array.from({ length }, (_, n) => n)

/** Failing needs all of one of several sets; not only one, so that what is smallest depends on the way. */
const lists = fc.integer({ min: 1, max: 40 }).chain((length) => fc.record({
  length: fc.constant(length),
  needs: fc.array(fc.uniqueArray(fc.integer({ min: 0, max: length - 1 }), { maxLength: 6 }), { minLength: 1, maxLength: 4 }),
}))

describe('delta debugging', () => {
  test('ends with a list that still fails, in the same order, from which no single item can go', () => {
    fc.assert(fc.property(lists, ({ length, needs }) => {
      const fails = (some: readonly number[]): boolean => needs.some((need) => need.every((item) => some.includes(item)))
      const least = ddmin(numbers(length), fails)
      expect(fails(least)).toBe(true)
      expect(isPart(least, numbers(length))).toBe(true)
      for (let at = 0; at < least.length; at++) expect(fails(least.toSpliced(at, 1))).toBe(false)
    }), { numRuns: 500 })
  })

  test('holds where more is not always worse: a list that fails by chance shrinks to one that fails', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 24 }), fc.integer(), (length, salt) => {
      const fails = (some: readonly number[]): boolean => some.length === length || some.reduce((hash, item) => (hash * 31 + item) % 1_009, Math.abs(salt) % 1_009) % 5 === 0
      const least = ddmin(numbers(length), fails)
      expect(fails(least)).toBe(true)
      for (let at = 0; at < least.length; at++) expect(fails(least.toSpliced(at, 1))).toBe(false)
    }), { numRuns: 500 })
  })

  test('asks at most n squared and three n times more, as its authors prove', () => {
    fc.assert(fc.property(lists, ({ length, needs }) => {
      let asked = 0
      ddmin(numbers(length), (some) => { asked++; return needs.some((need) => need.every((item) => some.includes(item))) })
      expect(asked).toBeLessThanOrEqual(length * length + 3 * length + 1)
    }), { numRuns: 500 })
  })

  test('one item of a thousand is found in a few dozen questions', () => {
    let asked = 0
    expect(ddmin(numbers(1_000), (some) => { asked++; return some.includes(617) })).toEqual([617])
    expect(asked).toBeLessThan(40)
  })

  test('a test that refuses everything leaves the list as it is', () => expect(ddmin(numbers(9), () => false)).toEqual(numbers(9)))
})
