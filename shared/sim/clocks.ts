import { CLOCK_START_MS } from './limits.ts'
import type { ClockMs, SimMs } from './types.ts'

/** A node's physical clock: true time, shifted. The node sees only what it shows. */
export interface Clock { offsetMs: number }

/** What the clock shows at a true time. */
export function clockAt(clock: Clock, trueMs: SimMs): ClockMs {
  return trueMs + CLOCK_START_MS + clock.offsetMs
}

/** The first true time at which the clock shows at least `clockMs`; may lie before the start of the round. */
export function trueAt(clock: Clock, clockMs: ClockMs): SimMs {
  return clockMs - CLOCK_START_MS - clock.offsetMs
}
