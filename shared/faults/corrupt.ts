import { integer } from '../sim/fields.ts'
import type { Fault } from '../sim/fault.ts'
import { between, everyLink, lasting, names, ppm, wayInWords, whole } from './parts.ts'

const CAUGHT = 'caught by a checksum', THROUGH = 'let through'

/** Corruption: some copies are damaged. A checksum shows it and they are thrown away, or the mission allows lies and they arrive as other messages. */
export const corrupt = {
  title: 'Corrupt messages',
  sentence: (params) => `Of the messages ${wayInWords(params)}, ${whole(params, 'share')}% are damaged. ${params['damage'] === THROUGH ? 'Nobody can tell which.' : 'A checksum shows it, and they are thrown away.'}`,
  fields: { ...between, share: integer('Share damaged', '%', 1, 100, 10), damage: { type: 'choice', options: [CAUGHT, THROUGH], label: 'Damage is' } },
  presets: [{ title: '10%, caught', params: { ...everyLink, share: 10, damage: CAUGHT } }, { title: '10%, let through', params: { ...everyLink, share: 10, damage: THROUGH } }],
  ...lasting,
  composes: 'After copies are made: each copy is damaged or not by itself, and once at most. It still takes its place in a rate limit, and its time.',
  needs: (params) => (params['damage'] === THROUGH ? 'lies' : null),
  link: (params, from, to) => (names(params, from, to) ? { corrupt: { ppm: ppm(params, 'share'), caught: params['damage'] !== THROUGH } } : null),
} as const satisfies Fault
