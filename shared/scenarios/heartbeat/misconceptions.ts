import type { Misconception, Rule } from '../../sim/scenario.ts'
import { TIMEOUT_MS } from './types.ts'
import type { Heartbeat } from './types.ts'
import { timing } from './state.ts'

type HeartbeatRule = Rule<Heartbeat>

/** The same timeout for everybody, from the start. */
const sameForAll = (timeoutMs: (self: Parameters<HeartbeatRule['when']>[0]) => number): HeartbeatRule => ({
  on: ['start'], sort: 'judgement', sentence: 'One timeout is good for every peer.', when: () => true, act: (self) => [{ kind: 'set-all', timeoutMs: timeoutMs(self) }],
})

export const misconceptions: { readonly [id: string]: Misconception<Heartbeat> } = {
  impatient: {
    idea: 'Whoever misses one heartbeat is dead. Waiting longer only costs time.',
    replaces: { 'short-timeout': sameForAll(() => TIMEOUT_MS.least), tune: null },
    breaks: ['suspicion-earned'], heldBy: 'one',
  },
  trusting: {
    idea: 'It will be back in a moment. Networks are slow.',
    replaces: { suspect: null },
    breaks: ['strong-completeness'], heldBy: 'one',
  },
  'one-size': {
    idea: 'One good timeout is enough for all links.',
    replaces: { 'same-timeout': sameForAll((self) => timing(self, 'tuneLeastMs')), tune: null },
    breaks: [], misses: 'mistakes', heldBy: 'all',
  },
  'no-forgiveness': {
    idea: 'Who was gone once is gone for good.',
    replaces: { trust: null },
    breaks: ['accuracy-returns'], heldBy: 'one',
  },
}
