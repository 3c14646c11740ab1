import { expect, test } from 'vitest'
import { Cluster } from '../../server/cluster.ts'
import { NO_PLAN } from '../../server/cluster-plans.ts'
import { ClassLog } from '../../server/log.ts'
import type { Page } from '../../server/page.ts'
import { Round } from '../../server/round.ts'
import { SeatView } from '../../shared/seat-view.ts'
import { memoryStore } from '../../server/store/memory.ts'
import { headerOf, settingsFor } from '../../shared/headless.ts'
import { election } from '../../shared/scenarios/election/index.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Entry } from '../../shared/recording.ts'
import type { Input } from '../../shared/sim/inputs.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import type { ToClient } from '../../shared/wire/messages.ts'

type Told = { [K in keyof ToClient]: { type: K; body: ToClient[K] } }[keyof ToClient]

/** A cluster whose clocks may be bent, on a page of paper: no disk, no sockets. Nobody acts and no customer comes, so that nothing else is told. */
function still(): { put(input: Input): Told[]; told: Told[]; cluster: Cluster } {
  const registry = scenarios as { [id: string]: Scenario }
  const bendable = { ...election, id: 'bendable', bentClocks: true } as unknown as Scenario
  registry['bendable'] = bendable
  const settings = { ...settingsFor(bendable, 3, 3, 300_000, 'L0', ['student', 'student', 'student']), customers: false }
  const views: SeatView[] = []
  const cluster = new Cluster(0, headerOf(bendable, 3, settings, 'Heron', 1), [], 1, NO_PLAN, { fact: (fact) => views.forEach((view) => view.take(fact)), entry() {}, due() {} })
  delete registry['bendable']
  const view = new SeatView(cluster, 0)
  views.push(view)
  const told: Told[] = []
  const page = { close() {}, send: (type: keyof ToClient, body: unknown) => { told.push({ type, body } as Told) } }
  cluster.sim.runUntil(0)
  view.tellAll(page)
  return {
    cluster, told,
    put: (input) => {
      told.length = 0
      cluster.sim.submit(input)
      view.flush(page)
      return [...told]
    },
  }
}
const bump = (atMs: number, byMs: number, node = 'A', durationMs: number | null = null): Input => ({ kind: 'fault', atMs, id: `bump ${atMs}`, type: 'clock-bump', params: { nodes: [node], byMs }, durationMs })

test('a running node\'s page is told at once what its clock shows after a jump, and nothing else', () => {
  const { put, cluster } = still()
  const clockMs = (): number => cluster.sim.self(0).clockMs
  const before = clockMs()
  expect(put(bump(1_000, 7_000))).toEqual([{ type: 'step', body: { patch: [{ op: 'replace', path: '/clockMs', value: before + 8_000 }], seen: [], clockMs: before + 8_000 } }])
  // Undone: back again. Another node's clock, and a fault that touches no clock: silence.
  expect(put({ kind: 'heal', atMs: 2_000, id: 'bump 1000' })).toMatchObject([{ type: 'step', body: { clockMs: before + 2_000 } }])
  expect(put(bump(3_000, 9_000, 'B'))).toEqual([])
  expect(put({ kind: 'fault', atMs: 3_500, id: 'x', type: 'hold', params: { from: ['A'], to: ['B'] }, durationMs: null })).toEqual([])
  put(bump(4_000, -4_000, 'A', 100))
  // Over by itself, the clock stays bent; setting all clocks is told at once too, to whom it moves.
  expect(put({ kind: 'bookmark', atMs: 5_000, text: '' })).toEqual([])
  expect(put({ kind: 'halt', atMs: 5_500 })).toEqual([])
  expect(put({ kind: 'set-clocks', atMs: 6_000 })).toMatchObject([{ type: 'step', body: { clockMs: before + 6_000, seen: [] } }])
  expect(put({ kind: 'set-clocks', atMs: 6_500 })).toEqual([])
})

test('a strobe is told at each of its turns; drift when it begins and ends', () => {
  const { put } = still()
  put({ kind: 'fault', atMs: 1_000, id: 's', type: 'clock-strobe', params: { nodes: ['A'], byMs: 4_000, everyMs: 2_000 }, durationMs: 7_000 })
  const shown = [2_000, 3_000, 4_000, 5_000, 6_000, 8_000].map((atMs) => put({ kind: 'bookmark', atMs, text: '' }).length)
  expect(shown).toEqual([0, 1, 0, 1, 0, 1])
  expect(put({ kind: 'fault', atMs: 9_000, id: 'd', type: 'clock-drift', params: { nodes: ['A'], msPerSecond: 50 }, durationMs: 10_000 })).toHaveLength(1)
  expect(put({ kind: 'bookmark', atMs: 18_999, text: '' })).toEqual([])
  expect(put({ kind: 'bookmark', atMs: 19_000, text: '' })).toHaveLength(1)
})

test('a paused node\'s page does not change, whatever happens to its clock; on waking it shows where the clock is now', () => {
  const { put, cluster, told } = still()
  const before = cluster.sim.self(0).clockMs
  expect(put({ kind: 'fault', atMs: 1_000, id: 'p', type: 'pause', params: { nodes: ['A'] }, durationMs: 30_000 })).toEqual([{ type: 'frozen', body: { frozen: true } }])
  expect(put(bump(5_000, 20_000))).toEqual([])
  expect(put({ kind: 'set-clocks', atMs: 6_000 })).toEqual([])
  expect(put(bump(7_000, -3_000))).toEqual([])
  expect(told).toEqual([])
  // Nor does one that asks for everything anew.
  const view = new SeatView(cluster, 0)
  expect(view.snapshot()).toMatchObject({ frozen: true, self: { clockMs: before + 1_000 } })
  expect(put({ kind: 'heal', atMs: 10_000, id: 'p' })).toMatchObject([{ type: 'step', body: { clockMs: before + 10_000 + 20_000 - 3_000 } }, { type: 'frozen', body: { frozen: false } }])
})

test('a page that comes back after a restart is told of the past by the clock as it was then, not as it was bent since', () => {
  const registry = scenarios as { [id: string]: Scenario }
  const bendable = { ...election, id: 'bendable', bentClocks: true } as unknown as Scenario
  registry['bendable'] = bendable
  try {
    const header = headerOf(bendable, 3, settingsFor(bendable, 3, 3, 300_000, 'L2', ['bot', 'bot', 'bot']), 'Heron', 1)
    const entries: Entry[] = [{ t: 'input', input: bump(40_000, 25_000) }, { t: 'watermark', toMs: 50_000 }]
    const live: SeatView[] = []
    const cluster = new Cluster(0, header, [], 1, NO_PLAN, { fact: (fact) => live.forEach((view) => view.take(fact)), entry() {}, due() {} })
    live.push(new SeatView(cluster, 0))
    cluster.sim.submit(bump(40_000, 25_000))
    cluster.sim.runUntil(50_000)
    const log = new ClassLog(memoryStore(), 'K7QX2M', 1, [], { failed() {}, recovered() {}, lost() {} })
    const round = new Round([{ header, entries }], 1, NO_PLAN, { log, now: () => 0, pageAt: () => null, changed() {}, over() {}, broke: (_cluster, error) => { throw error } })
    const told: unknown[] = []
    const page: Page = { close() {}, send: (type, body) => { if (type === 'self') told.push(body) } }
    round.showSeat(0, 0, page)
    expect(live[0]?.snapshot().seen.length).toBeGreaterThan(5)
    expect(told).toEqual([live[0]?.snapshot()])
    round.dispose()
  } finally {
    delete registry['bendable']
  }
})
