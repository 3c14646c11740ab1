import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanName, CLUSTER_NAMES, distinctName, lengthOf, NAME_LENGTH_MAX, proposeName } from '../../shared/names.ts'

const cleaned = (raw: string): string | null => {
  const result = cleanName(raw)
  return result.ok ? result.name : null
}

describe('names', () => {
  test.each([
    ['blanks inside and outside', '  Ada \t\n  Lovelace ', 'Ada Lovelace'],
    ['markup, which is text', '<img src=x>', '<img src=x>'],
    ['letters that turn others round', 'abc\u202e\u2066cba\u2069', 'abccba'],
    ['invisible letters', 'A\u200bd\u00ada\ufeff', 'Ada'],
    ['control characters', 'A\u0000d\u001b[31ma\u007f', 'Ad[31ma'],
    ['letters made of two', 'Zoe\u0308', 'Zo\u00eb'],
    ['twenty characters that take more units', '\u{1f600}'.repeat(20), '\u{1f600}'.repeat(20)],
    ['other alphabets', 'Søren Ünal 王', 'Søren Ünal 王'],
    ['a letter under a tower of marks', `a${'\u0316'.repeat(50)}`, 'a\u0316\u0316'],
    ['a lone half of a pair', 'Ada\ud800', 'Ada'],
  ])('[NAME-1] %s', (_what, raw, name) => { expect(cleaned(raw)).toBe(name) })

  test.each([['nothing', ''], ['blanks', ' \t '], ['nothing to be seen', '\u200b\u202e'], ['blank letters', '\u3164\u2800\u115f'], ['marks alone', '\u0301\u0302'],
    ['twenty-one characters', 'x'.repeat(21)], ['a page of text', 'x'.repeat(100_000)]])('[NAME-2] refused: %s', (_what, raw) => {
    expect(cleanName(raw)).toEqual({ ok: false, reason: expect.stringMatching(/^A name (needs at least one letter|has at most 20 characters)\.$/) as string })
  })

  test('[NAME-3] whatever comes in, what comes out is clean, fits, and stays as it is', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.string({ unit: 'grapheme', maxLength: 30 })), (raw) => {
      const name = cleaned(raw)
      if (name === null) return
      expect(lengthOf(name)).toBeLessThanOrEqual(NAME_LENGTH_MAX)
      expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]|^ | $| {2}/u)
      expect(cleaned(name)).toBe(name)
    }), { numRuns: 500 })
  })

  test('[NAME-4] no two names are the same, however long and however many', () => {
    const taken: string[] = []
    for (let n = 0; n < 84; n++) taken.push(distinctName(n % 2 === 0 ? 'Maximilian Alexander' : 'MAXIMILIAN ALEXANDER', taken))
    expect(new Set(taken.map((name) => name.toLowerCase())).size).toBe(84)
    expect(taken.every((name) => lengthOf(name) <= NAME_LENGTH_MAX)).toBe(true)
    expect(taken.slice(0, 3)).toEqual(['Maximilian Alexander', 'MAXIMILIAN ALEXAND 2', 'Maximilian Alexand 3'])
  })

  test('[NAME-5] proposed names and names of clusters are names', () => {
    const proposed = Array.from({ length: 576 }, (_, n) => proposeName(n))
    expect(new Set(proposed).size).toBe(576)
    for (const name of [...proposed, ...CLUSTER_NAMES]) expect(cleaned(name)).toBe(name)
    expect(proposeName(-1.5)).toBe(proposeName(1))
  })
})
