import { clockCondition, vectorExactness } from '../../../shared/invariants/index.ts'
import { example, instead } from '../example.ts'
import { noted } from '../stage.ts'
import type { Step } from '../stage.ts'

const stamped = (node: string, name: string, after: string[], clock: number) => ({ shows: 'stamped', node, name, after, clock })
/** Two stamps are equal and nobody minds, for neither happened before the other. Then B applies what A made, and counts on from its own clock only. */
const orders: Step[] = [
  { atMs: 1_000, at: 'A', note: stamped('A', 'create 1', [], 1) },
  { atMs: 2_000, at: 'B', note: stamped('B', 'create 2', [], 1) },
  { atMs: 3_000, at: 'A', note: stamped('A', 'pay 1', [], 5) },
  { atMs: 4_000, at: 'C', note: stamped('C', 'apply pay 1', ['pay 1'], 6) },
  { atMs: 5_000, at: 'B', note: stamped('B', 'apply pay 1', ['pay 1'], 2) },
]

const vectored = (node: string, name: string, after: string[], vector: number[]) => ({ shows: 'vectored', node, name, after, vector })
/** B forgets to take over what it is told, or claims to know what it was never told. */
const vectors: Step[] = [
  { atMs: 1_000, at: 'A', note: vectored('A', 'create', [], [1, 0, 0]) },
  { atMs: 2_000, at: 'A', note: vectored('A', 'pay', [], [2, 0, 0]) },
  { atMs: 3_000, at: 'C', note: vectored('C', 'ship', [], [0, 0, 1]) },
  { atMs: 4_000, at: 'B', note: vectored('B', 'apply create', ['create'], [1, 1, 0]) },
]

export const clocks = [
  example('clock-condition', 'a node does not take the maximum', clockCondition(noted('stamped')), orders, instead(orders, 4, { atMs: 5_000, at: 'B', note: stamped('B', 'apply pay 1', ['pay 1'], 6) })),
  example('clock-condition', 'a crash sets a clock back to the stamp it had', clockCondition(noted('stamped')),
    [...orders.slice(0, 3), { atMs: 3_500, fault: 'f', type: 'crash', params: { nodes: ['A'] }, durationMs: 1_000 }, { atMs: 6_000, at: 'A', note: stamped('A', 'cancel 1', [], 5) }],
    [...orders.slice(0, 3), { atMs: 3_500, fault: 'f', type: 'crash', params: { nodes: ['A'] }, durationMs: 1_000 }, { atMs: 6_000, at: 'A', note: stamped('A', 'cancel 1', [], 6) }]),
  example('vector-exactness', 'a node takes nothing over', vectorExactness(noted('vectored')), instead(vectors, 3, { atMs: 4_000, at: 'B', note: vectored('B', 'apply create', ['create'], [0, 1, 0]) }), vectors),
  example('vector-exactness', 'a node claims to know more than it was told', vectorExactness(noted('vectored')), instead(vectors, 3, { atMs: 4_000, at: 'B', note: vectored('B', 'apply create', ['create'], [2, 1, 0]) }), vectors),
  example('vector-exactness', 'a node claims to know what is made only later', vectorExactness(noted('vectored')),
    [...instead(vectors, 3, { atMs: 4_000, at: 'B', note: vectored('B', 'apply create', ['create'], [3, 1, 0]) }).slice(2), { atMs: 5_000, at: 'A', note: vectored('A', 'cancel', [], [3, 0, 0]) }],
    [...vectors.slice(2), { atMs: 5_000, at: 'A', note: vectored('A', 'cancel', [], [3, 0, 0]) }]),
]
