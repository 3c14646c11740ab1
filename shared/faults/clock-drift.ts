import { integer } from '../sim/fields.ts'
import type { Fault } from '../sim/fault.ts'
import { includes, inWords, lasting, someNodes, whole } from './parts.ts'

/** Clock drift: the clock runs too fast or too slow. What it gained or lost it keeps. */
export const clockDrift = {
  title: 'Let a clock drift',
  sentence: (params) => `At ${inWords(params['nodes'])}, the clock ${whole(params, 'msPerSecond') < 0 ? 'loses' : 'gains'} ${Math.abs(whole(params, 'msPerSecond'))} ms a second.`,
  fields: { ...someNodes, msPerSecond: integer('Gains, each second', 'ms', -300, 300, 50) },
  presets: [{ title: '5% fast', params: { nodes: ['any'], msPerSecond: 50 } }, { title: '5% slow', params: { nodes: ['any'], msPerSecond: -50 } }],
  ...lasting,
  composes: 'Drifts add up, to 900 ms a second at most: a clock never stops. When it ends the clock runs true again, from where it is.',
  needs: () => 'bent-clocks',
  clock: (params, node) => (includes(params['nodes'], node) ? { driftPpm: whole(params, 'msPerSecond') * 1_000 } : null),
} as const satisfies Fault
