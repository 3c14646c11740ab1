import { CLOCK_START_MS } from './limits.ts'
import type { ClockMs, SimMs } from './types.ts'

/** A node's physical clock: true time, shifted, and perhaps too fast or too slow since a certain time. The node sees only what it shows. */
export interface Clock {
  offsetMs: number
  /** How much it gains, in millionths of true time; negative when it loses. */
  driftPpm: number
  /** True time since when it drifts so. */
  sinceMs: SimMs
}

const MILLION = 1_000_000

export const trueClock = (offsetMs: number): Clock => ({ offsetMs, driftPpm: 0, sinceMs: 0 })

/** What the clock shows at a true time: never less than 0. One that was bent back further than that stands at 0 until its time comes. */
export function clockAt(clock: Clock, trueMs: SimMs): ClockMs {
  const ms = trueMs + CLOCK_START_MS + offsetAt(clock, trueMs)
  return ms < 0 ? 0 : ms
}

/** How far the clock is ahead of true time, its start apart. */
export function offsetAt(clock: Clock, trueMs: SimMs): number {
  return clock.driftPpm === 0 ? clock.offsetMs : clock.offsetMs + Math.floor(((trueMs - clock.sinceMs) * clock.driftPpm) / MILLION)
}

/** The first true time at which the clock shows at least `clockMs`, as it runs now; may lie before the start of the round. No clock shows less than 0. */
export function trueAt(clock: Clock, clockMs: ClockMs): SimMs {
  if (clockMs <= 0) return clock.sinceMs
  if (clock.driftPpm === 0) return clockMs - CLOCK_START_MS - clock.offsetMs
  let at = clock.sinceMs + Math.ceil(((clockMs - CLOCK_START_MS - clock.offsetMs - clock.sinceMs) * MILLION) / (MILLION + clock.driftPpm))
  // The clock shows whole milliseconds, rounded down: the first guess may be one off on either side.
  while (clockAt(clock, at) < clockMs) at++
  while (clockAt(clock, at - 1) >= clockMs) at--
  return at
}

/**
 * From `trueMs` on the clock is ahead by `byMs` more and gains `driftPpm`; what it has gained so far it keeps. A drift that goes on is
 * counted from where it began: rounding it down at every bend would lose it bit by bit.
 */
export function bend(clock: Clock, trueMs: SimMs, byMs: number, driftPpm: number): void {
  if (driftPpm !== clock.driftPpm) {
    clock.offsetMs = offsetAt(clock, trueMs)
    clock.driftPpm = driftPpm
    clock.sinceMs = trueMs
  }
  clock.offsetMs += byMs
}
