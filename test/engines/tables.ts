import { digestHex, mixValue } from '../../shared/sim/digest.ts'
import { draw, drawBetween, spread, threefry } from '../../shared/sim/draws.ts'
import { finish, hashOnce, hashText, hexOfText, mix } from '../../shared/sim/hash.ts'
import { latencyMs } from '../../shared/sim/shapes.ts'
import type { LatencyShape } from '../../shared/sim/types.ts'

/**
 * Digests of raw arithmetic: what every history is made of, at the edges that a history seldom reaches. Where a history differs,
 * the table that differs with it says which arithmetic it was.
 */

/** Words at which signed, unsigned and wider arithmetic part. */
const WORDS: readonly number[] = [0, 1, 2, 0xff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0x80000001, 0xfffffffe, 0xffffffff]
const NUMBERS: readonly number[] = [
  0, -0, 1, -1, 0.1, -0.1, 0.1 + 0.2, 1 / 3, 2.5, 1e-7, 1e21, 123456789.123, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), 2 ** 32, -(2 ** 32) - 1,
  Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2 ** 53, Number.MAX_VALUE, Number.MIN_VALUE, Number.EPSILON, Infinity, -Infinity, NaN,
]
const TEXTS: readonly string[] = [
  '', 'A', 'A>C ask-vote 3 #1', '\u0000', '\u00e9', 'e\u0301', '\u00df', 'I\u0307', '\ud83d\udce6', '\ud800', '\udc00\ud800', '\u2028', '\ufeff',
  'x'.repeat(32), 'x'.repeat(33), '\u6f22'.repeat(5_000),
]
/** Every shape has its place here, or this does not compile. */
const SHAPES: { readonly [Name in LatencyShape['shape']]: readonly Extract<LatencyShape, { shape: Name }>[] } = {
  constant: [{ shape: 'constant', ms: 0 }, { shape: 'constant', ms: 40 }],
  uniform: [{ shape: 'uniform', leastMs: 0, mostMs: 1 }, { shape: 'uniform', leastMs: 200, mostMs: 600 }, { shape: 'uniform', leastMs: 3, mostMs: 60_000 }],
  'log-normal': [
    { shape: 'log-normal', medianMs: 2_500, leastMs: 1_500, mostMs: 6_000 }, { shape: 'log-normal', medianMs: 7, leastMs: 0, mostMs: 10_000 },
    { shape: 'log-normal', medianMs: 30_000, leastMs: 0, mostMs: 300_000 },
  ],
  tail: (['normal', 'exponential', 'log-normal', 'pareto'] as const).flatMap((of) => [
    { shape: 'tail' as const, of, medianMs: 2_500, spreadMs: 1_000 }, { shape: 'tail' as const, of, medianMs: 1, spreadMs: 20_000 }, { shape: 'tail' as const, of, medianMs: 40_000, spreadMs: 0 },
  ]),
}
const DRAWS = 20_000
const drawn = Array.from({ length: DRAWS }, (_, n) => draw(7, 'engines', 0, n))
/** Draws at the edges, evenly spaced and at random. */
const GRID: readonly number[] = [...WORDS, ...Array.from({ length: 4_096 }, (_, n) => n * 1_048_575), ...drawn]

/** Folds each value in, and its place. */
function digestOf(values: Iterable<unknown>): string {
  let h = 0, count = 0
  for (const value of values) h = mixValue(mix(h, count++), value)
  return digestHex([finish(h), count])
}

function* threefryWords(): Generator<number> {
  for (const k0 of WORDS) for (const k1 of WORDS) for (const c0 of WORDS) for (const c1 of WORDS) {
    yield threefry(k0, k1, c0, c1)
    yield threefry(k0, k1, c0, c1, true)
  }
}

function* drawnBetween(): Generator<number> {
  for (const seed of [0, 1, 2 ** 31, 2 ** 32 + 5, Number.MAX_SAFE_INTEGER]) {
    for (const text of TEXTS) for (const key of WORDS) yield drawBetween(seed, text, key, 3, -1_000, 1_000)
  }
  for (const bits of GRID) yield spread(bits, -3, 2 ** 21 - 5)
}

function* hashes(): Generator<number | string> {
  for (const text of TEXTS) yield* [hashOnce(text), hashText(text), hashText(text), hexOfText(text)]
  for (const h of WORDS) for (const k of WORDS) yield* [mix(h, k), finish(mix(h, k))]
}

/** Fractions of all sizes: a digest takes them as text, so this is how an engine writes numbers. */
function* fractions(): Generator<number> {
  for (const bits of drawn) yield* [bits / 3, bits / 1_000, bits * 2 ** -60, bits * 1e15 + 0.5]
}

function* oddValues(): Generator<unknown> {
  yield* NUMBERS
  yield* TEXTS
  yield* [true, false, null, [], {}, [[]], [null], { a: undefined }, { 10: 1, 9: 2, b: 3, a: 4 }, { '': [{ '\u00e9': -0 }] }, { __proto: [1, 'a', { b: null }] }]
  for (const number of NUMBERS) for (const text of TEXTS) yield { [text]: [number, { n: number }] }
}

/** All tables by name. */
export function tables(): Record<string, string> {
  const latencies = Object.entries(SHAPES).map(([name, shapes]): [string, string] =>
    [`latency ${name}`, digestOf(shapes.flatMap((shape) => GRID.map((bits) => latencyMs(shape, bits))))])
  return {
    threefry: digestOf(threefryWords()), 'draws between bounds': digestOf(drawnBetween()), hashes: digestOf(hashes()),
    fractions: digestOf(fractions()), 'odd values': digestOf(oddValues()), ...Object.fromEntries(latencies),
  }
}
