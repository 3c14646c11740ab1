import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WallView } from '../../../shared/wire/messages.ts'
import { classOf, done, factsOf, joinAt, serve, startRound, until } from './classroom.ts'
import type { Served } from './classroom.ts'

let served: Served
beforeAll(async () => { served = await serve() })
afterAll(async () => { await served.stop() })

const wallAt = async (code: string, key: string): Promise<{ status: number; body: WallView & { error?: string }; text: string }> => {
  const answer = await fetch(`${served.url}/api/wall/${code}`, { headers: { authorization: `Bearer ${key}` } }), text = await answer.text()
  return { status: answer.status, body: JSON.parse(text) as WallView, text }
}

describe('several pages of instructors', () => {
  test('[HOSTS-1] two devices run one class: both see everything, and neither pushes the other out', async () => {
    const { opened, host, students } = await classOf(served.url, 2)
    const tablet = await joinAt(served.url, opened.code, { role: 'host', secret: opened.secret, device: 'tablet' })
    expect((await host.first('hosts', ({ pages }) => pages === 2)).pages).toBe(2)
    await startRound(host, 3)
    // Both count from 1: the same number of another page is another command.
    await done(tablet.command({ kind: 'fault', cluster: null, type: 'crash', params: { nodes: ['A'] }, durationMs: 20_000 }, 1))
    await done(host.command({ kind: 'fault', cluster: null, type: 'crash', params: { nodes: ['B'] }, durationMs: 20_000 }))
    const ids = await until('both faults', () => {
      const started = factsOf(host, 0).flatMap((fact) => (fact.kind === 'fault-started' ? [fact.fault] : []))
      return started.length === 2 ? started : undefined
    })
    expect(new Set(ids).size).toBe(2)
    await until('the same facts on the tablet', () => factsOf(tablet, 0).some((fact) => fact.kind === 'fault-started' && fact.fault === ids[1]))
    // A command that is sent again is not done again.
    tablet.room.send('command', { seq: 1, command: { kind: 'fault', cluster: null, type: 'crash', params: { nodes: ['A'] }, durationMs: 20_000 } })
    await until('the second answer', () => tablet.all('ack').filter(({ seq }) => seq === 1).length === 2)
    expect(factsOf(host, 0).filter((fact) => fact.kind === 'fault-started')).toHaveLength(2)
    await tablet.leave()
    expect((await host.first('hosts', ({ pages }) => pages === 1)).pages).toBe(1)
    expect(host.closed).toBeNull()
    // The same device again takes its own place, and its numbers go on.
    const again = await joinAt(served.url, opened.code, { role: 'host', secret: opened.secret, device: 'tablet' })
    expect((await again.first('hostWelcome')).nextSeq).toBe(2)
    const newer = await joinAt(served.url, opened.code, { role: 'host', secret: opened.secret, device: 'tablet' })
    await until('the older page to be closed', () => again.closed)
    expect(again.closed?.code).toBe(4100)
    expect(newer.closed).toBeNull()
    expect(students.every((one) => one.all('hosts').length === 0)).toBe(true)
  })

  test('[HOSTS-2] a co-instructor does all but end the class, and hands no keys on; a wrong key opens nothing', async () => {
    const { opened, host } = await classOf(served.url, 1)
    const { links } = await host.first('hostWelcome')
    if (links === null) throw new Error('the host was told no keys')
    const co = await joinAt(served.url, opened.code, { role: 'host', secret: links.co, device: 'co' })
    expect((await co.first('hostWelcome')).links).toBeNull()
    await startRound(co, 3)
    await done(co.command({ kind: 'end' }))
    await until('the debrief', () => host.lobby.phase === 'debrief')
    expect(await co.command({ kind: 'close' })).toEqual({ ok: false, reason: 'Only the host can end the class.' })
    await expect(joinAt(served.url, opened.code, { role: 'host', secret: links.wall })).rejects.toMatchObject({ code: 403 })
    expect(new Set([opened.secret, links.co, links.wall]).size).toBe(3)
    await done(host.command({ kind: 'close' }))
  })
})

describe('the wall', () => {
  test('[WALL-1] shows no name, no safety and no breach while a round is played, and all of it after', async () => {
    const { opened, host } = await classOf(served.url, 2)
    const key = (await host.first('hostWelcome')).links?.wall ?? ''
    const lobby = await wallAt(opened.code, key)
    expect(lobby).toMatchObject({ status: 200, body: { phase: 'lobby', here: 2, live: false, question: null } })
    expect(lobby.body.clusters[0]?.seats.map(({ here, bot }) => [here, bot])).toEqual([[true, false], [true, false], [false, true], [false, true], [false, true]])
    await startRound(host, 5, false, { level: 'L2' })
    // Two leaders of two terms who both serve: only a cut does that, and the claim is what must not be told.
    await done(host.command({ kind: 'fault', cluster: null, type: 'partition', params: { side: ['A'] }, durationMs: null }))
    await until('some customers', () => factsOf(host, 0).filter((fact) => fact.kind === 'expired' || fact.kind === 'replied').length > 2)
    const live = await wallAt(opened.code, key)
    expect(live.body.clusters[0]).toMatchObject({ score: null, broken: [] })
    expect(live.body.clusters[0]?.play?.last.length).toBeGreaterThan(2)
    expect(live.body.clusters[0]?.play?.last).not.toContain('wrong')
    expect(live.text).not.toMatch(/Student|secret|token|seed/)
    await done(host.command({ kind: 'scores', live: true }))
    expect((await wallAt(opened.code, key)).body.clusters[0]?.score).toMatchObject({ safety: expect.any(Number) as number })
    await done(host.command({ kind: 'end' }))
    await until('the debrief', () => host.lobby.phase === 'debrief')
    const after = await wallAt(opened.code, key)
    expect(after.body.clusters[0]?.score).not.toBeNull()
    expect(after.text).not.toMatch(/Student/)
  })

  test('[WALL-2] opens for the host and the co-instructor too, and for nobody else', async () => {
    const { opened, host } = await classOf(served.url, 1)
    const { links } = await host.first('hostWelcome')
    expect((await wallAt(opened.code, opened.secret)).status).toBe(200)
    expect((await wallAt(opened.code, links?.co ?? '')).status).toBe(200)
    expect(await wallAt(opened.code, 'guess')).toMatchObject({ status: 403, body: { error: expect.stringContaining('not the key') as string } })
    expect((await wallAt(opened.code, '')).status).toBe(403)
    expect((await wallAt('AAAAAA', links?.wall ?? '')).status).toBe(404)
    expect((await wallAt('..%2F..', 'x')).status).toBe(404)
  })
})
