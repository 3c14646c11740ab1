import { signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import { foldMetrics, metricsOf, newMetrics } from '../../shared/metrics.ts'
import type { Metrics } from '../../shared/metrics.ts'
import { foldScore, newScore, scoreOf } from '../../shared/score.ts'
import type { Score, ScoreState } from '../../shared/score.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { Badge, Figure, Scenario } from '../../shared/sim/scenario.ts'
import type { Level, NodeId, SimMs } from '../../shared/sim/types.ts'
import type { CockpitCluster, PlanBegun, ToClient } from '../../shared/wire/messages.ts'
import { above } from './above.ts'
import type { Above, BreachSeen } from './above.ts'
import { cockpitClock } from './cockpit-clock.ts'
import type { CockpitClock } from './cockpit-clock.ts'
import { isAsked } from './asked.ts'

/** Packets older than this are forgotten: the cockpit looks only at now. */
const packetsKeptMs = 60_000
/** Facts of a cluster that are kept for walks through witnesses: a quarter of an hour of a busy one. */
const FACTS_KEPT = 4_096
/** Panels are drawn anew at most this often while facts stream in; far below the second within which a breach must show. */
export const PANELS_EVERY_MS = 100

export interface Lamp { claim: string; words: string; state: 'holds' | 'broken' | 'due'; count: number }
export interface FigureSeen { id: string; title: string; unit: Figure['unit']; value: number | null; objective: Figure['objective'] }
/** A breach with its cluster, for the feed of the whole class. */
export interface FeedItem extends BreachSeen { cluster: number; clusterName: string; sentence: string; prevention: string }

/** One cluster as the instructor sees it: folds over its facts, of which it keeps the last few thousand. */
export interface ClusterSeen {
  readonly cluster: number
  readonly name: string
  readonly nodes: readonly NodeId[]
  readonly clockOffsetsMs: readonly number[]
  readonly above: Above
  /** By seat. A new array whenever one differs. */
  readonly badges: readonly Badge[]
  readonly clock: CockpitClock
  readonly ended: boolean
  /** Whether customers ask it for anything, and whether somebody leads in its mission. */
  readonly asked: boolean
  readonly led: boolean
  /** The plans that nobody called off. */
  readonly plans: readonly PlanBegun[]
  score(): Score
  lamps(): Lamp[]
  figures(nowMs: SimMs): FigureSeen[]
  /** Latency, errors, queues and the like over the last minutes. */
  metrics(): Metrics
  /** A fact that is not long past, for the walk through a witness; null for one that this page has let go. */
  fact(n: number): Fact | null
}

/**
 * What the instructor's page knows of a round. Messages go in; `version` moves when panels should look again. Nothing here
 * reads a clock by itself.
 */
export interface Cockpit {
  readonly version: ReadonlySignal<number>
  readonly round: number
  readonly clusters: readonly ClusterSeen[]
  /** Everything anew. */
  snapshot(message: ToClient['cockpit'], wallMs: number): void
  /** `gap`: facts are missing, and the page must ask for everything again. */
  facts(message: ToClient['facts'], wallMs: number): 'taken' | 'gap'
  plans(message: ToClient['plans']): void
  times(message: ToClient['times'], wallMs: number): void
  runs(speed: number, wallMs: number): void
  /** The newest breaches of all clusters, newest first. */
  feed(most: number): FeedItem[]
  /** Forgets the timer that gathers changes. */
  close(): void
}

interface Folded extends ClusterSeen { badges: readonly Badge[]; ended: boolean; plans: readonly PlanBegun[]; take(facts: readonly Fact[]): boolean }

export function cockpit(scenario: Scenario, level: Level): Cockpit {
  const version = signal(0)
  let round = 0
  let speed = 0
  let clusters: Folded[] = []
  let timer: ReturnType<typeof setTimeout> | null = null
  const changed = (): void => { timer ??= setTimeout(() => { timer = null; version.value++ }, PANELS_EVERY_MS) }
  return {
    version,
    get round() { return round },
    get clusters() { return clusters },
    snapshot(message, wallMs) {
      round = message.round
      clusters = message.clusters.map((one) => {
        const folded = foldCluster(one, scenario, level, wallMs)
        folded.clock.runs(speed, wallMs)
        return folded
      })
      changed()
    },
    facts(message, wallMs) {
      const seen = clusters.find((one) => one.cluster === message.cluster)
      if (seen === undefined || !seen.take(message.facts)) return 'gap'
      const badges = Object.entries(message.badges)
      if (badges.length > 0) seen.badges = seen.badges.map((badge, seat) => message.badges[String(seat)] ?? badge)
      seen.clock.heard(message.nowMs, wallMs)
      changed()
      return 'taken'
    },
    plans(message) {
      const seen = clusters.find((one) => one.cluster === message.cluster)
      if (seen !== undefined) seen.plans = message.plans
      changed()
    },
    times(message, wallMs) {
      message.nowMs.forEach((nowMs, index) => clusters[index]?.clock.heard(nowMs, wallMs))
    },
    runs(next, wallMs) {
      speed = next
      for (const one of clusters) one.clock.runs(next, wallMs)
      changed()
    },
    feed(most) {
      return clusters.flatMap((one) => one.above.breaches.slice(-most).map((breach): FeedItem => {
        const claim = scenario.claims[breach.claim]
        return { ...breach, cluster: one.cluster, clusterName: one.name, sentence: claim?.sentence(breach.values) ?? breach.claim, prevention: claim?.prevention ?? '' }
      })).toSorted((a, b) => b.atMs - a.atMs || b.n - a.n).slice(0, most)
    },
    close() { if (timer !== null) clearTimeout(timer) },
  }
}

function foldCluster(start: CockpitCluster, scenario: Scenario, level: Level, wallMs: number): Folded {
  const { nodes } = start
  const info = { nodes, timings: scenario.timings(level), majority: (nodes.length >> 1) + 1 }
  const score: ScoreState = newScore(nodes)
  const figures = Object.entries(scenario.figures).map(([id, figure]) => ({ id, figure, state: figure.init(info) }))
  const metrics = newMetrics(nodes)
  /** The last facts, by their number modulo how many are kept. */
  const recent: Fact[] = []
  const broken = new Map<string, number>()
  let next = start.facts[0]?.n ?? 0
  const folded: Folded = {
    cluster: start.cluster, name: start.name, nodes, clockOffsetsMs: start.clockOffsetsMs, badges: start.badges, plans: start.plans, ended: false, asked: isAsked(scenario, nodes.length), led: scenario.leaderless !== true,
    above: above(nodes, scenario, packetsKeptMs, start.clockOffsetsMs), clock: cockpitClock(start.nowMs, wallMs),
    take(facts) {
      // After a gap the room says everything again, so the same facts may come twice.
      const fresh = facts.filter((fact) => fact.n >= next)
      const first = fresh[0]
      if (first === undefined) return true
      if (first.n !== next || fresh.some((fact, index) => fact.n !== first.n + index)) return false
      next += fresh.length
      folded.above.add(fresh)
      for (const fact of fresh) {
        foldScore(score, fact)
        foldMetrics(metrics, fact, scenario)
        recent[fact.n % FACTS_KEPT] = fact
        for (const { figure, state } of figures) figure.fold(state, fact)
        if (fact.kind === 'breached') broken.set(fact.claim, (broken.get(fact.claim) ?? 0) + 1)
        if (fact.kind === 'ended') folded.ended = true
      }
      return true
    },
    score: () => scoreOf(score),
    metrics: () => metricsOf(metrics, scenario),
    fact: (n) => { const found = recent[n % FACTS_KEPT]; return found?.n === n ? found : null },
    lamps: () => Object.entries(scenario.claims).map(([claim, { words, severity }]): Lamp => {
      const count = broken.get(claim) ?? 0
      // What must happen in the end can hold only when the end has come.
      return { claim, words, count, state: count > 0 ? 'broken' : severity === 'liveness' && !folded.ended ? 'due' : 'holds' }
    }),
    figures: (nowMs) => figures.map(({ id, figure, state }) => ({ id, title: figure.title, unit: figure.unit, value: figure.value(state, nowMs), objective: figure.objective })),
  }
  folded.take(start.facts)
  return folded
}
