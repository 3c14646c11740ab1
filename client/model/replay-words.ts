import { faultTitle } from '../fact-words.ts'
import type { Replayed } from '../../shared/replay.ts'
import { texts } from '../texts/replay.ts'

/** What a band of the scrubber says of a fault. */
export function bandWord(type: string): string {
  const words: { readonly [type: string]: string } = texts.bands
  return words[type] ?? faultTitle(type).toLowerCase()
}

/** Whether this is the history that was recorded, in a few words for the top bar. */
export function digestWords(replayed: Pick<Replayed, 'digest' | 'digestOk' | 'digestsCompared' | 'facts'>): string {
  const facts = replayed.facts.length
  if (!replayed.digestOk) return texts.notRecorded(replayed.digest)
  return replayed.digestsCompared === 0 ? texts.unchecked(replayed.digest, facts) : texts.same(replayed.digest, facts)
}

/** What the viewer must be told before trusting what is shown; empty for a sound recording. */
export function warnings(replayed: Pick<Replayed, 'divergedAtFact' | 'damage' | 'version' | 'closed' | 'fromCache'>): string[] {
  return [
    replayed.divergedAtFact === null ? '' : texts.differs(replayed.divergedAtFact),
    replayed.damage === null ? '' : texts.damaged(replayed.damage),
    replayed.version === 'same' ? '' : replayed.fromCache ? texts.fromCache : texts.otherVersion,
    replayed.closed || replayed.damage !== null ? '' : texts.unfinished,
  ].filter((words) => words !== '')
}
