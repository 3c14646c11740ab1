import type { Fact } from '../../../sim/facts.ts'
import type { NodeId, SimMs } from '../../../sim/types.ts'
import { bodyOf } from './votes.ts'

/** Until when each leader holds a lease, seen from above: from heartbeats sent and acknowledgements delivered. */
export interface LeaseWatch {
  sent: { [nodeAndBeat: string]: SimMs }
  acks: { [leaderAndTerm: string]: { [peer: NodeId]: SimMs } }
  /** The latest end of any lease so far. */
  untilMs: SimMs
}

export const watchLeases = (): LeaseWatch => ({ sent: {}, acks: {}, untilMs: -1 })

/** Folds a fact; returns true when some leader's lease was extended by it. Constant time for a cluster of fixed size. */
export function foldLease(watch: LeaseWatch, fact: Fact, majority: number, leaseMs: number): boolean {
  if (fact.kind === 'sent') {
    const body = bodyOf(fact)
    if (body.kind === 'beat') {
      watch.sent[`${fact.node} ${body.term} ${body.beat}`] = fact.atMs
      delete watch.sent[`${fact.node} ${body.term} ${body.beat - 8}`]
    }
    return false
  }
  if (fact.kind !== 'delivered') return false
  const body = bodyOf(fact)
  if (body.kind !== 'beat-ack') return false
  const sentMs = watch.sent[`${fact.node} ${body.term} ${body.beat}`]
  if (sentMs === undefined) return false
  const acks = (watch.acks[`${fact.node} ${body.term}`] ??= {})
  acks[fact.from] = Math.max(acks[fact.from] ?? sentMs, sentMs)
  const quorum = Object.values(acks).sort((a, b) => b - a)[majority - 2]
  if (quorum === undefined || quorum + leaseMs <= fact.atMs || quorum + leaseMs <= watch.untilMs) return false
  watch.untilMs = quorum + leaseMs
  return true
}
