import type { FaultId } from '../../shared/faults/index.ts'
import { clockBump, clockDrift, clockStrobe } from './clocks.ts'
import { corrupt, duplicate } from './copies.ts'
import { bridge, flapping, oneWay, partition, ring } from './cuts.ts'
import type { Definition } from './definition.ts'
import { latency } from './latency.ts'
import { burstLoss, loss } from './loss.ts'
import { crash, pause, powerCut, restart } from './power.ts'
import { hold, rate, reorder } from './queues.ts'
import { slowNode } from './slow.ts'

/** What each fault is. A new fault has a line here, or its test fails. */
export const definitions: { readonly [id in FaultId]: Definition } = {
  partition, 'one-way': oneWay, flapping, bridge, ring,
  latency, loss, 'burst-loss': burstLoss, duplicate, reorder, corrupt, rate, hold,
  crash, 'power-cut': powerCut, restart, pause, 'slow-node': slowNode,
  'clock-bump': clockBump, 'clock-strobe': clockStrobe, 'clock-drift': clockDrift,
}
