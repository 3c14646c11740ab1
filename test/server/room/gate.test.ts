import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ClassLog } from '../../../server/log.ts'
import { Round } from '../../../server/round.ts'
import { memoryStore } from '../../../server/store/memory.ts'
import { StoreError } from '../../../server/store/types.ts'
import type { NewRecord, Store, StoredRecord } from '../../../server/store/types.ts'
import { entriesOf } from '../../../server/restore.ts'
import { headerOf, settingsFor } from '../../../shared/headless.ts'
import { scenarios } from '../../../shared/scenarios/index.ts'
import type { Fact } from '../../../shared/sim/facts.ts'
import type { Json } from '../../../shared/sim/types.ts'

/**
 * The durability gate, against a disk that is slower than the lead of the watermarks and against kills at any moment: time is
 * faked, so a seed plays the same round again. What left the server is what the instructor's page was sent.
 */
const SEEDS = Array.from({ length: 40 }, (_, n) => n + 1)

beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'performance'] }) })
afterEach(() => { vi.useRealTimers() })

function dice(seed: number): (most: number) => number {
  let state = seed * 2_654_435_761 % 2_147_483_647 || 1
  return (most) => {
    state = (state * 48_271) % 2_147_483_647
    return state % most
  }
}

type Honesty = 'honest' | 'says so before it is'

/** A store of one class whose appends take a while, and now and then fail. `durable` is what a kill would leave. */
function slowStore(draw: (most: number) => number, honesty: Honesty, stored: readonly StoredRecord[] = []): { store: Store; durable: StoredRecord[]; underWay(): readonly NewRecord[] } {
  const durable: StoredRecord[] = [...stored]
  let out: readonly NewRecord[] = []
  const cached: (readonly NewRecord[])[] = []
  const keep = (records: readonly NewRecord[]): void => {
    for (const record of records) durable.push({ ...record, body: JSON.parse(JSON.stringify(record.body)) as object, seq: durable.length + 1 })
  }
  const wait = (ms: number): Promise<void> => new Promise((wake) => { setTimeout(wake, ms) })
  const store: Store = {
    ...memoryStore(),
    append: async (_classId, _epoch, firstSeq, records) => {
      if (honesty === 'honest' && firstSeq !== durable.length + 1) throw new StoreError('sequence-gap', 'A record is missing.', durable.length + 1)
      const slow = draw(8) === 0 ? draw(1_500) : draw(60)
      if (honesty === 'says so before it is') {
        // In order, but late.
        cached.push(records)
        setTimeout(() => { for (const one of cached.splice(0, 1)) keep(one) }, 2_000)
        await wait(1)
        return { lastSeq: firstSeq + records.length - 1 }
      }
      out = records
      await wait(slow)
      const fate = draw(25)
      out = []
      if (fate === 0) throw new StoreError('overloaded', 'Too much is waiting.')
      if (fate !== 1) keep(records)
      // The write may be there or not when the disk says that it failed.
      if (fate === 1 || fate === 2) throw new StoreError('storage-failed', 'The disk failed.')
      return { lastSeq: durable.length }
    },
    lastSeq: async () => durable.length,
  }
  return { store, durable, underWay: () => out }
}

interface Played { shown: Fact[]; acknowledged: number[]; durable: StoredRecord[]; log: ClassLog; round: Round }

/** Half of the rounds are short, so that they end by themselves; the others live to see the mission's plan. */
const header = (seed: number) => headerOf(scenarios['election']!, seed,
  settingsFor(scenarios['election']!, seed, 5, seed % 2 === 0 ? 40_000 : 300_000, 'L1', ['student', 'student', 'bot', 'bot', 'bot']), 'Heron', 1)

function roundOn(log: ClassLog, stored: readonly StoredRecord[], seed: number, shown: Fact[]): Round {
  const round = new Round([{ header: header(seed), entries: entriesOf(stored, 1, 0) }], 1, { steps: scenarios['election']?.chaos ?? [], name: '', seed: null }, {
    log, now: () => performance.now(), pageAt: () => null, changed() {}, over() {}, broke: (_, error) => { throw error },
  })
  round.showCockpit({
    close() {},
    send(type, body) {
      if (type === 'cockpit') shown.push(...(body as { clusters: { facts: Fact[] }[] }).clusters[0]!.facts)
      if (type === 'facts') shown.push(...(body as { facts: Fact[] }).facts)
    },
  })
  return round
}

/** Plays part of a round with clicks, faults, pauses, steps and changes of speed, until it is killed. */
async function playUntilKilled(seed: number, honesty: Honesty, stored: readonly StoredRecord[] = []): Promise<Played> {
  const draw = dice(seed + stored.length)
  const { store, durable, underWay } = slowStore(draw, honesty, stored)
  const log = new ClassLog(store, 'CLASS2', 1, stored, { failed() {}, recovered() {}, lost() {} })
  const shown: Fact[] = []
  const round = roundOn(log, stored, seed, shown)
  const acknowledged: number[] = []
  let seq = log.nextSeq('somebody') - 1
  const ask = (work: (asked: { author: string; seq: number }) => Promise<unknown>): void => {
    const mine = ++seq
    work({ author: 'somebody', seq: mine }).then((refused) => { if (typeof refused !== 'string') acknowledged.push(mine) }, () => {})
  }
  ask((asked) => round.run(asked))
  const until = 20 + draw(150)
  for (let n = 0; n < until; n++) {
    const seat = draw(2)
    const things: (() => void)[] = [
      () => ask((asked) => round.act(0, seat, { kind: 'stand' }, asked)),
      () => ask((asked) => round.act(0, seat, { kind: 'set-timeout', timeoutMs: 10_000 + draw(9_000) }, asked)),
      () => ask((asked) => round.act(0, seat, { kind: 'grant', letter: 1 + draw(12) }, asked)),
      () => ask((asked) => round.enter(round.clusters, (atMs) => ({ kind: 'fault', atMs, id: `h${asked.seq}`, type: 'partition', params: { side: ['A'] } as Json, durationMs: 1 + draw(9_000) }), asked)),
      () => ask((asked) => (round.running ? round.pause(asked) : round.run(asked))),
      () => { if (!round.running) ask((asked) => round.step(round.clusters, asked)) },
      () => ask((asked) => round.changeSpeed([0.25, 1, 4][draw(3)]!, asked)),
      () => { if (!round.running) ask((asked) => round.run(asked)) },
    ]
    things[draw(things.length)]!()
    await vi.advanceTimersByTimeAsync(draw(400))
  }
  // The kill: nothing runs any more. What was under way may be on the disk, all of it, or not.
  round.dispose()
  const left = [...durable]
  if (draw(2) === 0) for (const record of underWay()) left.push({ ...record, seq: left.length + 1 })
  return { shown, acknowledged, durable: left, log, round }
}

/** What a restart takes back or loses of what was shown or acknowledged; empty when it is as it should be. */
function takenBack({ shown, acknowledged, durable }: Played, seed: number): string[] {
  const again: Fact[] = []
  const restored = roundOn(new ClassLog(memoryStore(), 'CLASS2', 2, durable, { failed() {}, recovered() {}, lost() {} }), durable, seed, again)
  const facts = restored.clusters[0]!.facts
  const wrong: string[] = []
  if (restored.running) wrong.push('it runs')
  const differs = shown.findIndex((fact, n) => JSON.stringify(fact) !== JSON.stringify(facts[n]))
  if (differs >= 0) wrong.push(`fact ${differs} was ${shown[differs]!.kind}, is ${facts[differs]?.kind ?? 'not there'}`)
  const logged = new Set(durable.filter((one) => one.author === 'somebody').map((one) => one.clientSeq))
  for (const seq of acknowledged) if (!logged.has(seq)) wrong.push(`input ${seq} was acknowledged`)
  restored.dispose()
  return wrong
}

describe('the durability gate', () => {
  test.each(SEEDS)('[ROOM-50] seed %i: a kill takes back no fact that was shown and no input that was acknowledged', async (seed) => {
    const played = await playUntilKilled(seed, 'honest')
    expect(takenBack(played, seed)).toEqual([])
    // In one go or in many pieces: the log alone says what happened.
    expect(played.shown).toEqual(played.round.clusters[0]!.facts.slice(0, played.shown.length))
    // And once more, from what the first kill left.
    const again = await playUntilKilled(seed, 'honest', played.durable)
    expect(again.shown.length).toBeGreaterThanOrEqual(played.shown.length)
    expect(JSON.stringify(again.shown.slice(0, played.shown.length))).toBe(JSON.stringify(played.shown))
    expect(takenBack(again, seed)).toEqual([])
    const planned = again.durable.flatMap(({ body }) => /"id":"(plan\d)"/.exec(JSON.stringify(body))?.[1] ?? [])
    expect(new Set(planned).size).toBe(planned.length)
  })

  test('[ROOM-51] a disk that says "written" before it is would be found out', async () => {
    const wrong: string[] = []
    for (const seed of SEEDS) wrong.push(...takenBack(await playUntilKilled(seed, 'says so before it is'), seed))
    expect(wrong.some((one) => one.startsWith('fact'))).toBe(true)
    expect(wrong.some((one) => one.startsWith('input'))).toBe(true)
  })

  test('[ROOM-52] time never runs past the durable watermark, and what was waited for the disk is not made up for', async () => {
    const { store } = slowStore((most) => Math.min(5, most - 1), 'honest')
    let disk = Promise.resolve()
    let works = (): void => {}
    const log = new ClassLog({ ...store, append: async (...args) => {
      await disk
      return store.append(...args)
    } }, 'CLASS2', 1, [], { failed() {}, recovered() {}, lost() {} })
    const round = roundOn(log, [], 7, [])
    const going = round.run(null)
    await vi.advanceTimersByTimeAsync(50)
    await going
    await vi.advanceTimersByTimeAsync(2_000)
    expect(round.elapsedMs).toBeGreaterThan(1_900)
    disk = new Promise((resolve) => { works = resolve })
    await vi.advanceTimersByTimeAsync(5_000)
    // Somebody clicks: that must not pull the world past what the disk knows.
    round.act(0, 0, { kind: 'stand' }, { author: 'somebody', seq: 1 }).catch(() => {})
    await vi.advanceTimersByTimeAsync(5_000)
    round.pause(null).catch(() => {})
    const { durableMs, nowMs } = round.clusters[0]!
    expect(nowMs).toBeLessThanOrEqual(durableMs)
    expect(round.elapsedMs).toBeLessThanOrEqual(durableMs)
    expect(durableMs).toBeLessThan(4_000)
    // Nor was time promised meanwhile that a restart would have to run through.
    works()
    await vi.advanceTimersByTimeAsync(200)
    expect(round.clusters[0]!.durableMs).toBeLessThan(4_000)
    const going2 = round.run(null)
    await vi.advanceTimersByTimeAsync(1_000)
    await going2
    expect(round.elapsedMs).toBeGreaterThan(nowMs + 700)
    expect(round.elapsedMs).toBeLessThan(5_000)
    round.dispose()
  })

  test('[ROOM-53] a round that is paused right after a click can be broken and ended all the same', async () => {
    const { store, durable } = slowStore((most) => Math.min(5, most - 1), 'honest')
    const log = new ClassLog(store, 'CLASS2', 1, [], { failed() {}, recovered() {}, lost() {} })
    const shown: Fact[] = []
    const round = roundOn(log, [], 7, shown)
    const asked: Promise<unknown>[] = [round.run(null)]
    await vi.advanceTimersByTimeAsync(500)
    asked.push(round.changeSpeed(4, null))
    await vi.advanceTimersByTimeAsync(500)
    asked.push(round.act(0, 0, { kind: 'stand' }, null), round.pause(null))
    asked.push(round.enter(round.clusters, (atMs) => ({ kind: 'fault', atMs, id: 'h1', type: 'crash', params: { nodes: ['A'] }, durationMs: 5_000 }), null))
    await vi.advanceTimersByTimeAsync(500)
    expect(shown.map((fact) => fact.kind)).toEqual(expect.arrayContaining(['acted', 'crashed']))
    asked.push(round.end(null))
    await vi.advanceTimersByTimeAsync(500)
    await Promise.all(asked)
    expect(round.over).toBe(true)
    expect(durable.at(-1)!.body).toMatchObject({ t: 'closed', facts: shown.length, digest: round.clusters[0]!.sim.digest() })
  })

  test('[ROOM-55] a pause that is asked for after a resume wins, however slow the disk is', async () => {
    const { store } = slowStore((most) => Math.min(50, most - 1), 'honest')
    const round = roundOn(new ClassLog(store, 'CLASS2', 1, [], { failed() {}, recovered() {}, lost() {} }), [], 7, [])
    const asked = [round.run(null), round.pause(null)]
    await vi.advanceTimersByTimeAsync(1_000)
    await Promise.all(asked)
    expect(round.running).toBe(false)
    asked.push(round.run(null))
    await vi.advanceTimersByTimeAsync(1_000)
    await Promise.all(asked)
    expect(round.running).toBe(true)
    round.dispose()
  })

  test('[ROOM-54] the mission\'s plan runs by itself, each fault at its own millisecond and once, and halting calls it off', async () => {
    const { store, durable } = slowStore((most) => Math.min(5, most - 1), 'honest')
    const log = new ClassLog(store, 'CLASS2', 1, [], { failed() {}, recovered() {}, lost() {} })
    const shown: Fact[] = []
    const round = roundOn(log, [], 9, shown)
    const asked: Promise<unknown>[] = [round.run(null), round.changeSpeed(4, null)]
    await vi.advanceTimersByTimeAsync(36_000)
    const started = () => shown.flatMap((fact) => (fact.kind === 'fault-started' ? [[fact.fault, fact.atMs]] : []))
    const { chaos } = scenarios['election']!
    expect(started()).toEqual(chaos.slice(0, 2).map((one, n) => [`plan${n}`, one.atMs]))
    asked.push(round.halt(round.clusters, null))
    await vi.advanceTimersByTimeAsync(40_000)
    await Promise.all(asked)
    expect(started()).toHaveLength(2)
    expect(round.over).toBe(true)
    expect(shown.at(-1)).toMatchObject({ kind: 'ended', atMs: 300_000 })
    expect(durable.at(-1)!.body).toMatchObject({ t: 'closed', atMs: 300_000 })
  })
})
