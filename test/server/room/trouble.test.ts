import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { memoryStore } from '../../../server/store/memory.ts'
import { StoreError } from '../../../server/store/types.ts'
import type { Store, StoreErrorCode } from '../../../server/store/types.ts'
import { scenarios } from '../../../shared/scenarios/index.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import { classOf, done, joinAt, openAt, serve, startRound, until } from './classroom.ts'
import type { Served } from './classroom.ts'

/** A store that fails when it is told to. */
let trouble: { append?: StoreErrorCode; lastSeq?: StoreErrorCode; updateBody?: StoreErrorCode } = {}
const memory = memoryStore()
const fail = (code: StoreErrorCode | undefined): void => { if (code !== undefined) throw new StoreError(code, 'The test wants it so.') }
const store: Store = {
  ...memory,
  append: async (...args) => { fail(trouble.append); return memory.append(...args) },
  lastSeq: async (...args) => { fail(trouble.lastSeq); return memory.lastSeq(...args) },
  updateBody: async (...args) => { fail(trouble.updateBody); return memory.updateBody(...args) },
}

const registry = scenarios as { [id: string]: Scenario }
let served: Served
const printed: string[] = []
beforeAll(async () => {
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => { printed.push(String(text)); return true })
  const election = registry['election']!
  registry['faulty'] = { ...election, id: 'faulty', view: election.view, alarms: (self) => {
    if (self.disk !== null && 'term' in self.disk && self.disk.term === 1) throw new Error('a mistake of ours')
    return election.alarms(self)
  } }
  served = await serve({ store })
})
afterEach(() => { trouble = {}; printed.length = 0 })
afterAll(async () => {
  await served.stop()
  vi.restoreAllMocks()
  delete registry['faulty']
})

describe('when the disk fails', () => {
  test('[ROOM-60] the round stands still and says so; what was not stored was not done; then it goes on', async () => {
    const { host, students } = await classOf(served.url, 1)
    await startRound(host, 3)
    await done(students[0]!.act({ kind: 'set-timeout', timeoutMs: 22_000 }))
    trouble = { append: 'storage-failed', lastSeq: 'storage-failed' }
    const answer = students[0]!.act({ kind: 'set-timeout', timeoutMs: 44_000 })
    expect((await host.first('notice', (one) => one.kind === 'warning')).text).toMatch(/cannot write to its disk/)
    expect((await students[0]!.first('notice')).text).toMatch(/cannot write to its disk/)
    await until('the pause', () => host.lobby.paused)
    trouble = {}
    await host.first('notice', (one) => /works again/.test(one.text))
    expect(await answer).toEqual({ ok: false, reason: 'The server could not write this down, so it was not done. Try again.' })
    await done(host.command({ kind: 'resume' }))
    await done(students[0]!.act({ kind: 'set-timeout', timeoutMs: 55_000 }))
    await done(host.command({ kind: 'end' }))
    const facts = await until('the end', () => {
      const all = host.all('facts').flatMap((one) => one.facts)
      return all.some((fact) => fact.kind === 'ended') ? all : null
    })
    const values = facts.flatMap((fact) => (fact.kind === 'acted' && 'timeoutMs' in fact.action && fact.rule === null ? [fact.action.timeoutMs] : []))
    expect(values).toEqual([22_000, 55_000])
  })

  test('[ROOM-61] too much to write: a sentence, and the round goes on', async () => {
    const { host, students } = await classOf(served.url, 1)
    await startRound(host, 3)
    trouble = { append: 'overloaded' }
    expect(await students[0]!.act({ kind: 'stand' })).toEqual({ ok: false, reason: 'The server has too much to write. Try again in a moment.' })
    trouble = {}
    expect(await students[0]!.act({ kind: 'stand' })).toEqual({ ok: true })
    expect(host.lobby.paused).toBe(false)
    await done(host.command({ kind: 'end' }))
  })

  test('[ROOM-62] a newcomer who cannot be stored is told to try again, and is not half there', async () => {
    const { opened, host } = await classOf(served.url, 0)
    trouble = { updateBody: 'storage-failed' }
    await expect(joinAt(served.url, opened.code, { role: 'student', name: 'Ada' })).rejects.toMatchObject({ code: 503 })
    expect(await host.command({ kind: 'brief' })).toMatchObject({ ok: false })
    trouble = {}
    const ada = await joinAt(served.url, opened.code, { role: 'student', name: 'Ada' })
    expect(ada.lobby.here).toBe(1)
    expect([...host.lobby.clusters].flatMap((one) => [...one.seats]).filter((seat) => seat.name !== '').map((seat) => seat.name)).toEqual(['Ada'])
    // A refusal is no accident: nothing is printed, nothing stands still.
    expect(printed).toEqual([])
    expect(host.all('notice')).toEqual([])
  })

  test('[ROOM-63] a class that another server has taken over is not served here any more; the others are', async () => {
    const one = await classOf(served.url, 1)
    const other = await classOf(served.url, 1)
    await startRound(one.host, 3)
    await memory.claim(one.opened.code)
    await until('the line', () => one.students[0]!.closed)
    expect(printed.join('')).toContain(`Class ${one.opened.code} is not served here any more`)
    expect((await fetch(`${served.url}/api/classes/${one.opened.code}`)).status).toBe(404)
    await startRound(other.host, 3)
    await done(other.students[0]!.act({ kind: 'stand' }))
    await done(other.host.command({ kind: 'end' }))
  })
})

describe('when we made a mistake', () => {
  test('[ROOM-64] the one round stands still and can be ended; the other classes never notice', async () => {
    const one = await classOf(served.url, 1)
    const other = await classOf(served.url, 1)
    await startRound(other.host, 3)
    await done(one.host.command({ kind: 'set-up', scenario: 'faulty', level: 'L0', clusterSize: 3 }))
    await done(one.host.command({ kind: 'brief' }))
    await done(one.host.command({ kind: 'start', chaos: false }))
    one.students[0]!.room.send('act', { seq: 1, action: { kind: 'stand' } })
    expect((await one.host.first('notice')).text).toBe('Cluster Heron failed because of a mistake in Netsplit. The round stands still; end it to go on.')
    expect(printed.join('')).toContain('a mistake of ours')
    expect(await one.host.command({ kind: 'resume' })).toMatchObject({ ok: false })
    await done(one.host.command({ kind: 'end' }))
    await until('the debrief', () => one.host.lobby.phase === 'debrief')
    await startRound(one.host, 3)
    await done(one.students[0]!.act({ kind: 'stand' }, 2))
    await done(one.host.command({ kind: 'end' }))
    await done(other.students[0]!.act({ kind: 'stand' }))
    await done(other.host.command({ kind: 'end' }))
    await openAt(served.url)
  })
})
