import { expect, test } from 'vitest'
import { figures } from '../../../shared/scenarios/logical-clocks/figures.ts'
import { logicalClocks } from '../../../shared/scenarios/logical-clocks/index.ts'
import { nodeIds } from '../../../shared/sim/create.ts'
import type { Draft, Fact } from '../../../shared/sim/facts.ts'
import type { Figure } from '../../../shared/sim/scenario.ts'
import { entry } from './laid.ts'

const cluster = { nodes: nodeIds(3), timings: logicalClocks.timings('L2'), majority: 2 }

/** The value of a figure at a time, from facts made by hand, in a cluster of three. */
function valueOf(figure: Figure, drafts: readonly [atMs: number, draft: object][], nowMs: number): number | null {
  const state = figure.init(cluster)
  drafts.forEach(([atMs, draft], n) => figure.fold(state, { ...(draft as Draft), before: [], because: [], n, atMs } as Fact))
  return figure.value(state, nowMs)
}
const does = (node: string, action: object, message: string | null = null): object => ({ kind: 'acted', node, action, rule: null, message, request: null })
const makes = (node: string, request: number): object => does(node, { kind: 'stamp', request, stamp: [1, 1, 1, 1] })
const applies = (node: string, what: string): object => does(node, { kind: 'apply', letter: 1, stamp: [1, 1, 1, 1] }, `${what.charAt(0)}>${node} op ${what} #1`)
const answers = (reply: object): object => ({ kind: 'replied', node: 'A', request: 'c0/1', customer: 0, local: 1, reply, tookMs: 0 })
const says = (body: object): object => ({ kind: 'sent', node: 'A', to: 'B', body, message: 'm', arrivals: [] })
const starts = (fault: string): object => ({ kind: 'fault-started', node: null, fault, type: 'loss', params: {}, endsAtMs: null, nodes: [], links: [] })
const ends = (fault: string): object => ({ kind: 'fault-ended', node: null, fault, type: 'loss', healed: true })

test('until it is everywhere: the mean from the making to the last of all nodes; what some node lacks is not counted yet', () => {
  expect(valueOf(figures.spreading, [[1_000, makes('A', 1)], [4_000, applies('B', 'A1')]], 60_000)).toBeNull()
  const first: [number, object][] = [[1_000, makes('A', 1)], [4_000, applies('B', 'A1')], [7_000, applies('C', 'A1')]]
  expect(valueOf(figures.spreading, first, 60_000)).toBe(6_000)
  expect(valueOf(figures.spreading, [...first, [10_000, makes('B', 1)], [12_000, applies('A', 'B1')], [20_000, applies('C', 'B1')]], 60_000)).toBe(8_000)
})

test('until it is everywhere: a node that applies it twice counts once', () => {
  expect(valueOf(figures.spreading, [[1_000, makes('A', 1)], [4_000, applies('B', 'A1')], [7_000, applies('B', 'A1')]], 60_000)).toBeNull()
})

test('until all books agree: from the last heal until all that was made before it is everywhere; null while something is broken', () => {
  const broken: [number, object][] = [[10_000, starts('f')], [12_000, makes('A', 1)], [14_000, applies('B', 'A1')]]
  expect(valueOf(figures.settled, broken, 60_000)).toBeNull()
  const healed: [number, object][] = [...broken, [30_000, ends('f')]]
  expect([valueOf(figures.settled, healed, 60_000), valueOf(figures.settled, healed, 151_000)]).toEqual([null, 121_000])
  // What is made after the heal is not waited for.
  expect(valueOf(figures.settled, [...healed, [33_000, makes('B', 1)], [37_000, applies('C', 'A1')]], 90_000)).toBe(7_000)
  // Nothing was missing when it healed.
  expect(valueOf(figures.settled, [...broken, [16_000, applies('C', 'A1')], [30_000, ends('f')]], 90_000)).toBe(0)
})

test('until all books agree: the last of two faults that overlap is the heal, and a new one begins anew', () => {
  const two: [number, object][] = [[5_000, makes('A', 1)], [10_000, starts('f')], [11_000, starts('g')], [20_000, ends('f')], [21_000, applies('B', 'A1')], [22_000, applies('C', 'A1')]]
  expect(valueOf(figures.settled, two, 60_000)).toBeNull()
  expect(valueOf(figures.settled, [...two, [40_000, ends('g')]], 60_000)).toBe(0)
  const again: [number, object][] = [...two, [40_000, ends('g')], [50_000, starts('h')], [55_000, makes('B', 1)]]
  expect([valueOf(figures.settled, again, 60_000), valueOf(figures.settled, [...again, [60_000, ends('h')]], 90_000)]).toEqual([null, null])
})

test('messages an operation: operations sent, acknowledgements not, for each that a customer placed', () => {
  const operation = { kind: 'op', entry: entry('A1', [1, 1, 0, 0]) }
  expect(valueOf(figures.messages, [[1_000, says(operation)]], 60_000)).toBeNull()
  expect(valueOf(figures.messages, [[1_000, says(operation)], [1_000, says(operation)], [2_000, answers({ kind: 'placed', entry: operation.entry })], [9_000, says(operation)], [9_500, says({ kind: 'got', name: 'B1' })], [10_000, answers({ kind: 'placed', entry: operation.entry })]], 60_000)).toBe(1.5)
})

test('called concurrent: of the pairs that were answered; "too few" is no answer', () => {
  const said = (relation: string): object => answers({ kind: 'relation', first: 'A1', second: 'B1', relation })
  expect(valueOf(figures.concurrent, [[1_000, answers({ kind: 'too-few' })]], 60_000)).toBeNull()
  expect(valueOf(figures.concurrent, [[1_000, said('concurrent')], [2_000, said('before')], [3_000, said('before')], [4_000, answers({ kind: 'too-few' })]], 60_000)).toBe(33)
})
