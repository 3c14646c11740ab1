import type { Fault, FaultParams } from '../sim/fault.ts'
import type { Json, NodeId } from '../sim/types.ts'

/** Who is there when a fault is started, and chance for words that leave a choice. */
export interface Cast {
  ids: readonly NodeId[]
  /** Who leads, or a node to take instead. */
  leader: NodeId
  /** A whole number from `least` to `most`; the same `what` gives the same number. */
  pick(what: string, least: number, most: number): number
}

/** So many of `from`, drawn without putting back, in the order of the seats. */
function some({ pick, ids }: Cast, what: string, from: readonly NodeId[], count: number): NodeId[] {
  const pool = [...from]
  const chosen = Array.from({ length: Math.min(count, pool.length) }, (_, n) => pool.splice(pick(`${what} ${n}`, 0, pool.length - 1), 1)[0])
  return ids.filter((id) => chosen.includes(id))
}

const others = ({ ids, leader }: Cast): NodeId[] => ids.filter((id) => id !== leader)
const minority = ({ ids }: Cast): number => Math.max(1, (ids.length - 1) >> 1)

/** Words for nodes in presets and plans, and whom they mean. A minority is the largest one: in a cluster of five, two. */
export const TARGET_WORDS = {
  leader: ({ leader }) => [leader],
  others,
  all: ({ ids }) => [...ids],
  any: (cast) => some(cast, 'any', cast.ids, 1),
  'any-other': (cast) => some(cast, 'any other', others(cast), 1),
  half: (cast) => some(cast, 'half', cast.ids, cast.ids.length >> 1),
  'half-of-others': (cast) => some(cast, 'half of others', others(cast), (cast.ids.length - 1) >> 1),
  minority: (cast) => some(cast, 'minority', cast.ids, minority(cast)),
  majority: (cast) => some(cast, 'majority', cast.ids, cast.ids.length - minority(cast)),
  'leaders-minority': (cast) => cast.ids.filter((id) => id === cast.leader || some(cast, 'with the leader', others(cast), minority(cast) - 1).includes(id)),
  'leaders-majority': (cast) => cast.ids.filter((id) => id === cast.leader || some(cast, 'with the leader', others(cast), cast.ids.length - minority(cast) - 1).includes(id)),
} as const satisfies { readonly [word: string]: (cast: Cast) => NodeId[] }
export type TargetWord = keyof typeof TARGET_WORDS

export const isTargetWord = (value: unknown): value is TargetWord => typeof value === 'string' && Object.hasOwn(TARGET_WORDS, value)

/**
 * The parameters with every word resolved to nodes of this cluster, in the order of the seats; what is neither stays as it is, for
 * `wrongParams` to complain of.
 */
export function resolve(fault: Fault, params: { readonly [name: string]: Json }, cast: Cast): FaultParams {
  const nodesOf = (value: Json): Json[] => (isTargetWord(value) ? TARGET_WORDS[value](cast) : [value])
  return Object.fromEntries(Object.entries(params).map(([name, value]): [string, Json] => {
    const type = fault.fields[name]?.type
    if (type === 'node') return [name, nodesOf(value)[0] ?? value]
    if (type !== 'nodes' || !Array.isArray(value)) return [name, value]
    const chosen = new Set(value.flatMap(nodesOf))
    const known = cast.ids.filter((id) => chosen.has(id))
    return [name, [...known, ...[...chosen].filter((one) => !known.includes(one as NodeId))]]
  }))
}
