import { CLOSING } from '../../shared/wire/closing.ts'
import type { Closing } from '../../shared/wire/closing.ts'

/** Why a page cannot come back by itself. */
export type RefusedBy = Closing | 'noClass'
export interface Refusal { by: RefusedBy; text: string }

/** What Colyseus and the server answer when there is no such room. */
const noClassCodes: readonly number[] = [404, 520, 521, 522]
/** HTTP answers that will be the same next time. 429 is not: it asks to wait. */
const refusedStatuses: readonly number[] = [400, 401, 403, 409, 410, 413]

const sentences: Record<RefusedBy, string> = {
  noClass: 'This code has no class. Check the wall.',
  takenOver: 'You opened this seat in another tab. It plays there now.',
  removed: 'Your instructor took you out of this class.',
  classEnded: 'The class is over. Thank you for playing.',
  flooding: 'This page sent far too many messages and was cut off.',
  refused: 'The class did not let you in.',
}

const ours: readonly Closing[] = ['takenOver', 'removed', 'classEnded', 'flooding', 'refused']

/**
 * Judges a failed join or a closed connection: a refusal, or null when another try may help. `reason` is the server's own
 * sentence and wins where there is one. A class that was there a moment ago may be on its way back: `met` says so.
 */
export function refusalOf(code: number | null, reason: string, met: boolean): Refusal | null {
  if (code === null) return null
  const by = ours.find(each => CLOSING[each] === code)
  if (by !== undefined) return { by, text: by === 'refused' && reason !== '' ? reason : sentences[by] }
  if (noClassCodes.includes(code)) return met ? null : { by: 'noClass', text: sentences.noClass }
  return refusedStatuses.includes(code) ? { by: 'refused', text: reason === '' ? sentences.refused : reason } : null
}

/** The sentence for a class that has not come back after many tries. */
export const noClassText: string = sentences.noClass
