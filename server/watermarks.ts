import type { SimMs } from '../shared/sim/types.ts'
import type { Cluster } from './cluster.ts'

/** How far ahead of now the log says that time may run, in wall ms: more than a slow disk needs. */
const LEAD_WALL_MS = 500
/** Below this a new watermark is asked for. */
const LEAD_WALL_MS_MIN = 300
/** Watermarks are multiples of this, so that clusters in step share one record. */
const QUANTUM_MS = 50

/** `cluster` null: for every cluster of the round. */
export interface Watermark { cluster: number | null; toMs: SimMs }

/**
 * Watermarks are written ahead, so that timed deliveries never wait for the disk. A cluster asks for one at a time: if the disk
 * stands still for long, time shall not have been promised far ahead when it goes on.
 */
export class Watermarks {
  readonly #clusters: readonly Cluster[]
  readonly #append: (watermarks: readonly Watermark[]) => Promise<void>
  readonly #settled: (cluster: Cluster) => void
  readonly #asked = new Set<Cluster>()

  /** `append` resolves when they are durable; `settled` is then told of each cluster that may run on. */
  constructor(clusters: readonly Cluster[], append: (watermarks: readonly Watermark[]) => Promise<void>, settled: (cluster: Cluster) => void) {
    this.#clusters = clusters
    this.#append = append
    this.#settled = settled
  }

  /** Asks for the watermarks that are needed by now. To be called more often than every 200 ms while a cluster runs. */
  writeAhead(wallMs: number): void {
    const due = this.#clusters.flatMap((cluster) => {
      const toMs = this.#wanted(cluster, wallMs)
      return toMs === null ? [] : [{ cluster, toMs }]
    })
    const first = due[0]
    if (first === undefined) return
    for (const { cluster } of due) this.#asked.add(cluster)
    const inStep = due.length === this.#clusters.length && due.every(({ toMs }) => toMs === first.toMs)
    const watermarks = inStep ? [{ cluster: null, toMs: first.toMs }] : due.map(({ cluster, toMs }) => ({ cluster: cluster.index, toMs }))
    this.#append(watermarks).then(() => {
      for (const { cluster, toMs } of due) {
        this.#asked.delete(cluster)
        cluster.durableMs = Math.max(cluster.durableMs, toMs)
        this.#settled(cluster)
      }
    }, () => {
      // Not stored: the world waits where it may be, and the next look asks again.
      for (const { cluster } of due) this.#asked.delete(cluster)
    })
  }

  /** To where a cluster's next watermark should be, or null when the one before it is far enough ahead. */
  #wanted(cluster: Cluster, wallMs: number): SimMs | null {
    if (!cluster.pace.running || cluster.ended || this.#asked.has(cluster)) return null
    const { durationMs } = cluster.header.settings
    const { durableMs, pace } = cluster
    const now = cluster.dueMs(wallMs)
    if (durableMs >= durationMs || durableMs - now >= LEAD_WALL_MS_MIN * pace.speed) return null
    return Math.min(durationMs, Math.ceil((now + LEAD_WALL_MS * pace.speed) / QUANTUM_MS) * QUANTUM_MS)
  }
}
