import { readPlan } from '../../shared/plan-check.ts'
import type { ChaosPlan } from '../../shared/plan-file.ts'
import { encodePlan } from '../../shared/plan-file.ts'

/** A chaos plan in an address, behind the `#`, which no browser sends to a server: `/host#plan=...`. */

/** Longest fragment, in characters: longer ones are cut off on their way by mail programs and chats. */
export const PLAN_LINK_MAX = 8_000
/** Longest text that comes out of one, in characters. */
const TEXT_MAX = 65_536
const START = '#plan='

export type FromLink = { ok: true; plan: ChaosPlan } | { ok: false; error: string | null }

async function through(bytes: Uint8Array<ArrayBuffer>, stream: ReadableWritablePair<Uint8Array<ArrayBuffer>, BufferSource>, most: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    // A small link may be made to swell to anything.
    if (length > most) { await reader.cancel(); return null }
    parts.push(value)
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) { whole.set(part, at); at += part.length }
  return whole
}

const toText = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
const fromText = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))

/** The fragment for a plan, packed; null for one that is too long for a link. */
export async function planFragment(plan: ChaosPlan): Promise<string | null> {
  const packed = await through(new TextEncoder().encode(encodePlan(plan)), new CompressionStream('deflate-raw'), TEXT_MAX)
  const fragment = packed === null ? '' : START + toText(packed)
  return fragment === '' || fragment.length > PLAN_LINK_MAX ? null : fragment
}

/** The plan that an address carries; null for an address without one. `error`: what is wrong with it, in the words of the reader of plans, or null where it cannot be unpacked at all. Never throws. */
export async function planInFragment(hash: string): Promise<FromLink | null> {
  if (!hash.startsWith(START)) return null
  if (hash.length > PLAN_LINK_MAX) return { ok: false, error: null }
  try {
    const text = await through(fromText(hash.slice(START.length)), new DecompressionStream('deflate-raw'), TEXT_MAX)
    if (text === null) return { ok: false, error: null }
    const read = readPlan(new TextDecoder('utf-8', { fatal: true }).decode(text))
    return read.ok ? read : { ok: false, error: read.error }
  } catch { return { ok: false, error: null } }
}
