import { describe, expect, test } from 'vitest'
import { above } from '../../client/model/above.ts'
import { measuredWords, nowWords } from '../../client/model/above-measured.ts'
import { flightAt, queueAt } from '../../client/stage/flight.ts'
import { layoutNodes, tearsOf } from '../../client/stage/layout.ts'
import { linkEffectOf } from '../../shared/faults/effects.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import { offsetAt } from '../../shared/sim/clocks.ts'
import { start } from '../../shared/sim/simulation.ts'
import { settingsFor } from '../../shared/headless.ts'
import { faults } from '../../shared/faults/index.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'

/** What keeps messages back, and what comes and goes, as the stage, the replay and the chips show it. */

const election = scenarios['election'] as Scenario
const ids = ['A', 'B', 'C', 'D', 'E']
const base = { before: [], because: [] }
const body = { kind: 'beat', term: 1, beat: 1 }
const sent = (n: number, atMs: number, arrivals: number[]): Fact => ({ ...base, n, atMs, kind: 'sent', node: 'A', message: `m${n}`, to: 'B', body, arrivals })
const held = (n: number, atMs: number, of: number, why: 'hold' | 'rate' | 'overtaken', because: number[] = []): Fact => ({ n, atMs, before: [of], because, kind: 'held', node: null, message: `m${of}`, from: 'A', to: 'B', copy: 0, why })
const released = (n: number, atMs: number, of: number, inMs: number): Fact => ({ ...base, n, atMs, before: [of], kind: 'released', node: null, message: `m${of}`, from: 'A', to: 'B', copy: 0, inMs })
const lost = (n: number, atMs: number, of: number, reason: 'cut' | 'rate' | 'corrupted', because: number[] = []): Fact => ({ n, atMs, before: [of], because, kind: 'lost', node: null, message: `m${of}`, from: 'A', to: 'B', copy: 0, reason })
const started = (n: number, type: string, params: object, links: [string, string][], nodes: string[] = []): Fact => ({ ...base, n, atMs: 0, kind: 'fault-started', node: null, fault: `f${n}`, type, params: params as never, endsAtMs: null, nodes, links })

const seenOf = (...facts: Fact[]) => {
  const seen = above(ids, election)
  seen.add(facts)
  return seen
}
/** Where the one packet is at each time: `fly`, `near`, `far`, `gone`. */
const places = (facts: Fact[], ...times: number[]): string[] => {
  const seen = seenOf(...facts)
  return times.map((nowMs) => {
    const all = seen.sceneAt(nowMs, [], {}).packets.filter((packet) => packet.departMs <= nowMs && packet.arriveMs > nowMs)
    expect(all.length).toBeLessThanOrEqual(1)
    return all[0] === undefined ? 'gone' : all[0].waits ?? 'fly'
  })
}

describe('a message that is kept back', () => {
  test('on hold waits at the far end, and lands when it is let go', () => {
    expect(places([sent(0, 1_000, [500]), held(1, 1_500, 0, 'hold'), released(2, 9_000, 0, 0)], 999, 1_200, 1_500, 8_999, 9_000)).toEqual(['gone', 'fly', 'far', 'far', 'gone'])
  })
  test('by a rate limit waits where it was sent, then travels', () => {
    expect(places([sent(0, 1_000, [500]), held(1, 1_000, 0, 'rate'), released(2, 4_000, 0, 500)], 1_000, 1_400, 3_999, 4_100, 4_500)).toEqual(['near', 'near', 'near', 'fly', 'gone'])
  })
  test('waits as long as nobody lets it go, live and in the replay', () => {
    expect(places([sent(0, 1_000, [500]), held(1, 1_500, 0, 'overtaken')], 1_400, 250_000)).toEqual(['fly', 'far'])
  })
  test('on hold, let go, and to be overtaken at once: it goes on waiting', () => {
    expect(places([sent(0, 0, [500]), held(1, 500, 0, 'hold'), released(2, 2_000, 0, 0), held(3, 2_000, 0, 'overtaken'), released(4, 3_000, 0, 0)], 1_999, 2_000, 2_999, 3_000)).toEqual(['far', 'far', 'far', 'gone'])
  })
  test('and counts as arrived only when it lands', () => {
    const seen = seenOf({ ...base, n: 0, atMs: 0, kind: 'paused', node: 'B' }, sent(1, 0, [500]), held(2, 500, 1, 'hold'), released(3, 2_000, 1, 0))
    expect([1_000, 2_500].map((nowMs) => seen.nodesAt(nowMs, [], {})[1]?.lines)).toEqual([['paused'], ['paused, 1 message waits']])
  })
  test('dropped from a full queue goes out where it stood; so does one that never left', () => {
    for (const facts of [[sent(0, 0, [500]), held(1, 0, 0, 'rate'), lost(2, 3_000, 0, 'rate')], [sent(0, 3_000, [500]), lost(1, 3_000, 0, 'rate')]]) {
      const last = seenOf(...facts).sceneAt(3_400, [], {}).packets.filter((packet) => packet.fate === 'lost')
      expect(last).toMatchObject([{ waits: 'near', departMs: 3_000 }])
      expect(places(facts, 3_100, 5_000)).toEqual(['near', 'gone'])
    }
  })
  test('damaged goes almost all the way, lost by the network only half', () => {
    const fateOf = (reason: 'cut' | 'corrupted') => seenOf(sent(0, 0, [900]), lost(1, 900, 0, reason)).sceneAt(100, [], {}).packets[0]
    expect(fateOf('corrupted')).toMatchObject({ fate: 'lost', endShare: 0.97 })
    expect(fateOf('cut')?.endShare).toBeUndefined()
  })

  const a = { x: 0, y: 0, r: 10 }, b = { x: 240, y: 0, r: 10 }
  const place = (waits: 'near' | 'far', at: number): number => {
    const flight = { x: 0, y: 0, alpha: 0, angle: 0 }, packet = { key: 'k', from: 'A', to: 'B', family: 'beat', letter: 'H', hollow: false, departMs: 0, arriveMs: Infinity, fate: 'kept', waits } as const
    expect(flightAt(packet, 5_000, a, b, false, flight)).toMatchObject({ alpha: 1 })
    queueAt(packet, at, flight)
    return flight.x
  }
  test('stands in line: the first at its end, the next behind it, never beyond the middle', () => {
    expect(place('far', 0)).toBe(220)
    expect(place('near', 0)).toBe(20)
    expect(place('far', 1)).toBeLessThan(place('far', 0))
    expect(place('near', 1)).toBeGreaterThan(place('near', 0))
    expect(place('far', 40)).toBeGreaterThan(120)
  })
})

describe('what every fault did, on its chip', () => {
  const way: [string, string][] = [['A', 'B']], between = { from: ['A'], to: ['B'] }
  const wordsOf = (...facts: Fact[]): string | null => {
    const seen = seenOf(...facts), fault = seen.faults[0]
    return fault === undefined ? null : measuredWords(fault, seen.measured(fault))
  }
  test('a hold: how many it keeps back now', () => {
    const hold = started(0, 'hold', between, way)
    expect(wordsOf(hold)).toBe('0 kept back')
    expect(wordsOf(hold, sent(1, 0, [500]), sent(2, 0, [600]), held(3, 500, 1, 'hold', [0]), held(4, 600, 2, 'hold', [0]))).toBe('2 kept back')
    expect(wordsOf(hold, sent(1, 0, [500]), sent(2, 0, [600]), held(3, 500, 1, 'hold', [0]), held(4, 600, 2, 'hold', [0]), released(5, 700, 1, 0))).toBe('1 kept back')
  })
  test('a rate limit: who waits, and what it dropped', () => {
    expect(wordsOf(started(0, 'rate', { ...between, perMinute: 6, queue: 1, drop: 'oldest' }, way), sent(1, 0, [500]), sent(2, 0, [500]), held(3, 0, 2, 'rate', [0]), sent(4, 0, [500]), lost(5, 0, 2, 'rate', [0]), held(6, 0, 4, 'rate', [0]))).toBe('1 waits, 1 dropped')
  })
  test('reordering, corruption, loss in spells', () => {
    expect(wordsOf(started(0, 'reorder', { ...between, share: 25, gap: 1 }, way), sent(1, 0, [500]), sent(2, 0, [500]), held(3, 500, 1, 'overtaken', [0]), released(4, 500, 1, 0))).toBe('1 of 2 overtaken')
    expect(wordsOf(started(0, 'corrupt', { ...between, share: 10, damage: 'caught by a checksum' }, way), sent(1, 0, [500]), lost(2, 500, 1, 'corrupted', [0]))).toBe('1 of 1 damaged')
    expect(wordsOf(started(0, 'corrupt', { ...between, share: 10, damage: 'let through' }, way), sent(1, 0, [500]))).toBeNull()
    expect(wordsOf(started(0, 'burst-loss', { ...between, p: 5, r: 20, lossBad: 100, lossGood: 0 }, way), sent(1, 0, [500]), sent(2, 0, [500]))).toBe('0 of 2 lost')
  })
  test('a slow node: how long things really took from their arrival', () => {
    const delivered = (n: number, atMs: number, of: number): Fact => ({ ...base, n, atMs, kind: 'delivered', node: 'B', message: `m${of}`, from: 'A', body, letter: 0, copy: 0 })
    expect(wordsOf(started(0, 'slow-node', { nodes: ['B'], workMs: 2_000 }, [], ['B']), sent(1, 0, [500]), sent(2, 0, [600]), delivered(3, 2_500, 1), delivered(4, 4_500, 2))).toBe('2 handled, each after 3.0 s')
  })
  test('what comes and goes says in which state it is, at any time', () => {
    const turned: Fact = { ...base, n: 1, atMs: 5_000, kind: 'fault-turned', node: null, fault: 'f0', type: 'flapping', params: { side: ['A'], everyMs: 5_000 }, phase: 1, nodes: [], links: [] }
    const links = ids.slice(1).flatMap((id): [string, string][] => [['A', id], [id, 'A']])
    const seen = seenOf(started(0, 'flapping', { side: ['A'], everyMs: 5_000 }, links), turned)
    const fault = seen.faults[0]
    expect([4_999, 5_000].map((nowMs) => fault && nowWords(fault, nowMs, () => 0))).toEqual(['cut now', 'open now'])
    expect([1_000, 4_999, 5_400].map((nowMs) => seen.sceneAt(nowMs, [], {}).cuts.length)).toEqual([1, 1, 0])
    expect(seen.cutSpans).toMatchObject([{ fromMs: 0, toMs: 5_000 }])
  })
  test('a node that is slow says so and is marked, while it is', () => {
    const seen = seenOf(started(0, 'slow-node', { nodes: ['B'], workMs: 3_000 }, [], ['B']), { ...base, n: 1, atMs: 9_000, kind: 'fault-ended', node: null, fault: 'f0', type: 'slow-node', healed: true })
    expect([8_999, 9_000].map((nowMs) => seen.nodesAt(nowMs, [], {})[1])).toMatchObject([{ slow: true, lines: ['slow: 3 s a thing'] }, { slow: false, lines: [] }])
  })
})

describe('clocks as they are now', () => {
  test('a bent, drifting and set clock shows what the simulation has, at every second', () => {
    // As a mission that allows it would have it.
    const mission: Scenario = { ...election, bentClocks: true }
    const settings = settingsFor(mission, 7, 5, 120_000, 'L2', ids.map(() => 'bot' as const))
    const facts: Fact[] = [], truth: number[][] = []
    const sim = start({ scenario: mission, faults, sink: (fact) => facts.push(fact) }, 7, settings)
    sim.submit({ kind: 'fault', atMs: 10_000, id: 'f1', type: 'clock-bump', params: { nodes: ['A', 'C'], byMs: 10_000 }, durationMs: 20_000 })
    sim.submit({ kind: 'fault', atMs: 15_000, id: 'f2', type: 'clock-drift', params: { nodes: ['C'], msPerSecond: -50 }, durationMs: 30_000 })
    for (let nowMs = 15_500; nowMs < 80_000; nowMs += 1_000) {
      if (nowMs === 70_500) sim.submit({ kind: 'set-clocks', atMs: nowMs })
      sim.runUntil(nowMs)
      truth.push(sim.world.nodes.map((node) => offsetAt(node.clock, nowMs)))
    }
    const seen = above(ids, mission, Infinity, settings.clockOffsetsMs)
    seen.add(facts)
    const all = truth.map((_, index) => ids.map((id) => seen.offsetMs(id, 15_500 + index * 1_000)))
    expect(all).toEqual(truth)
    expect(new Set(truth.map((row) => row[2])).size).toBeGreaterThan(20)
    expect([9_999, 10_000, 60_000, 79_000].map((nowMs) => seen.bentMs('A', nowMs))).toEqual([0, 10_000, 10_000, 0])
    expect(seen.bentMs('B', 60_000)).toBe(0)
    const bump = seen.faults[0]
    expect(bump && nowWords(bump, 12_000, seen.bentMs)).toBe('A bent by +10.0 s, C bent by +10.0 s')
  })
})

describe('tears that do not part all nodes', () => {
  const spots = layoutNodes({ viewport: 'above', nodes: ids.map((id) => ({ id }) as never) }, 800, 500)
  const linksOf = (type: string, params: object): [string, string][] => ids.flatMap((from) => ids.filter((to) => to !== from && linkEffectOf({ type, params: params as never }, from, to, { ids, phase: 0 }) !== null).map((to): [string, string] => [from, to]))
  test.each([['ring', {}], ['bridge', { bridge: 'A', side: ['B', 'C'] }]])('%s: each cut link has its tear once, in the middle, and whole links have none', (type, params) => {
    const links = linksOf(type, params)
    const { cuts } = seenOf(started(0, type, params, links)).sceneAt(1_000, [], {})
    const pairs = cuts.flatMap((cut) => tearsOf(cut, spots, 800, 500).map((tear) => ({ name: [...tear.sides[0], ...tear.sides[1]].toSorted().join(''), line: tear.line })))
    expect(pairs.map((pair) => pair.name).toSorted()).toEqual([...new Set(links.map((link) => link.toSorted().join('')))].toSorted())
    for (const { name, line: [from, to] } of pairs) {
      const [a, b] = [...name].map((id) => spots[id])
      if (a === undefined || b === undefined) throw new Error('no spot')
      expect((from.x + to.x) / 2).toBeCloseTo((a.x + b.x) / 2, 3)
      expect((from.y + to.y) / 2).toBeCloseTo((a.y + b.y) / 2, 3)
      expect(Math.hypot(to.x - from.x, to.y - from.y)).toBeLessThan(70)
    }
    expect(cuts.filter((cut) => cut.label !== '')).toHaveLength(1)
  })
  test('a cut that parts all is one tear across the stage, unless no line could part them so', () => {
    expect(tearsOf({ sides: [['A', 'B'], ['C', 'D', 'E']] }, spots, 800, 500)).toHaveLength(1)
    expect(tearsOf({ sides: [['A', 'C'], ['B', 'D', 'E']] }, spots, 800, 500)).toHaveLength(6)
  })
})
