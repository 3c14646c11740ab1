import { figureFolds } from '../shared/figures.ts'
import type { FigureFold } from '../shared/figures.ts'
import { seatOf } from '../shared/session.ts'
import type { FiguresTold } from '../shared/wire/messages.ts'
import type { ClassSession } from './class-session.ts'
import type { Cluster } from './cluster.ts'
import type { Round } from './round.ts'

/** While the world runs students are told at most this often, in wall ms. It is asked for twice a second, and now and then between. */
const TELL_WALL_MS = 400

/** The mission's figures of one cluster, folded on from where they stood whenever somebody asks. */
class ClusterFigures {
  readonly #cluster: Cluster
  readonly #folds: readonly FigureFold[]
  #next = 0

  constructor(cluster: Cluster) {
    const { scenario, header: { nodes, settings } } = cluster
    this.#cluster = cluster
    this.#folds = figureFolds(scenario, nodes.length, settings.level)
  }

  /** Whether nobody plays by hand here. Only then may a student know what these figures tell of other nodes. */
  get areOpen(): boolean {
    return this.#cluster.sim.world.nodes.every(({ level }) => level === 'L3')
  }

  values(): FiguresTold['values'] {
    const { facts, nowMs } = this.#cluster
    for (let fact = facts[this.#next]; fact !== undefined; fact = facts[++this.#next]) for (const { figure, state } of this.#folds) figure.fold(state, fact)
    return Object.fromEntries(this.#folds.map(({ id, figure, state }) => [id, figure.value(state, nowMs)]))
  }
}

/**
 * What students at L3 watch while they set their numbers: the mission's figures of their own cluster. A figure tells a node what it cannot know, so at every
 * other level nothing of this is sent.
 */
export class LiveFigures {
  readonly #session: ClassSession
  #clusters: readonly ClusterFigures[] = []
  #toldMs = -Infinity
  /** By student, what they were told last. */
  readonly #told = new Map<string, string>()

  constructor(session: ClassSession) {
    this.#session = session
  }

  /** Looks at a round from now on. */
  follow(round: Round): void {
    this.#clusters = round.clusters.map((cluster) => new ClusterFigures(cluster))
    this.#toldMs = -Infinity
    this.#told.clear()
  }

  /** Tells all students what is new of their own clusters, now and then while the world runs, and how they stand when it stops. */
  tellAll(wallMs: number): void {
    const { round } = this.#session
    if (round === null || (round.running && wallMs - this.#toldMs < TELL_WALL_MS)) return
    this.#toldMs = wallMs
    const known = new Map<number, FiguresTold>()
    for (const id of this.#session.attendance.students.keys()) this.#tell(id, known)
  }

  /** A page of theirs is new: it is told all that it may know. */
  tellAnew(id: string): void {
    this.#told.delete(id)
    this.#tell(id, new Map())
  }

  /** `known`: what was reckoned already, by cluster. */
  #tell(id: string, known: Map<number, FiguresTold>): void {
    const { record, attendance } = this.#session
    const at = seatOf(record, id), cluster = at === null ? undefined : this.#clusters[at.cluster]
    if (at === null || cluster === undefined || record.phase !== 'round' || !cluster.areOpen) return
    const figures = known.get(at.cluster) ?? { values: cluster.values() }, text = JSON.stringify(figures)
    known.set(at.cluster, figures)
    if (this.#told.get(id) === text) return
    this.#told.set(id, text)
    attendance.students.get(id)?.send('figures', figures)
  }
}
