import type { Fault } from '../sim/fault.ts'
import { includes, inWords, someNodes } from './parts.ts'

/** A restart: a crash that is over before most peers notice. What was in memory is gone all the same. */
export const restart = {
  title: 'Restart',
  sentence: (params) => `Restart of ${inWords(params['nodes'])}: memory is lost, the disk is kept.`,
  fields: someNodes,
  presets: [{ title: 'Restart the leader', params: { nodes: ['leader'] } }, { title: 'Restart all', params: { nodes: ['all'] } }],
  durationMsUsual: 1_000,
  durationMsMax: 5_000,
  untilHealed: false,
  composes: 'As a crash.',
  node: (params, node) => (includes(params['nodes'], node) ? { power: 'crash' } : null),
} as const satisfies Fault
