import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { faults } from '../../../shared/faults/index.ts'
import { settingsFor } from '../../../shared/headless.ts'
import { election } from '../../../shared/scenarios/election/index.ts'
import { holdsLease, leaseEndsAtMs, majority, mustWait } from '../../../shared/scenarios/election/state.ts'
import type { Action, Message, Self } from '../../../shared/scenarios/election/types.ts'
import { scenarios } from '../../../shared/scenarios/index.ts'
import { nodeIds } from '../../../shared/sim/create.ts'
import type { Fact } from '../../../shared/sim/facts.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import { start } from '../../../shared/sim/simulation.ts'
import type { Simulation } from '../../../shared/sim/simulation.ts'
import type { NodeEvent } from '../../../shared/sim/types.ts'
import type { Election } from '../../../shared/scenarios/election/types.ts'

const mission = scenarios['election'] as Scenario

/** A node A as it is at the start, with whatever else is said of it. */
function nodeA(nodes: number, change: { clockMs?: number; disk?: Partial<Self['disk']>; memory?: Partial<Self['memory']> } = {}): Self {
  const peers = nodeIds(nodes).filter((id) => id !== 'A')
  const timings = election.timings('L2')
  const { disk, memory } = election.state('A', peers, 10_000, timings, false, { between: (_purpose, _key, least) => least })
  return { id: 'A', peers, clockMs: change.clockMs ?? 100_000, disk: { ...disk, ...change.disk }, memory: { ...memory, ...change.memory }, inbox: [], requests: [], timings }
}
const letterEvent = (from: string, message: Message): NodeEvent<Election> => ({ on: 'message', letter: { n: 1, from, message, atMs: 100_000, handled: false } })

describe('the lease', () => {
  test('lasts exactly while a majority, the leader included, has acknowledged a heartbeat of the last 14 s', () => {
    const acks = fc.dictionary(fc.constantFrom('B', 'C', 'D', 'E', 'F', 'G'), fc.integer({ min: 60_000, max: 100_000 }))
    fc.assert(fc.property(fc.integer({ min: 3, max: 7 }), acks, fc.integer({ min: 60_000, max: 130_000 }), (nodes, given, clockMs) => {
      const ids = nodeIds(nodes)
      const known = Object.fromEntries(Object.entries(given).filter(([peer]) => ids.includes(peer)))
      const self = nodeA(nodes, { clockMs, memory: { role: 'leader', acks: known } })
      const fresh = 1 + Object.values(known).filter((sentMs) => clockMs - sentMs < 14_000).length
      expect(holdsLease(self)).toBe(fresh * 2 > nodes)
      expect(majority(self) * 2 > nodes && (majority(self) - 1) * 2 <= nodes).toBe(true)
    }), { seed: 1, numRuns: 2_000 })
  })

  test('is held by leaders only, and by none without a majority', () => {
    const acks = { B: 99_000, C: 99_000 }
    expect(holdsLease(nodeA(5, { memory: { role: 'leader', acks } }))).toBe(true)
    expect(holdsLease(nodeA(5, { memory: { role: 'candidate', acks } }))).toBe(false)
    expect(leaseEndsAtMs(nodeA(5, { memory: { role: 'leader', acks: { B: 99_000 } } }))).toBeNull()
  })

  test('is over before a voter who acknowledged may vote: 14 s from sending are less than 18 s from hearing, at every pace', () => {
    for (const level of ['L0', 'L1', 'L2', 'L3'] as const) {
      const timings = election.timings(level)
      expect(timings['leaseMs']).toBeLessThan(timings['waitMs'] ?? 0)
      expect(timings['timeoutLeastMs']).toBeGreaterThanOrEqual(timings['waitMs'] ?? 0)
      // Two heartbeats and their way back fit in one lease, or no leader could ever serve.
      expect((timings['beatIntervalMs'] ?? 0) + 2 * 2_500).toBeLessThan(timings['leaseMs'] ?? 0)
    }
  })
})

describe('a voter', () => {
  test('waits 18 s from the last heartbeat it heard, and from waking up', () => {
    const heard = (agoMs: number): Self => nodeA(5, { memory: { leader: { id: 'B', term: 0, atMs: 100_000 - agoMs } } })
    expect([mustWait(heard(17_999)), mustWait(heard(18_000)), mustWait(nodeA(5))]).toEqual([true, false, false])
    expect([mustWait(nodeA(5, { memory: { wokeAtMs: 90_000 } })), mustWait(nodeA(5, { memory: { wokeAtMs: 82_000 } }))]).toEqual([true, false])
  })

  test.each<[string, Parameters<typeof nodeA>[1], Message, boolean]>([
    ['a higher term', { disk: { term: 2, votedFor: 'C' } }, { kind: 'ask-vote', term: 3 }, true],
    ['its own term, not voted yet', { disk: { term: 3 } }, { kind: 'ask-vote', term: 3 }, true],
    ['its own term, voted for the same', { disk: { term: 3, votedFor: 'B' } }, { kind: 'ask-vote', term: 3 }, true],
    ['its own term, voted for another', { disk: { term: 3, votedFor: 'C' } }, { kind: 'ask-vote', term: 3 }, false],
    ['a term that is over', { disk: { term: 3 } }, { kind: 'ask-vote', term: 2 }, false],
    ['a higher term while it hears a leader', { memory: { leader: { id: 'C', term: 0, atMs: 99_000 } } }, { kind: 'ask-vote', term: 3 }, false],
    ['a higher term while it leads', { memory: { role: 'leader' } }, { kind: 'ask-vote', term: 3 }, false],
  ])('asked for %s may or may not vote, and its rule, its bot and the judge of its decisions agree', (_what, change, message, may) => {
    const self = nodeA(5, change)
    const event = letterEvent('B', message)
    expect(election.rules['grant']?.when(self, event)).toBe(may)
    expect(election.allows(self, event, { kind: 'grant', letter: 1, durable: true })).toBe(may)
    expect(election.allows(self, event, { kind: 'deny', letter: 1 })).toBe(true)
    expect(election.allows(self, event, 'nothing')).toBe(!may)
  })
})

describe('a slip', () => {
  const warn = (self: Self, action: Action): string | null => (election.actions[action.kind] as { warning?(self: Self, action: Action): string | null }).warning?.(self, action) ?? null
  const withLetter = (self: Self, from: string, message: Message): Self => ({ ...self, inbox: [{ n: 1, from, message, atMs: 100_000, handled: false }] })

  test('is named before it is made, and never refused: the protocol is the students\' own', () => {
    const voted = withLetter(nodeA(5, { disk: { term: 3, votedFor: 'C' } }), 'B', { kind: 'ask-vote', term: 3 })
    expect(warn(voted, { kind: 'grant', letter: 1, durable: true })).toBe('You voted for C in term 3. Press once more to vote twice.')
    expect(warn(withLetter(nodeA(5, { disk: { term: 3 } }), 'B', { kind: 'ask-vote', term: 2 }), { kind: 'grant', letter: 1, durable: true })).toMatch(/^Term 2 is over/)
    expect(warn(nodeA(5, { memory: { role: 'candidate', votes: ['A', 'B'] } }), { kind: 'lead' })).toMatch(/^You have 2 of 3 votes/)
    expect(warn(nodeA(5), { kind: 'serve', request: 1 })).toMatch(/^You do not lead/)
    expect(warn(nodeA(5, { memory: { leader: { id: 'B', term: 0, atMs: 99_000 } } }), { kind: 'stand', durable: true })).toMatch(/^You heard a leader/)
    expect(warn(nodeA(5, { memory: { wokeAtMs: 99_000 } }), { kind: 'stand', durable: true })).toMatch(/^You woke up not long ago/)
  })

  test('that is none is not named', () => {
    expect(warn(withLetter(nodeA(5), 'B', { kind: 'ask-vote', term: 1 }), { kind: 'grant', letter: 1, durable: true })).toBeNull()
    expect(warn(nodeA(5, { memory: { role: 'candidate', votes: ['A', 'B', 'C'] } }), { kind: 'lead' })).toBeNull()
    expect(warn(nodeA(5, { memory: { role: 'leader' } }), { kind: 'serve', request: 1 })).toBeNull()
    expect(warn(nodeA(5), { kind: 'stand', durable: true })).toBeNull()
  })
})

describe('by hand', () => {
  interface Table { sim: Simulation; facts: Fact[]; click(atMs: number, seat: number, action: { kind: string; letter?: string; [field: string]: string | number | boolean | undefined }): void; breaches(): string[] }
  /** Three students who do everything themselves, on links that all take 2 s. */
  function table(): Table {
    const facts: Fact[] = []
    const settings = { ...settingsFor(mission, 1, 3, 300_000, 'L0', ['student', 'student', 'student']), customers: false, latency: { shape: 'constant' as const, ms: 2_000 } }
    const sim = start({ scenario: mission, faults, sink: (fact) => facts.push(fact) }, 1, settings)
    return {
      sim, facts,
      click: (atMs, seat, action) => sim.submit({ kind: 'act', atMs, seat, action }),
      breaches: () => facts.flatMap((fact) => (fact.kind === 'breached' ? [mission.claims[fact.claim]?.sentence(fact.values) ?? ''] : [])),
    }
  }

  test('an election goes through with three students who play well, and nothing is breached', () => {
    const { sim, click, breaches } = table()
    click(20_000, 0, { kind: 'stand' })
    click(24_000, 1, { kind: 'grant', letter: 'A>B ask-vote 1 #1' })
    click(28_000, 0, { kind: 'count-vote', letter: 'B>A vote 1 #1' })
    click(29_000, 0, { kind: 'lead' })
    click(30_000, 0, { kind: 'beat' })
    click(34_000, 1, { kind: 'ack', letter: 'A>B beat 1.1 #1' })
    click(38_000, 0, { kind: 'note-ack', letter: 'B>A beat-ack 1.1 #1' })
    expect(sim.self(0)).toMatchObject({ disk: { term: 1, votedFor: 'A' }, memory: { role: 'leader', votes: ['A', 'B'] } })
    expect(holdsLease(sim.self(0) as Self)).toBe(true)
    expect(sim.self(1)).toMatchObject({ disk: { term: 1, votedFor: 'A' }, memory: { role: 'follower' } })
    expect(breaches()).toEqual([])
  })

  test('nothing happens by itself: without a click no student ever says a word', () => {
    const { sim, facts } = table()
    sim.runUntil(200_000)
    expect(facts.filter((fact) => fact.kind === 'sent' || fact.kind === 'acted')).toEqual([])
    expect(facts.filter((fact) => fact.kind === 'timer').length).toBe(3)
  })

  test('a vote on the wrong card counts for nobody, and a lead without votes is judged at the first heartbeat', () => {
    const { click, breaches } = table()
    click(20_000, 0, { kind: 'stand' })
    click(24_000, 1, { kind: 'deny', letter: 'A>B ask-vote 1 #1' })
    click(28_000, 0, { kind: 'count-vote', letter: 'B>A vote 1 #1' })
    click(29_000, 0, { kind: 'lead' })
    expect(breaches()).toEqual([])
    click(30_000, 0, { kind: 'beat' })
    expect(breaches()).toEqual(['A led term 1 with 1 of 3 votes: only its own. It takes 2.'])
  })

  test('to vote twice is possible, and judged', () => {
    const { click, breaches } = table()
    click(20_000, 0, { kind: 'stand' })
    click(20_000, 2, { kind: 'stand' })
    click(24_000, 1, { kind: 'grant', letter: 'A>B ask-vote 1 #1' })
    click(25_000, 1, { kind: 'grant', letter: 'C>B ask-vote 1 #1' })
    click(30_000, 1, { kind: 'set-timeout', timeoutMs: 20_000 })
    expect(breaches()).toEqual(['B voted for A in term 1, and then for C in the same term.'])
  })
})

describe('rules that take over from a hand', () => {
  /** Three students on links that all take 2 s. `led`: who has sent a heartbeat from a time on. */
  function cluster(level: 'L2' | 'L3'): { sim: Simulation; led(fromMs: number): string[] } {
    const facts: Fact[] = []
    const settings = { ...settingsFor(mission, 1, 3, 300_000, level, ['student', 'student', 'student']), customers: false, latency: { shape: 'constant' as const, ms: 2_000 } }
    const sim = start({ scenario: mission, faults, sink: (fact) => facts.push(fact) }, 1, settings)
    const led = (fromMs: number): string[] => [...new Set(facts.flatMap((fact) => (fact.kind === 'sent' && fact.body.kind === 'beat' && fact.atMs >= fromMs ? [fact.node] : [])))]
    return { sim, led }
  }

  test('a timeout set shorter than a voter\'s wait still ends with somebody standing: a leader who is cut off is replaced', () => {
    const { sim, led } = cluster('L3')
    sim.runUntil(70_000)
    const leader = sim.ids.find((_, seat) => (sim.self(seat) as Self).memory.role === 'leader') ?? ''
    expect(leader).not.toBe('')
    for (const seat of [0, 1, 2]) sim.submit({ kind: 'act', atMs: 70_000, seat, action: { kind: 'set-timeout', timeoutMs: 10_000 } })
    sim.submit({ kind: 'fault', atMs: 71_000, id: 'cut', type: 'partition', params: { side: [leader] }, durationMs: 200_000 })
    sim.runUntil(250_000)
    expect(led(80_000).filter((node) => node !== leader)).toHaveLength(1)
  })

  test('a bot that takes over from a candidate who has the votes leads, though no vote comes any more', () => {
    const { sim, led } = cluster('L2')
    sim.submit({ kind: 'act', atMs: 20_000, seat: 0, action: { kind: 'stand' } })
    for (const seat of [1, 2]) sim.submit({ kind: 'act', atMs: 24_000, seat, action: { kind: 'grant', letter: `A>${'ABC'.charAt(seat)} ask-vote 1 #1` } })
    sim.runUntil(30_000)
    expect(sim.self(0)).toMatchObject({ memory: { role: 'candidate', votes: ['A', 'B', 'C'] } })
    sim.submit({ kind: 'seat', atMs: 30_000, seat: 0, playedBy: 'bot' })
    sim.runUntil(36_100)
    expect(sim.self(0)).toMatchObject({ disk: { term: 1 }, memory: { role: 'leader' } })
    expect(led(30_000)).toEqual(['A'])
  })
})
