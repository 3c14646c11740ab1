import { expect, test } from 'vitest'
import { clockAt, trueAt, trueClock } from '../../shared/sim/clocks.ts'
import { FIRED_MAX } from '../../shared/sim/limits.ts'
import { bench } from './probe.ts'

test('a clock shows true time shifted by its offset, and back', () => {
  for (const offsetMs of [-5_000, 0, 1, 5_000]) {
    for (const atMs of [0, 1, 299_999]) {
      expect(trueAt(trueClock(offsetMs), clockAt(trueClock(offsetMs), atMs))).toBe(atMs)
      expect(clockAt(trueClock(offsetMs), atMs)).toBeGreaterThanOrEqual(0)
    }
  }
  expect(clockAt(trueClock(250), 1_000) - clockAt(trueClock(-250), 1_000)).toBe(500)
})

test('an alarm runs on the own clock: the same time of day comes earlier to a clock that is ahead', () => {
  const { sim, act, of } = bench({ clockOffsetsMs: [3_000, 0, -3_000] })
  for (const seat of [0, 1, 2]) act(1_000, seat, { kind: 'aim', atMs: 20_000 })
  sim.runUntil(60_000)
  expect(of('timer').map((fact) => [fact.node, fact.atMs, fact.dueMs])).toEqual([['A', 7_000, 20_000], ['B', 10_000, 20_000], ['C', 13_000, 20_000]])
})

test('an alarm goes off once, whether anybody acts on it or not', () => {
  const { sim, act, of } = bench()
  act(1_000, 0, { kind: 'wind', inMs: 2_000 })
  sim.runUntil(60_000)
  act(60_000, 0, { kind: 'say', to: 'B', text: 'x' })
  sim.runUntil(120_000)
  expect(of('timer').map((fact) => fact.atMs)).toEqual([3_000])
})

test('an alarm that is aimed into the past goes off at once', () => {
  const { sim, act, of } = bench()
  act(50_000, 0, { kind: 'aim', atMs: 20_000 })
  sim.runUntil(50_000)
  expect(of('timer')).toMatchObject([{ atMs: 50_000, dueMs: 20_000 }])
})

test('what arrives in the very millisecond of an alarm is still in time', () => {
  const { sim, act, kinds } = bench()
  act(1_000, 0, { kind: 'wind', inMs: 1_000 })
  act(1_900, 1, { kind: 'say', to: 'A', text: 'x' })
  sim.runUntil(3_000)
  expect(kinds('A', 2_000)).toEqual(['delivered', 'timer'])
})

test('an alarm that is overdue on waking comes after all that arrives in that millisecond', () => {
  const { sim, act, fault, kinds } = bench()
  act(1_000, 0, { kind: 'wind', inMs: 1_000 })
  fault(1_500, 'p', 'pause', { nodes: ['A'] }, 3_000)
  act(4_400, 1, { kind: 'say', to: 'A', text: 'x' })
  sim.runUntil(5_000)
  expect(kinds('A', 4_500)).toEqual(['resumed', 'delivered', 'timer'])
})

test('after a restart the same time of day rings again: the memory of alarms is gone too', () => {
  const { sim, act, fault, of } = bench()
  act(1_000, 0, { kind: 'aim', atMs: 12_000 })
  fault(3_000, 'c', 'crash', { nodes: ['A'] }, 100)
  act(4_000, 0, { kind: 'aim', atMs: 12_000 })
  sim.runUntil(5_000)
  expect(of('timer').map((fact) => fact.atMs)).toEqual([2_000, 4_000])
})

test('rules that a level switches on are offered the alarm and the letters that nobody answered, once', () => {
  const { sim, act, of } = bench()
  act(1_000, 0, { kind: 'wind', inMs: 1_000 })
  act(1_500, 1, { kind: 'say', to: 'A', text: 'x' })
  sim.submit({ kind: 'level', atMs: 5_000, seat: 0, level: 'L2' })
  expect(of('acted').filter((fact) => fact.node === 'A').map((fact) => [fact.rule, fact.atMs])).toEqual([[null, 1_000], ['answer', 5_000], ['mark', 5_000]])
  sim.submit({ kind: 'level', atMs: 6_000, seat: 0, level: 'L0' })
  sim.submit({ kind: 'level', atMs: 7_000, seat: 0, level: 'L2' })
  expect(of('acted').filter((fact) => fact.node === 'A' && fact.rule === 'answer')).toHaveLength(1)
})

test('a bot that takes a seat over answers what lies there, and plays on; given back, it keeps its hands off', () => {
  const { sim, act, of } = bench({ customers: true })
  act(1_500, 1, { kind: 'say', to: 'A', text: 'x' })
  sim.submit({ kind: 'seat', atMs: 3_000, seat: 0, playedBy: 'bot' })
  sim.submit({ kind: 'seat', atMs: 3_000, seat: 0, playedBy: 'bot' })
  expect(of('seat-changed')).toHaveLength(1)
  expect(of('acted').filter((fact) => fact.node === 'A' && fact.rule !== null).map((fact) => fact.rule)).toContain('answer')
  sim.submit({ kind: 'seat', atMs: 10_000, seat: 0, playedBy: 'student' })
  const before = of('acted').filter((fact) => fact.node === 'A').length
  act(11_000, 1, { kind: 'say', to: 'A', text: 'y' })
  sim.runUntil(20_000)
  expect(of('acted').filter((fact) => fact.node === 'A')).toHaveLength(before)
})

test('rules that were in force before are not offered again what they had their say on', () => {
  const { sim, act } = bench({ level: 'L1' })
  act(1_000, 0, { kind: 'wind', inMs: 1_000 })
  sim.runUntil(3_000)
  const { started } = sim.self(0).memory as { started: number }
  for (const level of ['L2', 'L3', 'L1'] as const) sim.submit({ kind: 'level', atMs: 4_000, seat: 0, level })
  expect(sim.self(0).memory).toMatchObject({ started })
  expect(started).toBe(2)
})

test('a bot that takes a seat over serves the customers who wait there', () => {
  const { sim, of } = bench({ customers: true })
  sim.runUntil(2_000)
  const asked = of('requested')[0]
  sim.submit({ kind: 'seat', atMs: 2_000, seat: sim.ids.indexOf(asked?.node ?? ''), playedBy: 'bot' })
  expect(of('replied')).toMatchObject([{ request: asked?.request, node: asked?.node, atMs: 2_000 }])
})

test('a misconception that takes a rule away takes it from the bot, and only from its holder', () => {
  const { sim, act, of } = bench({ by: 'bot', beliefs: { 0: 'silent' } })
  act(1_000, 2, { kind: 'say', to: 'A', text: 'x' })
  act(1_000, 2, { kind: 'say', to: 'B', text: 'x' })
  sim.runUntil(5_000)
  expect(of('acted').filter((fact) => fact.rule === 'answer').map((fact) => fact.node)).toEqual(['B'])
})

test('an alarm that was moved away and back does not go off again', () => {
  const { sim, act, of } = bench()
  for (const [atMs, aimMs] of [[1_000, 12_000], [5_000, 11_000], [6_000, 12_000], [7_000, 11_000], [8_000, 20_000]] as const) act(atMs, 0, { kind: 'aim', atMs: aimMs })
  sim.runUntil(60_000)
  expect(of('timer').map((fact) => [fact.atMs, fact.dueMs])).toEqual([[2_000, 12_000], [5_000, 11_000], [10_000, 20_000]])
})

test('on a clock that was bent back the same time of day rings again when it is set anew, and not for an alarm that rang already', () => {
  const { sim, act, fault, of } = bench()
  for (const seat of [0, 1]) act(1_000, seat, { kind: 'aim', atMs: 15_000 })
  // A sets its alarm for another time, B leaves it as it is.
  act(6_000, 0, { kind: 'aim', atMs: 30_000 })
  fault(7_000, 'f', 'clock-bump', { nodes: ['A', 'B'], byMs: -5_000 }, null)
  act(8_000, 0, { kind: 'aim', atMs: 15_000 })
  sim.runUntil(60_000)
  expect(of('timer').map((fact) => [fact.node, fact.atMs])).toEqual([['A', 5_000], ['B', 5_000], ['A', 10_000]])
})

test('an alarm that is aimed at a time before all that are remembered goes off once', () => {
  const { sim, act, of } = bench()
  for (let n = 0; n < FIRED_MAX + 3; n++) act(1_000 + n * 1_000, 0, { kind: 'wind', inMs: 500 })
  act(50_000, 0, { kind: 'aim', atMs: 5_000 })
  sim.runUntil(60_000)
  expect(of('timer').slice(FIRED_MAX + 3).map((fact) => [fact.atMs, fact.dueMs])).toEqual([[50_000, 5_000]])
})
