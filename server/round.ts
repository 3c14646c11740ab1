import type { Entry, Header } from '../shared/recording.ts'
import type { Input } from '../shared/sim/inputs.ts'
import type { PlayedBy, SimMs } from '../shared/sim/types.ts'
import { actionOf } from '../shared/sent-action.ts'
import type { SentAction } from '../shared/sent-action.ts'
import { Cluster } from './cluster.ts'
import type { OwnPlan } from './cluster-plans.ts'
import { CockpitView } from './cockpit-view.ts'
import { NotStored } from './log.ts'
import type { ClassLog } from './log.ts'
import type { Page } from './page.ts'
import { SeatView } from '../shared/seat-view.ts'
import type { NewRecord } from './store/types.ts'
import type { SelfSnapshot } from '../shared/wire/messages.ts'
import { Watermarks } from './watermarks.ts'

/** The instructor's page is told the time this often, in wall ms. */
const TIMES_WALL_MS = 500
/** How often a running round looks whether watermarks are due, in wall ms. */
const LOOK_WALL_MS = 100
/** A timer may wait at most this long: it looks again. */
const TIMER_MS_MAX = 60_000
/** What the room puts in by itself and the disk refused is tried again after so long, in wall ms. */
const RETRY_WALL_MS = 250

/** What stands in the log for one cluster: its header and its entries. */
export interface Logged { header: Header; entries: readonly Entry[] }
/** Who asked: an input is never applied twice for the same author and number. Null where nobody retries. */
export type Asked = { author: string; seq: number } | null
type Make = (atMs: SimMs, cluster: Cluster) => Input

export interface RoundPorts {
  log: ClassLog
  /** Wall time in ms, never going back. */
  now(): number
  /** The page of the student who sits there, if it is open. */
  pageAt(cluster: number, seat: number): Page | null
  /** Something that the lobby shows has changed. */
  changed(): void
  /** Every cluster has ended, and the log says so. */
  over(): void
  /** Our own mistake inside a cluster: the round stands still. */
  broke(cluster: string, error: unknown): void
}

/** A round being played: its clusters, each with its own timer for its own next event, and who is told what. */
export class Round {
  readonly clusters: readonly Cluster[]
  readonly number: number
  readonly #ports: RoundPorts
  readonly #cockpit: CockpitView
  readonly #seats: readonly (readonly SeatView[])[]
  readonly #watermarks: Watermarks
  readonly #timers: (NodeJS.Timeout | null)[]
  readonly #closing = new Set<Cluster>()
  #closed = 0
  #look: NodeJS.Timeout | null = null
  #lastTimesMs = 0
  #speed: number
  #broken = false
  #disposed = false
  /** Where a step leads that is not over: an input of a plan may be on its way to the disk, in the middle of the leap. */
  readonly #leaping = new Map<Cluster, SimMs>()
  /** Counts how often the world was made to stand still. */
  #stops = 0

  /** Takes up what is logged, paused. A new round has no entries yet. */
  constructor(logged: readonly Logged[], speed: number, plan: OwnPlan, ports: RoundPorts) {
    this.#ports = ports
    this.number = logged[0]?.header.round ?? 0
    const seats: SeatView[][] = []
    // Made with the first fact, and told of each as it happens: a node's clock may have been bent since.
    const viewsOf = (cluster: Cluster): SeatView[] => (seats[cluster.index] ??= cluster.header.nodes.map((_, seat) => new SeatView(cluster, seat)))
    this.clusters = logged.map(({ header, entries }, index) => {
      const made: Cluster = new Cluster(index, header, entries, speed, plan, {
        fact: (fact, cluster) => viewsOf(cluster).forEach((view) => view.take(fact)),
        entry: (entry) => this.#jot(index, entry),
        due: (input) => this.#enterPlanned(made, input),
      })
      viewsOf(made)
      return made
    })
    this.#seats = seats
    this.#speed = this.clusters[0]?.pace.speed ?? speed
    this.#cockpit = new CockpitView(this.clusters, this.number)
    this.#watermarks = new Watermarks(this.clusters,
      (watermarks) => ports.log.append(watermarks.map(({ cluster: index, toMs }) => this.#record(index, { t: 'watermark', toMs }))), (cluster) => this.#pump(cluster))
    this.#timers = this.clusters.map(() => null)
    for (const [index, { entries }] of logged.entries()) {
      if (!entries.some((entry) => entry.t === 'closed')) continue
      this.#closing.add(this.clusters[index] as Cluster)
      this.#closed++
    }
  }

  get running(): boolean { return this.clusters.some((cluster) => cluster.pace.running && !cluster.ended) }
  get speed(): number { return this.#speed }
  get durationMs(): SimMs { return this.clusters[0]?.header.settings.durationMs ?? 0 }
  /** The round's timer: that of the cluster which is furthest. */
  get elapsedMs(): SimMs { return Math.max(0, ...this.clusters.map((cluster) => cluster.shownMs(this.#ports.now()))) }
  get over(): boolean { return this.clusters.every((cluster) => cluster.ended) }

  playedBy(cluster: number, seat: number): PlayedBy {
    return this.clusters[cluster]?.sim.world.nodes[seat]?.playedBy ?? 'bot'
  }

  // Who is told what.

  showCockpit(page: Page): void {
    this.#cockpit.show(page, this.#ports.now())
  }

  leaveCockpit(page: Page): void {
    this.#cockpit.forget(page)
  }

  showSeat(cluster: number, seat: number, page: Page): void {
    this.#seats[cluster]?.[seat]?.tellAll(page)
  }

  /** What a student at this node is told, were one to come now; null where there is no such seat. */
  lookAt(cluster: number, seat: number): SelfSnapshot | null {
    return this.#seats[cluster]?.[seat]?.snapshot() ?? null
  }

  leaveSeat(cluster: number, seat: number): void {
    this.#seats[cluster]?.[seat]?.forget()
  }

  // What goes in.

  /** Puts one input into each of these clusters, all or none. Resolves when it is durable; rejects with `NotStored`. */
  async enter(clusters: readonly Cluster[], make: Make, asked: Asked): Promise<void> {
    const wall = this.#ports.now()
    const held = clusters.filter((cluster) => !cluster.ended).map((cluster) => {
      const input = make(cluster.stamp(wall), cluster)
      return { cluster, input, hold: cluster.hold(input) }
    })
    if (held.length === 0) throw new NotStored('The round is over.')
    const records = held.map(({ cluster, input }) => this.#record(cluster.index, { t: 'input', input }))
    let durable = false
    try {
      await this.#ports.log.append(signed(records, asked))
      durable = true
    } finally {
      for (const { hold } of held) hold.settle(durable)
      for (const { cluster } of held) this.#pump(cluster)
    }
  }

  /** A student's action on their node. A sentence when it cannot even be tried; whether physics allows it the node finds out. */
  async act(cluster: number, seat: number, action: SentAction, asked: Asked): Promise<string | null> {
    const one = this.clusters[cluster]
    if (one === undefined || one.ended) return 'The round is over.'
    const read = actionOf(one, seat, action)
    if (!read.ok) return read.reason
    await this.enter([one], (atMs) => ({ kind: 'act', atMs, seat, action: read.action }), asked)
    return null
  }

  /** A seat changes hands. Nothing happens if it is in those hands. */
  async hand(cluster: number, seat: number, playedBy: PlayedBy): Promise<void> {
    const one = this.clusters[cluster]
    if (one !== undefined && !one.ended) await this.enter([one], (atMs) => ({ kind: 'seat', atMs, seat, playedBy }), null)
    this.#ports.changed()
  }

  async halt(clusters: readonly Cluster[], asked: Asked): Promise<void> {
    await this.enter(clusters, (atMs) => ({ kind: 'halt', atMs }), asked)
  }

  /** Ends the round now; `over` follows. */
  async end(asked: Asked): Promise<void> {
    await this.enter(this.clusters, (atMs) => ({ kind: 'end', atMs }), asked)
    if (this.#broken) this.#ports.over()
  }

  // Time.

  async run(asked: Asked): Promise<void> {
    if (this.#broken) throw new NotStored('A cluster of this round has failed. End the round and start another one.')
    const stops = this.#stops
    await this.enter(this.clusters, (atMs) => ({ kind: 'phase', atMs, phase: 'running' }), asked)
    // Whoever asked for a pause while this was written down asked later.
    if (stops !== this.#stops) return
    for (const cluster of this.clusters) cluster.pace.run(this.#ports.now())
    this.#watch()
  }

  /** Stands still at once, whether or not the disk can note it. */
  async pause(asked: Asked): Promise<void> {
    this.freeze()
    await this.enter(this.clusters, (atMs) => ({ kind: 'phase', atMs, phase: 'paused' }), asked)
  }

  /** Stands still at once, without a word in the log: for when the log is what fails. */
  freeze(): void {
    this.#stops++
    for (const cluster of this.clusters) cluster.standStill(this.#ports.now())
    this.#watch()
  }

  async changeSpeed(speed: number, asked: Asked): Promise<void> {
    await this.enter(this.clusters, (atMs) => ({ kind: 'speed', atMs, speed }), asked)
    this.#speed = speed
    for (const cluster of this.clusters) cluster.pace.change(speed, this.#ports.now())
    this.#watch()
  }

  /** Runs the world to the first event in one of these clusters, while it stands still. All clusters go there: one timer holds for the class. */
  async step(clusters: readonly Cluster[], asked: Asked): Promise<void> {
    const nextMs = clusters.flatMap((cluster) => cluster.stepMs() ?? [])
    if (nextMs.length === 0) throw new NotStored('The round is over.')
    const firstMs = Math.min(...nextMs), wallMs = this.#ports.now()
    const steps = this.clusters.filter(({ ended }) => !ended).map((cluster) => ({ cluster, toMs: Math.max(firstMs, cluster.shownMs(wallMs)) }))
    await this.#ports.log.append(signed(steps.map(({ cluster, toMs }) => this.#record(cluster.index, { t: 'watermark', toMs })), asked))
    for (const { cluster, toMs } of steps) {
      cluster.durableMs = Math.max(cluster.durableMs, toMs)
      cluster.pace.set(Math.max(toMs, cluster.nowMs), this.#ports.now())
      this.#leaping.set(cluster, toMs)
      this.#pump(cluster)
    }
    this.#cockpit.tick(this.#ports.now())
    this.#ports.changed()
  }

  /** Lets go of all timers; whatever the disk says from now on, nothing moves. */
  dispose(): void {
    this.#disposed = true
    for (const cluster of this.clusters) cluster.standStill(this.#ports.now())
    for (const timer of this.#timers) if (timer !== null) clearTimeout(timer)
    if (this.#look !== null) clearInterval(this.#look)
    this.#look = null
  }

  /** After taking up a round: notes the end of clusters that had ended, and says so if the round is over. */
  closeEnded(): void {
    for (const cluster of this.clusters) this.#close(cluster)
    if (this.#closed === this.clusters.length) this.#ports.over()
  }

  // The machinery.

  #record(cluster: number | null, body: Entry): NewRecord {
    return { round: this.number, cluster, author: null, clientSeq: null, body }
  }

  /** Writes down what could be reckoned again: if it fails, nothing is lost. */
  #jot(cluster: number, entry: Entry): void {
    this.#ports.log.append([this.#record(cluster, entry)]).catch(ignoreNotStored)
  }

  #enterPlanned(cluster: Cluster, input: Input): void {
    const hold = cluster.hold(input)
    this.#ports.log.append([this.#record(cluster.index, { t: 'input', input })]).then(() => {
      hold.settle(true)
      this.#pump(cluster)
    }, (error: unknown) => {
      hold.settle(false)
      cluster.replan(input)
      ignoreNotStored(error)
      // Not at once: a log that has no room says so at once, and nothing else would ever get its turn, not even the disk.
      this.#pumpIn(cluster, RETRY_WALL_MS)
    }).catch((error: unknown) => this.#break(cluster, error))
  }

  /** While the world runs: asks for watermarks, and tells the time. */
  #watch(): void {
    for (const cluster of this.clusters) this.#pump(cluster)
    this.#ports.changed()
    if (!this.running) {
      if (this.#look !== null) clearInterval(this.#look)
      this.#look = null
      this.#cockpit.tick(this.#ports.now())
      return
    }
    this.#watermarks.writeAhead(this.#ports.now())
    this.#look ??= setInterval(() => this.#tick(), LOOK_WALL_MS)
  }

  #tick(): void {
    const wall = this.#ports.now()
    this.#watermarks.writeAhead(wall)
    if (wall - this.#lastTimesMs < TIMES_WALL_MS) return
    this.#lastTimesMs = wall
    this.#cockpit.tick(wall)
    this.#ports.changed()
  }

  /** Runs a cluster as far as it may, tells everybody, and sets its timer for what comes next. */
  #pump(cluster: Cluster): void {
    if (this.#broken || this.#disposed) return
    try {
      cluster.advance(this.#ports.now())
      for (const [seat, view] of (this.#seats[cluster.index] ?? []).entries()) view.flush(this.#ports.pageAt(cluster.index, seat))
      cluster.shown(this.#ports.now())
      this.#endLeap(cluster)
      this.#cockpit.flushSoon(cluster)
      this.#arm(cluster)
    } catch (error) {
      this.#break(cluster, error)
    }
    this.#close(cluster)
  }

  /** Tells the pages of a cluster that time leapt, once it is where the step led. */
  #endLeap(cluster: Cluster): void {
    if (cluster.nowMs < (this.#leaping.get(cluster) ?? Infinity)) return
    this.#leaping.delete(cluster)
    for (const [seat, view] of (this.#seats[cluster.index] ?? []).entries()) view.leapt(this.#ports.pageAt(cluster.index, seat))
  }

  #arm(cluster: Cluster): void {
    const wall = cluster.nextWallMs()
    this.#pumpIn(cluster, wall === Infinity ? null : Math.min(TIMER_MS_MAX, Math.max(0, Math.ceil(wall - this.#ports.now()))))
  }

  /** Sets a cluster's one timer; null for none. */
  #pumpIn(cluster: Cluster, ms: number | null): void {
    const before = this.#timers[cluster.index]
    if (before !== null && before !== undefined) clearTimeout(before)
    this.#timers[cluster.index] = ms === null || this.#disposed ? null : setTimeout(() => this.#pump(cluster), ms)
  }

  /** Notes the end of a cluster, once; when all are noted the round is over. */
  #close(cluster: Cluster): void {
    if (!cluster.ended || this.#closing.has(cluster)) return
    this.#closing.add(cluster)
    this.#ports.log.append([this.#record(cluster.index, { t: 'closed', atMs: cluster.nowMs, facts: cluster.facts.length, digest: cluster.sim.digest() })])
      .catch(ignoreNotStored).finally(() => { if (++this.#closed === this.clusters.length) this.#ports.over() })
      .catch((error: unknown) => this.#break(cluster, error))
  }

  #break(cluster: Cluster, error: unknown): void {
    if (this.#broken) return
    this.#broken = true
    this.freeze()
    this.#ports.broke(cluster.header.cluster, error)
  }
}

/** Names who asked in the first record: the records are stored together or not at all. */
function signed(records: readonly NewRecord[], asked: Asked): NewRecord[] {
  return records.map((record, index) => (index > 0 || asked === null ? record : { ...record, author: asked.author, clientSeq: asked.seq }))
}

function ignoreNotStored(error: unknown): void {
  if (!(error instanceof NotStored)) throw error
}
