import { and } from '../sim/words.ts'
import type { FaultField, FaultParams } from '../sim/fault.ts'
import type { NodeId } from '../sim/types.ts'

/** Fields that several faults share. */
export const between = {
  from: { type: 'nodes', label: 'From', proper: false },
  to: { type: 'nodes', label: 'To', proper: false },
} as const satisfies { [name: string]: FaultField }
export const someNodes = { nodes: { type: 'nodes', label: 'Nodes', proper: false } } as const satisfies { [name: string]: FaultField }

/** Presets of faults of links: every link, both ways, and both ways of the leader's. */
export const everyLink = { from: ['all'], to: ['all'] } as const
export const leadersWords = { from: ['leader'], to: ['others'] } as const

const list = (value: unknown): readonly NodeId[] => (Array.isArray(value) ? (value as NodeId[]) : [])

/** Whether the direction from -> to is named by parameters with `between` fields. */
export function names(params: FaultParams, from: NodeId, to: NodeId): boolean {
  return list(params['from']).includes(from) && list(params['to']).includes(to)
}

/** Nodes of a parameter, in words: `A`, `A and B`, `A, B and C`. */
export const inWords = (value: unknown): string => and(list(value))

/** `from A and B to C`, or `between A and B` where both ends are the same, for a sentence. */
export function wayInWords(params: FaultParams): string {
  const from = inWords(params['from']), to = inWords(params['to'])
  return from === to ? `between ${from}` : `from ${from} to ${to}`
}

/** A whole-number parameter; 0 when it is missing. */
export function whole(params: FaultParams, name: string): number {
  const value = params[name]
  return typeof value === 'number' ? value : 0
}

/** A share in per cent, in millionths. */
export const ppm = (params: FaultParams, name: string): number => whole(params, name) * 10_000

/** Seconds with at most one decimal: `2.5`, `30`. */
export const inSeconds = (ms: number): string => String(Math.round(ms / 100) / 10)

export const includes = (value: unknown, node: NodeId): boolean => list(value).includes(node)

/** Most faults end by themselves within ten minutes, or stay until healed. */
export const DURATION_MS_MAX = 600_000
/** How long a fault lasts when nothing else is said. */
export const DURATION_MS_USUAL = 30_000
/** Most faults end by themselves or stay until healed. */
export const lasting = { durationMsUsual: DURATION_MS_USUAL, durationMsMax: DURATION_MS_MAX, untilHealed: true } as const
