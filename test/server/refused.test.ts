import { afterEach, expect, test } from 'vitest'
import type { OwnPlan } from '../../server/cluster-plans.ts'
import { ClassLog } from '../../server/log.ts'
import { Round } from '../../server/round.ts'
import { memoryStore } from '../../server/store/memory.ts'
import { StoreError } from '../../server/store/types.ts'
import type { Store } from '../../server/store/types.ts'
import { headerOf, settingsFor } from '../../shared/headless.ts'
import type { Entry } from '../../shared/recording.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'

/** A round whose plan falls due while the disk takes nothing: what the room puts in by itself nobody else asks for again. */

const mission = scenarios['election'] as Scenario
const ID = 'K7QX2M'
const own: OwnPlan = { steps: [{ do: 'fault', id: 'cut', atMs: 100, type: 'partition', params: { side: ['A'] }, durationMs: null }], name: 'own', seed: 1 }

/** Tries after which the disk of the test answers no more, so that one who never stops asking ends the test and not the machine. */
const TRIES_MAX = 500
const TEST_MS_MAX = 10_000
const wait = (ms: number): Promise<void> => new Promise((wake) => { setTimeout(wake, ms) })

let round: Round | null = null
afterEach(() => round?.dispose())

/** `isFull`: whether the disk refuses a plan's fault now. */
async function played(isFull: () => boolean): Promise<{ log: ClassLog; round: Round; tries(): number }> {
  let tries = 0
  const memory = memoryStore()
  const store: Store = {
    ...memory,
    append: async (classId, ownerEpoch, firstSeq, records) => {
      const isPlanned = records.some(({ body }) => (body as Entry).t === 'input' && (body as Extract<Entry, { t: 'input' }>).input.kind === 'fault')
      if (isPlanned && ++tries > TRIES_MAX) return new Promise(() => {})
      if (isPlanned && isFull()) throw new StoreError('overloaded', 'The test wants it so.')
      return memory.append(classId, ownerEpoch, firstSeq, records)
    },
  }
  const { ownerEpoch } = await store.createClass({ classId: ID, createdAtMs: 1, hostSecretHash: '', body: {} })
  const log = new ClassLog(store, ID, ownerEpoch, [], { failed() {}, recovered() {}, lost() {} })
  const settings = settingsFor(mission, 1, 3, 60_000, 'L2', ['bot', 'bot', 'bot'])
  const made = new Round([{ header: headerOf(mission, 1, settings, 'Heron', 1), entries: [] }], 1, own, {
    log, now: () => performance.now(), pageAt: () => null, changed() {}, over() {}, broke: (_cluster, error) => { throw error },
  })
  round = made
  await made.run(null)
  return { log, round: made, tries: () => tries }
}

test('a planned fault that the disk refuses is tried again now and then, and begins once when there is room', async () => {
  let full = true
  const { round: one, tries } = await played(() => full)
  await wait(900)
  expect(tries()).toBeGreaterThanOrEqual(2)
  expect(tries()).toBeLessThanOrEqual(8)
  full = false
  await wait(600)
  const begun = one.clusters[0]!.facts.filter((fact) => fact.kind === 'fault-started')
  expect(begun.map((fact) => fact.fault)).toEqual(['own.cut'])
}, TEST_MS_MAX)

test('a round that is let go asks the disk for nothing more', async () => {
  const { log, round: one, tries } = await played(() => true)
  await wait(200)
  expect(tries()).toBeGreaterThanOrEqual(1)
  one.dispose()
  const before = tries()
  await log.close()
  await wait(600)
  expect(tries()).toBe(before)
}, TEST_MS_MAX)
