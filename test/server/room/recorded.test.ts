import { afterAll, beforeAll, expect, test } from 'vitest'
import { readRecording, replay } from '../../../shared/replay.ts'
import type { Fact } from '../../../shared/sim/facts.ts'
import { classOf, done, joinAt, serve, startRound, until } from './classroom.ts'
import type { Served, TestPage } from './classroom.ts'

let served: Served
beforeAll(async () => { served = await serve({ dropMs: 100 }) })
afterAll(async () => { await served.stop() })

const factsOf = (host: TestPage, cluster: number): Fact[] => host.all('facts').filter((one) => one.cluster === cluster).flatMap((one) => one.facts)

test('[ROOM-12] whatever the instructor does to a round, its recordings read without damage and replay to the facts that were shown', async () => {
  const { opened, host, students } = await classOf(served.url, 4)
  await startRound(host, 3, true)
  const passed = async (ms: number): Promise<void> => {
    const from = host.all('times').at(-1)?.nowMs[0] ?? 0
    await until(`${ms} ms to pass`, () => (host.all('times').at(-1)?.nowMs[0] ?? 0) >= from + ms)
  }
  await passed(2_000)
  for (const page of students) await done(page.act({ kind: 'stand' }))
  await done(host.command({ kind: 'fault', cluster: null, type: 'duplicate', params: { from: ['A', 'B', 'C'], to: ['A', 'B', 'C'], share: 50 }, durationMs: null }))
  // Time is promised far ahead at four times the pace; a step in a pause asks for less.
  for (const cluster of [null, 0, 1]) {
    await done(host.command({ kind: 'pause' }))
    for (let n = 0; n < 3; n++) await done(host.command({ kind: 'step', cluster }))
    await done(host.command({ kind: 'resume' }))
    await passed(1_000)
  }
  await done(host.command({ kind: 'speed', speed: 0.25 }))
  await done(host.command({ kind: 'fault', cluster: 1, type: 'crash', params: { nodes: ['B'] }, durationMs: 1_000 }))
  await done(host.command({ kind: 'speed', speed: 4 }))
  const { token } = await students[3]!.first('welcome')
  await students[3]!.leave()
  await until('the bot', () => [0, 1].some((cluster) => factsOf(host, cluster).some((fact) => fact.kind === 'seat-changed' && fact.playedBy === 'bot')))
  await joinAt(served.url, opened.code, { role: 'student', name: '', token })
  await until('the student', () => [0, 1].some((cluster) => factsOf(host, cluster).some((fact) => fact.kind === 'seat-changed' && fact.playedBy === 'student')))
  await done(host.command({ kind: 'halt', cluster: null }))
  await passed(2_000)
  await done(host.command({ kind: 'end' }))
  const { recordings } = await host.first('recordings')
  expect(recordings).toHaveLength(2)
  for (const { id, cluster } of recordings) {
    const read = readRecording(await (await fetch(`${served.url}/api/recordings/${id}`)).text())
    if (!read.ok) throw new Error(read.error)
    const { damage, digestOk, closed, facts } = replay(read.recording, read.damage)
    expect({ damage, digestOk, closed }).toEqual({ damage: null, digestOk: true, closed: true })
    expect(facts).toEqual(factsOf(host, cluster))
  }
})
