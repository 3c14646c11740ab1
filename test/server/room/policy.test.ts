import { framesOf, textOf } from './frames.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { figureFolds } from '../../../shared/figures.ts'
import { scenarios } from '../../../shared/scenarios/index.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import { classOf, done, factsOf, joinAt, openAt, serve, startRound, until } from './classroom.ts'
import type { Served } from './classroom.ts'

/** Rounds at L3: everything runs by itself, students set numbers, and the world may run ten times as fast. */
describe('policy', () => {
  let served: Served
  beforeAll(async () => { served = await serve() })
  afterAll(() => served.stop())

  test.each(Object.keys(scenarios))('[POLICY-1] a round of %s at L3 runs at 10x, which no other level does', async (scenario) => {
    const { code, secret } = await openAt(served.url)
    const host = await joinAt(served.url, code, { role: 'host', secret, device: 'policy' })
    const student = await joinAt(served.url, code, { role: 'student', name: 'Ada' })
    await done(host.command({ kind: 'set-up', scenario, level: 'L2', clusterSize: 5 }))
    await done(host.command({ kind: 'brief' }))
    await done(host.command({ kind: 'start', chaos: false }))
    expect(host.lobby.speed).toBe(1)
    expect(await host.command({ kind: 'speed', speed: 10 })).toEqual({ ok: false, reason: 'Only a round at L3 runs as fast as that.' })
    await done(host.command({ kind: 'end' }))
    await until('the debrief', () => host.lobby.phase === 'debrief')
    await done(host.command({ kind: 'set-up', scenario, level: 'L3', clusterSize: 5 }))
    await done(host.command({ kind: 'brief' }))
    await done(host.command({ kind: 'start', chaos: false }))
    await until('ten times as fast', () => host.lobby.speed === 10)
    await done(host.command({ kind: 'speed', speed: 4 }))
    await done(host.command({ kind: 'speed', speed: 10 }))
    await done(host.command({ kind: 'end' }))
    await until('the debrief of the student', () => student.lobby.phase === 'debrief')
  })
  test('[POLICY-2] at L3 each student is told the figures of their own cluster, about twice a second, and their last values when the world stops', async () => {
    const { host, students } = await classOf(served.url, 4), scenario = scenarios['quorum-store'] as Scenario
    await startRound(host, 3, true, { scenario: scenario.id, level: 'L3' })
    await done(host.command({ kind: 'speed', speed: 10 }))
    expect(host.lobby.clusters.length).toBe(2)
    const seatOf = (name: string): number => [...host.lobby.clusters].findIndex(({ seats }) => [...seats].some((seat) => seat.name === name))
    await until('answers in both clusters', () => students.every((page) => Number.isFinite(page.all('figures').at(-1)?.values['read-time'] ?? Number.NaN)))
    const fromMs = performance.now(), before = students[0]!.all('figures').length
    await until('more of them', () => students[0]!.all('figures').length >= before + 4)
    expect(performance.now() - fromMs).toBeGreaterThan(1_000)
    await done(host.command({ kind: 'pause' }))
    await until('the last times', () => host.lobby.paused)
    await new Promise((wake) => { setTimeout(wake, 300) })
    const told = students.map((page) => page.all('figures').at(-1)?.values)
    expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(2)
    for (const [index, values] of told.entries()) {
      const cluster = seatOf(`Student ${index + 1}`), folds = figureFolds(scenario, 3, 'L3')
      for (const fact of factsOf(host, cluster)) for (const { figure, state } of folds) figure.fold(state, fact)
      // But for the one that goes on with the time.
      const known = folds.filter(({ id }) => id !== 'recovery').map(({ id, figure, state }) => [id, figure.value(state, 0)])
      expect([cluster, Object.entries(values ?? {}).filter(([id]) => id !== 'recovery')]).toEqual([cluster, known])
    }
    await done(host.command({ kind: 'end' }))
  })

  test('[POLICY-3] who comes back is told them anew; no student at any other level is ever sent one', async () => {
    const { opened, host, students } = await classOf(served.url, 1), page = students[0]!
    const { token } = await page.first('welcome')
    for (const level of ['L0', 'L1', 'L2'] as const) {
      await startRound(host, 3, false, { scenario: 'heartbeat', level })
      const times = host.all('times').length
      await until('some time', () => host.all('times').length > times + 4)
      page.room.send('resync', {})
      await done(host.command({ kind: 'end' }))
      await until('the debrief', () => host.lobby.phase === 'debrief')
    }
    const sent = textOf(framesOf(page.room.sessionId))
    expect(sent).toContain('heartbeat')
    for (const word of ['figures', ...Object.keys(scenarios['heartbeat']?.figures ?? {})]) expect([word, sent.includes(word)]).toEqual([word, false])
    await startRound(host, 3, false, { scenario: 'heartbeat', level: 'L3' })
    await page.first('figures')
    // The same look finds them, so it can fail.
    expect(textOf(framesOf(page.room.sessionId))).toContain('accuracy')
    await done(host.command({ kind: 'pause' }))
    await page.leave()
    const again = await joinAt(served.url, opened.code, { role: 'student', name: 'Student 1', token })
    expect(Object.keys((await again.first('figures')).values)).toEqual(Object.keys(scenarios['heartbeat']?.figures ?? {}))
    await done(host.command({ kind: 'end' }))
    await until('the debrief', () => host.lobby.phase === 'debrief')
  })
})
