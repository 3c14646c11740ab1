import { describe, expect, test } from 'vitest'
import { above } from '../../client/model/above.ts'
import type { Look } from '../../client/model/above.ts'
import { measuredWords } from '../../client/model/above-measured.ts'
import { playRound } from '../../shared/headless.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { Badge, Scenario } from '../../shared/sim/scenario.ts'
import { scenarios } from '../../shared/scenarios/index.ts'

const election = scenarios['election'] as Scenario
const ids = ['A', 'B', 'C', 'D', 'E']
const badges: Badge[] = ids.map(() => ({ fill: 'empty', pennant: false, tab: 'T1', words: 'follows', leads: false }))
const look: Look = {}

function round(seed: number, chaos: 'default' | 'monkey', rules = 'good'): Fact[] {
  const facts: Fact[] = []
  playRound(election, { seed, nodes: 5, durationMs: 300_000, rules, chaos }, (fact) => facts.push(fact))
  return facts
}

/** The same question answered the slow way: by looking at every fact. */
function dumb(facts: readonly Fact[], nowMs: number) {
  const state = new Map<string, string>(ids.map((id) => [id, 'ok']))
  const faults = new Set<string>()
  for (const fact of facts) {
    if (fact.atMs > nowMs) continue
    if (fact.kind === 'crashed') state.set(fact.node, 'crashed')
    if (fact.kind === 'paused') state.set(fact.node, 'paused')
    if (fact.kind === 'restarted' || fact.kind === 'resumed') state.set(fact.node, 'ok')
    if (fact.kind === 'fault-started') faults.add(fact.fault)
    if (fact.kind === 'fault-ended') faults.delete(fact.fault)
  }
  return { states: [...state.values()], faults: [...faults].toSorted() }
}

/** Where every copy is from when to when, the slow way: one copy at a time, from its facts in order. What is lost on the way is left out. */
function dumbLegs(facts: readonly Fact[]): { copy: string; where: 'flies' | 'near' | 'far'; fromMs: number; toMs: number }[] {
  return facts.flatMap((sent) => (sent.kind !== 'sent' ? [] : sent.arrivals.flatMap((ms, index) => {
    const copy = `${sent.n}.${index}`
    const own = facts.filter((fact) => (fact.kind === 'held' || fact.kind === 'released' || fact.kind === 'lost') && fact.before[0] === sent.n && fact.copy === index)
    const legs: ReturnType<typeof dumbLegs> = [{ copy, where: 'flies', fromMs: sent.atMs, toMs: sent.atMs + ms }]
    for (const fact of own) {
      const last = legs[legs.length - 1]
      if (last === undefined) break
      if (fact.kind === 'held') {
        if (fact.why === 'rate') legs.pop()
        legs.push({ copy, where: fact.why === 'rate' ? 'near' : 'far', fromMs: fact.atMs, toMs: Infinity })
      } else if (fact.kind === 'released') {
        last.toMs = fact.atMs
        if (last.where === 'near') legs.push({ copy, where: 'flies', fromMs: fact.atMs, toMs: fact.atMs + fact.inMs })
      } else if (fact.kind === 'lost' && fact.reason !== 'overflow' && fact.atMs <= last.toMs) {
        if (last.where === 'flies') legs.pop()
        else last.toMs = fact.atMs
      }
    }
    return legs
  })))
}

describe('a scene from above', () => {
  const seeds = [1, 2, 3, 5, 34, 48]
  test.each(seeds)('is right at any time, backwards too, as a dumb look at all facts finds it: seed %i', (seed) => {
    const facts = round(seed, 'monkey'), legs = dumbLegs(facts)
    const seen = above(ids, election)
    seen.add(facts)
    for (let nowMs = 299_900; nowMs > 0; nowMs -= 1_370) {
      const expected = dumb(facts, nowMs)
      const scene = seen.sceneAt(nowMs, badges, look)
      expect(scene.nodes.map((node) => node.state)).toEqual(expected.states)
      expect(seen.faultsAt(nowMs).map((fault) => fault.id).toSorted()).toEqual(expected.faults)
      const shown = scene.packets.filter((packet) => packet.fate !== 'lost' && packet.departMs <= nowMs && packet.arriveMs >= nowMs)
      expect(shown.map((packet) => `${packet.key.split('/')[0]} ${packet.waits ?? 'flies'}`).toSorted())
        .toEqual(legs.filter((leg) => leg.fromMs <= nowMs && leg.toMs >= nowMs).map((leg) => `${leg.copy} ${leg.where}`).toSorted())
    }
  })

  test('the rounds above keep messages back at both ends of a link', () => {
    expect(new Set(seeds.flatMap((seed) => dumbLegs(round(seed, 'monkey')).map((leg) => leg.where)))).toEqual(new Set(['flies', 'near', 'far']))
  })

  test('is the same whether facts come all at once or one by one', () => {
    const facts = round(4, 'monkey')
    const once = above(ids, election), piecewise = above(ids, election)
    once.add(facts)
    for (const fact of facts) piecewise.add([fact])
    for (const nowMs of [0, 61_000, 131_000, 195_000]) expect(piecewise.sceneAt(nowMs, badges, look)).toEqual(once.sceneAt(nowMs, badges, look))
    expect(piecewise.breaches).toEqual(once.breaches)
  })

  test('forgets old packets when told to, and only those', () => {
    const facts = round(3, 'default')
    const all = above(ids, election), short = above(ids, election, 20_000)
    all.add(facts)
    for (const fact of facts) short.add([fact])
    const endMs = facts[facts.length - 1]?.atMs ?? 0
    const firstMs = facts.find((fact) => fact.kind === 'sent')?.atMs ?? 0
    expect(all.sceneAt(firstMs, badges, look).packets.length).toBeGreaterThan(0)
    expect(short.sceneAt(firstMs, badges, look).packets).toEqual([])
    for (let nowMs = endMs - 20_000; nowMs <= endMs; nowMs += 500) expect(short.sceneAt(nowMs, badges, look).packets).toEqual(all.sceneAt(nowMs, badges, look).packets)
    expect(short.faultsAt(61_000)).toEqual(all.faultsAt(61_000))
  })

  test('the plan\'s cut tears between its two sides, opens and closes, and says when it heals', () => {
    const facts = round(3, 'default')
    const seen = above(ids, election)
    seen.add(facts)
    const started = facts.find((fact) => fact.kind === 'fault-started')
    const side = started?.kind === 'fault-started' ? (started.params as { side: string[] }).side : []
    expect(seen.sceneAt(59_999, badges, look).cuts).toEqual([])
    const open = seen.sceneAt(61_000, badges, look).cuts[0]
    expect(open?.sides.map((ids) => ids.join()).toSorted()).toEqual([side.join(), ids.filter((id) => !side.includes(id)).join()].toSorted())
    expect(open).toMatchObject({ oneWay: false, progress: 1, label: 'cut since 01:00', sublabel: 'heals in 0:44' })
    expect(seen.sceneAt(60_090, badges, look).cuts[0]?.progress).toBeCloseTo(0.25)
    expect(seen.sceneAt(60_000, badges, { still: true }).cuts[0]?.progress).toBe(1)
    expect(seen.sceneAt(105_090, badges, look).cuts[0]?.progress).toBeCloseTo(0.75)
    expect(seen.sceneAt(105_360, badges, look).cuts).toEqual([])
  })

  test('names, bots, notes and what a crash leaves are on the labels', () => {
    const seen = above(ids, election)
    const base = { atMs: 1_000, before: [], because: [] }
    seen.add([
      { ...base, n: 0, kind: 'fault-started', node: null, fault: 'f1', type: 'crash', params: { nodes: ['B'] }, endsAtMs: 9_000, nodes: ['B'], links: [] },
      { ...base, n: 1, kind: 'crashed', node: 'B', lostWrite: false },
    ])
    const named: Look = { names: (seat) => (seat === 2 ? null : `Student ${seat}`), students: (seat) => seat !== 2, selected: 'A', note: (seat) => (seat === 0 ? 'clock +1.0 s' : null) }
    const { nodes } = seen.sceneAt(3_500, badges, named)
    expect(nodes[0]).toMatchObject({ selected: true, shape: 'circle', lines: ['Student 0', 'follows, clock +1.0 s'] })
    expect(nodes[1]).toMatchObject({ state: 'crashed', lines: ['Student 1', 'crashed, back in 6 s'] })
    // A power cut is another thing than a crash: what was not synced is gone.
    const cut = above(ids, election)
    cut.add([{ ...base, n: 0, kind: 'crashed', node: 'B', lostWrite: true }])
    expect(cut.nodesAt(2_000, badges, look)[1]).toMatchObject({ state: 'crashed', lines: ['lost power'] })
    expect(nodes[2]).toMatchObject({ shape: 'square', lines: ['bot', 'follows'] })
    const short = seen.sceneAt(3_500, badges, { ...named, short: true }).nodes.map((node) => node.lines)
    expect(short.slice(0, 3)).toEqual([['Student 0'], ['crashed, back in 6 s'], ['bot']])
  })
})

describe('what a fault of links did', () => {
  const body = { kind: 'beat', term: 1, beat: 1 }
  const start = (n: number, type: string, params: object, links: [string, string][]): Fact => ({ n, atMs: n, before: [], because: [], kind: 'fault-started', node: null, fault: `f${n}`, type, params: params as never, endsAtMs: null, nodes: [], links })
  const sent = (n: number, arrivals: number[], because: number[] = []): Fact => ({ n, atMs: n, before: [], because, kind: 'sent', node: 'A', message: `m${n}`, to: 'B', body, arrivals })
  const lost = (n: number, of: number, because: number[], reason: 'loss' | 'cut'): Fact => ({ n, atMs: n, before: [of], because, kind: 'lost', node: null, message: `m${of}`, from: 'A', to: 'B', copy: 0, reason })
  const ended = (n: number, of: number, type: string): Fact => ({ n, atMs: n, before: [], because: [of], kind: 'fault-ended', node: null, fault: `f${of}`, type, healed: true })
  const wordsOf = (...facts: Fact[]) => {
    const seen = above(ids, election)
    seen.add(facts)
    const fault = seen.faults[0]
    return fault === undefined ? null : measuredWords(fault, seen.measured(fault))
  }
  const between = { from: ['A'], to: ['B'] }
  test('losses are counted against what was sent over its links, by the fault that lost them', () => {
    expect(wordsOf(start(0, 'loss', { ...between, share: 20 }, [['A', 'B']]))).toBeNull()
    expect(wordsOf(start(0, 'loss', { ...between, share: 20 }, [['A', 'B']]), sent(1, []), lost(2, 1, [0], 'loss'), sent(3, [900]), sent(4, []), lost(5, 4, [99], 'loss'))).toBe('1 of 3 lost')
    expect(wordsOf(start(0, 'loss', { from: ['B'], to: ['A'], share: 20 }, [['B', 'A']]), sent(1, [900]))).toBeNull()
  })
  test('what was sent after its end does not count', () => expect(wordsOf(start(0, 'loss', { ...between, share: 20 }, [['A', 'B']]), sent(1, [900]), ended(2, 0, 'loss'), sent(3, [900]))).toBe('0 of 1 lost'))
  test('a cut counts what it lost, under way or not', () => expect(wordsOf(sent(0, [900]), start(1, 'partition', { side: ['A'] }, [['A', 'B'], ['B', 'A']]), sent(2, []), lost(3, 2, [1], 'cut'), lost(4, 0, [1], 'cut'))).toBe('2 lost'))
  test('copies and travel times', () => {
    expect(wordsOf(start(0, 'duplicate', { ...between, share: 30 }, [['A', 'B']]), sent(1, [900, 800], [0]), sent(2, [900]))).toBe('1 of 2 doubled')
    expect(wordsOf(start(0, 'latency', { ...between, extraMs: 2_500, share: 100, shape: 'constant' }, [['A', 'B']]), sent(1, [5_000]), sent(2, [4_200]))).toBe('got 4.6 s one way')
  })
  test('a fault of nodes has nothing to count', () => expect(wordsOf({ ...start(0, 'crash', { nodes: ['A'] }, []) }, sent(1, [900]))).toBeNull())
})

describe('one-way cuts', () => {
  const cutsOf = (from: string[], to: string[]) => {
    const seen = above(ids, election)
    const links = from.flatMap((a) => to.filter((b) => b !== a).map((b): [string, string] => [a, b]))
    seen.add([{ n: 0, atMs: 0, before: [], because: [], kind: 'fault-started', node: null, fault: 'f', type: 'one-way', params: { from, to }, endsAtMs: null, nodes: [], links }])
    return seen.sceneAt(1_000, badges, look).cuts.map((cut) => `${cut.sides[0].join('')}${cut.oneWay ? '>' : '|'}${cut.sides[1].join('')}`)
  }
  test('two groups give one tear', () => expect(cutsOf(['A', 'B'], ['C'])).toEqual(['AB>C']))
  test('a node deaf to all others', () => expect(cutsOf(ids, ['C'])).toEqual(['ABDE>C']))
  test('overlapping groups need several, and together they cover every direction once', () => {
    const covered = cutsOf(['A', 'B'], ['A', 'C']).flatMap((cut) => {
      const [left = '', right = ''] = cut.split('>')
      return [...left].flatMap((a) => [...right].map((b) => a + b))
    })
    expect(covered.toSorted()).toEqual(['AC', 'BA', 'BC'])
  })
})
