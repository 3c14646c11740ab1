import { faults } from './faults/index.ts'
import type { FaultParams, FaultRegistry } from './sim/fault.ts'
import type { Input } from './sim/inputs.ts'
import { TIME_MS_MAX } from './sim/limits.ts'
import { wrongParams } from './sim/fault-check.ts'
import type { Json, NodeId, SimMs } from './sim/types.ts'

type FaultInput = Extract<Input, { kind: 'fault' }>
const registry: FaultRegistry = faults

/** How simple a fault is, the less the better: how long it lasts, how many nodes it names, and how many parameters leave something to chance. */
export interface Simplicity { durationMs: number; named: number; byChance: number }

/** Parameters of a known fault as an object; null for anything else, which is left as it is. */
function paramsOf({ type, params }: FaultInput): FaultParams | null {
  return Object.hasOwn(registry, type) && params !== null && typeof params === 'object' && !Array.isArray(params) ? params as FaultParams : null
}

/**
 * Parameters at which chance has no say: it strikes all of the messages, each takes as long as the other, a bad spell loses everything and
 * a good one nothing.
 */
const SURE: { readonly [name: string]: Json } = { share: 100, spreadMs: 0, shape: 'constant', correlation: 0, lossBad: 100, lossGood: 0 }
const isByChance = (name: string, value: Json): boolean => Object.hasOwn(SURE, name) && SURE[name] !== value

export function simplicityOf(input: FaultInput): Simplicity {
  const values = Object.entries(paramsOf(input) ?? {})
  return {
    // Finite, so that of two faults without end one that is given an end makes the sum less.
    durationMs: input.durationMs ?? TIME_MS_MAX,
    named: values.reduce((named, [, value]) => named + (Array.isArray(value) ? value.length : 0), 0),
    byChance: values.filter(([name, value]) => isByChance(name, value)).length,
  }
}

/** The same fault, shorter: over when the round is, or after half the time; as long as it takes at least 1 ms. */
export function shorter(input: FaultInput, endMs: SimMs): FaultInput[] {
  const { durationMs, atMs } = input
  const most = durationMs ?? registry[input.type]?.durationMsMax ?? 1
  const lengths = [Math.min(most, endMs - atMs), Math.floor(most / 2)]
  return lengths.filter((ms) => ms >= 1 && (durationMs === null || ms < durationMs)).map((ms) => ({ ...input, durationMs: ms }))
}

/** The same fault with one thing simpler: a node less in a list, or a parameter that leaves nothing to chance. Only what the fault allows. */
export function simpler(input: FaultInput, ids: readonly NodeId[]): FaultInput[] {
  const fault = registry[input.type]
  const params = paramsOf(input)
  if (fault === undefined || params === null) return []
  const changed = Object.entries(params).flatMap(([name, value]): FaultParams[] => {
    if (isByChance(name, value)) return [{ ...params, [name]: SURE[name] ?? null }]
    return Array.isArray(value) ? value.map((_, at): FaultParams => ({ ...params, [name]: value.toSpliced(at, 1) as Json[] })) : []
  })
  return changed.filter((one) => wrongParams(fault, one, ids) === null).map((one) => ({ ...input, params: one }))
}
