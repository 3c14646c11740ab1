import { integer } from '../sim/fields.ts'
import type { Fault } from '../sim/fault.ts'
import { includes, inSeconds, inWords, lasting, someNodes, whole } from './parts.ts'

/** A slow node: it handles one thing after the other, each takes a while, and the rest waits. Its timers are late by as much. */
export const slowNode = {
  title: 'Slow node',
  sentence: (params) => `At ${inWords(params['nodes'])}, each thing that comes takes ${inSeconds(whole(params, 'workMs'))} s.`,
  fields: { ...someNodes, workMs: integer('Each thing takes', 'ms', 100, 20_000, 3_000, 100) },
  presets: [{ title: 'A slow leader', params: { nodes: ['leader'], workMs: 3_000 } }, { title: 'One sinks', params: { nodes: ['any'], workMs: 8_000 } }],
  ...lasting,
  composes: 'Links work as before. Of several, the longest counts. While the node is paused nothing is done, and its timers are late from its waking; a crash empties the queue. When it ends, the node catches up at once.',
  node: (params, node) => (includes(params['nodes'], node) ? { workMs: whole(params, 'workMs') } : null),
} as const satisfies Fault
