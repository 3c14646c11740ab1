import type { HostCommand, ToClient } from '../../shared/wire/messages.ts'
import { connect } from './connect.ts'
import type { Link } from './connect.ts'
import { isCode } from './classes.ts'

/** Classes whose secret this browser keeps; the oldest is forgotten beyond this. */
export const CLASSES_KEPT_MAX = 8
const storageKey = 'netsplit-host-classes'

export interface HeldClass { code: string; secret: string; title: string }

const isHeld = (value: unknown): value is HeldClass => typeof value === 'object' && value !== null
  && ['code', 'secret', 'title'].every((name) => typeof (value as Record<string, unknown>)[name] === 'string')

/** What this browser can run, newest first. A browser without storage holds nothing. */
export function heldClasses(): HeldClass[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]')
    return Array.isArray(found) ? found.filter(isHeld) : []
  } catch { return [] }
}

/** Keeps a class. Without storage the page still works until it is closed. */
export function holdClass(one: HeldClass): void {
  try { localStorage.setItem(storageKey, JSON.stringify([one, ...heldClasses().filter((each) => each.code !== one.code)].slice(0, CLASSES_KEPT_MAX))) } catch { /* nothing to keep it in */ }
}

export function dropClass(code: string): void {
  try { localStorage.setItem(storageKey, JSON.stringify(heldClasses().filter((each) => each.code !== code))) } catch { /* nothing was kept */ }
}

/** `#CODE.SECRET` or `#CODE`; null for anything else. */
export function readHash(hash: string): { code: string; secret: string | null } | null {
  const [code = '', ...rest] = hash.replace(/^#/, '').split('.')
  const secret = rest.join('.')
  return isCode(code.toUpperCase()) ? { code: code.toUpperCase(), secret: secret === '' ? null : secret } : null
}

export interface HostLink extends Link {
  /** Asks the room; resolves to null, or to the sentence that says why nothing changed. */
  command(command: HostCommand): Promise<string | null>
}

export function hostLink(code: string, secret: string, on: { [K in keyof ToClient]?: (message: ToClient[K]) => void }): HostLink {
  // A page of its own each time it is loaded: a tab that was duplicated does not push the other one out.
  const device = Math.random().toString(36).slice(2, 10)
  const link = connect(code, () => ({ role: 'host', secret, device }), on)
  return { ...link, async command(command) {
    const answer = await link.request('command', { command })
    return answer.ok ? null : answer.reason
  } }
}
