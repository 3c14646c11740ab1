import type { RoundPlan } from '../../../shared/headless.ts'

/** Rounds that once went wrong, or that come close to it, and what they are kept for. Nothing is ever taken off this list. */
export interface Pinned { scenario: string; plan: RoundPlan; why: string }

const good = (seed: number, nodes: number, change: Partial<RoundPlan> = {}): RoundPlan => ({ seed, nodes, durationMs: 600_000, rules: 'good', chaos: 'monkey', ...change })

/** Made anew when the monkey took over: rounds of earlier seeds are other rounds since then. */
export const pinned: readonly Pinned[] = [
  { scenario: 'election', plan: good(6300, 3, { level: 'L0' }), why: 'of 10,000 rounds the longest way back to a leader under lease at the slow pace of L0: 90 s' },
  { scenario: 'election', plan: good(8946, 4), why: 'the longest way back at the usual pace: 128 s of split votes' },
  { scenario: 'election', plan: good(3594, 7), why: 'the closest handover of service: the new leader answers 7.0 s after the old one' },
]
