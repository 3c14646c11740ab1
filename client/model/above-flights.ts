import type { FactOf } from '../../shared/sim/facts.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import type { FactNo, LatencyShape, SimMs } from '../../shared/sim/types.ts'
import type { StagePacket } from '../stage/scene.ts'

/** Flights are filed by the second, so that any time finds its packets without looking at the others. */
const bucketMs = 1_000

/** Every message of a cluster on its way, for any time. */
export interface Flights {
  sent(fact: FactOf<'sent'>): void
  /** The copy never arrives. Known only when it would have, or at once when the network took it. */
  lost(fact: FactOf<'lost'>): void
  /** What may be under way then; a few may already have landed. The same array until something changes. */
  at(nowMs: SimMs): StagePacket[]
  /** How many reached `node` after `sinceMs` and until `nowMs`: what waits at a paused one. */
  countArrived(node: string, sinceMs: SimMs, nowMs: SimMs): number
  /** Forgets what landed before this. */
  forget(beforeMs: SimMs): void
}

const none: StagePacket[] = []

/** A usual travel time: how long a packet that the network took at once is shown on its way. */
function usualMs(latency: LatencyShape): number {
  switch (latency.shape) {
    case 'constant': return latency.ms
    case 'uniform': return Math.round((latency.leastMs + latency.mostMs) / 2)
    case 'log-normal': case 'tail': return latency.medianMs
  }
}

export function flights(scenario: Scenario): Flights {
  const buckets = new Map<number, StagePacket[]>()
  /** Copies by the fact that sent them, for as long as they fly. */
  const bySent = new Map<FactNo, StagePacket[]>()
  const lostMs = usualMs(scenario.latency)
  let forgottenMs = 0

  const file = (packet: StagePacket): void => {
    for (let at = Math.floor(packet.departMs / bucketMs); at <= Math.floor(packet.arriveMs / bucketMs); at++) {
      const bucket = buckets.get(at)
      // A new array, so that who compares arrays sees the change.
      buckets.set(at, bucket === undefined ? [packet] : [...bucket, packet])
    }
  }

  return {
    sent(fact) {
      const spec = scenario.messages[fact.body.kind as keyof typeof scenario.messages]
      if (spec === undefined) return
      const look = { from: fact.node, to: fact.to, family: spec.family, letter: spec.letter, hollow: spec.hollow?.(fact.body as never) ?? false, departMs: fact.atMs }
      const copies: StagePacket[] = fact.arrivals.length === 0
        ? [{ ...look, key: `${fact.n}`, arriveMs: fact.atMs + lostMs, fate: 'lost' }]
        : fact.arrivals.map((ms, copy) => ({ ...look, key: `${fact.n}.${copy}`, arriveMs: fact.atMs + ms, fate: 'delivered' }))
      for (const copy of copies) file(copy)
      bySent.set(fact.n, copies)
    },
    lost(fact) {
      const sent = fact.before[0]
      const packet = sent === undefined ? undefined : bySent.get(sent)?.[fact.copy]
      // A node that crashes drops what already arrived: that packet did land.
      if (packet !== undefined && fact.reason !== 'overflow' && fact.atMs <= packet.arriveMs) packet.fate = 'lost'
    },
    at: (nowMs) => buckets.get(Math.floor(nowMs / bucketMs)) ?? none,
    countArrived(node, sinceMs, nowMs) {
      let count = 0
      for (let at = Math.floor(sinceMs / bucketMs); at <= Math.floor(nowMs / bucketMs); at++) {
        for (const packet of buckets.get(at) ?? none) {
          if (packet.to === node && packet.fate === 'delivered' && packet.arriveMs > sinceMs && packet.arriveMs <= nowMs && Math.floor(packet.arriveMs / bucketMs) === at) count++
        }
      }
      return count
    },
    forget(beforeMs) {
      const until = Math.floor(beforeMs / bucketMs)
      for (let at = Math.floor(forgottenMs / bucketMs); at < until; at++) buckets.delete(at)
      if (beforeMs > forgottenMs) forgottenMs = beforeMs
      for (const [sent, copies] of bySent) {
        if (copies.every((copy) => copy.arriveMs < beforeMs)) bySent.delete(sent)
        else if (copies.every((copy) => copy.departMs >= beforeMs)) break
      }
    },
  }
}
