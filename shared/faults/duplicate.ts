import { integer } from '../sim/fields.ts'
import type { Fault } from '../sim/fault.ts'
import { between, DURATION_MS_MAX, inWords, names, whole } from './parts.ts'

/** Duplication: some messages arrive twice, each copy with a travel time of its own. */
export const duplicate: Fault = {
  title: 'Duplicate messages',
  sentence: (params) => `From ${inWords(params['from'])} to ${inWords(params['to'])}, ${whole(params, 'share')}% of the messages arrive twice.`,
  fields: { ...between, share: integer('Share doubled', '%', 1, 100, 30) },
  presets: [],
  durationMsMax: DURATION_MS_MAX,
  untilHealed: true,
  composes: 'After loss: a lost message has no copy. Each fault adds one copy at most, and there are never more than four.',
  link: (params, from, to) => (names(params, from, to) ? { duplicatePpm: whole(params, 'share') * 10_000 } : null),
}
