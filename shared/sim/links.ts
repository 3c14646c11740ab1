import { drawHashed } from './draws.ts'
import type { Burst, FaultRegistry, LinkEffect, Rate } from './fault.ts'
import { hashOnce, hashText } from './hash.ts'
import { COPIES_MAX } from './limits.ts'
import { latencyMs } from './shapes.ts'
import type { FactNo, LatencyShape, NodeId } from './types.ts'
import { below, freshSecond, isBad } from './weather.ts'
import type { Weather } from './weather.ts'
import type { ActiveFault, Late, World } from './world.ts'

/** What acts on one direction of one link now, in the documented order. Draw purposes are hashed once, here. */
export interface Link {
  cut: FactNo | null
  losses: { ppm: number; purpose: number; fact: FactNo }[]
  bursts: { burst: Burst; weather: Weather; purpose: number; fact: FactNo }[]
  duplicates: { ppm: number; purpose: number; fact: FactNo }[]
  corruptions: { ppm: number; caught: boolean; purpose: number; fact: FactNo }[]
  rate: (Rate & { fact: FactNo }) | null
  latencies: { shape: LatencyShape; ppm: number; purpose: number; gate: number; correlationPpm: number; weather: Weather }[]
  hold: FactNo | null
  overtakings: { ppm: number; gap: number; purpose: number; fault: string; fact: FactNo }[]
}
/** Links by `from * nodes + to`; null for a link that nothing acts on. */
export type LinkTable = readonly (Link | null)[]

const MILLION = 1_000_000

function add(link: Link, effect: LinkEffect, { id, fact, startedMs }: ActiveFault, world: World, index: number): void {
  const purpose = (what: string): number => hashText(`${what} ${id}`)
  const weather = (what: string): Weather => ({ seed: world.seed, purpose: purpose(what), link: index, sinceMs: startedMs })
  if (effect.cut === true) link.cut ??= fact
  if (effect.hold === true) link.hold ??= fact
  if (effect.lossPpm !== undefined) link.losses.push({ ppm: effect.lossPpm, purpose: purpose('loss'), fact })
  if (effect.burst !== undefined) link.bursts.push({ burst: effect.burst, weather: weather('spell'), purpose: purpose('burst'), fact })
  if (effect.duplicatePpm !== undefined) link.duplicates.push({ ppm: effect.duplicatePpm, purpose: purpose('copy'), fact })
  if (effect.corrupt !== undefined) link.corruptions.push({ ...effect.corrupt, purpose: purpose('corrupt'), fact })
  if (effect.rate !== undefined && (link.rate === null || effect.rate.intervalMs > link.rate.intervalMs)) link.rate = { ...effect.rate, fact }
  if (effect.latency !== undefined) {
    link.latencies.push({
      shape: effect.latency, ppm: effect.latencyPpm ?? MILLION, purpose: purpose('late'), gate: purpose('gate'),
      correlationPpm: effect.correlationPpm ?? 0, weather: weather('weather'),
    })
  }
  if (effect.overtaken !== undefined) link.overtakings.push({ ...effect.overtaken, purpose: purpose('overtaken'), fault: id, fact })
}

function build(world: World, faults: readonly ActiveFault[], registry: FaultRegistry, ids: readonly NodeId[], from: number, to: number): Link | null {
  let link: Link | null = null
  for (const active of faults) {
    const effect = registry[active.type]?.link?.(active.params, ids[from] as NodeId, ids[to] as NodeId, { ids, phase: active.phase }) ?? null
    if (effect === null) continue
    link ??= { cut: null, losses: [], bursts: [], duplicates: [], corruptions: [], rate: null, latencies: [], hold: null, overtakings: [] }
    add(link, effect, active, world, from * ids.length + to)
  }
  return link
}

/** The table for the active faults, or null when none acts on any link. All faults of a link change in one step. */
export function linkTable(world: World, registry: FaultRegistry, ids: readonly NodeId[]): LinkTable | null {
  if (world.faults.length === 0) return null
  // By name, not by age: where the first of two counts, it is the same one in whatever order they began.
  const faults = world.faults.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return ids.flatMap((_, from) => ids.map((_id, to) => (from === to ? null : build(world, faults, registry, ids, from, to))))
}

/** What acts on a direction, or null. */
export function linkAt(table: LinkTable | null, nodes: number, from: number, to: number): Link | null {
  return table === null ? null : (table[from * nodes + to] ?? null)
}

/** A copy's planned travel, and what is to happen to it on the way; `key`: what keys its draws, 0 for the original; `corrupted`: the fact that damaged it. */
export interface CopyFate { key: number; ms: number; corrupted: { caught: boolean; because: FactNo } | null; late: Late | null }
/** What becomes of a message at sending: the fact that lost it, or the fate of each copy. */
export type Fate = { lost: 'cut' | 'loss'; because: FactNo } | { copies: CopyFate[]; because: FactNo[] }

/** What loses a message at sending, or null. */
function lossOf(world: World, link: Link, key: number): Fate | null {
  if (link.cut !== null) return { lost: 'cut', because: link.cut }
  for (const loss of link.losses) {
    if (below(drawHashed(world.seed, loss.purpose, key, 0), loss.ppm)) return { lost: 'loss', because: loss.fact }
  }
  for (const { burst, weather, purpose, fact } of link.bursts) {
    const ppm = isBad(weather, burst, world.nowMs) ? burst.lossBadPpm : burst.lossGoodPpm
    if (below(drawHashed(world.seed, purpose, key, 0), ppm)) return { lost: 'loss', because: fact }
  }
  return null
}

function extraMs(world: World, link: Link, key: number, copy: number): number {
  let ms = 0
  for (const late of link.latencies) {
    if (!below(drawHashed(world.seed, late.gate, key, copy), late.ppm)) continue
    const bits = late.correlationPpm === 0 ? drawHashed(world.seed, late.purpose, key, copy)
      : drawHashed(world.seed, late.purpose, late.weather.link, freshSecond(late.weather, late.correlationPpm, world.nowMs))
    ms += latencyMs(late.shape, bits)
  }
  return ms
}

function copyOf(world: World, link: Link, key: number, copy: number): CopyFate {
  const drawn = ({ purpose, ppm }: { purpose: number; ppm: number }): boolean => below(drawHashed(world.seed, purpose, key, copy), ppm)
  const damage = link.corruptions.find(drawn)
  const late = link.overtakings.find(drawn)
  return {
    key: copy, ms: baseMs(world, key, copy) + extraMs(world, link, key, copy),
    corrupted: damage === undefined ? null : { caught: damage.caught, because: damage.fact },
    late: late === undefined ? null : { fault: late.fault, gap: late.gap, because: late.fact },
  }
}

/**
 * Decides a message's fate on sending, in the order that `LinkEffect` documents. Every draw is keyed by the message's identity, and
 * by the fault's own name where a fault draws.
 */
export function fateOf(world: World, link: Link, message: string): Fate {
  const key = hashOnce(message)
  const lost = lossOf(world, link, key)
  if (lost !== null) return lost
  const because: FactNo[] = []
  // The draws of a copy are keyed by the fault that made it: another fault less moves no copy of this one.
  const keys = [0]
  for (const duplicate of link.duplicates) {
    if (keys.length < COPIES_MAX && below(drawHashed(world.seed, duplicate.purpose, key, 0), duplicate.ppm)) {
      keys.push(duplicate.purpose)
      because.push(duplicate.fact)
    }
  }
  return { copies: keys.map((copy) => copyOf(world, link, key, copy)), because }
}

/** Travel time in ms over a link on which nothing acts. */
export function plainMs(world: World, message: string): number {
  return baseMs(world, hashOnce(message), 0)
}

function baseMs(world: World, key: number, copy: number): number {
  return latencyMs(world.settings.latency, drawHashed(world.seed, LATENCY, key, copy))
}

const LATENCY = hashText('latency')
