import { integer } from '../sim/fields.ts'
import type { Fault } from '../sim/fault.ts'
import { between, DURATION_MS_MAX, inWords, names, whole } from './parts.ts'

/** Lossy links: each message is lost with a fixed share, independently of the others. */
export const loss: Fault = {
  title: 'Lossy links',
  sentence: (params) => `From ${inWords(params['from'])} to ${inWords(params['to'])}, ${whole(params, 'share')}% of the messages are lost.`,
  fields: { ...between, share: integer('Share lost', '%', 1, 100, 20) },
  presets: [],
  durationMsMax: DURATION_MS_MAX,
  untilHealed: true,
  composes: 'Each lossy fault draws for itself: with 20% and 50%, 60% are lost.',
  link: (params, from, to) => (names(params, from, to) ? { lossPpm: whole(params, 'share') * 10_000 } : null),
}
