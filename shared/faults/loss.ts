import { integer } from '../sim/fields.ts'
import type { Fault } from '../sim/fault.ts'
import { between, everyLink, lasting, leadersWords, names, ppm, wayInWords, whole } from './parts.ts'

/** Lossy links: each message is lost with a fixed share, independently of the others. */
export const loss = {
  title: 'Lossy links',
  sentence: (params) => `Of the messages ${wayInWords(params)}, ${whole(params, 'share')}% are lost.`,
  fields: { ...between, share: integer('Share lost', '%', 1, 100, 20) },
  presets: [{ title: '10% everywhere', params: { ...everyLink, share: 10 } }, { title: 'The leader loses half', params: { ...leadersWords, share: 50 } }],
  ...lasting,
  composes: 'Each lossy fault draws for itself: with 20% and 50%, 60% are lost.',
  link: (params, from, to) => (names(params, from, to) ? { lossPpm: ppm(params, 'share') } : null),
} as const satisfies Fault
