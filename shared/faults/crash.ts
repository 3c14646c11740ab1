import type { Fault } from '../sim/fault.ts'
import { includes, inWords } from './parts.ts'

/** Crash and restart: memory, inbox and writes that were not yet synced are gone; the disk is kept. */
export const crash: Fault = {
  title: 'Crash',
  sentence: (params) => `${inWords(params['nodes'])} crashed. Memory is lost, the disk is kept.`,
  fields: { nodes: { type: 'nodes', label: 'Nodes', proper: false } },
  presets: [],
  // A crash keeps a student idle: half a minute at most.
  durationMsMax: 30_000,
  untilHealed: false,
  composes: 'A crash comes before a pause. What arrives at a crashed node is lost. It restarts when its last crash ends.',
  node: (params, node) => (includes(params['nodes'], node) ? 'crash' : null),
}
