/** What this browser remembers of a student: the seat's token by class code, so that a closed tab is no lost seat. */
export interface KeptSeat { name: string; token: string | null }

const keyOf = (code: string): string => `netsplit-seat-${code}`
const themeKey = 'netsplit-theme'

/** A browser may forbid storage, or hand out none; then the page works until it is closed. */
const attempt = <T>(act: () => T, otherwise: T): T => { try { return act() } catch { return otherwise } }

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The seat kept for a class, or null. What somebody else wrote there counts as none. */
export function keptSeat(code: string): KeptSeat | null {
  const found: unknown = attempt(() => JSON.parse(localStorage.getItem(keyOf(code)) ?? 'null'), null)
  if (!isRecord(found) || typeof found['name'] !== 'string') return null
  return { name: found['name'], token: typeof found['token'] === 'string' ? found['token'] : null }
}

/** Keeps a seat; says whether the browser did. */
export function keepSeat(code: string, seat: KeptSeat): boolean {
  return attempt(() => { localStorage.setItem(keyOf(code), JSON.stringify(seat)); return true }, false)
}

/** Where a student goes to play. A browser that keeps nothing is given the name on the way; it only holds until the tab is closed. */
export function wayToPlay(code: string, name: string, kept: boolean): string {
  return `/play?code=${code}${kept ? '' : `#name=${encodeURIComponent(name)}`}`
}

/**
 * The address of a seat, to come back to it in any browser, on another laptop too. The token stands behind the `#`, which no
 * browser sends to a server.
 */
export function addressOfSeat(code: string, { name, token }: KeptSeat): string {
  return `/play?code=${code}${token === null ? '' : `#${new URLSearchParams({ name, seat: token }).toString()}`}`
}

/** The seat, or the name that wants one, that came along in the address; null for neither. */
export function seatInAddress(hash: string): KeptSeat | null {
  const carried = new URLSearchParams(hash.replace(/^#/, ''))
  const name = carried.get('name') ?? '', token = carried.get('seat') ?? ''
  return name === '' ? null : { name, token: token === '' ? null : token }
}

export function forgetSeat(code: string): void {
  attempt(() => localStorage.removeItem(keyOf(code)), undefined)
}

export type Theme = 'dark' | 'light'

/** The theme that was chosen here; dark until somebody chooses. */
export function keptTheme(): Theme {
  return attempt(() => localStorage.getItem(themeKey), null) === 'light' ? 'light' : 'dark'
}

export function keepTheme(theme: Theme): void {
  attempt(() => localStorage.setItem(themeKey, theme), undefined)
}

/** The code in the page's address: `?code=ABC234`, `#ABC234` or `/ABC234`, as a QR code or a hurried hand has it; else ''. */
export function codeInAddress(address: { search: string; hash: string; pathname: string }, clean: (text: string) => string): string {
  const asked = new URLSearchParams(address.search).get('code') ?? address.hash.slice(1)
  const last = address.pathname.split('/').pop() ?? ''
  return clean(asked !== '' ? asked : /^[A-Za-z0-9]{6}$/.test(last) ? last : '')
}
