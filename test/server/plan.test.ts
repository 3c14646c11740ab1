import { expect, test } from 'vitest'
import { Cluster } from '../../server/cluster.ts'
import type { OwnPlan } from '../../server/cluster-plans.ts'
import { headerOf, settingsFor } from '../../shared/headless.ts'
import type { Entry } from '../../shared/recording.ts'
import { election } from '../../shared/scenarios/election/index.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import { drawBetween } from '../../shared/sim/draws.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { Input } from '../../shared/sim/inputs.ts'
import type { PlanStep, Scenario } from '../../shared/sim/scenario.ts'

/** One cluster under the mission's plan, with a clock and a disk of the test's own: it can be late, so that arrivals are held, and it can be killed at any time. */

const mission = scenarios['election'] as Scenario
const header = (seed: number) => headerOf(mission, seed, settingsFor(mission, seed, 5, 300_000, 'L2', ['bot', 'bot', 'bot', 'bot', 'bot']), 'Heron', 1)

class Life {
  readonly log: Entry[]
  readonly shown: Fact[] = []
  readonly cluster: Cluster
  wallMs = 0
  /** On their way to the disk, in order. */
  #writes: { entry: Entry; settle(): void }[] = []

  constructor(seed: number, log: readonly Entry[], own: OwnPlan = { steps: mission.chaos, name: '', seed: null }) {
    this.log = [...log]
    this.cluster = new Cluster(0, header(seed), log, 1, own, {
      fact: (fact) => { this.shown.push(fact) },
      entry: (entry) => this.#write(entry, () => {}),
      due: (input) => this.enter(input),
    })
    this.cluster.pace.run(0)
  }

  #write(entry: Entry, settle: () => void): void { this.#writes.push({ entry, settle }) }

  enter(input: Input): void {
    const { settle } = this.cluster.hold(input)
    this.#write({ t: 'input', input }, () => settle(true))
  }

  asked = false
  /** The instructor begins the plan a second time. */
  begin(): void {
    this.asked = true
    this.enter({ kind: 'plan', atMs: this.cluster.stamp(this.wallMs), id: 'p7', steps, seed: null })
  }

  /** The disk has what was on its way; the cluster may run half a second further. */
  sync(): void {
    for (const { entry, settle } of this.#writes.splice(0)) { this.log.push(entry); settle() }
    const toMs = Math.floor(this.cluster.dueMs(this.wallMs)) + 500
    this.log.push({ t: 'watermark', toMs })
    this.cluster.durableMs = Math.max(this.cluster.durableMs, toMs)
  }

  pass(ms: number): void {
    this.wallMs += ms
    this.cluster.advance(this.wallMs)
    this.cluster.shown(this.wallMs)
  }
}

const faultsOf = (facts: readonly Fact[]): string[] => facts.flatMap((fact) => (fact.kind === 'fault-started' ? [fact.fault] : []))

test('a cluster that is killed anywhere in the mission\'s plan takes back nothing that was shown, and plays the rest of the plan, each fault once', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const draw = (what: string, n: number, least: number, most: number): number => drawBetween(seed, what, n, 0, least, most)
    // About one life ends within a few ms of a planned fault, with the disk late.
    const planned = election.chaos[seed % election.chaos.length]?.atMs ?? 0
    const killedMs = seed % 2 === 0 ? planned + draw('near', 0, -40, 40) : draw('kill', 0, 1_000, 290_000)
    const before = new Life(seed, [])
    for (let n = 0; before.wallMs < killedMs; n++) {
      const far = killedMs - before.wallMs > 2_000
      if (far || draw('disk', n, 1, 3) === 1) before.sync()
      before.pass(far ? draw('far', n, 50, 400) : draw('ms', n, 1, 25))
    }
    const after = new Life(seed, before.log)
    expect(after.shown.slice(0, before.shown.length)).toEqual(before.shown)
    while (!after.cluster.ended) { after.sync(); after.pass(400) }
    expect(faultsOf(after.shown)).toEqual(['plan0', 'plan1', 'plan2'])
  }
})

/** A plan with conditions and a halt of its own in the middle: the class's, and once more begun by hand at half a minute. */
const steps: readonly PlanStep[] = [
  { do: 'fault', id: 'cut', atMs: 8_000, type: 'partition', params: { side: ['half'] }, durationMs: null, when: { kind: 'leader', forMs: 4_000 } },
  { do: 'fault', id: 'crash', atMs: 0, type: 'crash', params: { nodes: ['leader'] }, durationMs: 6_000, when: { kind: 'after', fault: 'cut', ms: 5_000 } },
  { do: 'fault', id: 'slow', atMs: 20_000, type: 'slow-node', params: { nodes: ['any'], workMs: 900 }, durationMs: null },
  { do: 'halt', atMs: 70_000 },
  { do: 'fault', id: 'never', atMs: 0, type: 'pause', params: { nodes: ['all'] }, durationMs: 5_000, when: { kind: 'breach', claim: 'no-stale-serve' } },
  { do: 'fault', id: 'last', atMs: 90_000, type: 'hold', params: { from: ['all'], to: ['leader'] }, durationMs: 9_000 },
]
const own: OwnPlan = { steps, name: 'own', seed: 5 }

test('a cluster that is killed anywhere in two plans with conditions takes back nothing, and plays the rest of both, each step once', () => {
  const names = ['own', 'p7'].flatMap((name) => ['crash', 'cut', 'last', 'slow'].map((step) => `${name}.${step}`))
  for (let seed = 1; seed <= 30; seed++) {
    const draw = (what: string, n: number, least: number, most: number): number => drawBetween(seed, what, n, 0, least, most)
    const killedMs = draw('kill', 0, 1_000, 200_000)
    const live = (life: Life, untilMs: () => boolean, ms: (n: number) => number): void => {
      for (let n = 0; !untilMs(); n++) {
        if (draw('disk', n, 1, 3) > 1) life.sync()
        life.pass(ms(n))
        const begun = life.log.some((entry) => entry.t === 'input' && entry.input.kind === 'plan')
        if (!begun && !life.asked && life.cluster.nowMs >= 30_000) life.begin()
      }
    }
    const before = new Life(seed, [], own)
    live(before, () => before.wallMs >= killedMs, (n) => draw('ms', n, 1, 300))
    const after = new Life(seed, before.log, own)
    expect(after.shown.slice(0, before.shown.length)).toEqual(before.shown)
    live(after, () => after.cluster.ended, () => 300)
    expect(faultsOf(after.shown).toSorted(), `seed ${seed}, killed at ${killedMs} ms`).toEqual(names)
    const halts = after.log.flatMap((entry) => (entry.t === 'input' && entry.input.kind === 'halt' ? [entry.input.step] : []))
    expect(halts).toEqual(['own.plan3', 'p7.plan3'])
  }
})

test('what halts all chaos calls the plan off in the same step: no fault that falls due while the halt is written down begins after it', () => {
  for (const lateMs of [0, 1, 5, 30, 90]) {
    const life = new Life(1, [])
    while (life.wallMs < 59_900) { life.sync(); life.pass(50) }
    life.pass(99)
    life.enter({ kind: 'halt', atMs: life.cluster.stamp(life.wallMs - 20) })
    life.pass(lateMs)
    life.sync()
    for (let n = 0; n < 40; n++) { life.pass(50); life.sync() }
    expect(faultsOf(life.shown), `the disk took ${lateMs} ms`).toEqual([])
    // And a restart, which reads the halt in the log, sees the same history.
    expect(new Life(1, life.log).shown.slice(0, life.shown.length)).toEqual(life.shown)
  }
})

test('a log whose digest this program does not come to is not taken up: what was shown would be taken back', () => {
  const life = new Life(1, [])
  while (!life.cluster.ended && !life.log.some((entry) => entry.t === 'digest')) { life.sync(); life.pass(400) }
  expect(life.log.some((entry) => entry.t === 'digest')).toBe(true)
  expect(new Life(1, life.log).shown.slice(0, life.shown.length)).toEqual(life.shown)
  const other = life.log.map((entry): Entry => (entry.t === 'digest' ? { ...entry, digest: '0'.repeat(16) } : entry))
  expect(() => new Life(1, other)).toThrow(/fact 999 or one before it is not what the log says/)
})

test('a step leads to the next event or planned fault, past looks for a condition that show nothing', () => {
  const waiting = (more: readonly PlanStep[]): Life => {
    const life = new Life(1, [], { steps: [{ do: 'fault', atMs: 0, type: 'pause', params: { nodes: ['any'] }, durationMs: 1_000, when: { kind: 'breach', claim: null } }, ...more], name: 'own', seed: null })
    life.sync()
    life.pass(10)
    return life
  }
  const nextMs = waiting([]).cluster.sim.nextAtMs() ?? 0
  expect(nextMs).toBeGreaterThan(1_000)
  expect(waiting([]).cluster.stepMs()).toBe(nextMs)
  expect(waiting([{ do: 'halt', atMs: 777 }]).cluster.stepMs()).toBe(777)
  // The look itself is still made on the way.
  expect(waiting([]).cluster.nextWallMs()).toBe(500)
})
