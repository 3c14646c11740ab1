import { expect, test } from 'vitest'
import { withoutSeats } from '../../shared/fewer-nodes.ts'
import type { Round } from '../../shared/failure.ts'
import { settingsFor } from '../../shared/headless.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Input } from '../../shared/sim/inputs.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'

const election = scenarios['election'] as Scenario
const fault = (type: string, params: Extract<Input, { kind: 'fault' }>['params']): Input => ({ kind: 'fault', atMs: 1, id: type, type, params, durationMs: 1_000 })
const act = (seat: number, letter: string): Input => ({ kind: 'act', atMs: 1, seat, action: { kind: 'grant', letter, durable: true } })

const settings = { ...settingsFor(election, 7, 5, 60_000, 'L2', ['bot', 'student', 'bot', 'student', 'bot'], { 1: 'eager', 3: 'deaf' }), clockOffsetsMs: [10, 20, 30, 40, 50] }
const without = (inputs: Input[], ...dropped: number[]): Round => withoutSeats(election, { seed: 7, settings, inputs }, dropped)

test('who stays moves up, with clock, player and misconception', () => {
  const { nodes, clockOffsetsMs, playedBy, beliefs } = without([], 1).settings
  expect({ nodes, clockOffsetsMs, playedBy, beliefs }).toEqual({ nodes: 4, clockOffsetsMs: [10, 30, 40, 50], playedBy: ['bot', 'bot', 'student', 'bot'], beliefs: { 2: 'deaf' } })
  expect(without([], 0, 4).settings.beliefs).toEqual({ 0: 'eager', 2: 'deaf' })
})

test('faults lose the nodes that go, and go with the last of them or when the cluster is too small', () => {
  expect(without([
    fault('crash', { nodes: ['B', 'D'] }), fault('crash', { nodes: ['B'] }), fault('partition', { side: ['A', 'C', 'D', 'E'] }), fault('loss', { from: ['B', 'C'], to: ['E'], share: 20 }),
    fault('bridge', { bridge: 'B', side: ['A'] }), fault('bridge', { bridge: 'C', side: ['A'] }), fault('ring', {}),
  ], 1).inputs).toEqual([
    fault('crash', { nodes: ['C'] }), fault('loss', { from: ['B'], to: ['D'], share: 20 }), fault('bridge', { bridge: 'B', side: ['A'] }), fault('ring', {}),
  ])
  expect(without([fault('ring', {})], 1, 2).inputs).toEqual([])
})

test('clicks keep their letter under its new name, and go with the node that sent it or at which they were made', () => {
  expect(without([act(2, 'D>C ask-vote 3 #1'), act(2, 'B>C ask-vote 3 #1'), act(1, 'A>B ask-vote 3 #1'), act(4, 'D>E vote 3 #2 copy 1')], 1).inputs)
    .toEqual([act(1, 'C>B ask-vote 3 #1'), act(3, 'C>D vote 3 #2 copy 1')])
  expect(without([{ kind: 'seat', atMs: 1, seat: 1, playedBy: 'bot' }, { kind: 'level', atMs: 1, seat: 3, level: 'L0' }, { kind: 'halt', atMs: 2 }], 1).inputs)
    .toEqual([{ kind: 'level', atMs: 1, seat: 2, level: 'L0' }, { kind: 'halt', atMs: 2 }])
})
