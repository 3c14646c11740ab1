import { describe, expect, test } from 'vitest'
import { draw } from '../../shared/sim/draws.ts'
import { LOG_NORMAL_QUANTILES, latencyMs } from '../../shared/sim/shapes.ts'
import type { LatencyShape } from '../../shared/sim/types.ts'

const human: LatencyShape = { shape: 'log-normal', medianMs: 2_500, leastMs: 1_500, mostMs: 6_000 }
const shapes: Exclude<LatencyShape, { shape: 'tail' }>[] = [human, { shape: 'uniform', leastMs: 200, mostMs: 600 }, { shape: 'constant', ms: 40 }]

describe.each(shapes)('$shape', (shape) => {
  const most = shape.shape === 'constant' ? shape.ms : shape.mostMs
  const least = shape.shape === 'constant' ? shape.ms : shape.leastMs

  test('gives whole ms within its range, at both ends of the draw as well', () => {
    for (const bits of [0, 1, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1]) {
      const ms = latencyMs(shape, bits)
      expect(Number.isInteger(ms) && ms >= least && ms <= most, `${bits} gives ${ms}`).toBe(true)
    }
    expect(latencyMs(shape, 0)).toBe(least)
    expect(latencyMs(shape, 2 ** 32 - 1)).toBe(most)
  })

  test('never falls when the draw rises: it is an inverse distribution function', () => {
    let last = -1
    for (let bits = 0; bits < 2 ** 32; bits += 999_983) {
      const ms = latencyMs(shape, bits)
      expect(ms).toBeGreaterThanOrEqual(last)
      last = ms
    }
  })
})

test('the human latency has its median near 2.5 s and its tail where a log-normal has it', () => {
  const drawn = Array.from({ length: 20_000 }, (_, n) => latencyMs(human, draw(3, 'latency', 0, n))).toSorted((a, b) => a - b)
  const at = (share: number): number => drawn[Math.floor(drawn.length * share)] ?? 0
  expect(Math.abs(at(0.5) - 2_500)).toBeLessThan(40)
  // exp(0.4 z) of the standard normal quantiles -1.2816 and 1.2816.
  expect(Math.abs(at(0.1) - 2_500 * 0.5989)).toBeLessThan(40)
  expect(Math.abs(at(0.9) - 2_500 * 1.6697)).toBeLessThan(80)
})

test('the table is the log-normal it says it is, and rises', () => {
  expect(LOG_NORMAL_QUANTILES).toHaveLength(257)
  expect(LOG_NORMAL_QUANTILES[128]).toBe(4_096)
  for (let i = 1; i <= 256; i++) expect(LOG_NORMAL_QUANTILES[i]).toBeGreaterThan(LOG_NORMAL_QUANTILES[i - 1] ?? 0)
  // Median 1: the quantiles of p and 1 - p are reciprocal, to the rounding of the smaller one.
  for (let i = 0; i <= 256; i++) {
    const product = (LOG_NORMAL_QUANTILES[i] ?? 0) * (LOG_NORMAL_QUANTILES[256 - i] ?? 0)
    expect(Math.abs(product / 4_096 ** 2 - 1)).toBeLessThan(0.001)
  }
})
