import { CLOSED, REFUSED } from '../../shared/wire/messages.ts'
import { texts } from '../texts/common.ts'
import { inOwnWords } from '../texts/said.ts'

/** Why a page cannot come back by itself. */
export type RefusedBy = 'noClass' | 'replaced' | 'removed' | 'flood' | 'ended' | 'full' | 'badToken' | 'badSecret' | 'malformed'
export interface Refusal { by: RefusedBy; text: string }

/** What Colyseus and the server answer when there is no such room. */
const noClassCodes: readonly number[] = [404, 520, 521, 522, REFUSED.noClass]

const codes: { readonly [code: number]: RefusedBy } = {
  [CLOSED.replaced]: 'replaced', [CLOSED.removed]: 'removed', [CLOSED.flood]: 'flood', [CLOSED.ended]: 'ended',
  [REFUSED.ended]: 'ended', [REFUSED.full]: 'full', [REFUSED.badToken]: 'badToken', [REFUSED.badSecret]: 'badSecret', [REFUSED.malformed]: 'malformed',
}

/** Said by the page itself, so that the words are the same however the refusal came about. */
const { noClass, replaced, removed, ended, badToken } = texts.link
const sentences: { readonly [By in RefusedBy]?: string } = { noClass, replaced, removed, ended, badToken }

/**
 * Judges a failed join or a closed connection: a refusal, or null when another try may help (nobody answered, the server
 * restarts, too many tried at once). `reason` is the server's own sentence.
 */
export function refusalOf(code: number | null, reason: string): Refusal | null {
  if (code === null) return null
  const by = noClassCodes.includes(code) ? 'noClass' : codes[code]
  if (by === undefined) return null
  return { by, text: sentences[by] ?? (reason === '' ? texts.link.refused : inOwnWords(reason)) }
}
