import type { ClockMs } from '../../shared/sim/types.ts'

/**
 * A node's own clock as its student sees it: told with every step of the node, and carried on between steps at the room's
 * speed. Page times are `performance.now()`. It never runs backwards within a round, although a step may come late.
 */
export interface NodeClock {
  /** The node said what its clock shows. */
  tell(clockMs: ClockMs, pageMs: number): void
  /** How fast it runs from now on; 0 stands still. */
  pace(speed: number, pageMs: number): void
  /** A new round: what was shown before binds nothing. */
  reset(): void
  at(pageMs: number): ClockMs
}

export function nodeClock(): NodeClock {
  let toldMs = 0, toldAtMs = 0, speed = 0, shownMs = 0
  const run = (pageMs: number): ClockMs => toldMs + Math.max(0, pageMs - toldAtMs) * speed
  return {
    tell(clockMs, pageMs) { toldMs = clockMs; toldAtMs = pageMs },
    pace(next, pageMs) { toldMs = run(pageMs); toldAtMs = pageMs; speed = next },
    reset() { shownMs = 0 },
    at(pageMs) { shownMs = Math.max(shownMs, Math.round(run(pageMs))); return shownMs },
  }
}
