import type { Fault } from '../sim/fault.ts'
import { includes, inWords, someNodes } from './parts.ts'

/** A pause, as of a garbage collector or a closed lid: nothing is handled, all that comes queues up, and the node never notices. */
export const pause = {
  title: 'Pause',
  sentence: (params) => `Pause of ${inWords(params['nodes'])}: nothing moves there, and nobody there notices.`,
  fields: someNodes,
  presets: [{ title: 'The 45 s collector pause', params: { nodes: ['leader'] }, durationMs: 45_000 }, { title: 'A short stall', params: { nodes: ['any'] }, durationMs: 10_000 }],
  durationMsUsual: 30_000,
  durationMsMax: 45_000,
  untilHealed: false,
  composes: 'Links work as before. On waking, what queued comes first, in order, then the alarms.',
  node: (params, node) => (includes(params['nodes'], node) ? { power: 'pause' } : null),
} as const satisfies Fault
