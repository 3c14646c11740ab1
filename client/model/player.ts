import { signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import type { SimMs } from '../../shared/sim/types.ts'

export const PLAYER_SPEEDS: readonly number[] = [0.25, 0.5, 1, 2, 4, 8]

/** A clock that plays, stands, and jumps. The caller hands in its wall clock, in ms, so that it can be tested. */
export interface Player {
  readonly playing: ReadonlySignal<boolean>
  readonly speed: ReadonlySignal<number>
  /** Counts jumps and changes: what is drawn from `at` while it stands differs only when this does. */
  readonly version: ReadonlySignal<number>
  at(wallMs: number): SimMs
  play(wallMs: number): void
  pause(wallMs: number): void
  seek(ms: SimMs, wallMs: number): void
  setSpeed(speed: number, wallMs: number): void
}

/** Runs from 0 to `endMs`. Playing at the end begins anew; at the end it stands. */
export function player(endMs: SimMs): Player {
  const playing = signal(false), speed = signal(1), version = signal(0)
  let base = { ms: 0, wallMs: 0 }
  const at = (wallMs: number): SimMs => Math.min(endMs, playing.value ? base.ms + Math.max(0, wallMs - base.wallMs) * speed.value : base.ms)
  const rebase = (ms: SimMs, wallMs: number): void => {
    base = { ms: Math.max(0, Math.min(endMs, ms)), wallMs }
    version.value++
  }
  return {
    playing, speed, version, at,
    play(wallMs) {
      rebase(at(wallMs) >= endMs ? 0 : at(wallMs), wallMs)
      playing.value = true
    },
    pause(wallMs) {
      rebase(at(wallMs), wallMs)
      playing.value = false
    },
    seek: rebase,
    setSpeed(next, wallMs) {
      rebase(at(wallMs), wallMs)
      speed.value = next
    },
  }
}
