import type { ChaosLimits } from '../../sim/scenario.ts'

const most = (ms: number): { durationMs: readonly [number, number] } => ({ durationMs: [2_000, ms] })

/**
 * What random plans may do here: everything but bending clocks, on which leases rest, and lies, which votes are not made for. A link is
 * slow by half a minute at most: longer than that, and old messages outlive the round.
 */
export const chaosLimits: ChaosLimits = {
  partition: most(60_000), 'one-way': most(60_000), flapping: most(60_000), bridge: most(60_000), ring: most(60_000),
  latency: { ...most(60_000), params: { extraMs: [500, 25_000], spreadMs: [0, 5_000] } },
  loss: { ...most(60_000), params: { share: [5, 60] } },
  'burst-loss': most(60_000), duplicate: most(60_000), reorder: most(60_000),
  corrupt: { ...most(60_000), params: { share: [5, 60], damage: ['caught by a checksum'] } },
  rate: { ...most(60_000), params: { perMinute: [6, 60], queue: [0, 12] } },
  hold: most(30_000),
  crash: most(30_000), 'power-cut': most(30_000), restart: { durationMs: [200, 5_000] }, pause: most(45_000),
  'slow-node': { ...most(60_000), params: { workMs: [100, 8_000] } },
}
