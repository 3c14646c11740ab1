import { appliedEverywhere, mergeLaws, strongConvergence } from '../../../shared/invariants/index.ts'
import type { Merge } from '../../../shared/invariants/merge-laws.ts'
import { example, instead } from '../example.ts'
import { noted } from '../stage.ts'
import type { Step } from '../stage.ts'

const replica = (node: string, updates: string[], state: readonly (string | number)[] | { [name: string]: number }) => ({ shows: 'replica', node, updates, state })
const arrivals: Step[] = [
  { atMs: 1_000, at: 'A', note: replica('A', ['add x'], ['x']) },
  { atMs: 2_000, at: 'B', note: replica('B', ['add y'], ['y']) },
  { atMs: 3_000, at: 'A', note: replica('A', ['add x', 'add y'], ['x', 'y']) },
  { atMs: 4_000, at: 'B', note: replica('B', ['add y', 'add x'], ['y', 'x']) },
]
/** The keys of an object have no order; what came twice counts once. */
const counted: Step[] = [
  { atMs: 1_000, at: 'A', note: replica('A', ['+1'], { likes: 1, posts: 2 }) },
  { atMs: 2_000, at: 'B', note: replica('B', ['+1'], { posts: 2, likes: 1 }) },
  { atMs: 3_000, at: 'A', note: replica('A', ['+1', '+1'], { likes: 2, posts: 2 }) },
]

const delivery = (change: 'made' | 'applied', node: string, operation: string) => ({ shows: 'delivery', change, node, operation, ...(change === 'made' ? { after: [], held: false } : {}) })
/** B is cut off while x is made; nobody tells it afterwards, or C does. */
const cut: Step[] = [
  { atMs: 1_000, fault: 'f', type: 'partition', params: { side: ['B'] }, durationMs: 10_000 },
  { atMs: 2_000, at: 'A', note: delivery('made', 'A', 'x') },
  { atMs: 3_000, at: 'C', note: delivery('applied', 'C', 'x') },
  { atMs: 40_000, at: 'B', note: delivery('applied', 'B', 'x') },
]
/** Nothing is ever broken, and B is told nothing. */
const calm: Step[] = [
  { atMs: 2_000, at: 'A', note: delivery('made', 'A', 'x') },
  { atMs: 3_000, at: 'C', note: delivery('applied', 'C', 'x') },
  { atMs: 4_000, at: 'B', note: delivery('applied', 'B', 'x') },
]

const beats: { readonly [hand: string]: string } = { rock: 'scissors', paper: 'rock', scissors: 'paper' }
export const merges: { readonly [by: string]: Merge } = {
  maximum: (left, right) => Math.max(Number(left), Number(right)),
  sum: (left, right) => Number(left) + Number(right),
  newcomer: (_left, right) => right,
  // Each two have a winner, and so has each with itself; but three go round in a circle.
  winner: (left, right) => (beats[String(left)] === right ? left : right),
}
const merged = (by: string, left: string | number, right: string | number) => ({ shows: 'merged', node: 'A', by, left, right })
const sums: Step[] = [{ atMs: 1_000, at: 'A', note: merged('maximum', 2, 1) }, { atMs: 2_000, at: 'A', note: merged('sum', 2, 3) }]
const hands: Step[] = [{ atMs: 1_000, at: 'A', note: merged('winner', 'rock', 'paper') }, { atMs: 2_000, at: 'A', note: merged('winner', 'paper', 'rock') }, { atMs: 3_000, at: 'A', note: merged('winner', 'scissors', 'rock') }]

export const convergence = [
  example('strong-convergence', 'what came in another order gives another state', strongConvergence(noted('replica')), arrivals, instead(arrivals, 3, { atMs: 4_000, at: 'B', note: replica('B', ['add y', 'add x'], ['x', 'y']) })),
  example('strong-convergence', 'what comes twice counts twice', strongConvergence(noted('replica')), counted, instead(counted, 2, { atMs: 3_000, at: 'A', note: replica('A', ['+1', '+1'], { likes: 1, posts: 2 }) })),
  example('applied-everywhere', 'nobody tells who was cut off', appliedEverywhere(noted('delivery'), 30_000), instead(cut, 3, null), cut, { untilMs: 60_000 }),
  example('applied-everywhere', 'one node is told nothing', appliedEverywhere(noted('delivery'), 30_000), instead(calm, 2, null), calm, { untilMs: 60_000 }),
  example('merge-laws', 'a sum counts twice', mergeLaws(noted('merged'), merges), sums, instead(sums, 1, { atMs: 2_000, at: 'A', note: merged('maximum', 2, 3) })),
  example('merge-laws', 'whoever comes last wins', mergeLaws(noted('merged'), merges), [{ atMs: 1_000, at: 'A', note: merged('newcomer', 2, 3) }], [{ atMs: 1_000, at: 'A', note: merged('newcomer', 3, 3) }]),
  example('merge-laws', 'three states go round in a circle', mergeLaws(noted('merged'), merges), hands, instead(hands, 2, { atMs: 3_000, at: 'A', note: merged('winner', 'rock', 'rock') })),
]
