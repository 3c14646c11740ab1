import { describe, expect, test } from 'vitest'
import { faults } from '../../shared/faults/index.ts'
import { createWorld, nodeIds, wrongSettings } from '../../shared/sim/create.ts'
import { cloneJson } from '../../shared/sim/json.ts'
import { TIME_MS_MAX } from '../../shared/sim/limits.ts'
import { parseFields } from '../../shared/sim/fields.ts'
import type { Json } from '../../shared/sim/json.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { fork, resume, start } from '../../shared/sim/simulation.ts'
import type { Settings } from '../../shared/sim/types.ts'
import { bench, probe } from './probe.ts'

const scenario = probe as unknown as Scenario

describe('time', () => {
  test('an input in the past throws and changes nothing', () => {
    const { sim, facts } = bench()
    sim.runUntil(5_000)
    const before = JSON.stringify(sim.world)
    expect(() => sim.submit({ kind: 'act', atMs: 4_999, seat: 0, action: { kind: 'mark' } })).toThrow(/cannot change what happened until 5000 ms/)
    expect(JSON.stringify(sim.world)).toBe(before)
    expect(facts).toEqual([])
  })

  test.each([1.5, NaN, Infinity, TIME_MS_MAX + 1])('time %s throws', (atMs) => {
    expect(() => bench().sim.runUntil(atMs)).toThrow(/whole number/)
  })

  test('time does not run back, and nothing happens after the end', () => {
    const { sim, facts, act } = bench({ customers: true })
    sim.runUntil(5_000)
    sim.runUntil(1_000)
    expect(sim.world.nowMs).toBe(5_000)
    sim.submit({ kind: 'end', atMs: 6_000 })
    const before = facts.length
    expect(sim.nextAtMs()).toBeNull()
    act(7_000, 0, { kind: 'mark' })
    sim.runUntil(60_000)
    expect(facts).toHaveLength(before)
    expect(facts[before - 1]?.kind).toBe('ended')
  })

  test('the next event is announced: nothing happens a millisecond before it', () => {
    const { sim, facts } = bench({ customers: true, by: 'bot' })
    for (let n = 0; n < 50; n++) {
      const atMs = sim.nextAtMs()
      if (atMs === null) throw new Error('customers never stop')
      const before = facts.length
      if (atMs > sim.world.nowMs) sim.runUntil(atMs - 1)
      expect(facts).toHaveLength(before)
      sim.runUntil(atMs)
    }
  })
})

describe('a click', () => {
  test.each<[string, { [name: string]: Json }, string]>([
    ['of no action', { kind: 'fly' }, 'There is no such action.'],
    ['of the prototype', { kind: 'hasOwnProperty' }, 'There is no such action.'],
    ['on a letter that is gone', { kind: 'answer', letter: 'B>A note x #1' }, 'That message is gone.'],
    ['on a request that is gone', { kind: 'serve', request: 'c0/1' }, 'That request is gone.'],
    ['without its letter', { kind: 'answer' }, 'That message is gone.'],
    ['to itself', { kind: 'say', to: 'A', text: 'x' }, 'to must be one of B, C.'],
    ['with a text of its own', { kind: 'say', to: 'B', text: '<b>' }, 'text must be one of x, y, z, re.'],
    ['with a number too large', { kind: 'wind', inMs: 60_001 }, 'inMs must be a whole number from 0 to 60000 ms.'],
    ['with half a number', { kind: 'wind', inMs: 0.5 }, 'inMs must be a whole number from 0 to 60000 ms.'],
    ['with a field too many', { kind: 'mark', more: 1 }, 'This action has no field "more".'],
    ['that is durable by text', { kind: 'write', value: 1, to: 'B', durable: 'yes' }, 'durable must be true or false.'],
  ])('%s is refused in words', (_what, action, reason) => {
    const { act, of, sim } = bench()
    const before = JSON.stringify(sim.world.nodes.map((node) => node.self.memory))
    act(1_000, 0, { ...action, kind: String(action['kind']) })
    expect(of('refused').map((fact) => fact.reason)).toEqual([reason])
    expect(of('acted')).toEqual([])
    expect(JSON.stringify(sim.world.nodes.map((node) => node.self.memory))).toBe(before)
  })

  test('that a mission says physics does not allow is refused in its words', () => {
    const { act, of } = bench()
    act(1_000, 0, { kind: 'write', value: 99, to: 'B', durable: false })
    act(1_001, 0, { kind: 'mark' })
    expect(of('refused').map((fact) => fact.reason)).toEqual(['The page is full.'])
  })

  test('names its letter by identity, and the fact says which one it answered', () => {
    const { act, of, sim } = bench()
    act(1_000, 1, { kind: 'say', to: 'A', text: 'x' })
    act(1_000, 2, { kind: 'say', to: 'A', text: 'y' })
    act(2_000, 0, { kind: 'answer', letter: 'C>A note y #1' })
    expect(of('acted').at(-1)).toMatchObject({ message: 'C>A note y #1', action: { kind: 'answer', letter: 2 } })
    expect(sim.self(0).inbox.map((letter) => letter.handled)).toEqual([false, true])
  })

  test('without a word on durability is durable', () => {
    expect(parseFields(probe.actions.write.fields, { value: 1, to: 'B' }, bench().sim.self(0))).toEqual({ ok: true, value: { value: 1, to: 'B', durable: true } })
  })
})

describe('settings', () => {
  const good: Settings = bench().sim.world.settings
  test.each<[string, Partial<Settings>]>([
    ['too few nodes', { nodes: 1, playedBy: ['bot'], clockOffsetsMs: [0] }], ['half a node', { nodes: 2.5 }], ['an offset too large', { clockOffsetsMs: [0, 0, 5_001] }],
    ['too few offsets', { clockOffsetsMs: [0] }], ['too few seats', { playedBy: ['bot'] }], ['a disk that is too slow', { syncMs: 10_001 }], ['no time', { durationMs: 0 }],
    ['a belief nobody knows', { beliefs: { 0: 'flat-earth' } }], ['a belief of the prototype', { beliefs: { 0: 'constructor' } }], ['a belief on no seat', { beliefs: { 3: 'silent' } }],
  ])('with %s are refused in words, and no world is made of them', (_what, change) => {
    const settings = { ...good, ...change }
    expect(wrongSettings(scenario, 1, settings)).toMatch(/^\w.* .*\.$/)
    expect(() => createWorld(scenario, 1, settings)).toThrow('')
  })

  test.each([-1, 1.5, NaN, 2 ** 53])('the seed %s is refused', (seed) => expect(wrongSettings(scenario, seed, good)).toMatch(/seed/))
  test('that are right are not', () => expect(wrongSettings(scenario, 2 ** 53 - 1, good)).toBeNull())
  test('nodes are named by seat, without letters that read as something else', () => expect(nodeIds(9)).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'J', 'K']))
})

describe('a fork', () => {
  test('has the same past and the same future, until one of the two is touched', () => {
    const { sim, act, facts } = bench({ customers: true, by: 'bot' })
    act(1_000, 0, { kind: 'say', to: 'B', text: 'x' })
    sim.runUntil(10_000)
    const seen: string[] = []
    const other = fork({ scenario, faults, sink: (fact) => seen.push(JSON.stringify(fact)) }, sim)
    const from = facts.length
    other.runUntil(30_000)
    sim.runUntil(30_000)
    expect(seen).toEqual(facts.slice(from).map((fact) => JSON.stringify(fact)))
    expect(other.digest()).toBe(sim.digest())
    const before = JSON.stringify(sim.world)
    other.submit({ kind: 'fault', atMs: 30_000, id: 'c', type: 'crash', params: { nodes: ['A', 'B'] }, durationMs: 1_000 })
    other.runUntil(60_000)
    expect(JSON.stringify(sim.world)).toBe(before)
    expect(other.digest()).not.toBe(sim.digest())
  })

  test('of a world of another mission throws', () => {
    expect(() => resume({ scenario: { ...scenario, id: 'other' }, faults }, cloneJson(bench().sim.world))).toThrow(/mission probe/)
  })

  test('the world is plain JSON at any time', () => {
    const { sim, fault } = bench({ customers: true, by: 'bot' })
    fault(2_000, 'p', 'pause', { nodes: ['A'] }, 3_000)
    for (let atMs = 2_000; atMs < 20_000; atMs += 500) {
      sim.runUntil(atMs)
      expect(cloneJson(sim.world)).toStrictEqual(sim.world)
    }
  })

  test('facts are given to who asks, and nobody has to', () => {
    const sim = start({ scenario, faults }, 1, bench().sim.world.settings)
    sim.runUntil(1_000)
    expect(sim.digest()).toMatch(/^[0-9a-f]{16}$/)
  })
})
