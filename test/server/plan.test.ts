import { expect, test } from 'vitest'
import { Cluster } from '../../server/cluster.ts'
import { headerOf, settingsFor } from '../../shared/headless.ts'
import type { Entry } from '../../shared/recording.ts'
import { election } from '../../shared/scenarios/election/index.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import { drawBetween } from '../../shared/sim/draws.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { Input } from '../../shared/sim/inputs.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'

/** One cluster under the mission's plan, with a clock and a disk of the test's own: it can be late, and it can be killed at any time. */

const mission = scenarios['election'] as Scenario
const header = (seed: number) => headerOf(mission, seed, settingsFor(mission, seed, 5, 300_000, 'L2', ['bot', 'bot', 'bot', 'bot', 'bot']), 'Heron', 1)

class Life {
  readonly log: Entry[]
  readonly shown: Fact[] = []
  readonly cluster: Cluster
  wallMs = 0
  /** On their way to the disk, in order. */
  #writes: { entry: Entry; settle(): void }[] = []

  constructor(seed: number, log: readonly Entry[]) {
    this.log = [...log]
    this.cluster = new Cluster(0, header(seed), log, 1, { steps: mission.chaos, name: '', seed: null }, {
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
