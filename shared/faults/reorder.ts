import { integer } from '../sim/fields.ts'
import type { Fault } from '../sim/fault.ts'
import { between, everyLink, lasting, names, ppm, wayInWords, whole } from './parts.ts'

/** Reordering: some messages wait on arrival until others, sent later on the same link, have passed them. */
export const reorder = {
  title: 'Reorder messages',
  sentence: (params) => `Of the messages ${wayInWords(params)}, ${whole(params, 'share')}% arrive only after the next ${whole(params, 'gap') === 1 ? 'one' : `${whole(params, 'gap')} that are sent`}.`,
  fields: { ...between, share: integer('Share overtaken', '%', 1, 100, 25), gap: integer('By the next', 'messages', 1, 10, 1) },
  presets: [{ title: 'Swap neighbours', params: { ...everyLink, share: 25, gap: 1 } }, { title: 'Far behind', params: { ...everyLink, share: 20, gap: 3 } }],
  ...lasting,
  composes: 'On arrival, after a cut and a hold. Nobody waits longer than 20 s to be overtaken. Latency that varies reorders messages too.',
  link: (params, from, to) => (names(params, from, to) ? { overtaken: { ppm: ppm(params, 'share'), gap: whole(params, 'gap') } } : null),
} as const satisfies Fault
