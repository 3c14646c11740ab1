import type { ClusterInfo } from '../../../sim/claim.ts'
import type { Fact, FactOf } from '../../../sim/facts.ts'
import type { NodeId, SimMs } from '../../../sim/types.ts'
import { latestOfMajority } from '../state.ts'
import { roleFolds } from './roles.ts'
import type { RoleChange, Roles } from './roles.ts'
import { bodyOf } from './shown.ts'

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

/** Takes note of a node that begins or ceases to lead; returns true when a lease ended by it. */
function foldChange(watch: LeaseWatch, role: RoleChange, atMs: SimMs): boolean {
  if (role === null) return false
  const held = (watch.leading[role.node]?.untilMs ?? -1) > atMs
  watch.leading[role.node] = role.change === 'led' ? { term: role.term, latest: -1, beats: [], acks: {}, untilMs: -1 } : null
  return role.change === 'laid-down' && held
}

/** One fold for each kind of fact; each returns true when leases changed by it. Constant time for a cluster of fixed size. */
export const leaseFolds = {
  sent(watch: LeaseWatch, fact: FactOf<'sent'>): boolean {
    foldChange(watch, roleFolds.sent(watch.roles, fact), fact.atMs)
    const body = bodyOf(fact)
    if (body.kind !== 'beat') return false
    const own = watch.leading[fact.node] ?? null
    if (own === null || own.term !== body.term || own.latest === body.beat) return false
    own.latest = body.beat
    own.beats.push({ beat: body.beat, atMs: fact.atMs })
    if (own.beats.length > BEATS_KEPT) own.beats.shift()
    return false
  },
  delivered(watch: LeaseWatch, fact: FactOf<'delivered'>, cluster: ClusterInfo): boolean {
    roleFolds.delivered(watch.roles, fact)
    const body = bodyOf(fact)
    if (body.kind !== 'beat-ack') return false
    const own = watch.leading[fact.node] ?? null
    if (own === null || own.term !== body.term) return false
    const sentMs = own.beats.find((one) => one.beat === body.beat)?.atMs
    if (sentMs === undefined) return false
    own.acks[fact.from] = Math.max(own.acks[fact.from] ?? sentMs, sentMs)
    const sinceMs = latestOfMajority(own.acks, cluster.majority)
    if (sinceMs === null) return false
    const untilMs = sinceMs + (cluster.timings['leaseMs'] as number)
    if (untilMs <= fact.atMs || untilMs <= own.untilMs) return false
    own.untilMs = untilMs
    return true
  },
  acted: (watch: LeaseWatch, fact: FactOf<'acted'>): boolean => foldChange(watch, roleFolds.acted(watch.roles, fact), fact.atMs),
  crashed: (watch: LeaseWatch, fact: FactOf<'crashed'>): boolean => foldChange(watch, roleFolds.crashed(watch.roles, fact), fact.atMs),
}

/** Folds a fact of any kind; returns true when leases changed by it. */
export function foldLease(watch: LeaseWatch, fact: Fact, cluster: ClusterInfo): boolean {
  switch (fact.kind) {
    case 'sent': return leaseFolds.sent(watch, fact)
    case 'delivered': return leaseFolds.delivered(watch, fact, cluster)
    case 'acted': return leaseFolds.acted(watch, fact)
    case 'crashed': return leaseFolds.crashed(watch, fact)
    default: return false
  }
}
