import { readFacts } from '../../../shared/replay-cache.ts'
import { readRecording, replay } from '../../../shared/replay.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeRecording } from '../../../shared/recording.ts'
import { classOf, done, joinAt, openAt, serve, startRound, until } from './classroom.ts'
import type { Served } from './classroom.ts'

let served: Served
beforeAll(async () => { served = await serve({ dropMs: 150 }) })
afterAll(() => served.stop())

const factsOf = (host: Awaited<ReturnType<typeof classOf>>['host'], cluster = 0) => host.all('facts').filter((one) => one.cluster === cluster).flatMap((one) => one.facts)

describe('the life of a class', () => {
  test('[ROOM-1] lobby, briefing, round, debrief, next round with the seats kept, end', async () => {
    const { opened, host, students } = await classOf(served.url, 3)
    const glance = await (await fetch(`${served.url}/api/classes/${opened.code}`)).json() as object
    expect(glance).toMatchObject({ code: opened.code, title: 'Distributed systems', here: 3, phase: 'lobby' })
    await startRound(host)
    expect(host.lobby.phase).toBe('round')
    const ada = students[0]!
    const self = await ada.first('self')
    expect(self).toMatchObject({ round: 1, scenario: 'election', level: 'L0', frozen: false, crashed: null })
    expect(await ada.act({ kind: 'stand' })).toEqual({ ok: true })
    const step = await ada.first('step', (one) => one.seen.some((seen) => seen.kind === 'acted'))
    expect(step.patch).toContainEqual({ op: 'replace', path: '/memory/role', value: 'candidate' })
    await until('the instructor sees it', () => factsOf(host).some((fact) => fact.kind === 'acted' && fact.rule === null))
    await done(host.command({ kind: 'end' }))
    const mine = await ada.first('recordings')
    expect(mine).toMatchObject({ round: 1, recordings: [{ cluster: 0, name: 'Heron' }] })
    const text = await (await fetch(`${served.url}/api/recordings/${mine.recordings[0]!.id}`)).text()
    const decoded = decodeRecording(text, () => null, () => null)
    expect(decoded).toMatchObject({ ok: true, damage: null })
    const entries = decoded.ok ? decoded.recording.entries : []
    expect(entries.map((entry) => (entry.t === 'input' ? entry.input.kind : entry.t))).toEqual(expect.arrayContaining(['speed', 'act', 'end', 'watermark', 'closed']))
    expect(text).not.toContain('Student 1')
    // Its facts are kept beside it, for a reader of another version.
    const kept = await (await fetch(`${served.url}/api/recordings/${mine.recordings[0]!.id}/facts`)).text()
    const readable = readRecording(text)
    if (!readable.ok) throw new Error(readable.error)
    const facts = readFacts(kept, readable.recording.header)
    expect(facts).toEqual(replay(readable.recording).facts)
    expect((await fetch(`${served.url}/api/recordings/nobody/facts`)).status).toBe(404)

    const seatsBefore = host.lobby.clusters[0]!.seats.map((seat) => seat.student)
    await startRound(host)
    expect(host.lobby.round).toBe(2)
    expect(host.lobby.clusters[0]!.seats.map((seat) => seat.student)).toEqual(seatsBefore)
    expect(await host.command({ kind: 'close' })).toMatchObject({ ok: false })
    await done(host.command({ kind: 'end' }))
    await until('the debrief', () => host.lobby.phase === 'debrief')
    await done(host.command({ kind: 'close' }))
    expect(await until('the end', () => ada.closed)).toEqual({ code: 4103, reason: 'This class has ended.' })
    await expect(joinAt(served.url, opened.code, { role: 'student', name: 'Late' })).rejects.toMatchObject({ code: 410, message: 'This class has ended.' })
    expect(await (await fetch(`${served.url}/api/classes/${opened.code}`)).json()).toMatchObject({ phase: 'closed' })
  })

  test('[ROOM-2] seats are spread over clusters, and bots fill them up', async () => {
    const { host, students } = await classOf(served.url, 4)
    await startRound(host, 3)
    const clusters = host.lobby.clusters.map((one) => one.seats.map((seat) => seat.playedBy))
    expect(clusters).toEqual([['student', 'student', 'bot'], ['student', 'student', 'bot']])
    const nodes = await Promise.all(students.map(async (one) => (await one.first('self')).self.id))
    expect(nodes.sort()).toEqual(['A', 'A', 'B', 'B'])
    await done(host.command({ kind: 'end' }))
    const cockpit = await host.first('recordings')
    expect(cockpit.recordings).toHaveLength(2)
    for (const student of students) expect((await student.first('recordings')).recordings).toHaveLength(1)
  })

  test('[ROOM-3] who comes late takes a bot\'s seat where the fewest humans are; who finds none is told', async () => {
    const { opened, host, students } = await classOf(served.url, 5)
    await startRound(host, 3)
    const late = await joinAt(served.url, opened.code, { role: 'student', name: 'Late' })
    expect((await late.first('self')).self.id).toBe('C')
    await until('the bot gives way', () => host.lobby.clusters[1]?.seats[2]?.playedBy === 'student')
    await expect(joinAt(served.url, opened.code, { role: 'student', name: 'Too late' })).rejects.toMatchObject({ code: 409, message: 'This class is full: every seat has its student. Ask your instructor.' })
    // A seat that waits for its student is no bot's seat.
    await students[0]!.leave()
    await until('the bot to take over', () => host.lobby.clusters[0]?.seats[0]?.playedBy === 'bot')
    await expect(joinAt(served.url, opened.code, { role: 'student', name: 'Too late' })).rejects.toMatchObject({ code: 409 })
    await done(host.command({ kind: 'end' }))
  })

  test('[ROOM-11] in the lobby a removed student is gone from the list at once', async () => {
    const { host, students } = await classOf(served.url, 2)
    await done(host.command({ kind: 'remove', student: (await students[1]!.first('welcome')).student }))
    await until('one is left', () => host.lobby.here === 1)
    expect(host.lobby.clusters[0]!.seats.filter((seat) => seat.student !== '')).toHaveLength(1)
  })

  test('[ROOM-4] who drops gives way to the bot after a while, and has the seat back on return', async () => {
    const { opened, host, students } = await classOf(served.url, 2)
    await startRound(host, 3)
    const token = (await students[0]!.first('welcome')).token
    await students[0]!.leave()
    expect(host.lobby.clusters[0]!.seats[0]!.playedBy).toBe('student')
    await until('the bot', () => host.lobby.clusters[0]?.seats[0]?.playedBy === 'bot')
    const again = await joinAt(served.url, opened.code, { role: 'student', name: 'Student 1', token })
    expect((await again.first('self')).self.id).toBe('A')
    await until('the student', () => host.lobby.clusters[0]?.seats[0]?.playedBy === 'student')
    const changes = factsOf(host).flatMap((fact) => (fact.kind === 'seat-changed' ? [`${fact.node} ${fact.playedBy}`] : []))
    expect(changes).toEqual(['A bot', 'A student'])
    await done(host.command({ kind: 'end' }))
  })

  test('[ROOM-5] the second tab has the seat; the first one is told and does not come back', async () => {
    const { opened, host, students } = await classOf(served.url, 1)
    const token = (await students[0]!.first('welcome')).token
    const second = await joinAt(served.url, opened.code, { role: 'student', name: 'x', token })
    expect(await until('the first tab', () => students[0]!.closed)).toMatchObject({ code: 4100 })
    expect((await students[0]!.first('notice')).text).toMatch(/another tab/)
    await startRound(host, 3)
    expect((await second.first('self')).self.id).toBe('A')
    expect(host.lobby.clusters[0]!.seats[0]).toMatchObject({ name: 'Student 1', here: true })
    const otherHost = await joinAt(served.url, opened.code, { role: 'host', secret: opened.secret })
    expect(await until('the first cockpit', () => host.closed)).toMatchObject({ code: 4100 })
    expect((await otherHost.first('cockpit')).clusters).toHaveLength(1)
    await done(otherHost.command({ kind: 'end' }))
  })

  test('[ROOM-6] a number that was used is answered again and applied once', async () => {
    const { host, students } = await classOf(served.url, 1)
    await startRound(host, 3)
    const ada = students[0]!
    ada.room.send('act', { seq: 1, action: { kind: 'stand' } })
    ada.room.send('act', { seq: 1, action: { kind: 'stand' } })
    await until('two answers', () => ada.all('ack').filter((one) => one.seq === 1).length === 2)
    expect(await ada.act({ kind: 'stand' }, 1)).toEqual({ ok: true })
    await done(host.command({ kind: 'fault', cluster: null, type: 'loss', params: { from: ['A'], to: ['B'], share: 10 }, durationMs: null }, 50))
    await done(host.command({ kind: 'fault', cluster: null, type: 'loss', params: { from: ['A'], to: ['B'], share: 10 }, durationMs: null }, 50))
    await done(host.command({ kind: 'end' }, 51))
    await until('the end', () => factsOf(host).some((fact) => fact.kind === 'ended'))
    const kinds = factsOf(host).map((fact) => (fact.kind === 'acted' && fact.node === 'A' ? fact.action.kind : fact.kind))
    expect(kinds.filter((kind) => kind === 'stand')).toHaveLength(1)
    expect(kinds.filter((kind) => kind === 'fault-started')).toHaveLength(1)
  })

  test('[ROOM-7] pause stands still, a step runs to the next event, speed and resume go on', async () => {
    const { host, students } = await classOf(served.url, 1)
    await startRound(host, 3)
    await done(host.command({ kind: 'pause' }))
    expect(await host.command({ kind: 'pause' })).toMatchObject({ ok: false, reason: 'The round is paused already.' })
    expect(await students[0]!.act({ kind: 'stand' })).toEqual({ ok: false, reason: 'The instructor has paused the round.' })
    const before = host.all('times').at(-1)!.nowMs[0]!
    const factsBefore = factsOf(host).length
    await done(host.command({ kind: 'step', cluster: 0 }))
    const after = await until('time', () => host.all('times').map((one) => one.nowMs[0]!).find((ms) => ms > before))
    await until('the facts of that event', () => factsOf(host).length > factsBefore)
    expect(factsOf(host).slice(factsBefore).every((fact) => fact.atMs === after)).toBe(true)
    expect(await host.command({ kind: 'step', cluster: 7 })).toEqual({ ok: false, reason: 'There is no such cluster.' })
    await done(host.command({ kind: 'speed', speed: 2 }))
    await done(host.command({ kind: 'resume' }))
    expect(await host.command({ kind: 'step', cluster: null })).toMatchObject({ ok: false, reason: 'Pause the round first.' })
    await until('time goes on', () => host.all('times').some((one) => one.nowMs[0]! > after))
    expect(host.lobby.speed).toBe(2)
    await done(host.command({ kind: 'end' }))
  })

  test('a step takes all clusters to the same time, and with it the countdown of a node that is down', async () => {
    const { host, students } = await classOf(served.url, 6)
    await startRound(host, 3)
    await done(host.command({ kind: 'pause' }))
    await done(host.command({ kind: 'fault', cluster: 0, type: 'crash', params: { nodes: ['A'] }, durationMs: 30_000 }))
    const ada = students[0]!
    const first = await ada.first('crashed')
    const beforeMs = Math.max(...host.all('times').at(-1)!.nowMs)
    for (let n = 0; n < 2; n++) {
      await done(host.command({ kind: 'step', cluster: 1 }))
      expect(new Set(host.all('times').at(-1)!.nowMs).size).toBe(1)
    }
    const leaptMs = host.all('times').at(-1)!.nowMs[0]! - beforeMs
    expect(leaptMs).toBeGreaterThan(0)
    const told = await until('a countdown told anew', () => ada.all('crashed').at(-1)!.backInMs !== first.backInMs && ada.all('crashed').at(-1)!)
    expect(told.backInMs).toBeLessThan(first.backInMs!)
    await done(host.command({ kind: 'end' }))
  })

  test('from the briefing the set-up leads back to the lobby, with the seats kept', async () => {
    const { host } = await classOf(served.url, 4)
    await done(host.command({ kind: 'brief' }))
    await until('the briefing', () => host.lobby.phase === 'briefing')
    const seatsOf = () => [...host.lobby.clusters].flatMap(({ seats }) => [...seats].map((seat) => seat.student))
    const seats = seatsOf()
    await done(host.command({ kind: 'set-up', scenario: 'election', level: 'L1', clusterSize: 5 }))
    await until('the lobby', () => host.lobby.phase === 'lobby' && host.lobby.level === 'L1')
    expect(seatsOf()).toEqual(seats)
    await done(host.command({ kind: 'brief' }))
    await until('the briefing again', () => host.lobby.phase === 'briefing')
    await done(host.command({ kind: 'start', chaos: false }))
    expect(await host.command({ kind: 'set-up', scenario: 'election', level: 'L0', clusterSize: 5 })).toEqual({ ok: false, reason: 'The mission can be chosen between rounds.' })
    await done(host.command({ kind: 'end' }))
  })

  test('[ROOM-8] a paused node\'s page stands still and says nothing; a crashed one counts down and wakes with its disk alone', async () => {
    const { host, students } = await classOf(served.url, 2)
    await startRound(host, 3)
    const [ada, ben] = [students[0]!, students[1]!]
    await done(ada.act({ kind: 'stand' }))
    await done(host.command({ kind: 'fault', cluster: 0, type: 'pause', params: { nodes: ['A'] }, durationMs: 8_000 }))
    await ada.first('frozen', (one) => one.frozen)
    const heard = ada.heard.length
    // Clicks go into the queue of the paused machine.
    await done(ada.act({ kind: 'set-timeout', timeoutMs: 30_000 }))
    await done(host.command({ kind: 'fault', cluster: 0, type: 'crash', params: { nodes: ['B'] }, durationMs: 4_000 }))
    const { backInMs } = await ben.first('crashed')
    expect(backInMs).toBeGreaterThan(3_000)
    expect(backInMs).toBeLessThanOrEqual(4_000)
    expect(await ben.act({ kind: 'stand' })).toEqual({ ok: false, reason: 'Your node has crashed. It comes back by itself.' })
    expect(ada.heard.slice(heard).map((one) => one.type)).toEqual(['ack'])
    const snapshots = ben.all('self').length
    await until('the restart', () => ben.all('self').length > snapshots)
    expect(ben.all('self').at(-1)).toMatchObject({ crashed: null, self: { inbox: [], memory: { role: 'follower' } } })
    const woken = await ada.first('step', (one) => one.seen.some((seen) => seen.kind === 'resumed'))
    expect(woken.seen.map((seen) => seen.kind)).toContain('acted')
    expect(ada.all('frozen').map((one) => one.frozen)).toEqual([true, false])
    await done(host.command({ kind: 'end' }))
  })

  test('[ROOM-9] rename, remove, halt and heal', async () => {
    const { opened, host, students } = await classOf(served.url, 3)
    const student = (await students[0]!.first('welcome')).student
    await done(host.command({ kind: 'rename', student, name: '  Ada\u202e Lovelace ' }))
    await startRound(host, 3)
    expect(host.lobby.clusters[0]!.seats[0]!.name).toBe('Ada Lovelace')
    await done(host.command({ kind: 'fault', cluster: 0, type: 'partition', params: { side: ['A'] }, durationMs: null }))
    const started = await until('the cut', () => factsOf(host).find((fact) => fact.kind === 'fault-started'))
    const id = started.kind === 'fault-started' ? started.fault : ''
    await done(host.command({ kind: 'heal', cluster: 0, id }))
    await until('the heal', () => factsOf(host).some((fact) => fact.kind === 'fault-ended' && fact.healed))
    expect(await host.command({ kind: 'heal', cluster: 0, id })).toEqual({ ok: false, reason: 'That fault is over.' })
    await done(host.command({ kind: 'fault', cluster: 0, type: 'partition', params: { side: ['A'] }, durationMs: null }))
    await done(host.command({ kind: 'fault', cluster: 0, type: 'pause', params: { nodes: ['B'] }, durationMs: 40_000 }))
    await done(host.command({ kind: 'halt', cluster: null }))
    await until('both are over', () => factsOf(host).filter((fact) => fact.kind === 'fault-ended').length === 3)
    const token = (await students[1]!.first('welcome')).token
    await done(host.command({ kind: 'remove', student: (await students[1]!.first('welcome')).student }))
    expect(await until('the line', () => students[1]!.closed)).toMatchObject({ code: 4101 })
    await expect(joinAt(served.url, opened.code, { role: 'student', name: 'x', token })).rejects.toMatchObject({ code: 401 })
    await until('the bot', () => host.lobby.clusters[0]?.seats[1]?.playedBy === 'bot')
    await done(host.command({ kind: 'end' }))
  })

  test('[ROOM-10] two classes do not hear of each other', async () => {
    const one = await classOf(served.url, 1)
    const two = await openAt(served.url, 'The other class')
    const student = await joinAt(served.url, two.code, { role: 'student', name: 'Eve' })
    const heard = student.heard.length
    await startRound(one.host, 3)
    await done(one.host.command({ kind: 'end' }))
    expect(student.heard.length).toBe(heard)
    expect(student.lobby.phase).toBe('lobby')
  })
})
