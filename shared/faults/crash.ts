import type { Fault } from '../sim/fault.ts'
import { includes, inWords, someNodes } from './parts.ts'

/** A crash: the process dies. Memory and inbox are gone; the machine stays up, so what was written is on the disk. */
export const crash = {
  title: 'Crash',
  sentence: (params) => `Crash of ${inWords(params['nodes'])}: memory is lost, the disk is kept.`,
  fields: someNodes,
  presets: [{ title: 'Crash the leader', params: { nodes: ['leader'] } }, { title: 'Crash a minority', params: { nodes: ['minority'] } }],
  durationMsUsual: 20_000,
  // A crash keeps a student idle: half a minute at most.
  durationMsMax: 30_000,
  untilHealed: false,
  composes: 'A crash comes before a pause. What arrives at a crashed node is lost. It restarts when its last crash ends.',
  node: (params, node) => (includes(params['nodes'], node) ? { power: 'crash' } : null),
} as const satisfies Fault
