import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ChaosPlan } from '../../../shared/plan-file.ts'
import { readRecording, replay } from '../../../shared/replay.ts'
import { scenarios } from '../../../shared/scenarios/index.ts'
import type { FactOf } from '../../../shared/sim/facts.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import { begunIn, cut, endedIn, passed, plan, refused } from './chaos.ts'
import { classOf, done, factsOf, serve, startRound, until } from './classroom.ts'
import type { Answer, Served } from './classroom.ts'

const registry = scenarios as { [id: string]: Scenario }
let served: Served
beforeAll(async () => {
  registry['bendable'] = { ...registry['election']!, id: 'bendable', bentClocks: true }
  served = await serve()
})
afterAll(async () => {
  await served.stop()
  delete registry['bendable']
})

describe('the plan of the next rounds', () => {
  test('[ROOM-72] without chaos it does not run; what is no plan is refused with its path; a plan that does not fit the round keeps it from starting', async () => {
    const { host, students } = await classOf(served.url, 1)
    const wrong: [unknown, RegExp][] = [
      [{ ...plan([]), format: 'netsplit-plan/9' }, /"command\.plan" cannot be read: format is "netsplit-plan\/9"; this program reads netsplit-plan\/1\.$/],
      [plan([cut(1, { type: 'loss', params: { from: ['all'], to: ['all'], share: 120 } })]), /steps\[0\]\.params\.share must be a whole number from 1 to 100 %, not 120\.$/],
      [plan([cut(1.5)]), /steps\[0\]\.atMs must be/], [plan([cut(1, { params: JSON.parse('{"side": [[["A"]]]}') as never })]), /steps\[0\]\.params\.side/],
      [7, /The plan must be an object, not 7\.$/], [{}, /format is missing/], [plan([], { scenario: 'paxos' }), /scenario must be one of/],
      [plan(Array.from({ length: 41 }, (_, n) => cut(n))), /at most 40 steps/],
    ]
    for (const [value, reason] of wrong) expect(await host.command({ kind: 'plan', plan: value as ChaosPlan })).toEqual(refused(reason))
    expect(await students[0]!.command({ kind: 'plan', plan: plan([]) })).toEqual({ ok: false, reason: 'Only the instructor can do this.' })
    expect(host.all('plan')).toEqual([{ plan: null }])
    await done(host.command({ kind: 'plan', plan: plan([cut(1_000, { params: { side: ['G'] } })]) }))
    await done(host.command({ kind: 'brief' }))
    expect(await host.command({ kind: 'start', chaos: true })).toEqual(refused(/^The plan does not fit this round: steps\[0\]\.params\.side must list/))
    expect(host.lobby.phase).toBe('briefing')
    await done(host.command({ kind: 'start', chaos: false }))
    await done(host.command({ kind: 'speed', speed: 4 }))
    await passed(host, 3_000)
    expect(factsOf(host, 0).filter((fact) => fact.kind.startsWith('fault'))).toEqual([])
    await done(host.command({ kind: 'end' }))
  })
})

describe('a plan in a round', () => {
  test('[ROOM-73] begins when it is asked for, beside others of the same steps; a halt calls them all off', async () => {
    const { host, students } = await classOf(served.url, 6)
    expect(await host.command({ kind: 'run-plan', cluster: null, plan: plan([cut(0)]) })).toEqual({ ok: false, reason: 'No round is being played.' })
    await startRound(host, 5)
    expect(host.lobby.clusters).toHaveLength(2)
    await passed(host, 2_000)
    const steps = [cut(0, { id: 'cut' }), cut(1_000, { id: 'again', type: 'pause', params: { nodes: ['any'] }, durationMs: 2_000 }), cut(600, { id: 'later', when: { kind: 'after', fault: 'again', ms: 600_000 } }), cut(9_000)]
    await done(host.command({ kind: 'run-plan', cluster: 0, plan: plan(steps) }, 101))
    await done(host.command({ kind: 'run-plan', cluster: null, plan: plan(steps) }, 102))
    // Sent again, it is answered again, and not begun again.
    await done(host.command({ kind: 'run-plan', cluster: null, plan: plan(steps) }, 102))
    const told = (): string[] => [0, 1].map((cluster) => host.all('plans').findLast((one) => one.cluster === cluster)?.plans.map(({ name }) => name).join(' ') ?? 'nothing')
    await until('the page to hear of both plans', () => told().join() === 'p101 p102,p102')
    await until('the second steps', () => begunIn(host, 1).length === 2 && begunIn(host, 0).length === 4)
    const [first, second] = [begunIn(host, 0), begunIn(host, 1)]
    expect(first.map(({ fault }) => fault).toSorted()).toEqual(['p101.again', 'p101.cut', 'p102.again', 'p102.cut'])
    expect(second.map(({ fault }) => fault)).toEqual(['p102.cut', 'p102.again'])
    expect(second[0]!.atMs).toBeGreaterThan(2_000)
    expect(second[1]!.atMs - second[0]!.atMs).toBe(1_000)
    await done(host.command({ kind: 'halt', cluster: 0 }))
    await until('both cuts to end', () => ['p101.cut', 'p102.cut'].every((id) => endedIn(host, 0).includes(id)))
    await until('the page to hear that they are called off', () => told().join() === ',p102')
    // The other cluster's plan goes on.
    const third = await until('the last step', () => begunIn(host, 1)[2])
    expect([third.fault, third.atMs - second[0]!.atMs]).toEqual(['p102.plan3', 9_000])
    expect(begunIn(host, 0)).toHaveLength(4)
    for (const [clusterAsked, value, reason] of [
      [7, plan([cut(0)]), /no such cluster/], [null, plan([cut(0, { params: { side: ['G'] } })]), /^The plan does not fit this round: steps\[0\]\.params\.side must list/],
      [null, plan([cut(0, { type: 'clock-bump', params: { nodes: ['any'], byMs: 500 } })]), /steps\[0\]\.type: In this mission no clock is bent/],
      [null, plan([cut(0, { id: 'x.y' })]), /"command\.plan" cannot be read: steps\[0\]\.id must be/], [null, null, /The plan must be an object, not null/],
    ] as const) expect(await host.command({ kind: 'run-plan', cluster: clusterAsked, plan: value as ChaosPlan })).toEqual(refused(reason))
    expect(await students[0]!.command({ kind: 'run-plan', cluster: null, plan: plan([cut(0)]) })).toEqual({ ok: false, reason: 'Only the instructor can do this.' })
    await done(host.command({ kind: 'end' }))
    const { recordings } = await host.first('recordings')
    for (const { id, cluster } of recordings) {
      const read = readRecording(await (await fetch(`${served.url}/api/recordings/${id}`)).text())
      if (!read.ok) throw new Error(read.error)
      expect(read.recording.entries.filter((entry) => entry.t === 'input' && entry.input.kind === 'plan')).toHaveLength(2 - cluster)
      expect(replay(read.recording, read.damage)).toMatchObject({ damage: null, digestOk: true, closed: true })
    }
  })
})

describe('a plan that is changed', () => {
  test('[ROOM-77] what is planned is put in place of all that was, in that cluster alone; what has begun stays; the replay knows it', async () => {
    const { host, students } = await classOf(served.url, 6)
    await startRound(host, 5)
    await done(host.command({ kind: 'run-plan', cluster: null, plan: plan([cut(0, { id: 'now', durationMs: 60_000 }), cut(5_000, { id: 'soon' }), cut(300_000, { id: 'late' })]) }, 201))
    await until('the first cuts', () => begunIn(host, 0).length === 1 && begunIn(host, 1).length === 1)
    expect(await host.command({ kind: 'run-plan', cluster: 0, plan: plan([]), instead: false } as never)).toEqual(refused(/cannot be read/))
    expect(await students[0]!.command({ kind: 'run-plan', cluster: 0, plan: plan([]), instead: true })).toEqual({ ok: false, reason: 'Only the instructor can do this.' })
    expect(await host.command({ kind: 'run-plan', cluster: 0, plan: plan([cut(0, { params: { side: ['G'] } })]), instead: true })).toEqual(refused(/^The plan does not fit this round/))
    await done(host.command({ kind: 'run-plan', cluster: 0, plan: plan([cut(9_000, { id: 'other' })]), instead: true }, 212))
    const told = (): string[] => [0, 1].map((cluster) => host.all('plans').findLast((one) => one.cluster === cluster)?.plans.map(({ name }) => name).join(' ') ?? 'nothing')
    await until('the page to hear of it', () => told().join() === 'p212,p201')
    await until('the other cluster to go on as planned', () => begunIn(host, 1).length === 2)
    await until('the other cut', () => begunIn(host, 0).length === 2)
    expect(begunIn(host, 0).map(({ fault }) => fault)).toEqual(['p201.now', 'p212.other'])
    // Seventeen plans would be too many beside each other; in place of each other they are one.
    for (let n = 0; n < 17; n++) await done(host.command({ kind: 'run-plan', cluster: 0, plan: plan([cut(400_000)]), instead: true }))
    // An empty one calls all off, and heals nothing.
    await done(host.command({ kind: 'run-plan', cluster: 0, plan: plan([]), instead: true }))
    await until('nothing to be planned', () => (host.all('plans').findLast((one) => one.cluster === 0)?.plans.flatMap(({ steps }) => steps) ?? []).length === 0)
    expect(endedIn(host, 0)).not.toContain('p201.now')
    await done(host.command({ kind: 'end' }))
    for (const { id } of (await host.first('recordings')).recordings) {
      const read = readRecording(await (await fetch(`${served.url}/api/recordings/${id}`)).text())
      if (!read.ok) throw new Error(read.error)
      expect(replay(read.recording, read.damage)).toMatchObject({ damage: null, digestOk: true, closed: true })
    }
  })
})

describe('many plans', () => {
  test('[ROOM-76] a cluster runs so many plans at a time and no more; those that are done, or called off, make room', async () => {
    const { host } = await classOf(served.url, 1)
    await startRound(host, 3)
    const endless = plan([cut(0, { when: { kind: 'no-leader', forMs: 3_600_000 } })])
    const run = (): Promise<Answer> => host.command({ kind: 'run-plan', cluster: null, plan: endless })
    for (let n = 0; n < 3; n++) await done(host.command({ kind: 'run-plan', cluster: null, plan: plan([]) }))
    // All at once: those that are on their way to the disk count too.
    const answers = await Promise.all(Array.from({ length: 20 }, run))
    expect(answers.slice(0, 16)).toEqual(Array.from({ length: 16 }, () => ({ ok: true })))
    expect(answers.slice(16)).toEqual(Array.from({ length: 4 }, () => refused(/^At most 16 plans run in a cluster at a time/)))
    // In a pause it happens at once.
    await done(host.command({ kind: 'pause' }))
    await done(host.command({ kind: 'halt', cluster: null }))
    expect(await run()).toEqual({ ok: true })
    await done(host.command({ kind: 'end' }))
  })
})

describe('clocks', () => {
  test('[ROOM-74] what the mission does not allow is refused in its words; setting clocks there changes nothing', async () => {
    const { host, students } = await classOf(served.url, 1)
    expect(await host.command({ kind: 'set-clocks', cluster: null })).toEqual({ ok: false, reason: 'No round is being played.' })
    await startRound(host, 5)
    const fault = (type: string, params: { [name: string]: unknown }): Promise<Answer> => host.command({ kind: 'fault', cluster: null, type, params: params as never, durationMs: null })
    expect(await fault('clock-bump', { nodes: ['A'], byMs: 4_000 })).toEqual(refused(/^In this mission no clock is bent/))
    expect(await fault('corrupt', { from: ['A'], to: ['B'], share: 20, damage: 'let through' })).toEqual(refused(/^In this mission a damaged message/))
    await done(host.command({ kind: 'set-clocks', cluster: null }))
    expect(await host.command({ kind: 'set-clocks', cluster: 9 })).toEqual({ ok: false, reason: 'There is no such cluster.' })
    expect(await host.command({ kind: 'set-clocks', cluster: 0, hard: true } as never)).toEqual(refused(/cannot be read/))
    expect(await students[0]!.command({ kind: 'set-clocks', cluster: null })).toEqual({ ok: false, reason: 'Only the instructor can do this.' })
    expect(factsOf(host, 0).filter((one) => one.kind === 'clock-bent' || one.kind.startsWith('fault'))).toEqual([])
    await done(host.command({ kind: 'end' }))
  })

  test('[ROOM-75] a bent clock is shown at once to whom it belongs, stays bent when its fault is halted, and is set right on purpose', async () => {
    const { host, students } = await classOf(served.url, 2)
    await done(host.command({ kind: 'set-up', scenario: 'bendable', level: 'L0', clusterSize: 5 }))
    await done(host.command({ kind: 'brief' }))
    await done(host.command({ kind: 'start', chaos: false }))
    await Promise.all(students.map((one) => one.first('self')))
    await done(host.command({ kind: 'pause' }))
    for (const one of students) one.forget()
    const [ada] = students
    const bent = (): FactOf<'clock-bent'>[] => factsOf(host, 0).filter((one) => one.kind === 'clock-bent')
    await done(host.command({ kind: 'fault', cluster: 0, type: 'clock-bump', params: { nodes: ['A'], byMs: 30_000 }, durationMs: null }))
    const ahead = (await ada!.first('step')).clockMs
    await done(host.command({ kind: 'halt', cluster: 0 }))
    await done(host.command({ kind: 'set-clocks', cluster: 0 }))
    await until('the second step', () => ada!.all('step').length === 2)
    expect(bent().map(({ node, byMs }) => [node, byMs])).toEqual([['A', 30_000], ['A', -30_000]])
    // The world stands still, so only the bends tell the two apart.
    expect(ada!.all('step').map((step) => [step.clockMs - ahead, step.seen])).toEqual([[0, []], [-30_000, []]])
    expect(students[1]!.heard.filter((one) => one.type !== 'pong')).toEqual([])
    await done(host.command({ kind: 'end' }))
    await until('the debrief', () => host.lobby.phase === 'debrief')
  })
})
