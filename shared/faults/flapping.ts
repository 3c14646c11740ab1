import { integer } from '../sim/fields.ts'
import type { Fault } from '../sim/fault.ts'
import { inSeconds, inWords, includes, lasting, whole } from './parts.ts'

/** A flapping cut: it opens and closes, over and over. */
export const flapping = {
  title: 'Flapping cut',
  sentence: (params) => `The network between ${inWords(params['side'])} and the rest is cut for ${inSeconds(whole(params, 'everyMs'))} s and open for as long, over and over.`,
  fields: { side: { type: 'nodes', label: 'One side', proper: true }, everyMs: integer('Turns every', 'ms', 500, 60_000, 5_000, 500) },
  presets: [{ title: 'The leader flaps', params: { side: ['leader'], everyMs: 5_000 } }, { title: 'Halves flap', params: { side: ['half'], everyMs: 8_000 } }],
  ...lasting,
  composes: 'As a cut while it is cut; it begins cut.',
  phaseMs: (params) => whole(params, 'everyMs'),
  link: (params, from, to, { phase }) => (phase % 2 === 1 || includes(params['side'], from) === includes(params['side'], to) ? null : { cut: true }),
} as const satisfies Fault
