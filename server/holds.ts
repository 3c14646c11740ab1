import type { SimMs } from '../shared/sim/types.ts'
import type { Pace } from '../shared/pace.ts'

/** A message may seem to travel this much faster than was drawn, in wall ms: so lateness dies out along a chain of messages. */
const EARLY_WALL_MS_MAX = 0.5
/** What was shown later than this is no matter of a busy moment: it is not made good. */
const LATE_WALL_MS_MAX = 100

/** The world does not reach `atMs` before it is due by its pace and `lateWallMs` have passed since. */
interface Hold { readonly atMs: SimMs; readonly lateWallMs: number }

/**
 * No message travels faster than its latency was drawn. When the server was busy and showed the sending late, an arrival on time
 * would seem early; so the arrival is held for as long as the sending was late, and the world with it, since it knows one time. What falls
 * due meanwhile is late by a few ms, and then the world has caught up: lateness does not add up, as it would if the pace were moved.
 */
export class Holds {
  /** In the order of `atMs`. */
  #holds: Hold[] = []

  /** Something was sent whose copies arrive at these times, and shown so late. */
  add(lateWallMs: number, arrivalsMs: readonly SimMs[]): void {
    const heldWallMs = Math.min(lateWallMs, LATE_WALL_MS_MAX) - EARLY_WALL_MS_MAX
    if (heldWallMs <= 0) return
    for (const atMs of arrivalsMs) {
      const at = this.#holds.findLastIndex((one) => one.atMs <= atMs) + 1
      this.#holds.splice(at, 0, { atMs, lateWallMs: heldWallMs })
    }
  }

  /** How far the world may run by now, on its way to `targetMs`. Forgets what is past. */
  limit(targetMs: SimMs, wallMs: number, pace: Pace): SimMs {
    let past = 0
    for (const hold of this.#holds) {
      if (hold.atMs > targetMs || wallMs < releaseOf(hold, pace)) break
      past++
    }
    if (past > 0) this.#holds = this.#holds.slice(past)
    return Math.min(targetMs, (this.#holds[0]?.atMs ?? Infinity) - 1)
  }

  /** When the world may reach `atMs`, in wall ms. */
  wallAt(atMs: SimMs, pace: Pace): number {
    let wallMs = pace.wallAt(atMs)
    for (const hold of this.#holds) {
      if (hold.atMs > atMs) break
      wallMs = Math.max(wallMs, releaseOf(hold, pace))
    }
    return wallMs
  }

  /** Forgets them all, where the world stands still or stood: nobody can tell the speed of what was seen to stand still too. */
  clear(): void {
    this.#holds = []
  }
}

function releaseOf({ atMs, lateWallMs }: Hold, pace: Pace): number {
  return pace.wallAt(atMs) + lateWallMs
}
