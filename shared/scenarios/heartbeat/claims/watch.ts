import type { FactOf } from '../../../sim/facts.ts'
import { INBOX_MAX } from '../../../sim/limits.ts'
import type { FactNo, NodeId, SimMs } from '../../../sim/types.ts'
import type { Action } from '../types.ts'

/** Who suspects whom, seen from above. Plain JSON, folded from facts; each costs constant time for a cluster of fixed size. */
export interface Watch {
  /** By observer and peer: when it began to suspect, and the fact. */
  suspects: { [observer: NodeId]: { [peer: NodeId]: Mark } }
  /** By observer and peer: the last beat that arrived. */
  heard: { [observer: NodeId]: { [peer: NodeId]: Mark } }
  crashed: { [node: NodeId]: Mark }
  /** By node: the sender of each letter that may still be answered. */
  senders: { [node: NodeId]: { [letter: string]: NodeId } }
}
export interface Mark { atMs: SimMs; fact: FactNo }

export const newWatch = (): Watch => ({ suspects: {}, heard: {}, crashed: {}, senders: {} })

export type Change = { observer: NodeId; peer: NodeId; now: 'suspected' | 'alive' } | null

/** Takes note of a decision; says what it changed, of what stood otherwise. */
export function foldActed(watch: Watch, fact: FactOf<'acted'>): Change {
  const action = fact.action as Action, suspects = (watch.suspects[fact.node] ??= {})
  if (action.kind === 'suspect') {
    if (suspects[action.peer] !== undefined) return null
    suspects[action.peer] = { atMs: fact.atMs, fact: fact.n }
    return { observer: fact.node, peer: action.peer, now: 'suspected' }
  }
  if (action.kind !== 'trust') return null
  const peer = watch.senders[fact.node]?.[action.letter] ?? ''
  if (suspects[peer] === undefined) return null
  delete suspects[peer]
  return { observer: fact.node, peer, now: 'alive' }
}

export function foldDelivered(watch: Watch, fact: FactOf<'delivered'>): void {
  (watch.heard[fact.node] ??= {})[fact.from] = { atMs: fact.atMs, fact: fact.n }
  const senders = (watch.senders[fact.node] ??= {})
  senders[fact.letter] = fact.from
  delete senders[fact.letter - INBOX_MAX]
}

/** Who crashes forgets whom it heard and whom it suspects. */
export function foldCrashed(watch: Watch, fact: FactOf<'crashed'>): void {
  watch.crashed[fact.node] = { atMs: fact.atMs, fact: fact.n }
  delete watch.suspects[fact.node]
  delete watch.heard[fact.node]
  delete watch.senders[fact.node]
}

export function foldRestarted(watch: Watch, fact: FactOf<'restarted'>): void {
  delete watch.crashed[fact.node]
}
