import { drawHashed } from './draws.ts'
import type { FaultRegistry } from './fault.ts'
import { hashOnce, hashText } from './hash.ts'
import { COPIES_MAX } from './limits.ts'
import { latencyMs } from './shapes.ts'
import type { FactNo, LatencyShape, NodeId } from './types.ts'
import type { ActiveFault, World } from './world.ts'

/** What acts on one direction of one link now. Draw purposes are hashed once, here. */
interface Link {
  cut: FactNo | null
  losses: { ppm: number; purpose: number; fact: FactNo }[]
  duplicates: { ppm: number; purpose: number; fact: FactNo }[]
  latencies: { shape: LatencyShape; ppm: number; purpose: number; gate: number }[]
}
/** Links by `from * nodes + to`; null for a link that nothing acts on. */
export type LinkTable = readonly (Link | null)[]

const MILLION = 1_000_000

function build(faults: readonly ActiveFault[], registry: FaultRegistry, from: NodeId, to: NodeId): Link | null {
  let link: Link | null = null
  for (const active of faults) {
    const effect = registry[active.type]?.link?.(active.params, from, to) ?? null
    if (effect === null) continue
    link ??= { cut: null, losses: [], duplicates: [], latencies: [] }
    if (effect.cut === true) link.cut ??= active.fact
    if (effect.lossPpm !== undefined) link.losses.push({ ppm: effect.lossPpm, purpose: hashText(`loss ${active.id}`), fact: active.fact })
    if (effect.duplicatePpm !== undefined) link.duplicates.push({ ppm: effect.duplicatePpm, purpose: hashText(`copy ${active.id}`), fact: active.fact })
    if (effect.latency !== undefined) {
      link.latencies.push({ shape: effect.latency, ppm: effect.latencyPpm ?? MILLION, purpose: hashText(`late ${active.id}`), gate: hashText(`gate ${active.id}`) })
    }
  }
  return link
}

/** The table for the active faults, or null when none acts on any link. All faults of a link change in one step. */
export function linkTable(faults: readonly ActiveFault[], registry: FaultRegistry, ids: readonly NodeId[]): LinkTable | null {
  if (faults.length === 0) return null
  return ids.flatMap((from) => ids.map((to) => (from === to ? null : build(faults, registry, from, to))))
}

/** The fact that cut this direction, or null when it is open. */
export function cutBy(table: LinkTable | null, nodes: number, from: number, to: number): FactNo | null {
  return table?.[from * nodes + to]?.cut ?? null
}

/** What becomes of a message at sending: the fact that lost it, or the travel time of each copy. */
export type Fate = { lost: 'cut' | 'loss'; because: FactNo } | { arrivals: number[]; because: FactNo[] }

const below = (bits: number, ppm: number): boolean => bits < Math.floor((ppm * 4_294_967_296) / MILLION)

/**
 * Decides a message's fate, in the one documented order: cut, then loss, then duplication, then latency (base first, then
 * each fault's extra). Every draw is keyed by the message's identity, and by the fault's own name where a fault draws.
 */
export function fateOf(world: World, table: LinkTable | null, from: number, to: number, message: string): Fate {
  const key = hashOnce(message)
  const link = table === null ? null : (table[from * world.nodes.length + to] ?? null)
  if (link === null) return { arrivals: [latencyMs(world.settings.latency, drawHashed(world.seed, LATENCY, key, 0))], because: NOTHING }
  if (link.cut !== null) return { lost: 'cut', because: link.cut }
  for (const loss of link.losses) {
    if (below(drawHashed(world.seed, loss.purpose, key, 0), loss.ppm)) return { lost: 'loss', because: loss.fact }
  }
  const because: FactNo[] = []
  // The draws of a copy are keyed by the fault that made it: another fault less moves no copy of this one.
  const copies = [0]
  for (const duplicate of link.duplicates) {
    if (copies.length < COPIES_MAX && below(drawHashed(world.seed, duplicate.purpose, key, 0), duplicate.ppm)) {
      copies.push(duplicate.purpose)
      because.push(duplicate.fact)
    }
  }
  const arrivals: number[] = []
  for (const copy of copies) {
    let ms = latencyMs(world.settings.latency, drawHashed(world.seed, LATENCY, key, copy))
    for (const late of link.latencies) {
      if (below(drawHashed(world.seed, late.gate, key, copy), late.ppm)) ms += latencyMs(late.shape, drawHashed(world.seed, late.purpose, key, copy))
    }
    arrivals.push(ms)
  }
  return { arrivals, because }
}

const LATENCY = hashText('latency')
const NOTHING: FactNo[] = []
