import type { SimMs } from '../../shared/sim/types.ts'

/** How far the shown time may run ahead of the last word from the room, in real ms: then the link is in trouble, and time waits. */
export const AHEAD_MS_MAX = 1_500
/** A step back smaller than this, in simulated ms, is the network's jitter and is not shown. */
export const JITTER_MS_MAX = 1_000

/**
 * A cluster's simulated time between two words from the room. The caller hands in its wall clock, in ms, so that it can be
 * tested and replayed. While the world stands it shows exactly what the room said last.
 */
export interface CockpitClock {
  /** The room says that it was `simMs` now. */
  heard(simMs: SimMs, wallMs: number): void
  /** Simulated ms in a real one; 0 while the world stands. */
  runs(speed: number, wallMs: number): void
  at(wallMs: number): SimMs
}

export function cockpitClock(simMs: SimMs, wallMs: number): CockpitClock {
  let base = { simMs, wallMs }
  let speed = 0
  let shown = simMs
  const guess = (now: number): SimMs => base.simMs + Math.min(Math.max(0, now - base.wallMs), AHEAD_MS_MAX) * speed
  return {
    heard(heardMs, now) { base = { simMs: heardMs, wallMs: now } },
    runs(next, now) {
      if (next === speed) return
      if (speed !== 0) base = { simMs: guess(now), wallMs: now }
      else base.wallMs = now
      speed = next
    },
    at(now) {
      const value = guess(now)
      if (speed === 0 || value > shown || value < shown - JITTER_MS_MAX) shown = value
      return shown
    },
  }
}
