import { bend, clockAt, offsetAt } from './clocks.ts'
import type { ClockEffect } from './fault.ts'
import { DRIFT_PPM_MAX } from './limits.ts'
import { emitAt, nodeAt, refreshAlarms, since, wind } from './run.ts'
import type { Run } from './run.ts'
import type { FactNo } from './types.ts'
import type { ActiveFault, NodeWorld } from './world.ts'

/** Faults that bend clocks. */

function effectOn(run: Run, fault: ActiveFault, seat: number): ClockEffect | null {
  return run.faults[fault.type]?.clock?.(fault.params, nodeAt(run, seat).self.id, { ids: run.ids, phase: fault.phase }) ?? null
}

/** What the active faults add up to; limited after the sum, so that it does not matter which began first. */
function driftPpmAt(run: Run, seat: number): number {
  const sum = run.world.faults.reduce((ppm, fault) => ppm + (effectOn(run, fault, seat)?.driftPpm ?? 0), 0)
  return Math.max(-DRIFT_PPM_MAX, Math.min(DRIFT_PPM_MAX, sum))
}

/** Shifts a clock and sets its drift; nothing happens when that changes nothing. Its node's alarms are due at other times from now on. */
function bendClock(run: Run, seat: number, byMs: number, driftPpm: number, because: readonly FactNo[]): void {
  const node = nodeAt(run, seat)
  const { nowMs } = run.world
  if (byMs === 0 && driftPpm === node.clock.driftPpm) return
  const before = offsetAt(node.clock, nowMs)
  bend(node.clock, nowMs, byMs, driftPpm)
  const offsetMs = offsetAt(node.clock, nowMs)
  if (node.up && node.pausedAtMs === null) wind(run, node)
  if (node.up && offsetMs < before) forgetAhead(run, node)
  emitAt(run, node, { n: 0, atMs: 0, kind: 'clock-bent', node: node.self.id, byMs: offsetMs - before, offsetMs, driftPpm, before: since(node), because })
  refreshAlarms(run, seat)
}

/**
 * A clock that was bent back comes to times of day a second time, and alarms that are set for one of them then are others. One that went
 * off and still waits for somebody to act on it stays remembered.
 */
function forgetAhead(run: Run, node: NodeWorld): void {
  const clockMs = clockAt(node.clock, run.world.nowMs)
  const alarms = run.scenario.alarms(node.self)
  for (const [name, times] of Object.entries(node.fired)) node.fired[name] = times.filter((dueMs) => dueMs <= clockMs || dueMs === alarms[name])
}

/** Brings every clock into line with the active faults, after one began or turned. */
export function bendClocks(run: Run, because: FactNo): void {
  for (let seat = 0; seat < run.ids.length; seat++) {
    let byMs = 0
    for (const fault of run.world.faults) {
      const effect = effectOn(run, fault, seat)
      if (effect === null) continue
      const shiftMs = effect.shiftMs ?? 0
      byMs += shiftMs - (fault.bends[seat] ?? 0)
      if (effect.shiftMs !== undefined) fault.bends[seat] = shiftMs
    }
    bendClock(run, seat, byMs, driftPpmAt(run, seat), [because])
  }
}

/**
 * Faults that bend clocks have ended. One that was undone takes its shift back; so does a strobe, however it ends. Else the clock
 * stays as it is: `setClocks` sets it right. What a clock gained by drift it keeps.
 */
export function unbendClocks(run: Run, ended: readonly ActiveFault[], undone: boolean, because: FactNo): void {
  for (let seat = 0; seat < run.ids.length; seat++) {
    let byMs = 0
    for (const fault of ended) {
      const effect = effectOn(run, fault, seat)
      if (effect !== null && (undone || effect.returns === true)) byMs -= fault.bends[seat] ?? 0
    }
    bendClock(run, seat, byMs, driftPpmAt(run, seat), [because])
  }
}

/** Sets every clock to its offset of the start of the round, and to what the faults that still act would make of it. */
export function setClocks(run: Run): void {
  for (let seat = 0; seat < run.ids.length; seat++) {
    const { clock } = nodeAt(run, seat)
    let wantedMs = run.world.settings.clockOffsetsMs[seat] as number
    for (const fault of run.world.faults) wantedMs += fault.bends[seat] ?? 0
    bendClock(run, seat, wantedMs - offsetAt(clock, run.world.nowMs), clock.driftPpm, [])
  }
}
