import { createWorld } from '../../shared/sim/create.ts'
import { drawBetween } from '../../shared/sim/draws.ts'
import type { FaultParams, FaultRegistry } from '../../shared/sim/fault.ts'
import { fateOf, linkAt, linkTable } from '../../shared/sim/links.ts'
import type { CopyFate, Fate, LinkTable } from '../../shared/sim/links.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import type { LatencyShape, NodeId } from '../../shared/sim/types.ts'
import type { World } from '../../shared/sim/world.ts'
import { probe } from '../sim/probe.ts'
import { ensure } from './statistics.ts'

/** Faults as they act on a wire, without a round: fates are drawn by the simulation's own functions, as fast as they go. */

export interface Acting { id?: string; type: string; params: FaultParams; phase?: number; startedMs?: number }
export interface Wire {
  ids: readonly NodeId[]
  table: LinkTable | null
  /** The fate of the message with this text from the first node to the second, or between two others, sent at `atMs`. */
  fate(message: string, atMs: number, from?: number, to?: number): Fate
  /** The same for a wire on which no message may be lost: throws `Deviation` when one is. */
  copies(message: string, atMs: number, from?: number, to?: number): CopyFate[]
}

/** A cluster whose links take `latency` (no time, unless it is given) and whose faults act from the start on. */
export function wireWith(registry: FaultRegistry, acting: readonly Acting[], { nodes = 2, seed = 1, latency = { shape: 'constant', ms: 0 } as LatencyShape } = {}): Wire {
  const world: World = createWorld(probe as unknown as Scenario, seed, {
    nodes, level: 'L0', clockOffsetsMs: Array.from({ length: nodes }, () => 0), latency, syncMs: 30, beliefs: {},
    playedBy: Array.from({ length: nodes }, () => 'student' as const), customers: false, durationMs: 600_000,
  })
  const ids = world.nodes.map((node) => node.self.id)
  world.faults = acting.map(({ id, type, params, phase = 0, startedMs = 0 }, n) => ({ id: id ?? `f${n}`, type, params, startedMs, endsAtMs: null, fact: n, phase, bends: {} }))
  const table = linkTable(world, registry, ids)
  const fate = (message: string, atMs: number, from = 0, to = 1): Fate => {
    const link = linkAt(table, nodes, from, to)
    if (link === null) throw new Error(`nothing acts on the link from ${ids[from]} to ${ids[to]}`)
    world.nowMs = atMs
    return fateOf(world, link, message)
  }
  return {
    ids, table, fate,
    copies: (message, atMs, from, to) => {
      const found = fate(message, atMs, from, to)
      ensure(!('lost' in found), `${message} is not to be lost`)
      return found.copies
    },
  }
}

/** Directions of links on which a fault acts, of a cluster of so many nodes, as `A>B`. */
export function cutBy(registry: FaultRegistry, acting: Acting, nodes: number): string[] {
  const { ids, table } = wireWith(registry, [acting], { nodes })
  return ids.flatMap((from, a) => ids.flatMap((to, b) => ((linkAt(table, nodes, a, b)?.cut ?? null) === null ? [] : [`${from}>${to}`])))
}

/** Whole numbers from `least` to `most`, one after the other; the same `what` gives the same ones. */
export function numbers(what: string): (least: number, most: number) => number {
  let n = 0
  return (least, most) => drawBetween(11, `test ${what}`, n++, 0, least, most)
}
