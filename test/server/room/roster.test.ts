import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { classOf, done, joinAt, serve, startRound, until } from './classroom.ts'
import type { Served, TestPage } from './classroom.ts'

let served: Served
beforeAll(async () => { served = await serve() })
afterAll(async () => { await served.stop() })

const idOf = async (page: TestPage): Promise<string> => (await page.first('welcome')).student
const seatsOf = (host: TestPage, cluster = 0) => [...(host.lobby.clusters[cluster]?.seats ?? [])].map(({ name, playedBy }) => `${name}:${playedBy}`)

describe('what the instructor does with students', () => {
  test('[ROSTER-1] two students change places in mid-round: each is told its new node whole, and acts there', async () => {
    const { host, students } = await classOf(served.url, 2)
    const [ann, bob] = students as [TestPage, TestPage]
    expect(await host.command({ kind: 'move', student: await idOf(ann), cluster: 0, seat: 1 })).toMatchObject({ ok: false, reason: 'Clusters are formed at the briefing. Move students after it.' })
    await startRound(host, 3)
    expect((await ann.first('self')).self.id).toBe('A')
    const student = await idOf(ann)
    ann.forget()
    bob.forget()
    await done(host.command({ kind: 'move', student, cluster: 0, seat: 1 }))
    expect((await ann.first('self')).self.id).toBe('B')
    expect((await bob.first('self')).self.id).toBe('A')
    // Nothing of a node comes before its snapshot.
    for (const page of [ann, bob]) expect(page.heard.findIndex(({ type }) => type === 'step') > page.heard.findIndex(({ type }) => type === 'self') || page.all('step').length === 0).toBe(true)
    await done(ann.act({ kind: 'set-timeout', timeoutMs: 33_000 }))
    const step = await ann.first('step', ({ seen }) => seen.some((one) => one.kind === 'acted'))
    expect(step.seen.some((one) => one.kind === 'acted')).toBe(true)
    expect(seatsOf(host)).toEqual(['Student 2:student', 'Student 1:student', ':bot'])
  })

  test('[ROSTER-2] to a bot\'s seat: the bot plays the old one', async () => {
    const { host, students } = await classOf(served.url, 1)
    await startRound(host, 3)
    const student = [...host.lobby.clusters[0]!.seats][0]!.student
    await done(host.command({ kind: 'move', student, cluster: 0, seat: 2 }))
    expect((await students[0]!.first('self', ({ self }) => self.id === 'C')).self.id).toBe('C')
    await until('the seats', () => seatsOf(host).join() === ':bot,:bot,Student 1:student')
    expect(await host.command({ kind: 'move', student, cluster: 0, seat: 7 })).toEqual({ ok: false, reason: 'There is no such seat.' })
    expect(await host.command({ kind: 'move', student: 'nobody', cluster: 0, seat: 0 })).toEqual({ ok: false, reason: 'That student is not in this class.' })
  })

  test('[ROSTER-3] a bot plays for a student who is here until the seat is given back', async () => {
    const { host, students } = await classOf(served.url, 1)
    const page = students[0]!, student = await idOf(page)
    expect(await host.command({ kind: 'bot', student, on: true })).toMatchObject({ ok: false })
    await startRound(host, 3)
    await done(host.command({ kind: 'bot', student, on: true }))
    expect((await page.first('notice')).from).toBe('instructor')
    await until('the bot', () => seatsOf(host)[0] === 'Student 1:bot')
    expect(await page.act({ kind: 'set-timeout', timeoutMs: 33_000 })).toMatchObject({ ok: false })
    await done(host.command({ kind: 'bot', student, on: false }))
    await until('the student', () => seatsOf(host)[0] === 'Student 1:student')
    expect(await page.act({ kind: 'set-timeout', timeoutMs: 33_000 })).toEqual({ ok: true })
  })

  test('[ROSTER-4] a message reaches one, or all, in the instructor\'s own words', async () => {
    const { host, students } = await classOf(served.url, 2)
    const [ann, bob] = students as [TestPage, TestPage]
    await done(host.command({ kind: 'message', student: await idOf(ann), text: '  Look at\u0007 your disk. ' }))
    expect(await ann.first('notice')).toEqual({ text: 'Look at  your disk.', kind: 'info', from: 'instructor' })
    await done(host.command({ kind: 'message', student: null, text: 'Two minutes left.' }))
    expect((await bob.first('notice')).text).toBe('Two minutes left.')
    expect(bob.all('notice')).toHaveLength(1)
    expect(await host.command({ kind: 'message', student: 'nobody', text: 'Hello' })).toEqual({ ok: false, reason: 'That student is not here now.' })
    expect(await host.command({ kind: 'message', student: null, text: ' ' })).toMatchObject({ ok: false })
    expect(await host.command({ kind: 'message', student: null, text: 'x'.repeat(161) })).toMatchObject({ ok: false })
  })

  test('[ROSTER-5] students are told scores after the round, and during it only if the instructor says so', async () => {
    const { host, students } = await classOf(served.url, 1)
    await startRound(host, 3)
    await until('some time', () => host.all('times').length > 3)
    expect(students[0]!.all('score')).toEqual([])
    await done(host.command({ kind: 'scores', live: true }))
    expect(await students[0]!.first('score')).toMatchObject({ safety: 100 })
    await done(host.command({ kind: 'scores', live: false }))
    await done(host.command({ kind: 'end' }))
    await until('the debrief', () => host.lobby.phase === 'debrief')
    expect(students[0]!.all('score').length).toBeGreaterThan(0)
  })

  test('[ROSTER-6] after the round, and not before, a student is told how their own decisions were, also on coming back', async () => {
    const { host, students: [ann, bob], opened: { code } } = await classOf(served.url, 2)
    if (ann === undefined || bob === undefined) throw new Error('two students')
    await startRound(host, 3)
    await done(host.command({ kind: 'scores', live: true }))
    await ann.first('score')
    // To stand is one's right here; to lead without anybody's vote is not.
    await done(ann.act({ kind: 'stand' }))
    await done(ann.act({ kind: 'lead' }))
    await until('the deed', () => ann.all('step').flatMap(({ seen }) => seen).filter(({ kind }) => kind === 'acted').length >= 2)
    expect([ann.all('quality'), bob.all('quality')]).toEqual([[], []])
    await done(host.command({ kind: 'end' }))
    expect(await ann.first('quality')).toMatchObject({ offered: 2, agreed: 1, missed: [{ choice: 'lead', agreed: false }] })
    expect(await bob.first('quality')).toMatchObject({ offered: 0, agreed: 0, missed: [] })
    const { token } = await ann.first('welcome')
    const again = await joinAt(served.url, code, { role: 'student', name: 'Ann', token })
    expect(await again.first('quality')).toEqual(await ann.first('quality'))
  })
})
