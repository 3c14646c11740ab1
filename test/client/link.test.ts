import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { connect, elapsedAt } from '../../client/link/connect.ts'
import type { Link } from '../../client/link/connect.ts'
import { DialError } from '../../client/link/dial.ts'
import type { Dial, Wire, WireEvents } from '../../client/link/dial.ts'
import { lobbyView } from '../../client/link/lobby-view.ts'
import { refusalOf } from '../../client/link/refusals.ts'
import { OPEN_REQUESTS_MAX, makeRequests } from '../../client/link/requests.ts'
import { Lobby } from '../../shared/wire/lobby.ts'
import { CLOSED, REFUSED } from '../../shared/wire/messages.ts'
import type { JoinOptions, ToServer } from '../../shared/wire/messages.ts'

describe('numbered requests', () => {
  const act = (kind: string): Omit<ToServer['act'], 'seq'> => ({ action: { kind } })
  function setUp() {
    const sent: unknown[] = []
    return { sent, requests: makeRequests((_type, message) => { sent.push(message) }) }
  }

  test('wait for the room to say which number is free', () => {
    const { sent, requests } = setUp()
    void requests.add('act', act('stand'))
    expect(sent).toEqual([])
    requests.welcomed(7)
    expect(sent).toEqual([{ action: { kind: 'stand' }, seq: 7 }])
  })

  test('are sent again after a reconnection under their old number, in order, until they are answered', async () => {
    const { sent, requests } = setUp()
    requests.welcomed(1)
    const first = requests.add('act', act('stand')), second = requests.add('act', act('lead'))
    requests.answered(1, { ok: true })
    requests.parted()
    void requests.add('act', act('beat'))
    sent.length = 0
    // The room has seen number 2 already: it applies nothing twice, so the page need not know.
    requests.welcomed(3)
    expect(sent).toEqual([{ action: { kind: 'lead' }, seq: 2 }, { action: { kind: 'beat' }, seq: 3 }])
    requests.answered(2, { ok: false, reason: 'Too late.' })
    requests.answered(2, { ok: true })
    expect(await first).toEqual({ ok: true })
    expect(await second).toEqual({ ok: false, reason: 'Too late.' })
  })

  test('never take a number that an earlier page of the same seat has used', () => {
    const { sent, requests } = setUp()
    requests.welcomed(1)
    void requests.add('act', act('stand'))
    requests.parted()
    requests.welcomed(40)
    void requests.add('act', act('lead'))
    expect(sent.at(-1)).toEqual({ action: { kind: 'lead' }, seq: 40 })
  })

  test('do not pile up on a dead link', async () => {
    const { requests } = setUp()
    for (let n = 0; n < OPEN_REQUESTS_MAX; n++) void requests.add('act', act('stand'))
    expect(await requests.add('act', act('stand'))).toMatchObject({ ok: false })
  })

  test('are all answered when the link will not come back', async () => {
    const { requests } = setUp()
    const waiting = requests.add('act', act('stand'))
    requests.giveUp('The class is over.')
    expect(await waiting).toEqual({ ok: false, reason: 'The class is over.' })
    expect(await requests.add('act', act('stand'))).toEqual({ ok: false, reason: 'The class is over.' })
  })
})

describe('what a failed join or a closed connection means', () => {
  test.each([
    [CLOSED.replaced, 'replaced'], [CLOSED.removed, 'removed'], [CLOSED.ended, 'ended'], [CLOSED.flood, 'flood'],
    [REFUSED.noClass, 'noClass'], [522, 'noClass'], [REFUSED.badToken, 'badToken'], [REFUSED.full, 'full'], [REFUSED.badSecret, 'badSecret'], [REFUSED.malformed, 'malformed'],
  ])('%i is hopeless: %s', (code, by) => {
    const refusal = refusalOf(code, 'A sentence of the server.')
    expect(refusal?.by).toBe(by)
    expect(refusal?.text).toMatch(/\.$/)
  })

  test.each([null, 1001, 1006, 4010, 500, REFUSED.tooMany, REFUSED.unavailable, 524])('%s is worth another try', code => {
    expect(refusalOf(code, '')).toBeNull()
  })
})

/** A room's door in memory: what the page sends, and what it is told. */
class Door {
  readonly sent: { type: string; message: unknown }[] = []
  readonly asked: JoinOptions[] = []
  events: WireEvents | null = null
  closedByPage = 0
  /** What the next joins come to; without one they succeed. */
  readonly refusals: DialError[] = []
  readonly dial: Dial = (_code, options, events) => {
    this.asked.push(options)
    const refusal = this.refusals.shift()
    if (refusal !== undefined) return Promise.reject(refusal)
    this.events = events
    const wire: Wire = { send: (type, message) => { this.sent.push({ type, message }) }, close: () => { this.closedByPage++ } }
    return Promise.resolve(wire)
  }
  of(type: string): unknown[] { return this.sent.filter(one => one.type === type).map(one => one.message) }
}

describe('a page in its class', () => {
  let door: Door, links: Link[]
  beforeEach(() => { vi.useFakeTimers(); door = new Door(); links = [] })
  afterEach(() => { for (const link of links) link.close(); vi.useRealTimers() })
  const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)
  async function joined(options: () => JoinOptions = () => ({ role: 'student', name: 'Ann' })): Promise<Link> {
    const link = connect('ABC234', options, {}, door.dial)
    links.push(link)
    await settle()
    return link
  }

  test('comes back by itself with the token it was given, and sends again what was not answered', async () => {
    const kept: { token?: string } = {}
    const link = await joined(() => ({ role: 'student', name: 'Ann', ...kept }))
    expect(link.state.value).toBe('live')
    door.events?.message('welcome', { token: 't1', student: 's', nextSeq: 1 })
    kept.token = 't1'
    const answer = link.request('act', { action: { kind: 'stand' } })
    door.events?.closed(1006, '')
    expect(link.state.value).toBe('lost')
    await settle(5_000)
    expect(link.state.value).toBe('live')
    expect(door.asked[1]).toEqual({ role: 'student', name: 'Ann', token: 't1' })
    door.events?.message('welcome', { token: 't1', student: 's', nextSeq: 1 })
    expect(door.of('act')).toEqual([{ action: { kind: 'stand' }, seq: 1 }, { action: { kind: 'stand' }, seq: 1 }])
    door.events?.message('ack', { seq: 1 })
    expect(await answer).toEqual({ ok: true })
  })

  test('waits longer after every failure, but never longer than five seconds, and not as long as all others', async () => {
    const atMs: number[] = []
    for (let n = 0; n < 12; n++) door.refusals.push(new DialError('nobody', null))
    const link = await joined(() => { atMs.push(performance.now()); return { role: 'student', name: 'Ann' } })
    while (atMs.length < 13) await settle(50)
    const gapsMs = atMs.slice(1).map((at, index) => at - (atMs[index] ?? 0))
    expect(link.state.value).toBe('live')
    expect(gapsMs[0]).toBeLessThanOrEqual(350)
    expect(Math.min(...gapsMs.slice(-4))).toBeGreaterThanOrEqual(2_400)
    expect(Math.max(...gapsMs)).toBeLessThanOrEqual(5_050)
    expect(new Set(gapsMs.slice(-4).map(Math.round)).size).toBeGreaterThan(1)
  })

  test('does not come back into a seat that another tab plays', async () => {
    const link = await joined()
    door.events?.closed(CLOSED.replaced, 'Opened elsewhere.')
    await settle(60_000)
    expect([link.state.value, link.refusedBy.value, door.asked.length]).toEqual(['refused', 'replaced', 1])
    expect(await link.request('act', { action: { kind: 'stand' } })).toMatchObject({ ok: false })
  })

  test('a wrong code is refused at once, but a class that was there gets time to come back after a restart', async () => {
    door.refusals.push(new DialError('', 522))
    expect((await joined()).refusedBy.value).toBe('noClass')
    const link = await joined()
    door.refusals.push(new DialError('', 522), new DialError('', 522))
    door.events?.closed(1006, '')
    await settle(10_000)
    expect(link.state.value).toBe('live')
    for (let n = 0; n < 20; n++) door.refusals.push(new DialError('', 522))
    door.events?.closed(1006, '')
    await settle(60_000)
    expect(link.refusal.value).toBe('This code has no class. Check the wall.')
  })

  test('measures the way there and back, and takes a socket for dead that leaves three pings without an answer', async () => {
    const link = await joined()
    await settle(35)
    door.events?.message('pong', { n: 1 })
    expect(link.rttMs.value).toBeCloseTo(35, 0)
    await settle(2_000 * 3 - 100)
    expect(link.state.value).toBe('live')
    await settle(2_100)
    expect(door.closedByPage).toBe(1)
    await settle(1_000)
    expect([link.state.value, door.asked.length]).toEqual(['live', 2])
  })

  test('a slow network is slow, not gone', async () => {
    const link = await joined()
    for (let second = 0; second < 40; second++) {
      await settle(1_000)
      // Every pong takes three seconds, so that a newer ping is always under way.
      const n = Math.floor((second - 2) / 2) + 1
      if (second >= 2 && second % 2 === 0) door.events?.message('pong', { n })
    }
    expect([link.state.value, door.asked.length]).toEqual(['live', 1])
    expect(link.rttMs.value).toBeCloseTo(3_000, -2)
  })

  test('joins at once when the computer is back on the net, but never twice at the same time', async () => {
    const online: (() => void)[] = []
    vi.stubGlobal('addEventListener', (name: string, heard: () => void) => { if (name === 'online') online.push(heard) })
    vi.stubGlobal('removeEventListener', () => undefined)
    const held: (() => void)[] = []
    const slow: Dial = (code, options, events) => door.dial(code, options, events).then(wire => new Promise(resolve => { held.push(() => resolve(wire)) }))
    const link = connect('ABC234', () => ({ role: 'student', name: 'Ann' }), {}, slow)
    links.push(link)
    await settle()
    held.shift()?.()
    await settle()
    door.events?.closed(1006, '')
    online[0]?.()
    online[0]?.()
    await settle(5_000)
    expect(door.asked.length).toBe(2)
    held.shift()?.()
    await settle()
    expect(link.state.value).toBe('live')
    vi.unstubAllGlobals()
  })

  test('hears nothing of a connection that it has left', async () => {
    const heard: string[] = []
    const link = connect('ABC234', () => ({ role: 'student', name: 'Ann' }), { notice: message => { heard.push(message.text) } }, door.dial)
    links.push(link)
    await settle()
    const old = door.events
    old?.closed(1006, '')
    await settle(5_000)
    old?.message('notice', { text: 'from the past', kind: 'info' })
    door.events?.message('notice', { text: 'now', kind: 'info' })
    expect(heard).toEqual(['now'])
  })
})

describe('the round timer', () => {
  const state = (elapsedMs: number): Lobby => Object.assign(new Lobby(), { title: 't', code: 'c', phase: 'round', round: 1, scenario: 'election', level: 'L2', clusterSize: 5, paused: false, speed: 4, elapsedMs, durationMs: 300_000, here: 1 })

  test('runs on at the speed of the room between two readings, stands while paused, and ends at the end', () => {
    const first = lobbyView(state(10_000), 1_000, null)
    expect(elapsedAt(first, 2_000)).toBe(14_000)
    expect(elapsedAt({ ...first, paused: true }, 2_000)).toBe(10_000)
    expect(elapsedAt(first, 1_000_000)).toBe(300_000)
  })

  test('is not set back when something else in the lobby changes', () => {
    const first = lobbyView(state(10_000), 1_000, null)
    const second = lobbyView(Object.assign(state(10_000), { here: 2 }), 3_000, first)
    expect(elapsedAt(second, 3_000)).toBe(18_000)
  })
})
