import patches from 'fast-json-patch'
import type { Operation } from 'fast-json-patch'
import { keepsDown } from './faults/effects.ts'
import type { Fact } from './sim/facts.ts'
import { cloneJson } from './sim/json.ts'
import type { Dice, Scenario } from './sim/scenario.ts'
import type { Simulation } from './sim/simulation.ts'
import type { NodeWorld } from './sim/world.ts'
import type { Self } from './sim/types.ts'
import { visibleTo } from './visibility.ts'
import type { Seen } from './visibility.ts'
import type { SelfSnapshot, ToClient } from './wire/messages.ts'

/** What is played: by a room, or by a page on its own. */
export interface Played { readonly header: { readonly round: number; readonly scenario: string }; readonly scenario: Scenario; readonly sim: Simulation }
/** Whoever is told. */
export interface SeatPage { send<K extends 'self' | 'step' | 'frozen' | 'crashed'>(type: K, body: ToClient[K]): void }

/** Things that happened at a node which a page is given when it comes back. */
const SEEN_KEPT = 60

/** A fresh node's dice show the least: what it would draw is not for a page to know. */
const LEAST: Dice = { between: (_purpose, _key, least) => least }

/**
 * What the student at one seat is sent, and when: only after a step of their own node, so that silence says nothing about the
 * others. Facts pass through `visibleTo`; beside them goes the node's `self`, as a patch.
 */
export class SeatView {
  readonly #cluster: Played
  readonly #seat: number
  #seen: Seen[] = []
  #fresh: Seen[] = []
  /** The node did something that is not told yet. */
  #stepped = false
  /** What the page holds; null when it has to be told everything. */
  #told: Self | null = null
  #toldBoots = 0
  #toldFrozen = false
  #toldDown = false

  constructor(cluster: Played, seat: number) {
    this.#cluster = cluster
    this.#seat = seat
  }

  get #node(): NodeWorld { return this.#cluster.sim.world.nodes[this.#seat] as NodeWorld }

  /** A fact of the cluster, of whichever node. */
  take(fact: Fact): void {
    const node = this.#node
    if (fact.node !== node.self.id) return
    this.#stepped = true
    const seen = visibleTo(fact, { kind: 'student', node: node.self.id, clock: node.clock })
    if (seen === null) return
    this.#fresh.push(seen)
    this.#seen.push(seen)
    if (this.#seen.length > SEEN_KEPT * 2) this.#seen = this.#seen.slice(-SEEN_KEPT)
  }

  /** Tells the page what its node went through since the last time; nothing when that is nothing. */
  flush(page: SeatPage | null): void {
    if (!this.#stepped) return
    const seen = this.#fresh
    this.#stepped = false
    this.#fresh = []
    if (page === null || this.#told === null) {
      this.#told = null
      return
    }
    const node = this.#node
    if (!node.up) {
      if (!this.#toldDown) page.send('crashed', { backInMs: this.#backInMs() })
      this.#toldDown = true
      return
    }
    if (this.#toldDown || node.boots !== this.#toldBoots) return this.tellAll(page)
    const frozen = node.pausedAtMs !== null
    // A node that stands still has no news, and its page none either; what it did just before still goes out.
    if (!frozen || seen.length > 0) {
      const now = this.#selfNow()
      page.send('step', { patch: patchOf(this.#told, now), seen, clockMs: now.clockMs })
      this.#told = now
    }
    if (frozen !== this.#toldFrozen) page.send('frozen', { frozen })
    this.#toldFrozen = frozen
  }

  /** Time leapt while the world stood still: the page's own clock, or its countdown to the restart, leaps too. A paused node's clock shows what it showed. */
  leapt(page: SeatPage | null): void {
    const node = this.#node
    if (page === null || this.#told === null) return
    if (!node.up) return page.send('crashed', { backInMs: this.#backInMs() })
    if (node.pausedAtMs !== null) return
    const now = this.#selfNow()
    page.send('step', { patch: patchOf(this.#told, now), seen: [], clockMs: now.clockMs })
    this.#told = now
  }

  /** Tells the page everything that its student may know: at the start of a round, after a gap, after a restart of the node. */
  tellAll(page: SeatPage): void {
    const snapshot = this.snapshot()
    this.#told = snapshot.self
    this.#toldBoots = this.#node.boots
    this.#toldFrozen = snapshot.frozen
    this.#toldDown = snapshot.crashed !== null
    this.#stepped = false
    this.#fresh = []
    page.send('self', snapshot)
  }

  /** The page is gone: the next one is told everything. */
  forget(): void {
    this.#told = null
  }

  snapshot(): SelfSnapshot {
    const { header } = this.#cluster
    const node = this.#node
    return {
      round: header.round, scenario: header.scenario, level: node.level, self: this.#selfNow(),
      seen: this.#seen.slice(-SEEN_KEPT), frozen: node.pausedAtMs !== null, crashed: node.up ? null : { backInMs: this.#backInMs() },
    }
  }

  /** `self` as the node knows it now. A paused node's clock shows what it showed last; a crashed one has nothing but its disk. */
  #selfNow(): Self {
    const node = this.#node
    if (node.up && node.pausedAtMs === null) return cloneJson(this.#cluster.sim.self(this.#seat))
    const self = cloneJson(node.self)
    if (node.up) return self
    const { memory } = this.#cluster.scenario.state(self.id, self.peers, self.clockMs, self.timings, true, LEAST)
    return { ...self, memory: cloneJson(memory) }
  }

  /** Until when the node stays down, if that is fixed: the last end of the faults that keep it there. */
  #backInMs(): number | null {
    const { faults: active, nowMs } = this.#cluster.sim.world
    const { ids } = this.#cluster.sim
    let backInMs = 0
    for (const fault of active) {
      if (!keepsDown(fault, this.#node.self.id, { ids, phase: fault.phase })) continue
      const { endsAtMs } = fault
      if (endsAtMs === null) return null
      backInMs = Math.max(backInMs, endsAtMs - nowMs)
    }
    return backInMs
  }
}

/**
 * What turns `before` into `after`. Letters and requests that are gone are taken out first: compared by position, each of
 * those behind them would count as changed.
 */
export function patchOf(before: Self, after: Self): Operation[] {
  const removed: Operation[] = []
  const kept: Self = { ...before, inbox: [...before.inbox], requests: [...before.requests] }
  for (const list of ['inbox', 'requests'] as const) {
    const there = new Set(after[list].map((one) => one.n))
    for (let at = before[list].length - 1; at >= 0; at--) {
      if (there.has((before[list][at] as { n: number }).n)) continue
      removed.push({ op: 'remove', path: `/${list}/${at}` })
      kept[list].splice(at, 1)
    }
  }
  return [...removed, ...patches.compare(kept, after)]
}
