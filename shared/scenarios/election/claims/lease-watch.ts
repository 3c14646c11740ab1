import type { ClusterInfo } from '../../../sim/claim.ts'
import type { Fact } from '../../../sim/facts.ts'
import type { NodeId, SimMs } from '../../../sim/types.ts'
import { latestOfMajority } from '../state.ts'
import { foldRole } from './roles.ts'
import type { Roles } from './roles.ts'
import { bodyOf } from './votes.ts'

/** Heartbeats of a leader that may still be acknowledged in time: a lease is over long before the eighth one after. */
const BEATS_KEPT = 8

interface Leading {
  term: number
  /** Number of its latest beat; -1 before the first. */
  latest: number
  /** When each of the latest beats was sent, oldest first. */
  beats: { beat: number; atMs: SimMs }[]
  /** The latest beat that each peer has acknowledged, by when it was sent. */
  acks: { [peer: NodeId]: SimMs }
  /** When its lease ends; -1 before the first. */
  untilMs: SimMs
}

/** Until when each leader holds a lease, seen from above: from heartbeats sent and acknowledgements delivered. */
export interface LeaseWatch { roles: Roles; leading: { [node: NodeId]: Leading | null } }

export const watchLeases = (): LeaseWatch => ({ roles: {}, leading: {} })

/** The latest end of a lease that a leader still holds; -1 for none. */
export function leasedUntilMs(watch: LeaseWatch): SimMs {
  let best = -1
  for (const node in watch.leading) best = Math.max(best, watch.leading[node]?.untilMs ?? -1)
  return best
}

/** Folds a fact; returns true when leases changed by it. Constant time for a cluster of fixed size. */
export function foldLease(watch: LeaseWatch, fact: Fact, cluster: ClusterInfo): boolean {
  const role = foldRole(watch.roles, fact)
  if (role !== null) {
    const held = (watch.leading[role.node]?.untilMs ?? -1) > fact.atMs
    watch.leading[role.node] = role.change === 'led' ? { term: role.term, latest: -1, beats: [], acks: {}, untilMs: -1 } : null
    if (role.change === 'laid-down') return held
  }
  if (fact.kind === 'sent') {
    const body = bodyOf(fact)
    if (body.kind !== 'beat') return false
    const own = watch.leading[fact.node]
    if (own === undefined || own === null || own.term !== body.term || own.latest === body.beat) return false
    own.latest = body.beat
    own.beats.push({ beat: body.beat, atMs: fact.atMs })
    if (own.beats.length > BEATS_KEPT) own.beats.shift()
    return false
  }
  if (fact.kind !== 'delivered') return false
  const body = bodyOf(fact)
  if (body.kind !== 'beat-ack') return false
  const own = watch.leading[fact.node]
  if (own === undefined || own === null || own.term !== body.term) return false
  const sentMs = own.beats.find((one) => one.beat === body.beat)?.atMs
  if (sentMs === undefined) return false
  own.acks[fact.from] = Math.max(own.acks[fact.from] ?? sentMs, sentMs)
  const sinceMs = latestOfMajority(own.acks, cluster.majority)
  if (sinceMs === null) return false
  const untilMs = sinceMs + (cluster.timings['leaseMs'] as number)
  if (untilMs <= fact.atMs || untilMs <= own.untilMs) return false
  own.untilMs = untilMs
  return true
}
