import type { Badge } from '../shared/sim/scenario.ts'
import { visibleTo } from '../shared/visibility.ts'
import type { CockpitCluster, PlanBegun } from '../shared/wire/messages.ts'
import type { Cluster } from './cluster.ts'
import type { Page } from './page.ts'

/** Facts in one message: a cockpit that opens in the middle of a round is told the past in pieces, and nobody's delivery waits for it. */
const FACTS_PER_MESSAGE = 400

/** One page of an instructor, and how far it was told. */
interface Told { readonly page: Page; next: number[]; plans: (readonly PlanBegun[])[] }

/** What the instructors' pages are sent: every fact of every cluster, in order, from wherever each page is, and which plans run. */
export class CockpitView {
  readonly #clusters: readonly Cluster[]
  readonly #round: number
  readonly #told = new Map<Page, Told>()
  readonly #due = new Set<Cluster>()

  constructor(clusters: readonly Cluster[], round: number) {
    this.#clusters = clusters
    this.#round = round
  }

  /** A page opens, or asks for everything again. */
  show(page: Page, wallMs: number): void {
    const told: Told = { page, next: this.#clusters.map((cluster) => Math.min(cluster.facts.length, FACTS_PER_MESSAGE)), plans: this.#clusters.map(({ plans }) => plans) }
    this.#told.set(page, told)
    page.send('cockpit', { round: this.#round, clusters: this.#clusters.map((cluster, index) => this.#cluster(cluster, told.next[index] as number, wallMs)) })
    for (const cluster of this.#clusters) this.#flush(cluster, told)
  }

  /** A page is gone. */
  forget(page: Page): void {
    this.#told.delete(page)
  }

  #cluster(cluster: Cluster, facts: number, wallMs: number): CockpitCluster {
    return {
      cluster: cluster.index, name: cluster.header.cluster, nodes: [...cluster.header.nodes], clockOffsetsMs: [...cluster.header.settings.clockOffsetsMs],
      nowMs: cluster.shownMs(wallMs), facts: cluster.facts.slice(0, facts).map((fact) => visibleTo(fact, { kind: 'all' })),
      badges: cluster.header.nodes.map((_, seat) => badgeOf(cluster, seat)), plans: cluster.plans,
    }
  }

  /** Tells what is new of a cluster once the students were told of theirs, whose clusters may be due in this very moment. */
  flushSoon(cluster: Cluster): void {
    if (this.#told.size === 0) return
    this.#due.add(cluster)
    if (this.#due.size > 1) return
    setImmediate(() => this.#flushDue())
  }

  #flushDue(): void {
    const due = [...this.#due]
    this.#due.clear()
    for (const one of due) for (const told of this.#told.values()) this.#flush(one, told)
  }

  /** Tells a page what is new of a cluster now; where that is too much for one message, the rest soon. */
  #flush(cluster: Cluster, told: Told): void {
    const { page, next, plans } = told
    if (plans[cluster.index] !== cluster.plans) {
      plans[cluster.index] = cluster.plans
      page.send('plans', { cluster: cluster.index, plans: cluster.plans })
    }
    const from = next[cluster.index] ?? 0
    const facts = cluster.facts.slice(from, from + FACTS_PER_MESSAGE)
    const last = facts.at(-1)
    if (last === undefined) return
    next[cluster.index] = from + facts.length
    const isLast = from + facts.length === cluster.facts.length
    const stepped = new Set(facts.map((fact) => fact.node))
    const seats = cluster.header.nodes.flatMap((node, seat) => (isLast && stepped.has(node) ? [[String(seat), badgeOf(cluster, seat)] as const] : []))
    page.send('facts', {
      cluster: cluster.index, nowMs: isLast ? cluster.nowMs : last.atMs, facts: facts.map((fact) => visibleTo(fact, { kind: 'all' })), badges: Object.fromEntries(seats),
    })
    if (!isLast) this.flushSoon(cluster)
  }

  /** Tells what time it is in every cluster. */
  tick(wallMs: number): void {
    this.#flushDue()
    const nowMs = this.#clusters.map((cluster) => cluster.shownMs(wallMs))
    for (const page of this.#told.keys()) page.send('times', { nowMs })
  }
}

function badgeOf(cluster: Cluster, seat: number): Badge {
  const node = cluster.sim.world.nodes[seat]
  if (node === undefined) throw new RangeError(`cluster ${cluster.index} has no seat ${seat}`)
  return cluster.scenario.badge(node.self, node.self)
}
