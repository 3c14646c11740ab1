import { framesOf, textOf } from './frames.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scenarios } from '../../../shared/scenarios/index.ts'
import type { Fact } from '../../../shared/sim/facts.ts'
import type { ActionSpec, Out, Scenario } from '../../../shared/sim/scenario.ts'
import type { Shape } from '../../../shared/sim/types.ts'
import { classOf, done, serve, startRound, until } from './classroom.ts'
import type { Served, TestPage } from './classroom.ts'

/**
 * What a student's page is sent, looked at as bytes. The mission is `election` with a word of its own in every disk, every memory
 * and every message, so that what leaks can be named: zq-disk-C, zq-memory-C, zq-A>C-17.
 */
let messagesSent = 0

function planted(scenario: Scenario): Scenario {
  const spoken = (from: string, out: Out<Shape>): Out<Shape> =>
    ({ ...out, send: (to, message) => out.send(to, { ...message, word: `zq-${from}>${to}-${++messagesSent}.` } as Shape['message']) })
  const actions = Object.fromEntries(Object.entries(scenario.actions as { [kind: string]: ActionSpec<Shape, Shape['action']> })
    .map(([kind, spec]) => [kind, { ...spec, perform: (self, action, out) => spec.perform(self, action, spoken(self.id, out)) } satisfies ActionSpec<Shape, Shape['action']>]))
  return {
    ...scenario, id: 'planted', bentClocks: true, actions: actions as Scenario['actions'],
    state: (id, ...rest) => {
      const { disk, memory } = scenario.state(id, ...rest)
      return { disk: { ...disk, word: `zq-disk-${id}.` }, memory: { ...memory, word: `zq-memory-${id}.` } }
    },
  }
}

const registry = scenarios as { [id: string]: Scenario }
let served: Served
beforeAll(async () => {
  registry['planted'] = planted(registry['election']!)
  served = await serve()
})
afterAll(async () => {
  await served.stop()
  delete registry['planted']
})

/** Names that only facts of the world carry, and plans; no page of a student has a use for them. */
const FORBIDDEN = ['released', 'turned', 'bent', 'driftPpm', 'byMs', 'inMs', 'bends', 'parked', 'lanes', 'durationMsMax', 'steps', 'when',
  'seed', 'because', 'before', 'arrivals', 'clockOffsetsMs', 'offsetMs', 'settings', 'beliefs', 'witness', 'breached', 'claim',
  'severity', 'fault', 'partition', 'lost', 'unreached', 'tookMs', 'customer', 'syncedDisk', 'origins', 'attempts', 'badge', 'cockpit', 'times', 'figures', 'quality', 'secret']

/** Everything in these frames that the student at `node` could not know. `lost`: words of messages that never arrived at it. */
function leaksIn(frames: readonly Uint8Array[], node: string, lost: ReadonlySet<string>): string[] {
  const text = textOf(frames)
  const leaks = FORBIDDEN.filter((name) => text.includes(name))
  // What a node finds waiting when it wakes up it may count.
  if (/held(?!Count)/.test(text)) leaks.push('held')
  for (const [word, , of] of text.matchAll(/zq-(disk|memory)-([A-G])\./g)) if (of !== node) leaks.push(word)
  for (const [word, from, to] of text.matchAll(/zq-([A-G])>([A-G])-\d+\./g)) {
    if (from !== node && to !== node) leaks.push(word)
    if (to === node && lost.has(word)) leaks.push(`${word} which never arrived`)
  }
  // Identities of messages count other nodes' attempts.
  for (const [id] of text.matchAll(/[A-G]>[A-G] [a-z-]+ [\d.]+ #\d+/g)) leaks.push(id)
  return [...new Set(leaks)]
}

const factsOf = (host: TestPage): Fact[] => host.all('facts').flatMap((one) => one.facts)
const wordOf = (fact: Fact): string => ('body' in fact && 'word' in fact.body && typeof fact.body.word === 'string' ? fact.body.word : '')

describe('the knowledge boundary, on the wire', () => {
  test('[ROOM-30] three students are sent nothing that their nodes could not know, in a round with a cut, loss, a crash and a pause', async () => {
    const { host, students } = await classOf(served.url, 3)
    await startRound(host, 5, false, { scenario: 'planted', level: 'L2' })
    const everybody = ['A', 'B', 'C', 'D', 'E']
    await done(host.command({ kind: 'fault', cluster: null, type: 'loss', params: { from: everybody, to: everybody, share: 30 }, durationMs: null }))
    await done(host.command({ kind: 'fault', cluster: null, type: 'partition', params: { side: ['A', 'D'] }, durationMs: 12_000 }))
    for (const page of students) expect(await page.act({ kind: 'stand' })).toEqual({ ok: true })
    await done(students[0]!.act({ kind: 'set-timeout', timeoutMs: 66_613 }))
    await until('messages to arrive', () => factsOf(host).filter((fact) => fact.kind === 'delivered').length > 15)
    await done(host.command({ kind: 'fault', cluster: null, type: 'crash', params: { nodes: ['B'] }, durationMs: 3_000 }))
    await done(host.command({ kind: 'fault', cluster: null, type: 'pause', params: { nodes: ['C'] }, durationMs: 5_000 }))
    students[0]!.room.send('resync', {})
    await until('everybody to be back', () => factsOf(host).some((fact) => fact.kind === 'resumed') && factsOf(host).some((fact) => fact.kind === 'restarted'))
    await until('some more', () => factsOf(host).filter((fact) => fact.kind === 'delivered').length > 40)
    await done(host.command({ kind: 'pause' }))
    const facts = factsOf(host)
    const lost = new Set(facts.filter((fact) => fact.kind === 'sent').map(wordOf))
    for (const fact of facts) if (fact.kind === 'delivered') lost.delete(wordOf(fact))
    expect(lost.size).toBeGreaterThan(3)

    for (const [index, page] of students.entries()) {
      const node = everybody[index]!
      const frames = framesOf(page.room.sessionId)
      expect(frames.length).toBeGreaterThan(5)
      // It does get what is its own.
      expect(textOf(frames)).toContain(`zq-disk-${node}.`)
      expect(textOf(frames)).toMatch(new RegExp(`zq-[A-E]>${node}-`))
      expect(leaksIn(frames, node, lost)).toEqual([])
      // Another node's number, as MessagePack writes it.
      const planted = Buffer.from([0xce, 0x00, 0x01, 0x04, 0x35])
      expect(frames.some((frame) => Buffer.from(frame).includes(planted))).toBe(node === 'A')
      // Whatever is sent follows a step of its own node.
      expect(page.all('step').every((step) => step.seen.length > 0)).toBe(true)
      const own = facts.filter((fact) => fact.node === node).length
      expect(page.all('step').length).toBeLessThanOrEqual(own)
      expect([...new Set(page.heard.map((one) => one.type))].filter((type) => !['welcome', 'self', 'step', 'ack', 'frozen', 'crashed'].includes(type))).toEqual([])
    }

    // The same look finds what the instructor's page is sent, so it can fail; and one frame too many is enough.
    const seenByHost = leaksIn(framesOf(host.room.sessionId), 'B', lost)
    for (const name of ['because', 'before', 'arrivals', 'fault', 'clockOffsetsMs']) expect(seenByHost).toContain(name)
    expect(seenByHost.some((leak) => /zq-[ACDE]>[ACDE]/.test(leak))).toBe(true)
    expect(seenByHost.some((leak) => leak.includes('never arrived'))).toBe(true)
    expect(seenByHost.some((leak) => / #\d/.test(leak))).toBe(true)
    const slip = new TextEncoder().encode('zq-memory-C.')
    expect(leaksIn([...framesOf(students[1]!.room.sessionId), slip], 'B', lost)).toEqual(['zq-memory-C.'])
    await done(host.command({ kind: 'end' }))
  })

  test('[ROOM-32] nor in a round with bent clocks, holds, rate limits, faults that come and go, and a plan', async () => {
    const { host, students } = await classOf(served.url, 3)
    await startRound(host, 5, false, { scenario: 'planted', level: 'L2' })
    const everybody = ['A', 'B', 'C', 'D', 'E']
    const links = { from: everybody, to: everybody }
    const fault = (type: string, params: { [name: string]: string | number | string[] }, durationMs: number | null = null): Promise<void> => done(host.command({ kind: 'fault', cluster: null, type, params, durationMs }))
    await fault('hold', links, 9_000)
    await fault('rate', { ...links, perMinute: 60, queue: 2, drop: 'oldest' })
    await fault('flapping', { side: ['A', 'B'], everyMs: 1_500 }, 6_000)
    await fault('clock-strobe', { nodes: ['A'], byMs: 3_000, everyMs: 1_000 })
    await fault('clock-drift', { nodes: ['B', 'E'], msPerSecond: 60 })
    await fault('pause', { nodes: ['C'] }, 8_000)
    await fault('clock-bump', { nodes: ['C'], byMs: 5_000 })
    await fault('slow-node', { nodes: ['D'], workMs: 400 })
    await done(host.command({ kind: 'run-plan', cluster: null, plan: { format: 'netsplit-plan/1', title: 'zq-plan', scenario: null, seed: null, steps: [
      { do: 'fault', id: 'zq-step', atMs: 500, type: 'reorder', params: { from: ['all'], to: ['any'], share: 90, gap: 1 }, durationMs: null, when: { kind: 'no-leader', forMs: 1_000 } },
    ] } }))
    for (const page of [students[0]!, students[1]!]) expect(await page.act({ kind: 'stand' })).toEqual({ ok: true })
    await until('C to wake up', () => factsOf(host).some((fact) => fact.kind === 'resumed'))
    await done(host.command({ kind: 'set-clocks', cluster: null }))
    for (const kind of ['held', 'released', 'fault-turned', 'clock-bent'] as const) await until(kind, () => factsOf(host).some((fact) => fact.kind === kind))
    await until('some more', () => factsOf(host).filter((fact) => fact.kind === 'delivered').length > 10)
    await done(host.command({ kind: 'halt', cluster: null }))
    await done(host.command({ kind: 'pause' }))
    const facts = factsOf(host)
    expect(facts.some((fact) => fact.kind === 'fault-started' && fact.fault.endsWith('zq-step'))).toBe(true)
    const lost = new Set(facts.filter((fact) => fact.kind === 'sent').map(wordOf))
    for (const fact of facts) if (fact.kind === 'delivered') lost.delete(wordOf(fact))
    for (const [index, page] of students.entries()) {
      const node = everybody[index]!
      const frames = framesOf(page.room.sessionId)
      expect(leaksIn(frames, node, lost)).toEqual([])
      expect(textOf(frames)).not.toMatch(/zq-(plan|step)/)
      // Beside what it lived through it is told that its clock shows something else, as often as that happened.
      const bends = facts.filter((fact) => fact.kind === 'clock-bent' && fact.node === node).length
      expect(page.all('step').filter((step) => step.seen.length === 0).length).toBeLessThanOrEqual(bends)
    }
    expect(students[0]!.all('step').some((step) => step.seen.length === 0)).toBe(true)
    // A page that stands still is told nothing until its node wakes up: then all at once.
    const types = students[2]!.heard.filter(({ type }) => type !== 'ack').map(({ type }) => type)
    const from = types.indexOf('frozen')
    expect(types.slice(from + 1, types.indexOf('frozen', from + 1))).toEqual(['step'])
    // The same look finds all of it on the instructor's page.
    const seenByHost = leaksIn(framesOf(host.room.sessionId), 'B', lost)
    for (const name of ['held', 'released', 'turned', 'bent', 'driftPpm', 'byMs', 'inMs']) expect(seenByHost).toContain(name)
    await done(host.command({ kind: 'end' }))
  })

  test('[ROOM-31] a recording is not given away while its round is played', async () => {
    const { host } = await classOf(served.url, 1)
    await done(host.command({ kind: 'brief' }))
    await done(host.command({ kind: 'start', chaos: false }))
    expect(host.all('recordings')).toEqual([])
    await done(host.command({ kind: 'end' }))
    const { recordings } = await host.first('recordings')
    expect(recordings[0]!.id.length).toBeGreaterThanOrEqual(22)
    await done(host.command({ kind: 'brief' }))
    expect((await fetch(`${served.url}/api/recordings/${recordings[0]!.id}`)).status).toBe(200)
    expect((await fetch(`${served.url}/api/recordings/unknown`)).status).toBe(404)
  })
})
