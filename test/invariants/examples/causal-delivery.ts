import { causalDelivery } from '../../../shared/invariants/index.ts'
import { example, instead } from '../example.ts'
import { noted } from '../stage.ts'
import type { Step } from '../stage.ts'

const made = (node: string, operation: string, after: string[] = [], held = false) => ({ shows: 'delivery', change: 'made', node, operation, after, held })
const applied = (node: string, operation: string) => ({ shows: 'delivery', change: 'applied', node, operation })
/** The cancellation overtakes the order that it cancels. */
const overtakes: Step[] = [
  { atMs: 1_000, at: 'A', note: made('A', 'create') },
  { atMs: 2_000, at: 'B', note: applied('B', 'create') },
  { atMs: 3_000, at: 'B', note: made('B', 'cancel') },
  { atMs: 4_000, at: 'B', note: applied('B', 'create') },
  { atMs: 5_000, at: 'C', note: applied('C', 'cancel') },
  { atMs: 6_000, at: 'C', note: applied('C', 'create') },
]
/** The two orders of one node, across a crash. */
const inOrder: Step[] = [
  { atMs: 1_000, at: 'A', note: made('A', 'create 1') },
  { atMs: 2_000, fault: 'f', type: 'crash', params: { nodes: ['A'] }, durationMs: 1_000 },
  { atMs: 4_000, at: 'A', note: made('A', 'create 2') },
  { atMs: 5_000, at: 'B', note: applied('B', 'create 1') },
  { atMs: 6_000, at: 'B', note: applied('B', 'create 2') },
]
/** A customer creates at A, and cancels at B, which has not heard of it; B stamps the cancellation and keeps it back, or does not. */
const session: Step[] = [
  { atMs: 1_000, at: 'A', note: made('A', 'create') },
  { atMs: 2_000, at: 'B', note: made('B', 'cancel', ['create'], true) },
  { atMs: 3_000, at: 'B', note: applied('B', 'create') },
  { atMs: 4_000, at: 'B', note: applied('B', 'cancel') },
]

export const causal = [
  example('causal-delivery', 'a cancellation overtakes what it cancels', causalDelivery(noted('delivery')), overtakes, instead(overtakes, 1, null)),
  example('causal-delivery', 'a node applies its own operation before the one that its customer knew', causalDelivery(noted('delivery')), instead(session, 1, { atMs: 2_000, at: 'B', note: made('B', 'cancel', ['create'], false) }), session),
  example('causal-delivery', 'what one node made before is left out', causalDelivery(noted('delivery')), instead(inOrder, 3, null), inOrder),
]
