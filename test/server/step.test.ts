import { expect, test } from 'vitest'
import type { OwnPlan } from '../../server/cluster-plans.ts'
import { NO_PLAN } from '../../server/cluster-plans.ts'
import { Cluster } from '../../server/cluster.ts'
import { ClassLog } from '../../server/log.ts'
import type { Page } from '../../server/page.ts'
import { Round } from '../../server/round.ts'
import { memoryStore } from '../../server/store/memory.ts'
import { headerOf, settingsFor } from '../../shared/headless.ts'
import type { Entry } from '../../shared/recording.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import type { ToClient } from '../../shared/wire/messages.ts'

const mission = scenarios['election'] as Scenario
const ID = 'K7QX2M'
/** Begins a fault at the second that a step leaps over: nobody leads by then. */
const own: OwnPlan = { steps: [{ do: 'fault', id: 'cut', atMs: 0, type: 'partition', params: { side: ['C'] }, durationMs: null, when: { kind: 'no-leader', forMs: 700 } }], name: 'own', seed: 1 }

test('a step over a moment at which a condition of a plan holds leaps all the way, and so does the clock on a student\'s page', async () => {
  const store = memoryStore()
  const { ownerEpoch } = await store.createClass({ classId: ID, createdAtMs: 1, hostSecretHash: '', body: {} })
  const log = new ClassLog(store, ID, ownerEpoch, [], { failed() {}, recovered() {}, lost() {} })
  const settings = { ...settingsFor(mission, 1, 3, 60_000, 'L0', ['student', 'student', 'student']), customers: false }
  const clocks: number[] = []
  const page: Page = { close() {}, send: (type, body) => { if (type === 'step') clocks.push((body as ToClient['step']).clockMs) } }
  const round = new Round([{ header: headerOf(mission, 1, settings, 'Heron', 1), entries: [] }], 1, own, {
    log, now: () => performance.now(), pageAt: (_cluster, seat) => (seat === 0 ? page : null), changed() {}, over() {}, broke: (_cluster, error) => { throw error },
  })
  const cluster = round.clusters[0]!
  round.showSeat(0, 0, page)
  const toMs = cluster.stepMs() ?? 0
  expect([cluster.nowMs, toMs > 1_500]).toEqual([0, true])
  await round.step(round.clusters, null)
  for (let n = 0; n < 50 && cluster.nowMs < toMs; n++) await new Promise((wake) => { setTimeout(wake, 5) })
  expect(cluster.facts.flatMap((fact) => (fact.kind === 'fault-started' ? [fact.atMs] : []))).toEqual([1_000])
  expect(cluster.nowMs).toBe(toMs)
  expect(clocks.at(-1)).toBe(cluster.sim.self(0).clockMs)
  round.dispose()
})

test('what is due at the very moment at which the world stands happens: a hold that is healed in a pause lets its messages arrive, and a step leads on', () => {
  const facts: Fact[] = []
  const settings = { ...settingsFor(mission, 1, 3, 60_000, 'L0', ['student', 'student', 'student']), customers: false, latency: { shape: 'constant', ms: 40 } } as const
  const entries: Entry[] = [
    { t: 'input', input: { kind: 'fault', atMs: 500, id: 'h1', type: 'hold', params: { from: ['A'], to: ['B', 'C'] }, durationMs: null } },
    { t: 'input', input: { kind: 'act', atMs: 1_000, seat: 0, action: { kind: 'stand' } } },
    { t: 'watermark', toMs: 3_000 },
  ]
  const header = headerOf(mission, 1, settings, 'Heron', 1)
  const take = { fact: (fact: Fact) => { facts.push(fact) }, entry() {}, due() {} }
  const cluster = new Cluster(0, header, entries, 1, NO_PLAN, take)
  const heal = { t: 'input', input: { kind: 'heal', atMs: cluster.stamp(0), id: 'h1' } } as const
  cluster.hold(heal.input).settle(true)
  cluster.advance(0)
  expect(facts.flatMap(({ kind, atMs }) => (kind === 'delivered' ? [atMs] : []))).toEqual([3_000, 3_000])
  expect(cluster.stepMs()).toBeGreaterThan(3_000)
  // One that is killed now comes back with them.
  const shown = facts.splice(0)
  expect(new Cluster(0, header, [...entries, heal], 1, NO_PLAN, take).nowMs).toBe(3_000)
  expect(facts).toEqual(shown)
})
