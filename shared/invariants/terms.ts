import type { NodeId } from '../sim/types.ts'

/** A node acts as leader of a term, e.g. by a heartbeat, or by an answer to a customer. Shown again and again while it leads. */
export interface Leads { node: NodeId; term: number }

/** A node gives its vote for a term; who stands votes for itself. */
export interface Votes { node: NodeId; term: number; to: NodeId }

/** A vote reaches the node that it is for. */
export interface VoteHeard { node: NodeId; term: number; from: NodeId }
