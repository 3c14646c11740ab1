import { expect, test } from 'vitest'
import { draw, drawBetween, spread, threefry } from '../../shared/sim/draws.ts'
import { finish, hashOnce, hashText, hexOfText } from '../../shared/sim/hash.ts'

/** The known answers of Random123 1.14 (`kat_vectors`, threefry2x32, 20 rounds): counter and key in, two words out. */
const known = [
  { key: [0, 0], counter: [0, 0], words: [0x6b200159, 0x99ba4efe] },
  { key: [0xffffffff, 0xffffffff], counter: [0xffffffff, 0xffffffff], words: [0x1cb996fc, 0xbb002be7] },
  { key: [0x13198a2e, 0x03707344], counter: [0x243f6a88, 0x85a308d3], words: [0xc4923a9c, 0x483df7a0] },
] as const

test.each(known)('Threefry-2x32-20 gives the published answer for the key $key', ({ key, counter, words }) => {
  expect(threefry(key[0], key[1], counter[0], counter[1])).toBe(words[0])
  expect(threefry(key[0], key[1], counter[0], counter[1], true)).toBe(words[1])
})

test('a draw depends on each of seed, purpose, key and n, and on nothing else', () => {
  const base = draw(7, 'latency', 1, 0)
  expect(draw(7, 'latency', 1, 0)).toBe(base)
  const others = [draw(8, 'latency', 1, 0), draw(7, 'loss', 1, 0), draw(7, 'latency', 2, 0), draw(7, 'latency', 1, 1), draw(7 + 2 ** 32, 'latency', 1, 0), draw(2 ** 53 - 1, 'latency', 1, 0)]
  expect(new Set([base, ...others]).size).toBe(7)
  for (const one of [base, ...others]) expect(Number.isInteger(one) && one >= 0 && one < 2 ** 32).toBe(true)
})

test('draws keep to their range, reach both ends and favour neither half', () => {
  expect(spread(0, -5, 5)).toBe(-5)
  expect(spread(2 ** 32 - 1, -5, 5)).toBe(5)
  expect(spread(2 ** 32 - 1, 0, 2 ** 21 - 1)).toBe(2 ** 21 - 1)
  expect(spread(12_345, 3, 3)).toBe(3)
  const counts = Array.from({ length: 10 }, () => 0)
  for (let n = 0; n < 20_000; n++) counts[drawBetween(1, 'die', 0, n, 0, 9)] = (counts[drawBetween(1, 'die', 0, n, 0, 9)] ?? 0) + 1
  // 2000 expected each; six standard deviations are 255.
  for (const count of counts) expect(Math.abs(count - 2_000)).toBeLessThan(255)
})

test('neighbouring seeds do not give shifted copies of one stream', () => {
  const stream = (seed: number): number[] => Array.from({ length: 200 }, (_, n) => draw(seed, 'x', 0, n))
  const first = new Set(stream(1))
  expect(stream(2).filter((one) => first.has(one))).toEqual([])
})

test('a hash is the same remembered or not, and after the memory was emptied', () => {
  const texts = Array.from({ length: 10_000 }, (_, n) => `text ${n}`)
  const first = texts.map((text) => hashText(text))
  expect(texts.map((text) => hashText(text))).toEqual(first)
  expect(texts.map((text) => hashOnce(text))).toEqual(first)
  expect(new Set(first).size).toBeGreaterThan(9_990)
  expect(hexOfText('')).toMatch(/^[0-9a-f]{8}$/)
  // MurmurHash3's finaliser, from its published definition.
  expect([finish(0), finish(1), finish(0xffffffff)]).toEqual([0, 0x514e28b7, 0x81f16f39])
})
