import type { FactOf } from '../../shared/sim/facts.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import type { FactNo, LatencyShape, SimMs } from '../../shared/sim/types.ts'
import type { StagePacket } from '../stage/scene.ts'

/** Flights are filed by the second, so that any time finds its packets without looking at the others. */
const bucketMs = 1_000
/** How long a packet that is dropped where it waits, or as it leaves, is seen to go. */
const dropMs = 900
/** Damage shows at the far end: so much of the way such a packet goes. */
const damagedShare = 0.97

/** Every message of a cluster on its way, for any time. A copy that is kept back has several legs, each a packet of its own. */
export interface Flights {
  sent(fact: FactOf<'sent'>): void
  /** The copy waits: at the far end for a hold or to be overtaken, at the near end for a rate limit. */
  held(fact: FactOf<'held'>): void
  /** It goes on from where it waited. */
  released(fact: FactOf<'released'>): void
  /** The copy never arrives. Known only when it would have, or at once when the network took it. */
  lost(fact: FactOf<'lost'>): void
  /** What may be under way then; a few may already have landed. The same array until something changes. */
  at(nowMs: SimMs): StagePacket[]
  /** All that may be under way at some time of a stretch, each once. */
  between(fromMs: SimMs, toMs: SimMs): StagePacket[]
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

const bucketOf = (ms: SimMs): number => Math.floor(ms / bucketMs)

export function flights(scenario: Scenario): Flights {
  const buckets = new Map<number, StagePacket[]>()
  /** The last leg of every copy by the fact that sent it, for as long as it flies. */
  const bySent = new Map<FactNo, StagePacket[]>()
  /** Legs whose end is not known yet: they are filed when it is. */
  const waiting = new Set<StagePacket>()
  let joined: { bucket: StagePacket[]; waiting: number; packets: StagePacket[] } | null = null
  let waitingVersion = 0
  const lostMs = usualMs(scenario.latency)
  let forgottenMs = 0

  const file = (packet: StagePacket): void => {
    for (let at = bucketOf(packet.departMs); at <= bucketOf(packet.arriveMs); at++) {
      const bucket = buckets.get(at)
      // A new array, so that who compares arrays sees the change.
      buckets.set(at, bucket === undefined ? [packet] : [...bucket, packet])
    }
  }
  const unfile = (packet: StagePacket): void => {
    for (let at = bucketOf(packet.departMs); at <= bucketOf(packet.arriveMs); at++) buckets.set(at, (buckets.get(at) ?? none).filter((one) => one !== packet))
  }
  const wait = (packet: StagePacket, on: boolean): void => {
    if (on) waiting.add(packet)
    else waiting.delete(packet)
    waitingVersion++
  }
  /** The copy that a fact is about, by its last leg, and how to set another one. */
  const lastOf = (fact: FactOf<'held' | 'released' | 'lost'>): { leg: StagePacket; next(leg: StagePacket): void } | null => {
    const copies = bySent.get(fact.before[0] ?? -1)
    const leg = copies?.[fact.copy]
    return copies === undefined || leg === undefined ? null : { leg, next: (one) => { copies[fact.copy] = one } }
  }
  /** What follows a leg: another look at the same copy, free of what the last one was doing. */
  const follow = ({ from, to, family, letter, hollow, key }: StagePacket, departMs: SimMs, arriveMs: SimMs, fate: StagePacket['fate']): StagePacket => {
    const [name = '', leg = '0'] = key.split('/')
    return { key: `${name}/${Number(leg) + 1}`, from, to, family, letter, hollow, departMs, arriveMs, fate }
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
    held(fact) {
      const last = lastOf(fact)
      if (last === null) return
      // A rate limit keeps it from leaving at all; the others take it when it would arrive.
      if (fact.why === 'rate') unfile(last.leg)
      else last.leg.fate = 'kept'
      const leg: StagePacket = { ...follow(last.leg, fact.atMs, Infinity, 'kept'), waits: fact.why === 'rate' ? 'near' : 'far' }
      last.next(leg)
      wait(leg, true)
    },
    released(fact) {
      const last = lastOf(fact)
      if (last === null || !waiting.has(last.leg)) return
      const { leg } = last
      wait(leg, false)
      leg.arriveMs = fact.atMs
      if (leg.waits === 'far') leg.fate = 'delivered'
      file(leg)
      if (leg.waits !== 'near') return
      const onward = follow(leg, fact.atMs, fact.atMs + fact.inMs, 'delivered')
      last.next(onward)
      file(onward)
    },
    lost(fact) {
      const last = lastOf(fact)
      // A node that crashes drops what already arrived: that packet did land.
      if (last === null || fact.reason === 'overflow' || fact.atMs > last.leg.arriveMs) return
      const { leg } = last
      const dropped = (end: 'near' | 'far'): void => {
        const one: StagePacket = { ...follow(leg, fact.atMs, fact.atMs + dropMs, 'lost'), waits: end }
        last.next(one)
        file(one)
      }
      if (leg.waits !== undefined) {
        if (waiting.has(leg)) { wait(leg, false); leg.arriveMs = fact.atMs; file(leg) }
        leg.fate = 'kept'
        dropped(leg.waits)
      } else if (fact.reason === 'rate') {
        unfile(leg)
        dropped('near')
      } else {
        leg.fate = 'lost'
        if (fact.reason === 'corrupted') leg.endShare = damagedShare
      }
    },
    at(nowMs) {
      const bucket = buckets.get(bucketOf(nowMs)) ?? none
      if (waiting.size === 0) return bucket
      if (joined?.bucket !== bucket || joined.waiting !== waitingVersion) joined = { bucket, waiting: waitingVersion, packets: [...waiting, ...bucket] }
      return joined.packets
    },
    between(fromMs, toMs) {
      const found = new Set(waiting)
      for (let at = bucketOf(fromMs); at <= bucketOf(toMs); at++) for (const packet of buckets.get(at) ?? none) found.add(packet)
      return [...found].filter((packet) => packet.departMs <= toMs && packet.arriveMs >= fromMs)
    },
    countArrived(node, sinceMs, nowMs) {
      let count = 0
      for (let at = bucketOf(sinceMs); at <= bucketOf(nowMs); at++) {
        for (const packet of buckets.get(at) ?? none) {
          if (packet.to === node && packet.fate === 'delivered' && packet.arriveMs > sinceMs && packet.arriveMs <= nowMs && bucketOf(packet.arriveMs) === at) count++
        }
      }
      return count
    },
    forget(beforeMs) {
      const until = bucketOf(beforeMs)
      for (let at = bucketOf(forgottenMs); at < until; at++) buckets.delete(at)
      if (beforeMs > forgottenMs) forgottenMs = beforeMs
      for (const [sent, copies] of bySent) {
        if (copies.every((copy) => copy.arriveMs < beforeMs)) bySent.delete(sent)
        else if (copies.every((copy) => copy.departMs >= beforeMs)) break
      }
    },
  }
}
