import type { FaultParams, FaultRegistry } from '../../shared/sim/fault.ts'
import { altered, fromTo, misled } from './definition.ts'
import type { Definition } from './definition.ts'
import { DRAWS, ensure, ensureDistribution, ensureMean, ensureShare, normalAtMost } from './statistics.ts'
import { wireWith } from './wire.ts'

/** Latency shapes against their distribution functions, computed in floating point from what median and spread mean. */

const HOUR_MS = 3_600_000
const CUT_OFF_MS = 120_000
/** The share that takes at most median + spread, in all shapes with a tail: that of one standard deviation. */
const WITHIN = normalAtMost(1)
/** With an exponential tail, by how many e-foldings of chance the spread lies beyond the median. */
const FOLDS = Math.log(0.5 / (1 - WITHIN))

type AtMost = (ms: number) => number
const tails = {
  normal: (median: number, spread: number): AtMost => (ms) => normalAtMost((ms - median) / spread),
  exponential: (median: number, spread: number): AtMost => (ms) => 1 - Math.min(1, 0.5 * Math.exp((-FOLDS * (ms - median)) / spread)),
  'log-normal': (median: number, spread: number): AtMost => (ms) => (ms <= 0 ? 0 : normalAtMost(Math.log(ms / median) / Math.log(1 + spread / median))),
  pareto: (median: number, spread: number): AtMost => (ms) => (ms <= 0 ? 0 : 1 - Math.min(1, 0.5 * (ms / median) ** (-FOLDS / Math.log(1 + spread / median)))),
}

/** What is drawn is a whole number of ms, rounded down, at least 0 and at most two minutes. */
const rounded = (atMost: AtMost): AtMost => (k) => (k < 0 ? 0 : k >= CUT_OFF_MS ? 1 : atMost(k + 1))

const paramsOf = (shape: string, extraMs: number, spreadMs: number, more: FaultParams = {}): FaultParams =>
  ({ from: ['A'], to: ['B'], share: 100, correlation: 0, shape, extraMs, spreadMs, ...more })

/** Extra travel times of messages, each at its own time; the link itself takes none. */
function drawn(registry: FaultRegistry, params: FaultParams, timesMs: (n: number) => number = () => 0, draws = DRAWS): number[] {
  const wire = wireWith(registry, [{ type: 'latency', params }])
  return Array.from({ length: draws }, (_, n) => wire.copies(`A>B note x #${n}`, timesMs(n))[0]?.ms ?? -1)
}

function constant(registry: FaultRegistry): void {
  ensure(drawn(registry, paramsOf('constant', 2_500, 1_000)).every((ms) => ms === 2_500), 'constant means always the same')
}

function uniform(registry: FaultRegistry): void {
  for (const [extraMs, spreadMs, leastMs, mostMs] of [[500, 250, 250, 750], [300, 400, 0, 600]] as const) {
    const ms = drawn(registry, paramsOf('uniform', extraMs, spreadMs))
    ensureDistribution(ms, (k) => Math.min(1, Math.max(0, (k - leastMs + 1) / (mostMs - leastMs + 1))), `uniform ${leastMs} to ${mostMs}`)
    // An end that is off by one is less than chance may be: but 100,000 draws reach both ends, and pass neither.
    ensure(ms.reduce((least, one) => Math.min(least, one)) === leastMs, `the shortest is ${leastMs}`)
    ensure(ms.reduce((most, one) => Math.max(most, one)) === mostMs, `the longest is ${mostMs}`)
  }
}

/** Medians and spreads; the second of each reaches one of the cut-offs. */
const TAILS = {
  normal: [[1_000, 200], [300, 500]], exponential: [[1_000, 800], [500, 1_500]],
  'log-normal': [[2_500, 1_000], [40_000, 20_000]], pareto: [[2_500, 1_000], [500, 1_500]],
} as const

function withTail(registry: FaultRegistry, shape: keyof typeof TAILS): void {
  for (const [median, spread] of TAILS[shape]) {
    ensureDistribution(drawn(registry, paramsOf(shape, median, spread)), rounded(tails[shape](median, spread)), `${shape} ${median}, ${spread}`)
  }
}

function share(registry: FaultRegistry): void {
  const ms = drawn(registry, paramsOf('uniform', 500, 250, { share: 30 }))
  const late = ms.filter((one) => one > 0)
  ensureShare(late.length, DRAWS, 0.3, 'the share of messages that are late')
  ensureDistribution(late, (k) => Math.min(1, Math.max(0, (k - 249) / 501)), 'how late they are')
}

const APART_MS = 200_000
/** Fourth moment of a uniform distribution whose variance is 1. */
const KURTOSIS = 1.8

/** Pairs of seconds, k apart, so far from other pairs that each pair is a draw of its own. */
function correlated(registry: FaultRegistry): void {
  const params = paramsOf('uniform', 5_000, 4_000, { correlation: 90 })
  const evenly: AtMost = (k) => Math.min(1, Math.max(0, (k - 999) / 8_001))
  const deviation = Math.sqrt((8_001 ** 2 - 1) / 12)
  const first = drawn(registry, params, (n) => HOUR_MS + n * APART_MS)
  ensureDistribution(first, evenly, 'latency that is like that of the second before')
  for (const k of [1, 5]) {
    const then = drawn(registry, params, (n) => HOUR_MS + n * APART_MS + k * 1_000)
    const products = first.map((ms, n) => ((ms - 5_000) * ((then[n] ?? 0) - 5_000)) / deviation ** 2)
    const wanted = 0.9 ** k
    const standardError = Math.sqrt((wanted * KURTOSIS + (1 - wanted) - wanted ** 2) / DRAWS)
    ensureMean(products.reduce((sum, one) => sum + one, 0) / DRAWS, wanted, standardError, `correlation ${k} s apart`)
  }
  const within = drawn(registry, params, (n) => HOUR_MS + (n % 1_000), 1_000)
  ensure(within.every((ms) => ms === within[0]), 'all messages of one second are as late')
}

const scaled = (name: string, factor: number) => misled((params) => ({ ...params, [name]: Number(params[name]) * factor }))
const uniformBy = (leastMs: number, mostMs: number) => altered((effect) => ({
  ...effect, ...(effect.latency?.shape === 'uniform' ? { latency: { ...effect.latency, leastMs: effect.latency.leastMs + leastMs, mostMs: effect.latency.mostMs + mostMs } } : {}),
}))
const asShape = (shape: string) => misled((params) => ({ ...params, shape }))

export const latency: Definition = {
  sample: { from: ['A', 'B'], to: ['B', 'C', 'E'], extraMs: 700, spreadMs: 300, share: 90, shape: 'exponential', correlation: 0 },
  touches: fromTo,
  checks: {
    'a constant shape': { holds: constant, planted: { '1 ms short': misled((params) => ({ ...params, extraMs: Number(params['extraMs']) - 1 })) } },
    'a uniform shape': { holds: uniform, planted: { 'never reaches its upper end': uniformBy(0, -1), 'begins 1 ms late': uniformBy(1, 0), 'is normal': asShape('normal') } },
    'a normal shape': { holds: (registry) => withTail(registry, 'normal'), planted: { 'has a spread 5% too large': scaled('spreadMs', 1.05), 'has a median 1% too low': scaled('extraMs', 0.99) } },
    'an exponential shape': { holds: (registry) => withTail(registry, 'exponential'), planted: { 'has a spread 5% too small': scaled('spreadMs', 0.95) } },
    'a log-normal shape': { holds: (registry) => withTail(registry, 'log-normal'), planted: { 'has a median 2% too high': scaled('extraMs', 1.02), 'is Pareto\'s': asShape('pareto') } },
    'Pareto\'s shape': { holds: (registry) => withTail(registry, 'pareto'), planted: { 'has a spread 5% too large': scaled('spreadMs', 1.05), 'is log-normal': asShape('log-normal') } },
    'its share': { holds: share, planted: { 'is 3% too small': scaled('share', 0.97) } },
    'its correlation': { holds: correlated, planted: { 'is 3% too small': scaled('correlation', 0.97), 'is missing': scaled('correlation', 0) } },
  },
}
