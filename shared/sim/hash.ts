/**
 * Hashes that are the same to the last bit in every engine: 32-bit integer steps only.
 * They spread identities over draws and sum facts into a digest. They are no defence against somebody who wants a collision.
 */

/** One round of MurmurHash3's 32-bit mixing (Appleby, 2008): folds the word `k` into the state `h`. */
export function mix(h: number, k: number): number {
  k = Math.imul(k, 0xcc9e2d51)
  k = (k << 15) | (k >>> 17)
  h ^= Math.imul(k, 0x1b873593)
  h = (h << 13) | (h >>> 19)
  return (Math.imul(h, 5) + 0xe6546b64) | 0
}

/** MurmurHash3's finaliser: every input bit reaches every output bit. Returns an unsigned 32-bit integer. */
export function finish(h: number): number {
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

const remembered = new Map<string, number>()
const REMEMBERED_MAX = 4_096

let lastText = '', lastHash = 0

function mixText(h: number, text: string): number {
  for (let i = 0; i < text.length; i++) h = mix(h, text.charCodeAt(i))
  return h
}

/** Hash of a text as an unsigned 32-bit integer: for texts that do not come back, but perhaps at once. */
export function hashOnce(text: string): number {
  if (text.length === lastText.length && text === lastText) return lastHash
  lastHash = finish(mixText(text.length, text))
  lastText = text
  return lastHash
}

/** `hashOnce` of a text just joined from three parts: reading the parts spares the engine laying out the whole. */
export function hashParts(whole: string, first: string, second: string, third: string): number {
  lastHash = finish(mixText(mixText(mixText(whole.length, first), second), third))
  lastText = whole
  return lastHash
}

/** Hash of a text as an unsigned 32-bit integer. Short texts are remembered; memory is bounded and never changes a result. */
export function hashText(text: string): number {
  // A node's name.
  if (text.length === 1) return finish(mix(1, text.charCodeAt(0)))
  if (text.length > 32) return hashOnce(text)
  const known = remembered.get(text)
  if (known !== undefined) return known
  if (remembered.size >= REMEMBERED_MAX) remembered.clear()
  const value = hashOnce(text)
  remembered.set(text, value)
  return value
}

/** Hash of a text as eight hexadecimal digits: the checksum of a line of a recording. */
export function hexOfText(text: string): string {
  return hashOnce(text).toString(16).padStart(8, '0')
}
