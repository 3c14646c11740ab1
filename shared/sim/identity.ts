import { assert } from './assert.ts'
import { hashOnce, hashParts, hashText, mix } from './hash.ts'
import type { MessageId, NodeId } from './types.ts'

/** How the identities of all messages of one kind from one node to another begin: as text, and as a hash that tells it from others. */
export interface Opening { text: string; hash: number }
/** Openings by kind of message, for each link at `from * nodes + to`. They fill up as messages are sent, and are no state. */
export type Openings = Map<string, Opening>[]

export function openingOf(openings: Openings, ids: readonly NodeId[], from: number, to: number, kind: string): Opening {
  const ofLink = openings[from * ids.length + to]
  assert(ofLink !== undefined, 'both are seats')
  const known = ofLink.get(kind)
  if (known !== undefined) return known
  const text = `${ids[from]}>${ids[to]} ${kind} `
  const opening = { text, hash: hashText(text) }
  ofLink.set(kind, opening)
  return opening
}

/** The hash under which attempts at saying this are counted. */
export function hashOfWhat(opening: Opening, about: string): number {
  return mix(opening.hash, hashOnce(about))
}

const FIRST = ' #1'

/** The identity of a message. Its hash is at hand for whoever asks `hashOnce` for it next. */
export function identity(opening: Opening, about: string, attempt: number): MessageId {
  const end = attempt === 1 ? FIRST : ` #${attempt}`
  const message = opening.text + about + end
  hashParts(message, opening.text, about, end)
  return message
}
