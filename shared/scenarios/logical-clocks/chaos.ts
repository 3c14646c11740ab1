import type { ChaosLimits, PlanStep } from '../../sim/scenario.ts'

const most = (ms: number): { durationMs: readonly [number, number] } => ({ durationMs: [2_000, ms] })

/** What random plans may do here: everything but lies and the loss of what was just written. A disk that forgets a stamp makes a clock go back, which is another mission's subject. */
export const chaosLimits: ChaosLimits = {
  partition: most(60_000), 'one-way': most(60_000), flapping: most(60_000), bridge: most(60_000), ring: most(60_000),
  latency: { ...most(60_000), params: { extraMs: [500, 25_000], spreadMs: [0, 8_000] } },
  loss: { ...most(60_000), params: { share: [5, 60] } },
  'burst-loss': most(60_000), duplicate: most(60_000), reorder: most(60_000),
  corrupt: { ...most(60_000), params: { share: [5, 60], damage: ['caught by a checksum'] } },
  rate: { ...most(60_000), params: { perMinute: [12, 60], queue: [0, 12] } },
  hold: most(30_000),
  crash: most(30_000), restart: { durationMs: [200, 5_000] }, pause: most(45_000),
  'clock-bump': { params: { byMs: [-20_000, 20_000] } },
  'slow-node': { ...most(60_000), params: { workMs: [100, 5_000] } },
}

/** Messages overtake each other and get lost; then two sides work apart for a while, and meet again. */
export const chaos: readonly PlanStep[] = [
  { do: 'fault', atMs: 20_000, type: 'reorder', params: { from: ['all'], to: ['all'], share: 40, gap: 2 }, durationMs: 200_000 },
  { do: 'fault', atMs: 60_000, type: 'loss', params: { from: ['all'], to: ['all'], share: 20 }, durationMs: 60_000 },
  { do: 'fault', atMs: 140_000, type: 'partition', params: { side: ['half'] }, durationMs: 50_000 },
]
