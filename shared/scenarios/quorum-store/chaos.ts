import type { ChaosLimits, PlanStep } from '../../sim/scenario.ts'

const most = (ms: number): { durationMs: readonly [number, number] } => ({ durationMs: [2_000, ms] })

/** What random plans may do here: everything but lies. Nothing of what is right rests on clocks, so they may be bent. */
export const chaosLimits: ChaosLimits = {
  partition: most(60_000), 'one-way': most(60_000), flapping: most(60_000), bridge: most(60_000), ring: most(60_000),
  latency: { ...most(60_000), params: { extraMs: [500, 25_000], spreadMs: [0, 8_000] } },
  loss: { ...most(60_000), params: { share: [5, 60] } },
  'burst-loss': most(60_000), duplicate: most(60_000), reorder: most(60_000),
  corrupt: { ...most(60_000), params: { share: [5, 60], damage: ['caught by a checksum'] } },
  rate: { ...most(60_000), params: { perMinute: [12, 60], queue: [0, 12] } },
  hold: most(30_000),
  crash: most(30_000), 'power-cut': most(30_000), restart: { durationMs: [200, 5_000] }, pause: most(45_000),
  'clock-bump': { params: { byMs: [-20_000, 20_000] } },
  'slow-node': { ...most(60_000), params: { workMs: [100, 5_000] } },
}

/** One clock runs ahead. A minority is cut off, then one node's messages go one way only; near the end the power fails everywhere. */
export const chaos: readonly PlanStep[] = [
  { do: 'fault', atMs: 20_000, type: 'clock-bump', params: { nodes: ['any'], byMs: 15_000 }, durationMs: 10_000 },
  { do: 'fault', atMs: 60_000, type: 'partition', params: { side: ['half'] }, durationMs: 50_000 },
  { do: 'fault', atMs: 130_000, type: 'latency', params: { from: ['any'], to: ['all'], extraMs: 12_000, spreadMs: 4_000, share: 100, shape: 'uniform', correlation: 0 }, durationMs: 40_000 },
  { do: 'fault', atMs: 200_000, type: 'power-cut', params: { nodes: ['all'] }, durationMs: 4_000 },
]
