import type { Fault } from '../sim/fault.ts'
import { inWords, includes, lasting } from './parts.ts'

/** A bridge: two sides that cannot reach each other, and one node that reaches both. */
export const bridge = {
  title: 'Bridge',
  sentence: (params) => `Only ${String(params['bridge'])} connects ${inWords(params['side'])} with the rest.`,
  fields: { bridge: { type: 'node', label: 'The bridge' }, side: { type: 'nodes', label: 'One side', proper: true } },
  presets: [{ title: 'The leader is the bridge', params: { bridge: 'leader', side: ['half-of-others'] } }],
  ...lasting,
  composes: 'As a cut between the two sides.',
  invalid: (params, ids) => (includes(params['side'], String(params['bridge'])) ? 'The bridge stands on neither side.'
    : (params['side'] as readonly unknown[]).length > ids.length - 2 ? 'Somebody must be left on the other side of the bridge.' : null),
  link: (params, from, to) => (from === params['bridge'] || to === params['bridge'] || includes(params['side'], from) === includes(params['side'], to) ? null : { cut: true }),
} as const satisfies Fault
