import { integer } from '../sim/fields.ts'
import type { Fault } from '../sim/fault.ts'
import { includes, inSeconds, inWords, lasting, someNodes, whole } from './parts.ts'

/** A clock bump: the clock jumps, and stays so. */
export const clockBump = {
  title: 'Bump a clock',
  sentence: (params) => `At ${inWords(params['nodes'])}, the clock jumps ${whole(params, 'byMs') < 0 ? 'back' : 'ahead'} by ${inSeconds(Math.abs(whole(params, 'byMs')))} s.`,
  fields: { ...someNodes, byMs: integer('By', 'ms', -60_000, 60_000, 10_000, 100) },
  presets: [{ title: '10 s ahead', params: { nodes: ['any'], byMs: 10_000 } }, { title: '10 s back', params: { nodes: ['any'], byMs: -10_000 } }],
  ...lasting,
  composes: 'Shifts add up, and drift goes on from there. When it ends the clock stays bent: undo bends it back, and so does setting all clocks. A clock never shows less than 0.',
  needs: () => 'bent-clocks',
  clock: (params, node) => (includes(params['nodes'], node) ? { shiftMs: whole(params, 'byMs') } : null),
} as const satisfies Fault
