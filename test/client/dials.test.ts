import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Answer } from '../../client/link/requests.ts'
import { deskOf, keyAt } from '../../client/model/choices.ts'
import type { Desk, Picked } from '../../client/model/choices.ts'
import { REST_MS, makeDials, settable, valueText } from '../../client/model/dials.ts'
import { makeHands } from '../../client/model/hands.ts'
import type { Did } from '../../client/model/student.ts'
import { faults } from '../../shared/faults/index.ts'
import { settingsFor } from '../../shared/headless.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { start } from '../../shared/sim/simulation.ts'
import type { Level, Self } from '../../shared/sim/types.ts'

const none: Picked = { letter: null, request: null, taken: null, last: null }
const named = (id: string): Scenario => scenarios[id] as Scenario

/** What A's screen offers at some time of a round, with bots at the other nodes. */
function deskAt(id: string, atMs: number, level: Level = 'L3', target: string | null = null, change: (self: Self) => void = () => {}): Desk {
  const scenario = named(id), sim = start({ scenario, faults, sink() {} }, 7, settingsFor(scenario, 7, 5, 300_000, level, ['student', 'bot', 'bot', 'bot', 'bot']))
  sim.runUntil(atMs)
  const self = structuredClone(sim.self(0))
  change(self)
  return deskOf(scenario, self, level, none, target)
}

describe('numbers at L3', () => {
  test.each(Object.keys(scenarios))('%s offers no key in a whole round, and at most six numbers', id => {
    for (let atMs = 5_000; atMs < 120_000; atMs += 5_000) {
      const desk = deskAt(id, atMs, 'L3', 'B')
      expect([desk.dock, desk.cards.flatMap(card => card.choices), desk.tickets.flatMap(ticket => ticket.choices), desk.tickets.filter(ticket => ticket.hot), keyAt(desk, 1)]).toEqual([[], [], [], [], null])
      expect(desk.dials.length).toBeLessThanOrEqual(6)
    }
  })

  test('each begins at what the number is, and ends where physics ends', () => {
    expect(deskAt('quorum-store', 5_000).dials.map(({ id, label, least, most, now }) => [id, label, least, most, now])).toEqual([
      ['set-quorum read', 'R, copies to read', 1, 5, 3], ['set-quorum write', 'W, copies to write', 1, 5, 3]])
    const one = deskAt('quorum-store', 5_000, 'L3', null, self => { Object.assign(self.memory, { read: 2 }) })
    expect(one.dials.map(({ now }) => now)).toEqual([2, 3])
    expect(one.dials[1]?.action).toEqual({ kind: 'set-quorum', read: 2, write: 3 })
    expect(deskAt('election', 1_000).dials.map(({ label, least, most }) => [label, least, most])).toEqual([['Change timeout', 10_000, 80_000]])
  })

  test('a number for one peer is there once that peer is picked', () => {
    expect(deskAt('heartbeat', 5_000).dials.map(({ id }) => id)).toEqual(['set-all timeoutMs', 'set-interval intervalMs'])
    const picked = deskAt('heartbeat', 5_000, 'L3', 'C').dials
    expect(picked.map(({ id, note }) => [id, note])).toEqual([['set-timeout C timeoutMs', 'a timeout for C'], ['set-all timeoutMs', null], ['set-interval intervalMs', null]])
    expect(picked[0]?.action).toMatchObject({ kind: 'set-timeout', peer: 'C' })
  })

  test('at no other level is there a slider', () => {
    for (const level of ['L0', 'L1', 'L2'] as const) expect(deskAt('heartbeat', 5_000, level).dials).toEqual([])
  })

  test('which missions have something to set', () => {
    expect(Object.fromEntries(Object.keys(scenarios).map(id => [id, settable(named(id))]))).toMatchObject({ heartbeat: 'peers too', 'quorum-store': 'numbers', election: 'numbers', 'logical-clocks': 'nothing' })
    expect([valueText(18_000, 'ms'), valueText(17_342, 'ms'), valueText(3, '')]).toEqual(['18 s', '17.3 s', '3'])
  })
})

describe('the hand on a slider', () => {
  beforeEach(() => { vi.useFakeTimers() })
  afterEach(() => { vi.useRealTimers() })

  function setUp(state = { live: true }) {
    const acts: unknown[] = [], said: string[] = [], answers: ((answer: Answer) => void)[] = []
    const tools = { live: () => state.live, say: (text: string) => { said.push(text) } }
    const hands = makeHands({ ...tools, now: () => 0, act: action => { acts.push(action); return new Promise(resolve => { answers.push(resolve) }) } })
    const dials = makeDials({ ...tools, hands, figures: () => ({ 'read-time': 5_400 }) })
    const [read, write] = deskAt('quorum-store', 5_000).dials
    if (read === undefined || write === undefined) throw new Error('two numbers')
    return { acts, said, answers, hands, dials, read, write, state }
  }
  const settle = async (): Promise<void> => { await Promise.resolve(); await Promise.resolve() }

  test('is sent when it rests, not on the way; what it is doing is told until the node has done it, then the number is followed', async () => {
    const { acts, answers, hands, dials, read } = setUp()
    dials.move(read, 4)
    vi.advanceTimersByTime(REST_MS - 1)
    dials.move(read, 5)
    vi.advanceTimersByTime(REST_MS - 1)
    expect([acts, dials.at(read), dials.state(read)]).toEqual([[], 5, 'moving'])
    expect(dials.before.value).toBeNull()
    vi.advanceTimersByTime(1)
    expect(acts).toEqual([{ kind: 'set-quorum', read: 5, write: 3 }])
    expect([dials.at(read), dials.state(read), dials.before.value]).toEqual([5, 'sending', { 'read-time': 5_400 }])
    answers[0]?.({ ok: true })
    await settle()
    expect([dials.at(read), dials.state(read)]).toEqual([5, 'under way'])
    hands.did(acts[0] as Did)
    expect([dials.at({ ...read, now: 2 }), dials.state(read)]).toEqual([2, 'still'])
  })

  test('numbers of one action that are moved together are sent together; one that has gone is not sent again with the next', async () => {
    const { acts, answers, hands, dials, read, write } = setUp()
    dials.move(read, 1)
    dials.move(write, 5)
    vi.advanceTimersByTime(REST_MS)
    expect(acts).toEqual([{ kind: 'set-quorum', read: 1, write: 5 }])
    answers[0]?.({ ok: true })
    await settle()
    hands.did(acts[0] as Did)
    dials.move({ ...write, action: { ...write.action, read: 2, write: 5 } }, 4)
    vi.advanceTimersByTime(REST_MS)
    expect(acts[1]).toEqual({ kind: 'set-quorum', read: 2, write: 4 })
  })

  test('a slider that is moved on while the first value is under way stays where the hand has it', async () => {
    const { acts, answers, hands, dials, read } = setUp()
    dials.move(read, 4)
    vi.advanceTimersByTime(REST_MS)
    dials.move(read, 5)
    answers[0]?.({ ok: true })
    await settle()
    hands.did(acts[0] as Did)
    expect([dials.at({ ...read, now: 4 }), dials.state(read)]).toEqual([5, 'moving'])
    vi.advanceTimersByTime(REST_MS)
    expect(acts).toHaveLength(2)
  })

  test('what the room refuses is said, and the slider goes back', async () => {
    const { said, answers, dials, read } = setUp()
    dials.move(read, 1)
    vi.advanceTimersByTime(REST_MS)
    answers[0]?.({ ok: false, reason: 'The round is over.' })
    await settle()
    expect([said, dials.at(read), dials.state(read)]).toEqual([['The round is over.'], 3, 'still'])
  })

  test('without a network nothing moves, and it is said why; nor is anything sent if it goes while the hand rests', () => {
    const { acts, said, dials, read, state } = setUp()
    dials.move(read, 1)
    state.live = false
    vi.advanceTimersByTime(REST_MS)
    dials.move(read, 2)
    expect([acts, dials.at(read), said]).toEqual([[], 3, ['Your network is gone.', 'Your network is gone.']])
  })
})

describe('a question with few answers', () => {
  /** A at some time at which a customer asks which of two operations came first. */
  function asked(): Self {
    const scenario = named('logical-clocks'), sim = start({ scenario, faults, sink() {} }, 7, settingsFor(scenario, 7, 5, 300_000, 'L2', ['student', 'bot', 'bot', 'bot', 'bot']))
    for (let atMs = 20_000; atMs < 280_000; atMs += 500) {
      sim.runUntil(atMs)
      const self = structuredClone(sim.self(0))
      if (deskOf(scenario, self, 'L2', none, null).tickets.some(({ choices }) => choices.length === 3)) return self
    }
    throw new Error('nobody asked')
  }
  const ticketOf = (self: Self) => deskOf(named('logical-clocks'), self, 'L2', none, null).tickets.find(({ choices }) => choices.length === 3)

  test('each answer is a key with a number: one press answers', () => {
    const self = asked(), ticket = ticketOf(self)
    const [first = '', second = ''] = /(\w+) or (\w+) first/.exec(ticket?.command ?? '')?.slice(1) ?? []
    expect(ticket?.choices.map(({ label, consequence, asks, inRow, action }) => [label, consequence, asks.length, inRow, action['relation']])).toEqual([
      [`${first} first`, `${first} before ${second}`, 0, true, 'before'], [`${second} first`, `${first} after ${second}`, 0, true, 'after'], ['Neither', 'they are concurrent', 0, true, 'concurrent']])
    // Both events, each with its stamp on a line of its own.
    expect(ticket?.hold.split('\n').map(line => line.slice(0, line.indexOf(',')))).toEqual([first, second])
    expect(ticket?.hold).toMatch(/: \d+ \[[\d ]+\]\n.*: \d+ \[[\d ]+\]$/)
    const hot = deskOf(named('logical-clocks'), self, 'L2', { ...none, request: ticket?.request.n ?? null }, null)
    expect([1, 2, 3].map(number => keyAt(hot, number)?.action['relation'])).toEqual(['before', 'after', 'concurrent'])
  })

  test('when the question has come to be about other events its keys are others: a finger on its way is warned', () => {
    const self = asked(), later = structuredClone(self), { log } = later.disk as { log: { name: string; node: string; stamp: number[] }[] }
    const last = log.at(-1)
    if (last === undefined) throw new Error('an empty book')
    log.push({ ...last, name: `${last.node}99`, stamp: last.stamp.map((one, at) => (at === 0 ? one + 9 : one)) })
    const ids = (ticketOf(self)?.choices ?? []).map(({ id }) => id), others = (ticketOf(later)?.choices ?? []).map(({ id }) => id)
    expect([ids.length, others.length]).toEqual([3, 3])
    expect(others.filter(id => ids.includes(id))).toEqual([])
  })
})
