import { describe, expect, test } from 'vitest'
import { faults } from '../../shared/faults/index.ts'
import type { FaultParams, FaultRegistry } from '../../shared/sim/fault.ts'
import type { Json } from '../../shared/sim/types.ts'
import { bench } from '../sim/probe.ts'
import { IDS } from './contract.ts'
import { definitions } from './definitions.ts'
import { fatesByLink, NODES } from './traffic.ts'
import { numbers, wireWith } from './wire.ts'

/** Two faults at once: the same fates in whatever order they began, and the order of effects that `LinkEffect` documents. */

const registry: FaultRegistry = faults
interface Blow { id: string; type: string; params: FaultParams; lastsMs: number }

const between = { from: [...IDS], to: [...IDS] }
/** Random parameters that go together, as a palette would send them; shares from low to high. */
function anyBlow(id: string, type: string, next: (least: number, most: number) => number): Blow {
  const fault = registry[type]
  const some = (least: number, most: number): string[] => {
    const pool = [...IDS]
    return Array.from({ length: next(least, most) }, () => pool.splice(next(0, pool.length - 1), 1)[0] ?? '')
  }
  for (;;) {
    const params = Object.fromEntries(Object.entries(fault?.fields ?? {}).map(([name, field]): [string, Json] => {
      switch (field.type) {
        case 'nodes': return [name, some(1, field.proper ? NODES - 2 : NODES)]
        case 'node': return [name, IDS[next(0, NODES - 1)] ?? '']
        case 'integer': return [name, next(field.least, Math.min(field.most, field.least + 20_000))]
        case 'choice': return [name, field.options[next(0, field.options.length - 1)] ?? '']
      }
    }))
    if ((fault?.invalid?.(params, IDS) ?? null) === null) return { id, type, params, lastsMs: next(500, Math.min(12_000, fault?.durationMsMax ?? 0)) }
  }
}

/** What became of everything that was said, with faults that begin in this order in one and the same moment. */
function fatesOf(blows: readonly Blow[], seed: number): { fates: [string, string][]; clocks: number[] } {
  const one = bench({ registry, nodes: NODES, seed, latency: { shape: 'uniform', leastMs: 50, mostMs: 400 } })
  const say = (fromMs: number, untilMs: number): void => {
    for (let n = 0, atMs = fromMs; atMs < untilMs; n++, atMs += 37) one.act(atMs, n % NODES, { kind: 'say', to: IDS[(n % NODES + 1 + (Math.floor(n / NODES) % (NODES - 1))) % NODES] ?? '', text: 'x' })
  }
  say(1_000, 2_000)
  for (const { id, type, params, lastsMs } of blows) one.fault(2_000, id, type, params, lastsMs)
  expect(one.of('fault-refused')).toEqual([])
  say(2_001, 16_000)
  one.sim.runUntil(150_000)
  return {
    fates: [...fatesByLink(one)].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    clocks: IDS.map((_, seat) => one.sim.self(seat).clockMs),
  }
}

const types = Object.keys(faults)
test.each(types)('%s and every other fault, itself included: the same fates in either order', (type) => {
  types.forEach((other, n) => {
    const next = numbers(`pair ${type} ${other}`)
    const [one, two] = [anyBlow('one', type, next), anyBlow('two', other, next)]
    expect(fatesOf([one, two], n), `${JSON.stringify([one, two])}`).toEqual(fatesOf([two, one], n))
  })
})

test('five at a time, in three orders', () => {
  for (let seed = 0; seed < 60; seed++) {
    const next = numbers(`five ${seed}`)
    const blows = Array.from({ length: 5 }, (_, n) => anyBlow(`f${n}`, types[next(0, types.length - 1)] ?? '', next))
    const first = fatesOf(blows, seed)
    expect(fatesOf(blows.toReversed(), seed), `${JSON.stringify(blows)}`).toEqual(first)
    expect(fatesOf([...blows.slice(2), ...blows.slice(0, 2)], seed), `${JSON.stringify(blows)}`).toEqual(first)
  }
})

describe('the documented order', () => {
  const evenly = (type: string, share: number, more: FaultParams = {}) => ({ type, params: { ...between, share, ...more } })
  const extra = { type: 'latency', params: { ...between, extraMs: 700, spreadMs: 300, share: 100, shape: 'normal', correlation: 0 } }
  const messages = Array.from({ length: 5_000 }, (_, n) => `A>B note x #${n}`)

  test('1 cut before 2 loss: what is cut is cut, not lost', () => {
    const wire = wireWith(faults, [evenly('loss', 100), { type: 'one-way', params: between }])
    expect(messages.every((message) => { const fate = wire.fate(message, 0); return 'lost' in fate && fate.lost === 'cut' })).toBe(true)
  })

  test('2 loss before 3 copies: what is lost has no copy, and what is not has those it would have had', () => {
    const [both, alone] = [wireWith(faults, [{ ...evenly('duplicate', 50), id: 'd' }, { ...evenly('loss', 50), id: 'l' }]), wireWith(faults, [{ ...evenly('duplicate', 50), id: 'd' }])]
    const left = messages.flatMap((message) => { const fate = both.fate(message, 0); return 'lost' in fate ? [] : [{ message, copies: fate.copies }] })
    expect(left.map(({ copies }) => copies)).toEqual(left.map(({ message }) => alone.copies(message, 0)))
    expect(Math.abs(left.length - 2_500)).toBeLessThan(3 * Math.sqrt(1_250))
  })

  test('3 copies before 4 corruption: each copy is damaged by itself', () => {
    const wire = wireWith(faults, [evenly('duplicate', 100), evenly('corrupt', 50, { damage: 'let through' })])
    const damaged = messages.map((message) => wire.copies(message, 0).filter((copy) => copy.corrupted !== null).length)
    // None, one and both: a quarter, a half and a quarter of the pairs.
    for (const [count, share] of [[0, 0.25], [1, 0.5], [2, 0.25]] as const) {
      expect(Math.abs(damaged.filter((one) => one === count).length - share * 5_000)).toBeLessThan(3 * Math.sqrt(5_000 * share * (1 - share)))
    }
  })

  test('5 rate limit before 6 latency: a message that was late on its way did not keep others waiting', () => {
    const one = bench({ latency: { shape: 'constant', ms: 100 } })
    one.fault(500, 'l', 'latency', { ...definitions.latency.sample, from: ['A'], to: ['B'], extraMs: 5_000, shape: 'constant', share: 100 }, null)
    one.fault(500, 'r', 'rate', { from: ['A'], to: ['B'], perMinute: 60, queue: 10, drop: 'newest' }, null)
    for (let n = 0; n < 5; n++) one.act(1_000, 0, { kind: 'say', to: 'B', text: 'x' })
    one.sim.runUntil(60_000)
    expect(one.of('delivered').map((fact) => fact.atMs)).toEqual([6_100, 7_100, 8_100, 9_100, 10_100])
  })

  test('6 latencies add up, each drawn as if it were alone', () => {
    const latency = { shape: 'uniform', leastMs: 100, mostMs: 400 } as const
    const [both, first, second] = [['one', 'two'], ['one'], ['two']].map((ids) => wireWith(faults, ids.map((id) => ({ ...extra, id })), { latency }))
    const none = wireWith(faults, [evenly('duplicate', 1)], { latency })
    for (const message of messages) {
      const ms = (wire: typeof both): number => wire?.copies(message, 0)[0]?.ms ?? NaN
      expect(ms(both)).toBe(ms(first) + ms(second) - ms(none))
    }
  })

  test('7 cut again on arrival, before 8 hold: what is cut when it would arrive is lost, not kept back', () => {
    const one = bench({ latency: { shape: 'constant', ms: 1_000 } })
    one.fault(500, 'h', 'hold', { from: ['A'], to: ['B'] }, 5_000)
    one.act(1_000, 0, { kind: 'say', to: 'B', text: 'x' })
    one.fault(1_500, 'c', 'partition', { side: ['A'] }, 1_000)
    one.act(3_000, 0, { kind: 'say', to: 'B', text: 'x' })
    one.sim.runUntil(60_000)
    expect(one.of('lost').map((fact) => [fact.message, fact.atMs, fact.reason])).toEqual([['A>B note x #1', 2_000, 'cut']])
    expect(one.of('delivered').map((fact) => [fact.message, fact.atMs])).toEqual([['A>B note x #2', 5_500]])
  })

  test('8 hold before 9 overtaking: what a hold lets go may still have to wait for others', () => {
    const one = bench({ latency: { shape: 'constant', ms: 100 } })
    one.fault(500, 'h', 'hold', { from: ['A'], to: ['B'] }, 5_000)
    one.fault(500, 'o', 'reorder', { from: ['A'], to: ['B'], share: 100, gap: 1 }, 10_000)
    one.act(1_000, 0, { kind: 'say', to: 'B', text: 'x' })
    one.sim.runUntil(60_000)
    expect(one.of('held').map((fact) => [fact.atMs, fact.why])).toEqual([[1_100, 'hold'], [5_500, 'overtaken']])
    expect(one.of('delivered').map((fact) => fact.atMs)).toEqual([10_500])
  })
})

test.each([
  ['ends', 'partition', { side: ['A'] }, 5_000], ['opens', 'flapping', { side: ['A'], everyMs: 5_000 }, 20_000],
] as const)('what faults do in one millisecond is one step: a node that wakes up speaks into no cut that %s in that moment', (_does, cut, params, lastsMs) => {
  const ways = [['pause', { nodes: ['A'] }, 5_000], [cut, params, lastsMs]] as const
  for (const order of [ways, ways.toReversed()]) {
    const one = bench({ level: 'L2', latency: { shape: 'constant', ms: 100 } })
    for (const [type, given, ms] of order) one.fault(2_000, type, type, given, ms)
    one.act(3_000, 0, { kind: 'say', to: 'B', text: 're' })
    one.sim.runUntil(11_999)
    expect(one.of('lost')).toEqual([])
    // Each happens for its own reason.
    expect(one.of('resumed').map((fact) => fact.because)).toEqual([one.of('fault-ended').flatMap((fact) => (fact.fault === 'pause' ? [fact.n] : []))])
    expect(one.of('delivered').map((fact) => [fact.node, fact.atMs])).toEqual([['B', 7_100]])
  }
})

test('copies and overtaking: a message that arrives twice passes once', () => {
  const one = bench({ latency: { shape: 'constant', ms: 100 } })
  const way = { from: ['A'], to: ['B'] }
  one.fault(500, 'd', 'duplicate', { ...way, share: 100 }, null)
  one.fault(500, 'o', 'reorder', { ...way, share: 20, gap: 3 }, null)
  for (let n = 0; n < 500; n++) one.act(1_000 + 50 * n, 0, { kind: 'say', to: 'B', text: 'x' })
  one.sim.runUntil(24_000)
  const numberOf = (message: string): number => Number(message.split('#')[1])
  const arrivals = one.of('delivered')
  const passed = one.of('released').map(({ message, n }) =>
    new Set(arrivals.flatMap((fact) => (fact.n < n && numberOf(fact.message) > numberOf(message) ? [fact.message] : []))).size)
  expect(passed.length).toBeGreaterThan(100)
  // The last of those that pass lets it go, and is handled itself right after.
  expect(new Set(passed)).toEqual(new Set([2]))
})

test('of two rate limits the slower one holds while it acts, and not a moment longer', () => {
  const limit = (perMinute: number): FaultParams => ({ from: ['A'], to: ['B'], perMinute, queue: 10, drop: 'newest' })
  for (const before of [true, false]) {
    const one = bench({ latency: { shape: 'constant', ms: 100 } })
    if (before) one.fault(500, 'slow', 'rate', limit(1), 4_500)
    one.fault(500, 'quick', 'rate', limit(60), null)
    if (!before) one.fault(500, 'slow', 'rate', limit(1), 4_500)
    for (let n = 0; n < 6; n++) one.act(1_000, 0, { kind: 'say', to: 'B', text: 'x' })
    one.fault(6_500, 'again', 'rate', limit(6), 5_000)
    one.sim.runUntil(60_000)
    // The next one waits ten seconds after the one before it, or until the limit is over.
    expect(one.of('delivered').map((fact) => fact.atMs)).toEqual([1_100, 5_100, 6_100, 11_600, 12_600, 13_600])
  }
})

test('of a crash and a power cut the first one counts: a node that is down has nothing left to lose', () => {
  for (const types of [['crash', 'power-cut'], ['power-cut', 'crash']]) {
    const { sim, act, fault, of } = bench()
    act(1_000, 0, { kind: 'write', value: 7, to: 'B', durable: false })
    types.forEach((type, n) => fault(2_000, `f${n}`, type, { nodes: ['A'] }, 1_000))
    expect(sim.self(0).disk).toEqual({ value: types[0] === 'crash' ? 7 : 0 })
    expect(of('crashed')).toMatchObject([{ lostWrite: types[0] !== 'crash' }])
  }
})

describe('clocks', () => {
  const bent = (blows: readonly (readonly [string, FaultParams])[], atMs: number): number => {
    const one = bench()
    blows.forEach(([type, params], n) => one.fault(2_000, `f${n}`, type, params, null))
    one.sim.runUntil(atMs)
    return one.sim.self(0).clockMs - one.sim.self(1).clockMs
  }
  const nodes = ['A']
  test('shifts add up, in either order, also when one of them would lead below 0', () => {
    const [back, ahead] = [['clock-bump', { nodes, byMs: -60_000 }], ['clock-bump', { nodes, byMs: 59_000 }]] as const
    expect(bent([back, ahead], 3_000)).toBe(-1_000)
    expect(bent([ahead, back], 3_000)).toBe(-1_000)
  })
  test('drifts that add up to more than a clock can lose leave it slow: its alarms go off', () => {
    for (const [drifts, atMs] of [[[-300, -300, -300, -100], 22_000], [[-300, -300, -300, -300], 22_000], [[300, 300, 300, 300], 4_053]] as const) {
      const one = bench()
      drifts.forEach((msPerSecond, n) => one.fault(2_000, `f${n}`, 'clock-drift', { nodes, msPerSecond }, null))
      one.act(3_000, 0, { kind: 'wind', inMs: drifts[0] < 0 ? 1_900 : 2_000 })
      one.sim.runUntil(60_000)
      expect(one.of('timer').map((fact) => fact.atMs)).toEqual([atMs])
    }
  })
  test('drifts add up, and a strobe every 200 ms takes nothing of them', () => {
    const [slow, quick, strobe] = [['clock-drift', { nodes, msPerSecond: -9 }], ['clock-drift', { nodes, msPerSecond: 10 }], ['clock-strobe', { nodes, byMs: 100, everyMs: 200 }]] as const
    expect(bent([slow, quick], 302_000)).toBe(300)
    expect(bent([strobe, slow, quick], 302_000)).toBe(400)
    expect(bent([strobe, slow, quick], 302_200)).toBe(300)
  })
})
