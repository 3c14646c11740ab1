import { integer } from '../sim/fields.ts'
import type { Fault } from '../sim/fault.ts'
import { between, everyLink, lasting, names, ppm, wayInWords, whole } from './parts.ts'

/** Duplication: some messages arrive twice, each copy with a travel time of its own. */
export const duplicate = {
  title: 'Duplicate messages',
  sentence: (params) => `Of the messages ${wayInWords(params)}, ${whole(params, 'share')}% arrive twice.`,
  fields: { ...between, share: integer('Share doubled', '%', 1, 100, 30) },
  presets: [{ title: 'A third, everywhere', params: { ...everyLink, share: 33 } }],
  ...lasting,
  composes: 'After loss: a lost message has no copy. Each fault adds one copy at most, and there are never more than four.',
  link: (params, from, to) => (names(params, from, to) ? { duplicatePpm: ppm(params, 'share') } : null),
} as const satisfies Fault
