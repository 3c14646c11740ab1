import { describe, expect, test } from 'vitest'
import { playRound } from '../../../shared/headless.ts'
import { figures } from '../../../shared/scenarios/election/figures.ts'
import { holdsLease } from '../../../shared/scenarios/election/state.ts'
import type { Self } from '../../../shared/scenarios/election/types.ts'
import { scenarios } from '../../../shared/scenarios/index.ts'
import type { ClusterInfo } from '../../../shared/sim/claim.ts'
import { nodeIds } from '../../../shared/sim/create.ts'
import type { Draft, Fact } from '../../../shared/sim/facts.ts'
import type { Figure, Scenario } from '../../../shared/sim/scenario.ts'
import { start } from '../../../shared/sim/simulation.ts'
import { faults } from '../../../shared/faults/index.ts'

const election = scenarios['election'] as Scenario
const clusterOf = (nodes: number): ClusterInfo => ({ nodes: nodeIds(nodes), timings: election.timings('L2'), majority: (nodes >> 1) + 1 })

/** The value of a figure at a time, from facts made by hand. */
function valueOf(figure: Figure, drafts: readonly [atMs: number, draft: object][], nowMs: number): number | null {
  const state = figure.init(clusterOf(3))
  drafts.forEach(([atMs, draft], n) => figure.fold(state, { ...(draft as Draft), before: [], because: [], n, atMs } as Fact))
  return figure.value(state, nowMs)
}
const beat = (node: string, term: number, n = 1): object => ({ kind: 'sent', node, to: 'B', message: `${node}${term}${n}`, arrivals: [2_500], body: { kind: 'beat', term, beat: n } })
const stand = (node: string, term: number): object => ({ kind: 'sent', node, to: 'B', message: `${node}?${term}`, arrivals: [2_500], body: { kind: 'ask-vote', term } })
const acked = (node: string, from: string, term: number, n = 1): object => ({ kind: 'delivered', node, from, message: `${from}!${term}${n}`, letter: n, copy: 0, body: { kind: 'beat-ack', term, beat: n } })

describe('leaderless', () => {
  test('counts from the start, less 14 s from the sending of every heartbeat that a majority acknowledged', () => {
    const lease: [number, object][] = [[10_000, beat('A', 1)], [15_000, acked('A', 'B', 1)]]
    expect(valueOf(figures.leaderless, [], 30_000)).toBe(30_000)
    expect(valueOf(figures.leaderless, lease, 20_000)).toBe(15_000)
    expect(valueOf(figures.leaderless, lease, 24_000)).toBe(15_000)
    expect(valueOf(figures.leaderless, lease, 30_000)).toBe(21_000)
  })

  test('a lease ends when its holder crashes or steps down', () => {
    const lease: [number, object][] = [[10_000, beat('A', 1)], [15_000, acked('A', 'B', 1)]]
    for (const end of [{ kind: 'crashed', node: 'A' }, { kind: 'acted', node: 'A', action: { kind: 'step-down' }, rule: null, message: null, request: null }]) {
      expect(valueOf(figures.leaderless, [...lease, [18_000, end]], 30_000)).toBe(27_000)
    }
  })

  test('is what one sees who looks at every node ten times a second, to half a second a round', () => {
    for (let seed = 1; seed <= 5; seed++) {
      const { inputs, settings } = playRound(election, { seed, nodes: 5, durationMs: 200_000, rules: 'good', chaos: 'default' }, () => {})
      const state = figures.leaderless.init(clusterOf(5))
      const sim = start({ scenario: election, faults, sink: (fact) => figures.leaderless.fold(state, fact) }, seed, settings)
      const waiting = [...inputs]
      let withoutMs = 0
      for (let atMs = 0; atMs < 200_000; atMs += 100) {
        for (let next = waiting[0]; next !== undefined && next.atMs <= atMs; next = waiting[0]) {
          sim.submit(next)
          waiting.shift()
        }
        sim.runUntil(atMs)
        // A node that stands still holds its lease all the same: it only cannot use it.
        const leased = sim.ids.some((_, seat) => sim.world.nodes[seat]?.up === true && holdsLease(sim.self(seat) as Self))
        if (!leased) withoutMs += 100
      }
      expect(Math.abs((figures.leaderless.value(state, 200_000) ?? 0) - withoutMs), `seed ${seed}`).toBeLessThan(500)
    }
  })
})

test('split votes are terms in which two stood and nobody led', () => {
  expect(valueOf(figures['split-votes'], [], 1)).toBe(0)
  expect(valueOf(figures['split-votes'], [[1, stand('A', 1)], [2, stand('B', 1)], [3, stand('A', 2)], [4, stand('B', 3)], [5, stand('C', 3)], [6, beat('C', 3)]], 10)).toBe(1)
})

test('two believe that they lead from the second one\'s first heartbeat until one of them knows better', () => {
  const both: [number, object][] = [[1_000, beat('A', 1)], [5_000, beat('B', 2)]]
  const heard: object = { kind: 'delivered', node: 'A', from: 'B', message: 'x', letter: 4, copy: 0, body: { kind: 'beat', term: 2, beat: 1 } }
  const adopts: object = { kind: 'acted', node: 'A', action: { kind: 'adopt-term', letter: 4, durable: true }, rule: null, message: 'x', request: null }
  expect(valueOf(figures['two-believe'], both, 9_000)).toBe(4_000)
  expect(valueOf(figures['two-believe'], [...both, [7_000, heard], [8_000, adopts]], 20_000)).toBe(3_000)
  expect(valueOf(figures['two-believe'], [...both, [6_000, { kind: 'crashed', node: 'B' }]], 20_000)).toBe(1_000)
})

test('until a leader is back says nothing while that may still be in time, and then how long it has been since the calm', () => {
  const fault: [number, object][] = [[1_000, { kind: 'fault-started', node: null, fault: 'f', type: 'loss', params: {}, endsAtMs: null, nodes: [], links: [] }], [4_000, { kind: 'fault-ended', node: null, fault: 'f', type: 'loss', healed: true }]]
  expect(valueOf(figures.recovery, fault.slice(0, 1), 9_000)).toBeNull()
  expect(valueOf(figures.recovery, fault, 244_000)).toBeNull()
  expect(valueOf(figures.recovery, fault, 244_001)).toBe(240_001)
  expect(valueOf(figures.recovery, [...fault, [10_000, beat('A', 1)], [15_000, acked('A', 'B', 1)]], 90_000)).toBe(11_000)
  // What a rate limit kept back leaves when it ends, and the calm begins when that has arrived.
  const released: [number, object] = [4_000, { kind: 'released', node: null, message: 'x', from: 'A', to: 'B', copy: 0, inMs: 5_000 }]
  expect(valueOf(figures.recovery, [...fault, released, [10_000, beat('A', 1)], [15_000, acked('A', 'B', 1)]], 90_000)).toBe(6_000)
})
