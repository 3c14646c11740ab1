import { integer } from '../sim/fields.ts'
import type { Fault } from '../sim/fault.ts'
import { includes, inSeconds, inWords, lasting, someNodes, whole } from './parts.ts'

/** A clock strobe: the clock jumps ahead and back again, over and over. */
export const clockStrobe = {
  title: 'Strobe a clock',
  sentence: (params) => `At ${inWords(params['nodes'])}, the clock jumps by ${inSeconds(whole(params, 'byMs'))} s and back again every ${inSeconds(whole(params, 'everyMs'))} s.`,
  fields: { ...someNodes, byMs: integer('By', 'ms', 100, 60_000, 4_000, 100), everyMs: integer('Turns every', 'ms', 200, 30_000, 2_000, 100) },
  presets: [{ title: '4 s, every 2 s', params: { nodes: ['any'], byMs: 4_000, everyMs: 2_000 } }],
  ...lasting,
  composes: 'Shifts add up. It begins ahead, and is taken back however it ends.',
  needs: () => 'bent-clocks',
  phaseMs: (params) => whole(params, 'everyMs'),
  clock: (params, node, { phase }) => (includes(params['nodes'], node) ? { shiftMs: phase % 2 === 0 ? whole(params, 'byMs') : 0, returns: true } : null),
} as const satisfies Fault
