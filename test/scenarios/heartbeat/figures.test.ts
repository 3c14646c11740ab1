import { expect, test } from 'vitest'
import { figures } from '../../../shared/scenarios/heartbeat/figures.ts'
import { scenarios } from '../../../shared/scenarios/index.ts'
import { nodeIds } from '../../../shared/sim/create.ts'
import type { Draft, Fact } from '../../../shared/sim/facts.ts'
import type { Figure, Scenario } from '../../../shared/sim/scenario.ts'

const heartbeat = scenarios['heartbeat'] as Scenario
const cluster = { nodes: nodeIds(3), timings: heartbeat.timings('L2'), majority: 2 }

/** The value of a figure at a time, from facts made by hand, in a cluster of three. */
function valueOf(figure: Figure, drafts: readonly [atMs: number, draft: object][], nowMs: number): number | null {
  const state = figure.init(cluster)
  drafts.forEach(([atMs, draft], n) => figure.fold(state, { ...(draft as Draft), before: [], because: [], n, atMs } as Fact))
  return figure.value(state, nowMs)
}
const does = (node: string, action: object): object => ({ kind: 'acted', node, action, rule: null, message: null, request: null })
const suspects = (node: string, peer: string): object => does(node, { kind: 'suspect', peer })
const hears = (node: string, from: string, letter: number): object => ({ kind: 'delivered', node, from, message: `${from}${letter}`, letter, copy: 0, body: { kind: 'beat', beat: letter } })
const trusts = (node: string, letter: number): object => does(node, { kind: 'trust', letter })
const crashes = (node: string): object => ({ kind: 'crashed', node, lostWrite: false })
const restarts = (node: string): object => ({ kind: 'restarted', node })
const starts = (fault: string): object => ({ kind: 'fault-started', node: null, fault, type: 'loss', params: {}, endsAtMs: null, nodes: [], links: [] })
const ends = (fault: string): object => ({ kind: 'fault-ended', node: null, fault, type: 'loss', healed: true })

test('detection: the mean over observers from the crash to their suspicion; who suspected it already took none', () => {
  expect(valueOf(figures.detection, [], 60_000)).toBeNull()
  expect(valueOf(figures.detection, [[10_000, crashes('C')], [22_000, suspects('A', 'C')], [26_000, suspects('B', 'C')]], 60_000)).toBe(14_000)
  expect(valueOf(figures.detection, [[5_000, suspects('A', 'C')], [10_000, crashes('C')], [26_000, suspects('B', 'C')]], 60_000)).toBe(8_000)
  // Back before anybody noticed: nothing was detected.
  expect(valueOf(figures.detection, [[10_000, crashes('C')], [12_000, restarts('C')], [26_000, suspects('B', 'C')]], 60_000)).toBeNull()
})

test('mistakes: suspicions of the living, a minute; those of the dead are none', () => {
  expect(valueOf(figures.mistakes, [[10_000, suspects('A', 'B')]], 59_000)).toBeNull()
  expect(valueOf(figures.mistakes, [[10_000, suspects('A', 'B')], [20_000, suspects('A', 'C')], [25_000, crashes('C')], [30_000, suspects('B', 'C')]], 120_000)).toBe(1)
  expect(valueOf(figures.mistakes, [[10_000, suspects('A', 'B')]], 120_000)).toBe(0.5)
})

test('mistake time: until it is taken back, or comes true', () => {
  expect(valueOf(figures['mistake-time'], [[10_000, suspects('A', 'B')], [14_000, hears('A', 'B', 1)], [16_000, trusts('A', 1)]], 60_000)).toBe(6_000)
  expect(valueOf(figures['mistake-time'], [[10_000, suspects('A', 'B')], [20_000, crashes('B')]], 60_000)).toBe(10_000)
  expect(valueOf(figures['mistake-time'], [[10_000, suspects('A', 'B')]], 60_000)).toBe(50_000)
})

test('accuracy: the share of all pairs and times in which a belief was right; who is down is not asked', () => {
  expect(valueOf(figures.accuracy, [], 60_000)).toBe(100)
  // One pair of six wrong for half the time.
  expect(valueOf(figures.accuracy, [[30_000, suspects('A', 'B')]], 60_000)).toBe(91)
  // C is down from 30 s on: two observers of two peers, both wrong about C until the end.
  expect(valueOf(figures.accuracy, [[30_000, crashes('C')]], 60_000)).toBe(80)
})

test('agreement: from the last heal until all beliefs are right; nothing while something is broken', () => {
  expect(valueOf(figures.agreement, [[10_000, starts('f')], [12_000, suspects('A', 'B')]], 60_000)).toBeNull()
  const healed: [number, object][] = [[10_000, starts('f')], [12_000, suspects('A', 'B')], [30_000, ends('f')]]
  expect(valueOf(figures.agreement, healed, 60_000)).toBeNull()
  expect(valueOf(figures.agreement, healed, 160_000)).toBe(130_000)
  expect(valueOf(figures.agreement, [...healed, [33_000, hears('A', 'B', 1)], [37_000, trusts('A', 1)]], 60_000)).toBe(7_000)
})
