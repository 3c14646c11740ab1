import { fencingMonotonic } from '../../../shared/invariants/index.ts'
import { example, instead } from '../example.ts'
import { noted } from '../stage.ts'
import type { Step } from '../stage.ts'

const saw = (token: number, accepted: boolean) => ({ shows: 'fenced', store: 'C', token, accepted })
/** The storage knows the highest token, until a crash. */
const forgets: Step[] = [
  { atMs: 1_000, at: 'C', note: saw(33, true) },
  { atMs: 20_000, at: 'C', note: saw(34, true) },
  { atMs: 21_000, at: 'C', note: saw(34, true) },
  { atMs: 22_000, at: 'C', note: saw(33, false) },
  { atMs: 23_000, fault: 'f', type: 'crash', params: { nodes: ['C'] }, durationMs: 2_000 },
  { atMs: 30_000, at: 'C', note: saw(33, true) },
]

export const fencing = [
  example('fencing-monotonic', 'a storage forgets the highest token in a crash', fencingMonotonic(noted('fenced')), forgets, instead(forgets, 5, { atMs: 30_000, at: 'C', note: saw(33, false) })),
]
