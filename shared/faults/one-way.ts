import type { Fault } from '../sim/fault.ts'
import { between, inWords, lasting, names } from './parts.ts'

/** A one-way cut: some are heard by others but cannot hear them, or the other way round. */
export const oneWay = {
  title: 'Cut one way',
  sentence: (params) => `Nothing from ${inWords(params['from'])} reaches ${inWords(params['to'])}. The way back is open.`,
  fields: between,
  presets: [
    { title: 'The leader is not heard', params: { from: ['leader'], to: ['others'] } },
    { title: 'The leader hears nobody', params: { from: ['others'], to: ['leader'] } },
    { title: 'One link', params: { from: ['any-other'], to: ['leader'] } },
  ],
  ...lasting,
  composes: 'As a cut, for one direction.',
  link: (params, from, to) => (names(params, from, to) ? { cut: true } : null),
} as const satisfies Fault
