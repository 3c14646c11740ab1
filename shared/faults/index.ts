import type { FaultRegistry } from '../sim/fault.ts'
import { crash } from './crash.ts'
import { duplicate } from './duplicate.ts'
import { latency } from './latency.ts'
import { loss } from './loss.ts'
import { oneWay } from './one-way.ts'
import { partition } from './partition.ts'
import { pause } from './pause.ts'

/** All faults. The key is the id in recordings and chaos plans. */
export const faults = { partition, 'one-way': oneWay, latency, loss, duplicate, crash, pause } as const satisfies FaultRegistry
export type FaultId = keyof typeof faults
