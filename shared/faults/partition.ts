import type { Fault } from '../sim/fault.ts'
import { inWords, includes, lasting } from './parts.ts'

/** A cut: nothing passes between one side and the rest, either way. */
export const partition = {
  title: 'Cut the network',
  sentence: (params) => `Nothing passes between ${inWords(params['side'])} and the rest.`,
  fields: { side: { type: 'nodes', label: 'One side', proper: true } },
  presets: [
    { title: 'In halves', params: { side: ['half'] } },
    { title: 'Isolate the leader', params: { side: ['leader'] } },
    { title: 'Isolate one', params: { side: ['any'] } },
    { title: 'Leader in the minority', params: { side: ['leaders-minority'] } },
    { title: 'Leader in the majority', params: { side: ['leaders-majority'] } },
  ],
  ...lasting,
  composes: 'A cut comes first: what is cut is neither lost again, nor copied, nor delayed. What is under way when the cut begins is lost if it is still cut when it would arrive.',
  link: (params, from, to) => (includes(params['side'], from) === includes(params['side'], to) ? null : { cut: true }),
} as const satisfies Fault
