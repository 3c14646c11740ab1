import type { FaultRegistry } from '../sim/fault.ts'
import { bridge } from './bridge.ts'
import { burstLoss } from './burst-loss.ts'
import { clockBump } from './clock-bump.ts'
import { clockDrift } from './clock-drift.ts'
import { clockStrobe } from './clock-strobe.ts'
import { corrupt } from './corrupt.ts'
import { crash } from './crash.ts'
import { duplicate } from './duplicate.ts'
import { flapping } from './flapping.ts'
import { hold } from './hold.ts'
import { latency } from './latency.ts'
import { loss } from './loss.ts'
import { oneWay } from './one-way.ts'
import { partition } from './partition.ts'
import { pause } from './pause.ts'
import { powerCut } from './power-cut.ts'
import { rate } from './rate.ts'
import { reorder } from './reorder.ts'
import { restart } from './restart.ts'
import { ring } from './ring.ts'
import { slowNode } from './slow-node.ts'

/** All faults. The key is the id in recordings and chaos plans; the order is that of the palette. */
export const faults = {
  partition, 'one-way': oneWay, flapping, bridge, ring,
  latency, loss, 'burst-loss': burstLoss, duplicate, reorder, corrupt, rate, hold,
  crash, 'power-cut': powerCut, restart, pause, 'slow-node': slowNode,
  'clock-bump': clockBump, 'clock-strobe': clockStrobe, 'clock-drift': clockDrift,
} as const satisfies FaultRegistry
export type FaultId = keyof typeof faults
