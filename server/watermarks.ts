import type { SimMs } from '../shared/sim/types.ts'
import type { Cluster } from './cluster.ts'

/** How far ahead of now the log says that time may run, in wall ms: more than a slow disk needs. */
const LEAD_WALL_MS = 500
/** Below this a new watermark is asked for. */
const LEAD_WALL_MS_MIN = 300
/** Watermarks are multiples of this, so that clusters in step share one record. */
const QUANTUM_MS = 50
/** How often to look, in wall ms. */
export const LOOK_WALL_MS = 100

export interface Watermark { cluster: Cluster; toMs: SimMs }

/**
 * Watermarks are written ahead, so that timed deliveries never wait for the disk. What is asked for and not yet durable is
 * remembered, so that it is asked for once.
 */
export class Watermarks {
  readonly #asked = new Map<Cluster, SimMs>()

  /** The watermarks that are needed now; they count as asked for. */
  due(clusters: readonly Cluster[], wallMs: number): Watermark[] {
    const due: Watermark[] = []
    for (const cluster of clusters) {
      if (!cluster.pace.running || cluster.ended) continue
      const { durationMs } = cluster.header.settings
      const now = cluster.pace.at(wallMs)
      const ahead = Math.max(this.#asked.get(cluster) ?? 0, cluster.durableMs)
      if (ahead >= durationMs || ahead - now >= LEAD_WALL_MS_MIN * cluster.pace.speed) continue
      const wanted = Math.ceil((now + LEAD_WALL_MS * cluster.pace.speed) / QUANTUM_MS) * QUANTUM_MS
      const toMs = Math.min(durationMs, Math.max(wanted, ahead))
      this.#asked.set(cluster, toMs)
      due.push({ cluster, toMs })
    }
    return due
  }

  settle({ cluster, toMs }: Watermark, durable: boolean): void {
    if (durable) cluster.durableMs = Math.max(cluster.durableMs, toMs)
    else this.#asked.delete(cluster)
  }
}
