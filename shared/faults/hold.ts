import type { Fault } from '../sim/fault.ts'
import { between, everyLink, lasting, leadersWords, names, wayInWords } from './parts.ts'

/** A hold: messages are kept back on the link, then all of them arrive at once, in order. Nothing is lost. */
export const hold = {
  title: 'Hold, then release',
  sentence: (params) => `Messages ${wayInWords(params)} are kept back, and all arrive at once when this is over.`,
  fields: between,
  presets: [{ title: 'Hold everything', params: everyLink }, { title: 'Hold what the leader says', params: leadersWords }],
  ...lasting,
  composes: 'On arrival, after a cut: what is cut is lost, not held. Released messages meet whatever acts on the link then. At most 512 wait on a link.',
  link: (params, from, to) => (names(params, from, to) ? { hold: true } : null),
} as const satisfies Fault
