import { framesOf } from './frames.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { classOf, done, joinAt, openAt, serve, startRound, until } from './classroom.ts'
import type { Served, TestPage } from './classroom.ts'
import { Programs } from './program.ts'

const answer = async (page: TestPage, seq: number, question: number, option: number, confidence = 75) => {
  page.room.send('answer', { seq, question, option, confidence })
  return page.answer(seq)
}
const lastQuestion = (page: TestPage) => page.all('question').at(-1)?.question

describe('freeze and ask', () => {
  let served: Served
  beforeAll(async () => { served = await serve() })
  afterAll(async () => { await served.stop() })

  test('[ASK-1] the world stands still, answers count once each, and nobody sees the others\' before it is closed', async () => {
    const { host, students } = await classOf(served.url, 3)
    const [ann, bob, cyd] = students as [TestPage, TestPage, TestPage]
    expect(await host.command({ kind: 'ask', text: 'Who leads?', options: ['A', 'B'] })).toEqual({ ok: false, reason: 'No round is being played.' })
    await startRound(host, 3)
    expect(await host.command({ kind: 'ask', text: 'Who leads?', options: ['A', 'A'] })).toMatchObject({ ok: false })
    await done(host.command({ kind: 'ask', text: 'Who leads?', options: ['A', 'B', 'nobody'] }))
    expect(host.lobby.paused).toBe(true)
    await until('the question everywhere', () => students.every((one) => lastQuestion(one)?.open === true))
    expect(await host.command({ kind: 'ask', text: 'Another?', options: ['x', 'y'] })).toMatchObject({ ok: false, reason: 'A question is open already. Close it first.' })
    const before = framesOf(cyd.room.sessionId).length
    expect(await answer(ann, 1, 1, 0, 95)).toEqual({ ok: true })
    expect(await answer(ann, 2, 1, 1, 50)).toEqual({ ok: true })
    expect(await answer(ann, 2, 1, 2, 50)).toEqual({ ok: true })
    expect(await answer(bob, 1, 1, 1, 70)).toEqual({ ok: true })
    expect(await answer(bob, 2, 1, 7)).toMatchObject({ ok: false })
    expect(await answer(bob, 3, 9, 1)).toEqual({ ok: false, reason: 'This question is closed.' })
    await until('the tally on the host\'s page', () => lastQuestion(host)?.answered === 2)
    expect(lastQuestion(host)).toMatchObject({ asked: 3, tally: [{ count: 0, confidence: null }, { count: 2, confidence: 60 }, { count: 0, confidence: null }] })
    expect(lastQuestion(ann)).toMatchObject({ own: { option: 1, confidence: 50 }, tally: null, answered: 1 })
    // To whom nothing happened nothing is sent.
    expect(framesOf(cyd.room.sessionId)).toHaveLength(before)
    await done(host.command({ kind: 'close-question' }))
    await until('the tally everywhere', () => students.every((one) => lastQuestion(one)?.tally?.[1]?.count === 2))
    expect(await answer(cyd, 1, 1, 0)).toEqual({ ok: false, reason: 'This question is closed.' })
    await done(host.command({ kind: 'resume' }))
    await until('the question to be gone', () => students.every((one) => lastQuestion(one) === null) && lastQuestion(host) === null)
    expect(host.lobby.paused).toBe(false)
  })

  test('[ASK-2] the recording holds who answered what', async () => {
    const { host, students } = await classOf(served.url, 1)
    await startRound(host, 3)
    await done(host.command({ kind: 'ask', text: 'What will B answer?', options: ['blue', 'nothing'] }))
    await until('the question', () => lastQuestion(students[0]!)?.open === true)
    const { n } = lastQuestion(students[0]!)!
    await done(answer(students[0]!, 1, n, 1, 95))
    await done(host.command({ kind: 'end' }))
    const { recordings } = await host.first('recordings')
    const text = await (await fetch(`${served.url}/api/recordings/${recordings[0]!.id}`)).text()
    const inputs = text.split('\n').filter((line) => line.includes('"prediction"'))
    expect(inputs).toHaveLength(1)
    expect(JSON.parse(inputs[0]!)).toMatchObject([expect.any(String), { input: { kind: 'prediction', seat: 0, question: 'What will B answer?', answer: 'nothing', confidence: 95 } }])
    expect(lastQuestion(students[0]!)).toBeNull()
  })
})

describe('freeze and ask, killed', () => {
  let folder: string
  let programs: Programs
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'netsplit-asking-'))
    programs = new Programs(folder)
  })
  afterEach(() => {
    programs.killAll()
    rmSync(folder, { recursive: true, force: true })
  })

  test('[ASK-3] question and answers are there after a kill, and may be changed', async () => {
    const first = await programs.serve()
    const opened = await openAt(first.url)
    const host = await joinAt(first.url, opened.code, { role: 'host', secret: opened.secret })
    const student = await joinAt(first.url, opened.code, { role: 'student', name: 'Ann' })
    await startRound(host, 3)
    await done(host.command({ kind: 'ask', text: 'Who leads?', options: ['A', 'B'] }))
    await until('the question', () => lastQuestion(student)?.open === true)
    await done(answer(student, 1, 1, 0, 50))
    first.child.kill('SIGKILL')
    await first.exited
    const second = await programs.serve()
    const host2 = await joinAt(second.url, opened.code, { role: 'host', secret: opened.secret })
    const { token } = await student.first('welcome')
    const again = await joinAt(second.url, opened.code, { role: 'student', name: '', token })
    expect((await again.first('question')).question).toMatchObject({ open: true, own: { option: 0, confidence: 50 } })
    expect((await host2.first('question')).question).toMatchObject({ answered: 1, tally: [{ count: 1 }, { count: 0 }] })
    await done(answer(again, 2, 1, 1, 95))
    await until('the changed tally', () => lastQuestion(host2)?.tally?.[1]?.count === 1)
    expect(lastQuestion(host2)?.answered).toBe(1)
  })
})
