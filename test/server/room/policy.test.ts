import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scenarios } from '../../../shared/scenarios/index.ts'
import { done, joinAt, openAt, serve, until } from './classroom.ts'
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
})
