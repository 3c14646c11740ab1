import type { Scenario } from '../../shared/sim/scenario.ts'
import type { ClockMs, Self } from '../../shared/sim/types.ts'

/** A timer of the node that runs: what it is called, and what is left of it, 0 to 1 and in ms. */
export interface RunningAlarm { label: string; fraction: number; leftMs: number }

/** Follows a node's timers. They are a function of state and say only when they are due: how long each has run is seen by whoever looks on. */
export function alarmWatch(): (scenario: Scenario, self: Self, clockMs: ClockMs) => RunningAlarm[] {
  const since = new Map<string, { dueMs: ClockMs; fromMs: ClockMs }>()
  return (scenario, self, clockMs) => {
    const due = scenario.alarms(self)
    return Object.entries(scenario.alarmNames ?? {}).flatMap(([name, label]): RunningAlarm[] => {
      const dueMs = due[name] ?? null
      if (dueMs === null) { since.delete(name); return [] }
      let seen = since.get(name)
      if (seen?.dueMs !== dueMs) since.set(name, seen = { dueMs, fromMs: clockMs })
      const leftMs = Math.max(0, dueMs - clockMs)
      return leftMs === 0 ? [] : [{ label, leftMs, fraction: Math.min(1, leftMs / Math.max(1, dueMs - seen.fromMs)) }]
    })
  }
}
