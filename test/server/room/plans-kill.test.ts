import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { PlannedFault } from '../../../shared/sim/scenario.ts'
import { begunIn, cut, endedIn, passed, plan, refused } from './chaos.ts'
import { done, joinAt, openAt, startRound, until } from './classroom.ts'
import { Programs } from './program.ts'

let folder: string
let programs: Programs
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netsplit-plans-'))
  programs = new Programs(folder)
})
afterEach(() => {
  programs.killAll()
  rmSync(folder, { recursive: true, force: true })
})

/** A step that is no news to a cluster in its first half minute: nobody leads. */
const lonely = (forMs: number, id = 'lonely'): PlannedFault => cut(0, { id, when: { kind: 'no-leader', forMs } })

test('[ROOM-70] the plan of the next rounds is kept over a kill -9, runs instead of the mission\'s own, and gives way to it again', async () => {
  const first = await programs.serve()
  const opened = await openAt(first.url)
  const host = await joinAt(first.url, opened.code, { role: 'host', secret: opened.secret })
  expect(host.all('plan')).toEqual([{ plan: null }])
  const own = plan([cut(1_500, { id: 'early' }), { do: 'halt', atMs: 3_000 }, cut(4_000)], { scenario: 'election', seed: 3 })
  await done(host.command({ kind: 'plan', plan: own }))
  expect(host.all('plan').at(-1)).toEqual({ plan: own })
  first.child.kill('SIGKILL')
  await first.exited
  const second = await programs.serve()
  const host2 = await joinAt(second.url, opened.code, { role: 'host', secret: opened.secret })
  expect((await host2.first('plan')).plan).toEqual(own)
  const student = await joinAt(second.url, opened.code, { role: 'student', name: 'Ada' })
  await startRound(host2, 5, true)
  const begun = await until('both faults', () => (begunIn(host2).length === 2 ? begunIn(host2) : undefined))
  expect(begun.map(({ fault, atMs }) => [fault, atMs])).toEqual([['own.early', 1_500], ['own.plan2', 4_000]])
  // The plan's own halt ended the first, and called nothing off.
  expect(endedIn(host2)).toEqual(['own.early'])
  expect(await host2.command({ kind: 'plan', plan: null })).toEqual(refused('between rounds'))
  await done(host2.command({ kind: 'end' }))
  await until('the debrief', () => host2.lobby.phase === 'debrief')
  await done(host2.command({ kind: 'plan', plan: null }))
  expect(host2.all('plan').at(-1)).toEqual({ plan: null })
  host2.forget()
  await startRound(host2, 5, true)
  await passed(host2, 6_000)
  expect(begunIn(host2)).toEqual([])
  await done(host2.command({ kind: 'end' }))
  expect(student.all('plan')).toEqual([])
})

test('[ROOM-71] a plan begun in a round goes on after a kill -9, with a condition waiting: it holds when it would have held, and a halt before the kill stays one', async () => {
  const first = await programs.serve()
  const opened = await openAt(first.url)
  const host = await joinAt(first.url, opened.code, { role: 'host', secret: opened.secret })
  for (let n = 0; n < 6; n++) await joinAt(first.url, opened.code, { role: 'student', name: `Student ${n}` })
  await startRound(host, 5)
  await done(host.command({ kind: 'run-plan', cluster: null, plan: plan([cut(0, { id: 'mark', durationMs: 500 }), { do: 'halt', atMs: 1_000 }, lonely(8_000)]) }, 101))
  await until('the plan to begin', () => begunIn(host, 0).length === 1 && begunIn(host, 1).length === 1)
  await done(host.command({ kind: 'halt', cluster: 1 }))
  const beganMs = begunIn(host, 0)[0]!.atMs
  await passed(host, beganMs + 4_000)
  first.child.kill('SIGKILL')
  await first.exited

  const second = await programs.serve()
  const host2 = await joinAt(second.url, opened.code, { role: 'host', secret: opened.secret })
  expect(begunIn(host2).map(({ fault }) => fault)).toEqual(['p101.mark'])
  // A page that is opened anew is told which plans still run, since when, and all of their steps.
  expect((await host2.first('cockpit')).clusters.map(({ plans }) => plans.map(({ name, fromMs, steps }) => [name, fromMs, steps.length]))).toEqual([[['p101', beganMs, 3]], []])
  await done(host2.command({ kind: 'fault', cluster: 0, type: 'loss', params: { from: ['A'], to: ['B'], share: 10 }, durationMs: null }, 102))
  await done(host2.command({ kind: 'resume' }))
  const fault = await until('the condition to hold', () => begunIn(host2).find((one) => one.fault === 'p101.lonely'))
  // As if nothing had happened; a stamped input may hold a look up for a few ms.
  expect(fault.atMs - beganMs).toBeGreaterThanOrEqual(8_000)
  expect(fault.atMs - beganMs).toBeLessThan(8_200)
  // The plan's halt is done, and not done again: what was begun after the restart still acts.
  expect(endedIn(host2)).toEqual(['p101.mark'])
  await passed(host2, beganMs + 11_000)
  expect(begunIn(host2, 1).map((one) => one.fault)).toEqual(['p101.mark'])
  await done(host2.command({ kind: 'end' }))
})
