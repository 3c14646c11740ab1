import { expect, test } from 'vitest'
import { HOPS_MAX } from '../../shared/sim/limits.ts'
import { bench } from './probe.ts'
import type { Bench } from './probe.ts'

/** The probe's customer asks a second after its last request ended, waits 5 s, and goes back to the node it knows. */
const lastRequest = (one: Bench): string => {
  const found = one.of('requested').at(-1)
  if (found === undefined) throw new Error('nobody asked')
  return found.request
}

test('a request that nobody answers ends at its deadline, in the very millisecond, and leaves the list of its node', () => {
  const one = bench({ customers: true })
  one.sim.runUntil(6_500)
  const [asked, expired] = [one.of('requested')[0], one.of('expired')[0]]
  expect(expired).toMatchObject({ request: 'c0/1', node: asked?.node, atMs: asked?.deadlineAtMs, local: 1 })
  expect((asked?.deadlineAtMs ?? 0) - (asked?.atMs ?? 0)).toBe(5_000)
  expect(one.sim.world.nodes.map((node) => node.self.requests.length)).toEqual([0, 0, 0])
})

test('an answer in time ends it, says how long it took, and the customer goes back to who answered', () => {
  const one = bench({ customers: true, by: 'bot' })
  one.sim.runUntil(60_000)
  const replied = one.of('replied')
  expect(replied.length).toBeGreaterThan(10)
  expect(new Set(replied.map((fact) => fact.node)).size).toBe(1)
  expect(replied.every((fact) => fact.tookMs === 0)).toBe(true)
  expect(one.of('expired')).toEqual([])
  expect(new Set(replied.map((fact) => fact.request)).size).toBe(replied.length)
})

test('an answer that waits for the disk past the deadline reaches nobody', () => {
  const one = bench({ customers: true, syncMs: 10_000 })
  one.sim.runUntil(2_000)
  const seat = one.sim.ids.indexOf(one.of('requested')[0]?.node ?? '')
  one.act(2_100, seat, { kind: 'write', value: 5, to: one.sim.ids[(seat + 1) % 3] ?? '', durable: true })
  one.act(2_200, seat, { kind: 'serve', request: 'c0/1' })
  one.sim.runUntil(13_000)
  expect(one.of('acted').map((fact) => fact.action.kind)).toEqual(['write', 'serve'])
  expect(one.of('stored')).toHaveLength(1)
  expect(one.of('replied')).toEqual([])
  expect(one.of('expired')[0]).toMatchObject({ request: 'c0/1' })
})

test('a request that is sent on arrives there with what is left of its time, in the order of its session', () => {
  const one = bench({ customers: true })
  one.sim.runUntil(2_000)
  const first = one.of('requested')[0]
  const seat = one.sim.ids.indexOf(first?.node ?? '')
  const to = one.sim.ids[(seat + 1) % 3] ?? ''
  one.act(3_000, seat, { kind: 'pass', request: 'c0/1', to })
  one.sim.runUntil(3_050)
  const [redirected, second] = [one.of('redirected')[0], one.of('requested')[1]]
  expect(second).toMatchObject({ node: to, hop: 1, request: 'c0/1', deadlineAtMs: first?.deadlineAtMs, atMs: 3_050 })
  expect(second?.before).toContain(redirected?.n)
  expect(one.sim.self(seat).requests).toEqual([])
})

test('a request that is sent round in circles ends with a fact after so many hops', () => {
  const one = bench({ customers: true })
  one.sim.runUntil(2_000)
  for (let n = 0; n <= HOPS_MAX; n++) {
    const at = one.of('requested').at(-1)?.node ?? ''
    const seat = one.sim.ids.indexOf(at)
    one.act(2_100 + 100 * n, seat, { kind: 'pass', request: 'c0/1', to: one.sim.ids[(seat + 1) % 3] ?? '' })
    one.sim.runUntil(2_160 + 100 * n)
  }
  expect(one.of('redirected')).toHaveLength(HOPS_MAX + 1)
  expect(one.of('unreached')).toMatchObject([{ request: 'c0/1', node: null }])
  expect(Object.keys(one.of('unreached')[0] ?? {}).toSorted()).toEqual(['atMs', 'because', 'before', 'customer', 'kind', 'n', 'node', 'request', 'to'])
  one.sim.runUntil(10_000)
  expect(lastRequest(one)).not.toBe('c0/1')
})

test('a crashed node is not reached, for the reason that crashed it; the customer rests and asks anew', () => {
  const one = bench({ customers: true })
  one.fault(0, 'c', 'crash', { nodes: ['A', 'B', 'C'] }, 4_500)
  one.sim.runUntil(8_000)
  expect(one.of('unreached').map((fact) => fact.atMs)).toEqual([1_000, 2_000, 3_000, 4_000])
  expect(one.of('unreached')[0]?.because).toEqual([one.of('fault-started')[0]?.n])
  expect(one.of('requested')[0]).toMatchObject({ request: 'c0/5', atMs: 5_000 })
})

test('a request at a node that crashes waits for nothing: it expires where nobody sees it', () => {
  const one = bench({ customers: true })
  one.sim.runUntil(2_000)
  const node = one.of('requested')[0]?.node ?? ''
  one.fault(2_000, 'c', 'crash', { nodes: [node] }, 1_000)
  one.sim.runUntil(7_000)
  expect(one.of('expired')).toMatchObject([{ request: 'c0/1', node: null, local: null, before: [one.of('requested')[0]?.n] }])
})

test('a request that comes to a paused node is handled when it wakes, or not at all if it is over by then', () => {
  for (const [pauseMs, handled] of [[3_000, true], [7_000, false]] as const) {
    const one = bench({ customers: true })
    one.fault(500, 'p', 'pause', { nodes: ['A', 'B', 'C'] }, pauseMs)
    one.sim.runUntil(500 + pauseMs)
    expect(one.of('requested').some((fact) => fact.request === 'c0/1')).toBe(handled)
    expect(one.of('expired').some((fact) => fact.request === 'c0/1')).toBe(!handled)
  }
})

test('who asks a paused node has asked before the node takes it up, and the facts say when', () => {
  const one = bench({ customers: true })
  one.fault(500, 'p', 'pause', { nodes: ['A', 'B', 'C'] }, 3_000)
  one.sim.runUntil(3_500)
  const [asked, requested] = [one.of('asked')[0], one.of('requested')[0]]
  expect(asked).toMatchObject({ atMs: 1_000, node: null, request: 'c0/1', customer: 0, to: requested?.node, operation: requested?.operation, deadlineAtMs: requested?.deadlineAtMs, before: [] })
  // The node learns of it here: it asked before in the customer's session, too.
  expect(requested).toMatchObject({ atMs: 3_500, before: expect.arrayContaining([asked?.n]) as unknown, because: [asked?.n] })
  expect(one.of('asked')).toHaveLength(1)
})

test('who gives up on a node that never woke gives up after having asked', () => {
  const one = bench({ customers: true })
  one.fault(500, 'p', 'pause', { nodes: ['A', 'B', 'C'] }, 30_000)
  one.sim.runUntil(10_000)
  expect(one.of('expired')[0]).toMatchObject({ node: null, local: null, before: [one.of('asked')[0]?.n] })
})

test('who asks a node that can take it up has asked when it is taken up', () => {
  const one = bench({ customers: true })
  one.sim.runUntil(60_000)
  expect(one.of('requested').length).toBeGreaterThan(5)
  expect(one.of('asked')).toEqual([])
})

test('a request that was on the list before a pause and expired meanwhile is gone on waking', () => {
  const one = bench({ customers: true })
  one.sim.runUntil(2_000)
  const seat = one.sim.ids.indexOf(one.of('requested')[0]?.node ?? '')
  one.fault(2_000, 'p', 'pause', { nodes: [one.sim.ids[seat] ?? ''] }, 10_000)
  one.sim.runUntil(11_999)
  expect(one.sim.world.nodes[seat]?.self.requests.map((request) => request.n)).toEqual([1])
  one.sim.runUntil(12_000)
  expect(one.sim.world.nodes[seat]?.self.requests.some((request) => request.n === 1)).toBe(false)
  expect(one.of('expired')[0]).toMatchObject({ request: 'c0/1', node: null })
})

test('its deadline is the customer\'s: a clock bent while its node stands still makes it neither longer nor shorter', () => {
  for (const [byMs, pauseMs, waits] of [[-20_000, 10_000, false], [20_000, 1_000, true]] as const) {
    const one = bench({ customers: true })
    one.sim.runUntil(2_000)
    const seat = one.sim.ids.indexOf(one.of('requested')[0]?.node ?? '')
    const nodes = [one.sim.ids[seat] ?? '']
    one.fault(2_000, 'p', 'pause', { nodes }, pauseMs)
    one.fault(2_500, 'b', 'clock-bump', { nodes, byMs }, null)
    one.sim.runUntil(2_000 + pauseMs)
    expect(one.sim.self(seat).requests.some(({ n }) => n === 1)).toBe(waits)
    one.sim.runUntil(14_000)
    expect(one.of('expired')[0]).toMatchObject({ request: 'c0/1', atMs: 6_000, node: waits ? nodes[0] : null })
  }
})

test('an alarm that waits for the list to be empty goes off when the last request expires', () => {
  const { sim, of } = bench({ customers: true, mission: { alarms: (self) => ({ ring: self.requests.length > 0 ? null : 13_000 }) } })
  sim.runUntil(6_500)
  const asked = of('requested')[0]?.node
  expect(of('timer').map((fact) => [fact.node, fact.atMs])).toEqual([...sim.ids.filter((id) => id !== asked).map((id) => [id, 3_000]), [asked, 6_000]])
})
