import type { Fault } from '../sim/fault.ts'
import { includes, inWords, someNodes } from './parts.ts'

/** A power cut: as a crash, and what was written but not yet synced to the disk is lost too. */
export const powerCut = {
  title: 'Crash, last write lost',
  sentence: (params) => `Power cut at ${inWords(params['nodes'])}: memory is lost, and what was not yet synced to the disk.`,
  fields: someNodes,
  presets: [{ title: 'The leader loses power', params: { nodes: ['leader'] } }, { title: 'All lose power', params: { nodes: ['all'] } }],
  durationMsUsual: 20_000,
  durationMsMax: 30_000,
  untilHealed: false,
  composes: 'As a crash. Of a crash and a power cut the first one counts: a node that is down already has nothing left to lose.',
  node: (params, node) => (includes(params['nodes'], node) ? { power: 'power-cut' } : null),
} as const satisfies Fault
