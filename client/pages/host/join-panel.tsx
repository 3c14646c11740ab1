import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { QrCode } from '../../components/index.ts'
import { texts } from '../../texts-host.ts'

/** Where students reach this server: its address in the network when the server knows it, else the page's own. */
const origin = signal<string>(location.origin)
const isLocal = (host: string): boolean => host === 'localhost' || host === '[::1]' || host.startsWith('127.')
let asked = false

/** A page opened as localhost asks the server for an address that others can open. */
async function findOrigin(): Promise<void> {
  if (asked || !isLocal(location.hostname)) return
  asked = true
  try {
    const answer = await fetch('/api/addresses', { signal: AbortSignal.timeout(4_000) })
    const body: unknown = answer.ok ? await answer.json() : null
    const list = Array.isArray(body) ? body : typeof body === 'object' && body !== null && 'addresses' in body && Array.isArray(body.addresses) ? body.addresses : []
    const first = list.find((one): one is string => typeof one === 'string' && one !== '')
    if (first !== undefined) origin.value = first.includes('://') ? first.replace(/\/$/, '') : `http://${first}${first.includes(':') || location.port === '' ? '' : `:${location.port}`}`
  } catch { /* the page's own address will do */ }
}

export const joinUrl = (code: string): string => `${origin.value}/?code=${code}`
/** The code in two halves, as it is read aloud. */
export const spaced = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`

/** The big code for the wall. */
export function JoinPanel({ code }: { code: string }) {
  useEffect(() => { void findOrigin() }, [])
  const local = isLocal(new URL(origin.value).hostname)
  return (
    <section class="join-panel" aria-label="How to join">
      <p class="join-at">Open <b class="mono">{origin.value.replace(/^https?:\/\//, '')}</b> and type</p>
      <p class="join-code mono" aria-label={`Code ${[...code].join(' ')}`}>{spaced(code)}</p>
      <QrCode text={joinUrl(code)} sizePx={216} label="Join with a phone's camera" />
      {local && <p class="join-local" role="note">{texts.lobby.local}</p>}
    </section>
  )
}
