import { describe, expect, test } from 'vitest'
import { HELD_MAX } from '../../shared/sim/limits.ts'
import { faults } from '../../shared/faults/index.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import { cloneJson } from '../../shared/sim/json.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { resume, start } from '../../shared/sim/simulation.ts'
import { bench, probe } from './probe.ts'

describe('a power cut', () => {
  test('loses what was not synced, keeps what was, and wipes the memory', () => {
    const { sim, act, fault, of } = bench()
    act(1_000, 0, { kind: 'write', value: 7, to: 'B', durable: true })
    act(2_000, 0, { kind: 'write', value: 8, to: 'B', durable: false })
    act(2_100, 1, { kind: 'say', to: 'A', text: 'x' })
    sim.runUntil(2_500)
    expect(sim.self(0)).toMatchObject({ disk: { value: 8 }, memory: { notes: ['B:x'] } })
    fault(3_000, 'c', 'power-cut', { nodes: ['A'] }, 1_000)
    expect(sim.self(0)).toMatchObject({ disk: { value: 7 }, memory: {}, inbox: [], requests: [] })
    sim.runUntil(4_000)
    expect(sim.self(0)).toMatchObject({ disk: { value: 7 }, memory: { notes: [], ringAtMs: null }, inbox: [] })
    expect(of('stored').map((fact) => fact.disk)).toEqual([{ value: 7 }])
  })

  test('of a node whose write is under way loses the write and what waited for it', () => {
    const { sim, act, fault, of } = bench({ syncMs: 500 })
    act(1_000, 0, { kind: 'write', value: 7, to: 'B', durable: true })
    fault(1_499, 'c', 'power-cut', { nodes: ['A'] }, 1)
    sim.runUntil(10_000)
    expect(sim.self(0).disk).toEqual({ value: 0 })
    expect(of('stored')).toEqual([])
    expect(of('sent')).toEqual([])
  })

  test('ends the write that was under way: what its disk would have said does not complete a later one', () => {
    const { sim, act, fault, of } = bench({ syncMs: 500 })
    act(1_000, 0, { kind: 'write', value: 7, to: 'B', durable: true })
    fault(1_100, 'c', 'power-cut', { nodes: ['A'] }, 100)
    act(1_300, 0, { kind: 'write', value: 8, to: 'B', durable: true })
    sim.runUntil(10_000)
    expect(of('stored').map((fact) => [fact.atMs, fact.disk])).toEqual([[1_800, { value: 8 }]])
  })

  test('of a process alone keeps what was written, synced or not: the machine has it', () => {
    const { sim, act, fault, of } = bench({ syncMs: 500 })
    act(1_000, 0, { kind: 'write', value: 7, to: 'B', durable: true })
    act(1_100, 0, { kind: 'write', value: 8, to: 'B', durable: false })
    fault(1_200, 'c', 'crash', { nodes: ['A'] }, 1_000)
    expect(sim.self(0)).toMatchObject({ disk: { value: 8 }, memory: {} })
    sim.runUntil(10_000)
    expect(sim.self(0)).toMatchObject({ disk: { value: 8 }, memory: { notes: [] } })
    // What waited for the sync died with the process.
    expect([of('stored'), of('sent')]).toEqual([[], []])
    fault(11_000, 'p', 'power-cut', { nodes: ['A'] }, 1_000)
    sim.runUntil(20_000)
    expect(sim.self(0).disk).toEqual({ value: 8 })
    expect(of('crashed').map((fact) => fact.lostWrite)).toEqual([false, true])
  })
})

describe('a crash', () => {
  test('loses what arrives meanwhile, and the alarm that was running', () => {
    const { sim, act, fault, of } = bench()
    act(1_000, 0, { kind: 'wind', inMs: 2_000 })
    act(1_950, 1, { kind: 'say', to: 'A', text: 'x' })
    fault(2_000, 'c', 'crash', { nodes: ['A'] }, 500)
    sim.runUntil(10_000)
    expect(of('lost')).toMatchObject([{ message: 'B>A note x #1', reason: 'crashed', atMs: 2_050 }])
    expect(of('timer')).toEqual([])
  })

  test('refuses clicks in words', () => {
    const { act, fault, of } = bench()
    fault(1_000, 'c', 'crash', { nodes: ['A'] }, 500)
    act(1_100, 0, { kind: 'mark' })
    expect(of('refused')).toMatchObject([{ node: 'A', reason: 'Your node has crashed.' }])
    expect(of('acted')).toEqual([])
  })

  test('ends when the last of two overlapping ones ends', () => {
    const { sim, fault, of } = bench()
    fault(1_000, 'c', 'crash', { nodes: ['A'] }, 1_000)
    fault(1_500, 'd', 'crash', { nodes: ['A', 'B'] }, 2_000)
    sim.runUntil(5_000)
    expect(of('crashed').map((fact) => [fact.node, fact.atMs])).toEqual([['A', 1_000], ['B', 1_500]])
    expect(of('restarted').map((fact) => [fact.node, fact.atMs])).toEqual([['A', 3_500], ['B', 3_500]])
  })

  test('during a pause wakes nobody: the node restarts into the pause, and starts when that ends', () => {
    const { sim, act, fault, kinds } = bench({ level: 'L1' })
    fault(1_000, 'p', 'pause', { nodes: ['A'] }, 5_000)
    act(1_200, 1, { kind: 'say', to: 'A', text: 'x' })
    fault(2_000, 'c', 'crash', { nodes: ['A'] }, 1_000)
    sim.runUntil(7_000)
    expect(kinds('A', 1)).toEqual(['paused', 'crashed', 'restarted', 'paused', 'resumed', 'acted'])
    expect(sim.self(0).memory).toMatchObject({ started: 1, notes: [] })
  })
})

describe('a pause', () => {
  test('holds everything back in order, and lets alarms go off last', () => {
    const { sim, act, fault, kinds, of } = bench({ level: 'L1' })
    act(500, 0, { kind: 'wind', inMs: 1_000 })
    fault(1_000, 'p', 'pause', { nodes: ['A'] }, 3_000)
    act(1_500, 1, { kind: 'say', to: 'A', text: 'x' })
    act(2_000, 0, { kind: 'say', to: 'B', text: 'y' })
    act(2_500, 2, { kind: 'say', to: 'A', text: 'z' })
    sim.runUntil(3_999)
    expect(kinds('A', 1_001)).toEqual([])
    sim.runUntil(4_000)
    expect(kinds('A', 4_000)).toEqual(['resumed', 'delivered', 'acted', 'sent', 'delivered', 'timer', 'acted'])
    expect(of('resumed')).toMatchObject([{ pausedMs: 3_000, heldCount: 3 }])
    // On its own clock everything came at once: the node never noticed.
    expect(sim.self(0).inbox.map((letter) => letter.atMs)).toEqual([14_000, 14_000])
  })

  test('keeps a write that was under way from completing before the node wakes', () => {
    const { sim, act, fault, of } = bench({ syncMs: 500 })
    act(1_000, 0, { kind: 'write', value: 7, to: 'B', durable: true })
    fault(1_200, 'p', 'pause', { nodes: ['A'] }, 3_000)
    sim.runUntil(4_199)
    expect([of('stored'), of('sent')]).toEqual([[], []])
    sim.runUntil(4_200)
    expect([of('stored').length, of('sent').length]).toEqual([1, 1])
  })

  test('does not call back what reached the machine before a cut began', () => {
    const { sim, act, fault, of } = bench()
    fault(1_000, 'p', 'pause', { nodes: ['A'] }, 3_000)
    act(1_100, 1, { kind: 'say', to: 'A', text: 'x' })
    fault(1_500, 'cut', 'partition', { side: ['A'] }, 10_000)
    act(2_000, 1, { kind: 'say', to: 'A', text: 'y' })
    sim.runUntil(5_000)
    expect(of('delivered').map((fact) => [fact.body, fact.atMs])).toEqual([[{ kind: 'note', text: 'x' }, 4_000]])
    expect(of('lost').map((fact) => fact.reason)).toEqual(['cut'])
  })

  test('has room for so much and no more', () => {
    const { sim, act, fault, of } = bench()
    fault(1_000, 'p', 'pause', { nodes: ['A'] }, 45_000)
    for (let n = 0; n < HELD_MAX + 5; n++) act(2_000 + n, 1, { kind: 'say', to: 'A', text: 'x' })
    sim.runUntil(60_000)
    expect(of('lost').filter((fact) => fact.reason === 'overflow')).toHaveLength(5)
    expect(of('delivered')).toHaveLength(HELD_MAX)
  })
})

describe('a durable write', () => {
  test('lets nothing leave before the disk has it, and keeps the order of what waits', () => {
    const { sim, act, of, kinds } = bench({ syncMs: 400 })
    act(1_000, 0, { kind: 'write', value: 7, to: 'B', durable: true })
    act(1_100, 0, { kind: 'say', to: 'C', text: 'y' })
    act(1_200, 0, { kind: 'write', value: 9, to: 'C', durable: true })
    sim.runUntil(1_399)
    expect(of('sent')).toEqual([])
    sim.runUntil(2_000)
    expect(kinds('A', 1_400)).toEqual(['stored', 'sent', 'sent', 'stored', 'sent'])
    expect(of('stored').map((fact) => [fact.atMs, fact.disk])).toEqual([[1_400, { value: 7 }], [1_600, { value: 9 }]])
    expect(of('sent').map((fact) => [fact.atMs, fact.to])).toEqual([[1_400, 'B'], [1_400, 'C'], [1_600, 'C']])
  })

  test('stores what was written when it was synced, not what came after', () => {
    const { sim, act, fault } = bench({ syncMs: 400 })
    act(1_000, 0, { kind: 'write', value: 7, to: 'B', durable: true })
    act(1_100, 0, { kind: 'write', value: 8, to: 'B', durable: false })
    fault(1_500, 'c', 'power-cut', { nodes: ['A'] }, 100)
    sim.runUntil(2_000)
    expect(sim.self(0).disk).toEqual({ value: 7 })
  })

  test('completes at a node whose queue is full of clicks', () => {
    const { sim, act, fault, of } = bench({ syncMs: 5_000 })
    act(1_000, 0, { kind: 'write', value: 7, to: 'B', durable: true })
    fault(2_000, 'p', 'pause', { nodes: ['A'] }, 8_000)
    for (let n = 0; n < HELD_MAX + 5; n++) act(3_000 + n, 0, { kind: 'mark' })
    sim.runUntil(11_000)
    expect(of('acted').filter((fact) => fact.action.kind === 'mark')).toHaveLength(HELD_MAX)
    expect(of('stored').map((fact) => [fact.atMs, fact.disk])).toEqual([[10_000, { value: 7 }]])
    expect(of('sent').map((fact) => [fact.node, fact.to])).toEqual([['A', 'B']])
  })

  test('waits for the disk even where it takes no time', () => {
    const { sim, act, kinds } = bench({ syncMs: 0 })
    act(1_000, 0, { kind: 'write', value: 7, to: 'B', durable: true })
    expect(kinds('A', 1_000)).toEqual(['acted'])
    sim.runUntil(1_000)
    expect(kinds('A', 1_000)).toEqual(['acted', 'stored', 'sent'])
  })
})

describe('a seat that changes hands while its node stands still', () => {
  test('is played by the bot when the node wakes up: first what waited before, then what came, then the alarms', () => {
    const { sim, act, fault, of } = bench()
    act(1_000, 0, { kind: 'wind', inMs: 500 })
    act(1_200, 1, { kind: 'say', to: 'A', text: 'x' })
    fault(2_000, 'p', 'pause', { nodes: ['A'] }, 3_000)
    act(2_500, 1, { kind: 'say', to: 'A', text: 'y' })
    sim.submit({ kind: 'seat', atMs: 3_000, seat: 0, playedBy: 'bot' })
    sim.runUntil(4_999)
    expect(of('acted').filter((fact) => fact.rule !== null)).toEqual([])
    sim.runUntil(6_000)
    expect(of('acted').filter((fact) => fact.rule !== null).map((fact) => [fact.node, fact.rule, fact.message])).toEqual([
      ['A', 'answer', 'B>A note x #1'], ['A', 'answer', 'B>A note y #1'], ['A', 'mark', null],
    ])
  })

  test('and back again before it wakes, is offered nothing', () => {
    const { sim, act, fault, of } = bench()
    act(1_200, 1, { kind: 'say', to: 'A', text: 'x' })
    fault(2_000, 'p', 'pause', { nodes: ['A'] }, 3_000)
    sim.submit({ kind: 'seat', atMs: 3_000, seat: 0, playedBy: 'bot' })
    sim.submit({ kind: 'seat', atMs: 4_000, seat: 0, playedBy: 'student' })
    sim.runUntil(6_000)
    expect(of('acted').filter((fact) => fact.node === 'A')).toEqual([])
  })
})

test('clicks that queued at a node which then crashes are refused, not forgotten', () => {
  const { sim, act, fault, of } = bench()
  fault(1_000, 'p', 'pause', { nodes: ['A'] }, 5_000)
  act(1_500, 0, { kind: 'say', to: 'B', text: 'x' })
  fault(2_000, 'c', 'crash', { nodes: ['A'] }, 1_000)
  sim.runUntil(10_000)
  expect(of('acted')).toEqual([])
  expect(of('refused')).toMatchObject([{ node: 'A', atMs: 2_000, action: { kind: 'say' }, reason: 'Your node has crashed.' }])
})

test('a slow node that wakes up handles the first of what queued before it notices an alarm that it missed', () => {
  const { sim, act, fault, kinds, of } = bench()
  fault(500, 's', 'slow-node', { nodes: ['A'], workMs: 1_000 }, null)
  act(1_000, 0, { kind: 'wind', inMs: 1_500 })
  fault(2_500, 'p', 'pause', { nodes: ['A'] }, 10_000)
  for (const seat of [1, 2]) act(5_000, seat, { kind: 'say', to: 'A', text: 'x' })
  sim.runUntil(20_000)
  expect(kinds('A', 12_500)).toEqual(['resumed', 'delivered', 'timer', 'delivered'])
  expect(of('timer').map((fact) => fact.atMs)).toEqual([13_500])
})

test('a node that restarts slowly has no alarm before it has started, in a clone as little as in the original', () => {
  const scenario = { ...(probe as unknown as Scenario), state: () => ({ disk: { value: 0 }, memory: { notes: [], ringAtMs: 1, started: 0 } }) }
  const facts: Fact[] = [], cloned: Fact[] = []
  const sim = start({ scenario, faults, sink: (fact) => facts.push(fact) }, 1, bench().sim.world.settings)
  sim.submit({ kind: 'fault', atMs: 1_000, id: 's', type: 'slow-node', params: { nodes: ['A'], workMs: 3_000 }, durationMs: 60_000 })
  sim.submit({ kind: 'fault', atMs: 2_000, id: 'c', type: 'crash', params: { nodes: ['A'] }, durationMs: 1_000 })
  sim.runUntil(3_000)
  const clone = resume({ scenario, faults, sink: (fact) => cloned.push(fact) }, cloneJson(sim.world))
  facts.length = 0
  for (const one of [sim, clone]) one.runUntil(10_000)
  expect(facts).toMatchObject([{ kind: 'timer', node: 'A', atMs: 6_000, dueMs: 1 }])
  expect(cloned).toEqual(facts)
})
