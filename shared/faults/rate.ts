import { integer } from '../sim/fields.ts'
import type { Fault } from '../sim/fault.ts'
import { between, everyLink, inSeconds, lasting, leadersWords, names, wayInWords, whole } from './parts.ts'

const MINUTE_MS = 60_000
const DROPS = ['newest', 'oldest'] as const
const intervalMs = (perMinute: number): number => Math.round(MINUTE_MS / perMinute)

/** A narrow link: messages leave one after the other, some wait, and what finds the queue full is dropped. In messages a minute: human clusters send few a second. */
export const rate = {
  title: 'Narrow links',
  sentence: (params) => `Each link ${wayInWords(params)} lets one message pass every ${inSeconds(intervalMs(whole(params, 'perMinute')))} s; ${whole(params, 'queue')} may wait, then the ${String(params['drop'])} is dropped.`,
  fields: {
    ...between,
    perMinute: integer('Messages a minute', '', 1, 6_000, 12),
    queue: integer('May wait', 'messages', 0, 100, 4),
    drop: { type: 'choice', options: DROPS, label: 'Full: drop the' },
  },
  presets: [{ title: 'One every 5 s', params: { ...everyLink, perMinute: 12, queue: 4, drop: 'newest' } }, { title: 'The leader is throttled', params: { ...leadersWords, perMinute: 6, queue: 2, drop: 'oldest' } }],
  ...lasting,
  composes: 'After loss, copies and corruption: only what is under way takes a place. Travel time begins when a message leaves the queue. Of two limits on a link the slower one holds. When it ends, all that waits leaves at once.',
  link: (params, from, to) => (names(params, from, to)
    ? { rate: { intervalMs: intervalMs(whole(params, 'perMinute')), queueMax: whole(params, 'queue'), drop: params['drop'] === 'oldest' ? 'oldest' : 'newest' } } : null),
} as const satisfies Fault
