import { faults } from '../shared/faults/index.ts'
import { sceneOf } from '../shared/headless.ts'
import { watchQuality } from '../shared/quality.ts'
import type { QualityWatch } from '../shared/quality.ts'
import { FACTS_PER_DIGEST } from '../shared/recording.ts'
import type { Entry, Header } from '../shared/recording.ts'
import { scenarios } from '../shared/scenarios/index.ts'
import { assert } from '../shared/sim/assert.ts'
import type { Fact } from '../shared/sim/facts.ts'
import type { Input } from '../shared/sim/inputs.ts'
import type { Scenario } from '../shared/sim/scenario.ts'
import { start } from '../shared/sim/simulation.ts'
import type { Simulation } from '../shared/sim/simulation.ts'
import type { FactNo, SimMs } from '../shared/sim/types.ts'
import type { PlanBegun } from '../shared/wire/messages.ts'
import { ClusterPlans } from './cluster-plans.ts'
import type { OwnPlan } from './cluster-plans.ts'
import { Holds } from './holds.ts'
import { Pace } from '../shared/pace.ts'

/**
 * How far ahead of now an input is stamped, in wall ms: about what the disk needs, so that deliveries due meanwhile are not
 * held up by it. While the world stands still there is nothing to hold up, and no lead.
 */
const INPUT_LEAD_WALL_MS = 12
/** The world may be this late, in wall ms, and catch up; when it had to wait longer, for the disk or for the processor, the time is not made up for. */
const CATCH_UP_WALL_MS = 100

interface Waiting { readonly input: Input; durable: boolean }
type Sent = Extract<Fact, { kind: 'sent' }>

export interface ClusterEvents {
  /** As it happens, in the past too: `cluster` may not be ready yet but for its world. */
  fact(fact: Fact, cluster: Cluster): void
  /** To be appended to the log, without haste: it says nothing that could not be reckoned again. */
  entry(entry: Entry): void
  /** The time of a planned input has come: it is to be entered at exactly this time. */
  due(input: Input): void
}

/**
 * One cluster of a round: its simulation, and what it may do when.
 *
 * Nothing is shown that the disk does not know. Let T be the time to which the simulation has run. Inputs are stamped with a time
 * of at least T and of at least that of the one before, wait in that order, and the simulation runs neither past the first
 * one that waits, nor past `durableMs`, the durable watermark; an input is applied once it is durable and its time has come. So
 * whatever was shown follows from durable inputs stamped at most T, and every other input in the log is stamped T or later and
 * was logged after them. A restored cluster applies all inputs of the log in order, then runs to the watermark, which
 * is at least T: the facts that had been shown are the first of its facts. That a watermark of 5,000 may stand in the log
 * before an input at 4,900 makes no difference: watermarks are looked at after the inputs, and running to a time in more steps changes nothing.
 */
export class Cluster {
  readonly index: number
  readonly header: Header
  readonly scenario: Scenario
  readonly sim: Simulation
  readonly pace: Pace
  readonly facts: Fact[] = []
  /** The world may run to here; what runs past it after a kill nobody knows about. */
  durableMs: SimMs = 0
  #waiting: Waiting[] = []
  readonly #plans: ClusterPlans
  /** How the decisions of students were, folded on as facts come. */
  readonly quality: QualityWatch
  /** Inputs that the room itself puts in as soon as it can: those that the disk refused at first. */
  #owed: Input[] = []
  /** Whether the end is still to be put in. */
  #endIsDue: boolean
  readonly #holds = new Holds()
  /** What was sent since `shown` was last called. */
  #unshown: Sent[] = []
  #digestsFrom = 0
  /** Digests that the log holds, by fact: what is restored must be what was shown. */
  readonly #logged = new Map<FactNo, string>()
  #events: ClusterEvents

  /**
   * Restores what `entries` says, which are those of the log; none for a new round. Paused. Facts of the past go to `events.fact` too.
   * Throws when a digest of the log differs: better no round than one that takes back what was shown.
   */
  constructor(index: number, header: Header, entries: readonly Entry[], speed: number, plan: OwnPlan, events: ClusterEvents) {
    const scenario = scenarios[header.scenario]
    assert(scenario !== undefined, `there is no mission ${header.scenario}`)
    this.index = index
    this.header = header
    this.scenario = scenario
    this.#events = events
    this.#plans = new ClusterPlans(plan)
    for (const entry of entries) {
      if (entry.t !== 'digest') continue
      this.#logged.set(entry.fact, entry.digest)
      this.#digestsFrom = Math.max(this.#digestsFrom, entry.fact + 1)
    }
    this.quality = watchQuality(scenario, () => this.sim)
    this.sim = start({ scenario, faults, sink: (fact) => this.#take(fact) }, header.seed, header.settings)
    for (const entry of entries) {
      if (entry.t === 'input') { this.#recall(entry.input.atMs); this.#apply(entry.input); speed = entry.input.kind === 'speed' ? entry.input.speed : speed }
      if (entry.t === 'watermark') this.durableMs = Math.max(this.durableMs, entry.toMs)
    }
    this.durableMs = Math.min(this.durableMs, header.settings.durationMs)
    this.#recall(this.durableMs)
    if (this.durableMs >= this.nowMs) this.sim.runUntil(this.durableMs)
    this.#unshown = []
    this.pace = new Pace(this.sim.world.nowMs, speed)
    this.#endIsDue = !entries.some((entry) => entry.t === 'input' && entry.input.kind === 'end')
  }

  get nowMs(): SimMs { return this.sim.world.nowMs }
  get ended(): boolean { return this.sim.world.ended }
  /** The plans that nobody called off; another list whenever it differs. */
  get plans(): readonly PlanBegun[] { return this.#plans.begun }

  /** Plans that have something left to do here, with those that begin once they are written down. */
  get plansRunning(): number { return this.#plans.running + this.#waiting.filter(({ input }) => input.kind === 'plan' && input.steps.length > 0).length }

  /** Lets the plans see the past up to here. */
  #recall(toMs: SimMs): void {
    if (!this.ended) this.#plans.recall(toMs, (atMs) => {
      if (atMs >= this.nowMs) this.sim.runUntil(atMs)
      return sceneOf(this.scenario, this.sim)
    })
  }

  #apply(input: Input): void {
    this.sim.submit(input)
    this.#plans.took(input)
    // What halts must stay halted: not even a fault that fell due while the halt was written down begins after it.
    if (input.kind === 'halt' && input.step === undefined) this.#owed = []
  }

  #take(fact: Fact): void {
    this.facts.push(fact)
    this.quality.take(fact)
    if (fact.kind === 'sent' && fact.arrivals.length > 0) this.#unshown.push(fact)
    const logged = this.#logged.get(fact.n)
    assert(logged === undefined || logged === this.sim.digest(), `fact ${fact.n} or one before it is not what the log says: this program reckons another history`)
    if ((fact.n + 1) % FACTS_PER_DIGEST === 0 && fact.n >= this.#digestsFrom) this.#events.entry({ t: 'digest', fact: fact.n, digest: this.sim.digest() })
    this.#events.fact(fact, this)
  }

  /** When the room itself has something to put in, or to look for; null for nothing more. */
  #plannedAtMs(plansMs = this.#plans.nextAtMs()): SimMs | null {
    if (this.#owed.length > 0) return this.nowMs
    const { durationMs } = this.header.settings
    return plansMs !== null && plansMs < durationMs ? plansMs : this.#endIsDue ? durationMs : null
  }

  /** Takes what is to be put in now; nothing where a condition does not hold yet. */
  #takePlanned(): Input[] {
    if (this.#owed.length > 0) return this.#owed.splice(0)
    const { durationMs } = this.header.settings
    if (this.nowMs < durationMs) return this.#plans.look(sceneOf(this.scenario, this.sim))
    this.#endIsDue = false
    return [{ kind: 'end', atMs: this.nowMs }]
  }

  /** Puts a planned input back whose entry the disk refused: it comes as soon as it can. */
  replan(input: Input): void {
    if (input.kind === 'end') this.#endIsDue = true
    else this.#owed.push(input)
  }

  /** The time for an input that arrives now: never before anything that was shown or that waits. */
  stamp(wallMs: number): SimMs {
    const lead = this.pace.running ? INPUT_LEAD_WALL_MS * this.pace.speed : 0
    const last = this.#waiting.at(-1)?.input.atMs ?? 0
    return Math.max(this.nowMs, last, Math.min(this.header.settings.durationMs, Math.floor(this.dueMs(wallMs) + lead)))
  }

  /** Holds the world at `input.atMs` until `settle` says that it is durable, or is not going to be. */
  hold(input: Input): { settle(durable: boolean): void } {
    const waiting: Waiting = { input, durable: false }
    this.#waiting.push(waiting)
    return { settle: (durable) => {
      if (durable) waiting.durable = true
      else this.#waiting = this.#waiting.filter((one) => one !== waiting)
    } }
  }

  /**
   * Stands still from now on: where the disk lets it be, and not before an input that is stamped already, which would else wait for
   * time to go on.
   */
  standStill(wallMs: number): void {
    this.#holds.clear()
    this.pace.pause(wallMs)
    const shown = Math.min(this.pace.at(wallMs), this.durableMs)
    this.pace.set(Math.max(this.nowMs, shown, this.#waiting.at(-1)?.input.atMs ?? 0), wallMs)
  }

  /** Does all that may be done by now, and never anything before its time. */
  advance(wallMs: number): void {
    this.#forgiveStall(wallMs)
    const target = this.#holds.limit(Math.floor(this.pace.at(wallMs)), wallMs, this.pace)
    while (!this.ended) {
      const first = this.#waiting[0]
      if (first !== undefined && first.durable && first.input.atMs <= target) {
        this.#waiting.shift()
        this.#apply(first.input)
        continue
      }
      const plannedMs = this.#plannedAtMs() ?? Infinity
      const limit = Math.min(target, this.durableMs, first?.input.atMs ?? Infinity, plannedMs)
      // At this very moment too: what an input set free is due at once, in a pause as well.
      if (limit >= this.nowMs) this.sim.runUntil(limit)
      if (plannedMs > target || this.nowMs < plannedMs || this.#waiting.length > 0) break
      // What is entered is held at once, so the loop ends with the next round.
      for (const input of this.#takePlanned()) this.#events.due({ ...input, atMs: this.nowMs })
    }
    if (this.ended) this.#waiting = []
    else if (this.pace.running && target - this.nowMs > CATCH_UP_WALL_MS * this.pace.speed && this.#held(target)) {
      this.pace.set(this.nowMs, wallMs)
      // All that is under way is later by more than any hold now.
      this.#holds.clear()
    }
  }

  /**
   * The server stood still for long, and what was due is late by more than any hold: the time is not made up for, or all that is under way
   * would seem to travel faster than was drawn.
   */
  #forgiveStall(wallMs: number): void {
    if (!this.pace.running) return
    const dueWallMs = this.nextWallMs()
    if (wallMs - dueWallMs > CATCH_UP_WALL_MS) this.pace.set(this.pace.at(dueWallMs), wallMs)
  }

  /** The pages were told of all that `advance` did, by now: what was sent is under way from now on for those who watch. */
  shown(wallMs: number): void {
    if (this.pace.running) {
      for (const { atMs, arrivals } of this.#unshown) {
        this.#holds.add(wallMs - this.pace.wallAt(atMs), arrivals.map((arrival) => atMs + arrival).filter((arrivalMs) => arrivalMs > this.nowMs))
      }
    }
    this.#unshown = []
  }

  /** Whether the disk is what keeps the world from `target`. */
  #held(target: SimMs): boolean {
    return this.durableMs < target || this.#waiting.some((one) => !one.durable)
  }

  /** The next wall time at which `advance` has something to do; Infinity while it only waits for the disk, or stands still. */
  nextWallMs(): number {
    if (this.ended) return Infinity
    const first = this.#waiting[0]
    const own = Math.min(this.sim.nextAtMs() ?? Infinity, first === undefined ? this.#plannedAtMs() ?? Infinity : Infinity)
    const next = own <= Math.min(this.durableMs, first?.input.atMs ?? Infinity) ? own : Infinity
    const soonest = first?.durable === true ? Math.min(next, first.input.atMs) : next
    return soonest === Infinity ? Infinity : this.#holds.wallAt(soonest, this.pace)
  }

  /** Where a step leads: to the next event or planned input, past looks for a condition; null when the round is over. */
  stepMs(): SimMs | null {
    if (this.ended) return null
    return Math.max(this.nowMs, Math.min(this.sim.nextAtMs() ?? Infinity, this.#plannedAtMs(this.#plans.nextStepMs()) ?? Infinity))
  }

  /** The time that it should be, had the world not to wait for the disk; once it waits for long, the time that it is. */
  dueMs(wallMs: number): number {
    const due = this.pace.at(wallMs)
    return due - this.durableMs > CATCH_UP_WALL_MS * this.pace.speed ? Math.max(this.nowMs, this.durableMs) : due
  }

  /** What the cluster's clock shows the instructor: never more than the disk knows. */
  shownMs(wallMs: number): SimMs {
    return this.ended ? this.nowMs : Math.max(this.nowMs, Math.min(Math.floor(this.pace.at(wallMs)), this.durableMs))
  }
}
