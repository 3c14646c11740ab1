import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Entry } from '../../../shared/recording.ts'
import { SIM_VERSION } from '../../../shared/sim/simulation.ts'
import { readRecording, replay } from '../../../shared/replay.ts'
import { done, factsOf, joinAt, openAt, startRound, until } from './classroom.ts'
import type { TestPage } from './classroom.ts'
import { Programs } from './program.ts'

let folder: string
let programs: Programs
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netsplit-kill-'))
  programs = new Programs(folder)
})
afterEach(() => {
  programs.killAll()
  rmSync(folder, { recursive: true, force: true })
})

describe('a server killed in the middle of a round', () => {
  test('[ROOM-20] comes back paused with every acknowledged input, takes back no fact that was shown, and its students have their seats', async () => {
    const first = await programs.serve()
    const opened = await openAt(first.url)
    const host = await joinAt(first.url, opened.code, { role: 'host', secret: opened.secret })
    const students: TestPage[] = []
    for (let n = 0; n < 5; n++) students.push(await joinAt(first.url, opened.code, { role: 'student', name: `Student ${n}` }))
    await startRound(host, 3)
    await done(host.command({ kind: 'fault', cluster: null, type: 'duplicate', params: { from: ['A', 'B', 'C'], to: ['A', 'B', 'C'], share: 50 }, durationMs: null }))
    const tokens = await Promise.all(students.map(async (one) => (await one.first('welcome')).token))
    // Everybody clicks all the time; the kill comes while clicks are under way.
    let clicking = true
    const acknowledged = new Map<number, number>()
    const clickers = students.map(async (page, index) => {
      for (let seq = 1; clicking && page.closed === null; seq++) {
        page.room.send('act', { seq, action: { kind: 'set-timeout', timeoutMs: 20_000 + seq } })
        // Alternately waiting for the answer and not, so that several are on their way.
        if (seq % 3 === 0) await until('an ack', () => page.closed !== null || !clicking || page.all('ack').some((one) => one.seq === seq))
      }
      acknowledged.set(index, Math.max(0, ...page.all('ack').map((one) => one.seq)))
    })
    await until('a good piece of a round', () => factsOf(host, 0).length > 80 && factsOf(host, 1).length > 40)
    first.child.kill('SIGKILL')
    await first.exited
    clicking = false
    await Promise.all(clickers)
    const shown = [factsOf(host, 0), factsOf(host, 1)]
    const shownToStudents = students.map((one) => one.all('step').flatMap((step) => step.seen))
    expect([...acknowledged.values()].reduce((a, b) => a + b)).toBeGreaterThan(20)

    const second = await programs.serve()
    expect(second.out()).toContain('One class was brought back.')
    const host2 = await joinAt(second.url, opened.code, { role: 'host', secret: opened.secret })
    expect(host2.lobby).toMatchObject({ phase: 'round', paused: true, round: 1, speed: 4 })
    expect((await host2.first('notice')).text).toMatch(/restarted/)
    for (const [cluster, before] of shown.entries()) {
      const after = await until('the facts', () => (factsOf(host2, cluster).length >= before.length ? factsOf(host2, cluster) : undefined))
      expect(after.slice(0, before.length)).toEqual(before)
    }
    for (const [index, token] of tokens.entries()) {
      const page = await joinAt(second.url, opened.code, { role: 'student', name: '', token })
      const snapshot = await page.first('self')
      const seat = [...host.lobby.clusters].flatMap((one) => [...one.seats]).find((one) => one.name === `Student ${index}`)
      expect(snapshot.self.id).toBe(seat?.node)
      // Whatever this page had been shown is in its node's past.
      const cluster = [...host2.lobby.clusters].findIndex((one) => [...one.seats].some((each) => each.name === `Student ${index}`))
      const acted = factsOf(host2, cluster).filter((fact) => fact.kind === 'acted' && fact.rule === null && fact.node === snapshot.self.id)
      expect(acted.length).toBeGreaterThanOrEqual(shownToStudents[index]!.filter((seen) => seen.kind === 'acted' && seen.rule === null).length)
      // Every acknowledged click is there, once: their values count up without a gap.
      const values = acted.flatMap((fact) => (fact.kind === 'acted' && 'timeoutMs' in fact.action ? [Number(fact.action.timeoutMs) - 20_000] : []))
      expect(values).toEqual(values.map((_, at) => at + 1))
      expect(values.length).toBeGreaterThanOrEqual(acknowledged.get(index)!)
      // One sent again after the restart is answered again, and not applied a second time.
      const { nextSeq } = await page.first('welcome')
      expect(nextSeq).toBe(values.length + 1)
      expect(await page.act({ kind: 'set-timeout', timeoutMs: 70_000 }, 1)).toEqual({ ok: true })
    }
    await done(host2.command({ kind: 'resume' }))
    const before = factsOf(host2, 0).length
    await until('the world to go on', () => factsOf(host2, 0).length > before)
    expect(factsOf(host2, 0).concat(factsOf(host2, 1)).some((fact) => fact.kind === 'acted' && 'timeoutMs' in fact.action && fact.action.timeoutMs === 70_000)).toBe(false)
    await done(host2.command({ kind: 'end' }))
    // What two programs wrote between them reads as one recording, and replays to what both had shown.
    for (const { id, cluster } of (await host2.first('recordings')).recordings) {
      const read = readRecording(await (await fetch(`${second.url}/api/recordings/${id}`)).text())
      if (!read.ok) throw new Error(read.error)
      const { damage, digestOk, closed, facts } = replay(read.recording, read.damage)
      expect({ damage, digestOk, closed }).toEqual({ damage: null, digestOk: true, closed: true })
      expect(facts.slice(0, shown[cluster]!.length)).toEqual(shown[cluster])
    }
    second.child.kill('SIGTERM')
    expect(await second.exited).toBe(0)
  })

  test('[ROOM-21] a round of another version is closed where it stood, and says so', async () => {
    const first = await programs.serve()
    const opened = await openAt(first.url)
    const host = await joinAt(first.url, opened.code, { role: 'host', secret: opened.secret })
    const student = await joinAt(first.url, opened.code, { role: 'student', name: 'Ada' })
    const { token } = await student.first('welcome')
    await startRound(host, 3)
    await until('some time', () => host.all('times').some((one) => one.nowMs[0]! > 3_000))
    first.child.kill('SIGKILL')
    await first.exited
    const db = new DatabaseSync(join(folder, 'netsplit.sqlite'))
    db.exec(`UPDATE recordings SET header = replace(header, '"simVersion":${SIM_VERSION}', '"simVersion":0')`)
    db.close()
    const second = await programs.serve()
    const host2 = await joinAt(second.url, opened.code, { role: 'host', secret: opened.secret })
    expect((await host2.first('notice')).text).toMatch(/^Round 1 was made by another version of Netsplit\. It was closed at 00:0\d; its recording is kept\.$/)
    expect(host2.lobby.phase).toBe('debrief')
    const again = await joinAt(second.url, opened.code, { role: 'student', name: '', token })
    expect((await again.first('recordings')).recordings).toHaveLength(1)
    const entries = (await (await fetch(`${second.url}/api/recordings/${(await again.first('recordings')).recordings[0]!.id}`)).text()).trim().split('\n').slice(1)
      .map((line) => (JSON.parse(line) as [string, Entry])[1])
    expect(entries.at(-1)).toMatchObject({ t: 'input', input: { kind: 'end' } })
  })
})

describe('starting and stopping', () => {
  test('[ROOM-22] a port in use, a folder that cannot be written and a bad PORT: one clear line, exit 2', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const file = join(folder, 'a file')
    writeFileSync(file, 'not a folder')
    const address = taken.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    try {
      const cases: [NodeJS.ProcessEnv, RegExp][] = [
        [{ PORT: String(port) }, new RegExp(`^Port ${port} is in use\\..*\n$`)],
        [{ PORT: '70000' }, /^PORT must be a whole number from 0 to 65535, not "70000"\.\n$/],
        [{ PORT: 'http' }, /^PORT must be a whole number .*\n$/],
        [{ NETSPLIT_DATA: join(file, 'data') }, /^The data folder .+ cannot be used: .*\n$/],
      ]
      for (const [env, line] of cases) {
        const program = programs.run(env)
        expect(await program.exited).toBe(2)
        expect(program.err()).toMatch(line)
        expect(program.out()).toBe('')
      }
    } finally {
      taken.close()
    }
  })

  test('[ROOM-23] SIGTERM in the middle of a round: everything is written down, exit 0, and the pages may come back', async () => {
    const first = await programs.serve()
    const opened = await openAt(first.url)
    const host = await joinAt(first.url, opened.code, { role: 'host', secret: opened.secret })
    const student = await joinAt(first.url, opened.code, { role: 'student', name: 'Ada' })
    await startRound(host, 3)
    await done(student.act({ kind: 'stand' }))
    const shown = await until('the act', () => (factsOf(host, 0).some((fact) => fact.kind === 'acted') ? factsOf(host, 0) : undefined))
    first.child.kill('SIGTERM')
    expect(await first.exited).toBe(0)
    expect((await until('the line to close', () => student.closed)).code).not.toBe(4103)
    expect(first.err()).toBe('')
    const second = await programs.serve()
    const host2 = await joinAt(second.url, opened.code, { role: 'host', secret: opened.secret })
    const after = await until('the facts', () => (factsOf(host2, 0).length >= shown.length ? factsOf(host2, 0) : undefined))
    expect(after.slice(0, shown.length)).toEqual(shown)
  })
})
