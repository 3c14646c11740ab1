import type { ClusterInfo } from '../../../sim/claim.ts'
import type { Fact } from '../../../sim/facts.ts'
import type { NodeId, SimMs } from '../../../sim/types.ts'
import { bodyOf } from './votes.ts'

/** Heartbeats of a leader that may still be acknowledged in time: a lease is over long before the eighth one after. */
const BEATS_KEPT = 8

interface Leading {
  term: number
  /** When each of the latest beats was sent, oldest first. */
  beats: { beat: number; atMs: SimMs }[]
  /** The latest beat that each peer has acknowledged, by when it was sent. */
  acks: { [peer: NodeId]: SimMs }
}

/** Until when each leader holds a lease, seen from above: from heartbeats sent and acknowledgements delivered. */
export interface LeaseWatch {
  /** The highest term in which each node has sent a heartbeat. */
  leading: { [node: NodeId]: Leading }
  /** The latest end of any lease so far. */
  untilMs: SimMs
}

export const watchLeases = (): LeaseWatch => ({ leading: {}, untilMs: -1 })

/** Folds a fact; returns true when some leader's lease was extended by it. Constant time for a cluster of fixed size. */
export function foldLease(watch: LeaseWatch, fact: Fact, cluster: ClusterInfo): boolean {
  if (fact.kind === 'sent') {
    const body = bodyOf(fact)
    if (body.kind !== 'beat') return false
    let own = watch.leading[fact.node]
    if (own === undefined || body.term > own.term) own = watch.leading[fact.node] = { term: body.term, beats: [], acks: {} }
    if (body.term < own.term || own.beats[own.beats.length - 1]?.beat === body.beat) return false
    own.beats.push({ beat: body.beat, atMs: fact.atMs })
    if (own.beats.length > BEATS_KEPT) own.beats.shift()
    return false
  }
  if (fact.kind !== 'delivered') return false
  const body = bodyOf(fact)
  if (body.kind !== 'beat-ack') return false
  const own = watch.leading[fact.node]
  if (own === undefined || own.term !== body.term) return false
  const sentMs = own.beats.find((one) => one.beat === body.beat)?.atMs
  if (sentMs === undefined) return false
  const { acks } = own
  acks[fact.from] = Math.max(acks[fact.from] ?? sentMs, sentMs)
  const quorum = latestOfMajority(acks, cluster.majority)
  const untilMs = quorum + (cluster.timings['leaseMs'] as number)
  if (untilMs <= fact.atMs || untilMs <= watch.untilMs) return false
  watch.untilMs = untilMs
  return true
}

/** The latest time that enough peers to make a majority with the leader have acknowledged; -Infinity while too few have. */
function latestOfMajority(acks: { [peer: NodeId]: SimMs }, majority: number): SimMs {
  let best = -Infinity
  for (const peer in acks) {
    const at = acks[peer] as SimMs
    let asLate = 0
    for (const other in acks) if ((acks[other] as SimMs) >= at) asLate++
    if (asLate >= majority - 1 && at > best) best = at
  }
  return best
}
