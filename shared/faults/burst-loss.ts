import { integer } from '../sim/fields.ts'
import type { Fault } from '../sim/fault.ts'
import { between, everyLink, lasting, names, ppm, wayInWords, whole } from './parts.ts'

/**
 * Loss in spells: each link has good and bad times, a Gilbert-Elliott channel (`p`, `r`, `1-h` and `1-k` as in `tc netem`). It moves
 * once a second, not once a message: at a human pace, messages are too few for a spell to be counted in them.
 */
export const burstLoss = {
  title: 'Loss in spells',
  sentence: (params) => `Messages ${wayInWords(params)} meet bad spells of about ${Math.round(100 / whole(params, 'r'))} s, in which ${whole(params, 'lossBad')}% are lost; between them, ${whole(params, 'lossGood')}%.`,
  fields: {
    ...between,
    p: integer('Begins (p), each second', '%', 1, 99, 5),
    r: integer('Ends (r), each second', '%', 1, 99, 20),
    lossBad: integer('Lost in spells (1-h)', '%', 0, 100, 100),
    lossGood: integer('Lost between (1-k)', '%', 0, 100, 0),
  },
  presets: [{ title: 'Short spells', params: { ...everyLink, p: 5, r: 20, lossBad: 100, lossGood: 0 } }, { title: 'Long, leaky spells', params: { ...everyLink, p: 3, r: 6, lossBad: 70, lossGood: 2 } }],
  ...lasting,
  composes: 'After even loss. Every link has spells of its own; each such fault draws for itself.',
  link: (params, from, to) => (names(params, from, to)
    ? { burst: { pPpm: ppm(params, 'p'), rPpm: ppm(params, 'r'), lossBadPpm: ppm(params, 'lossBad'), lossGoodPpm: ppm(params, 'lossGood') } } : null),
} as const satisfies Fault
