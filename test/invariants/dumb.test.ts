import { describe, expect, test } from 'vitest'
import { comparisons } from './compared.ts'

const SEEDS = 300

describe.each(comparisons)('$id, and its definition', ({ search, unnoticed }) => {
  test('judge no random round differently, and every breach keeps the contract', () => {
    const { wrong, brokenRounds } = search(SEEDS)
    expect(wrong).toBeNull()
    // Rounds that break and rounds that do not: a comparison of one sort only would show little.
    expect(brokenRounds).toBeGreaterThan(SEEDS / 10)
    expect(brokenRounds).toBeLessThan(SEEDS * 0.9)
  })
  test('differ when the claim misses something', () => expect(unnoticed(SEEDS)).toEqual([]))
})
