import type { RoundPlan } from '../../../shared/headless.ts'

/** Rounds that once went wrong, or that come close to it, and what they are kept for. Nothing is ever taken off this list. */
export interface Pinned { scenario: string; plan: RoundPlan; why: string }

const good = (seed: number, nodes: number, change: Partial<RoundPlan> = {}): RoundPlan => ({ seed, nodes, durationMs: 600_000, rules: 'good', chaos: 'monkey', ...change })

export const pinned: readonly Pinned[] = [
  { scenario: 'election', plan: good(4660, 3, { level: 'L0' }), why: 'of 10,000 rounds the longest way back to a leader under lease: 94 s, at the slow pace of L0' },
  { scenario: 'election', plan: good(4873, 6), why: 'the longest way back at the usual pace: 91 s of split votes' },
  { scenario: 'election', plan: good(9597, 5), why: 'the closest handover of service: the old leader answers 0.2 s before it hears of the new term, the new one 6 s later' },
  { scenario: 'election', plan: good(1962, 5), why: 'an old leader answers 0.2 s before it adopts the term of its successor, and then votes for it' },
]
