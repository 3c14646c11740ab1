import type { ChaosLimits, PlanStep } from '../../sim/scenario.ts'

const most = (ms: number): { durationMs: readonly [number, number] } => ({ durationMs: [2_000, ms] })

/**
 * What random plans may do here: everything but bending clocks, by which silence is measured, lies, and slow nodes: who takes seconds for every beat is late for its
 * own alarms, and the time within which a crash must be noticed would have to be measured on another clock.
 */
export const chaosLimits: ChaosLimits = {
  partition: most(60_000), 'one-way': most(60_000), flapping: most(60_000), bridge: most(60_000), ring: most(60_000),
  latency: { ...most(90_000), params: { extraMs: [500, 25_000], spreadMs: [0, 8_000] } },
  loss: { ...most(60_000), params: { share: [5, 60] } },
  'burst-loss': most(60_000), duplicate: most(60_000), reorder: most(60_000),
  corrupt: { ...most(60_000), params: { share: [5, 60], damage: ['caught by a checksum'] } },
  rate: { ...most(60_000), params: { perMinute: [6, 60], queue: [0, 12] } },
  hold: most(30_000),
  crash: most(30_000), 'power-cut': most(30_000), restart: { durationMs: [200, 5_000] }, pause: most(45_000),
}

/**
 * All the time one heartbeat in five is late by one to four seconds, and one link is much slower than the others. Then a crash, a pause, and a link that works one way only:
 * three silences that look alike.
 */
export const chaos: readonly PlanStep[] = [
  { do: 'fault', atMs: 0, type: 'latency', params: { from: ['all'], to: ['all'], extraMs: 2_500, spreadMs: 1_500, share: 20, shape: 'uniform', correlation: 0 }, durationMs: 290_000 },
  { do: 'fault', atMs: 5_000, type: 'latency', params: { from: ['B'], to: ['A', 'C'], extraMs: 8_000, spreadMs: 7_500, share: 60, shape: 'uniform', correlation: 0 }, durationMs: 285_000 },
  { do: 'fault', atMs: 70_000, type: 'crash', params: { nodes: ['any'] }, durationMs: 30_000 },
  { do: 'fault', atMs: 130_000, type: 'pause', params: { nodes: ['any'] }, durationMs: 45_000 },
  { do: 'fault', atMs: 205_000, type: 'one-way', params: { from: ['any'], to: ['half'] }, durationMs: 40_000 },
]
