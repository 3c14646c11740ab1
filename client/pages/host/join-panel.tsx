import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { QrCode, spaced } from '../../components/index.ts'
import { texts } from '../../texts/host.ts'

/** Where students reach this server, the likeliest first: its addresses in the network if it knows them, else the page's own. */
const origins = signal<readonly string[]>([location.origin])
const isLocal = (host: string): boolean => host === 'localhost' || host === '[::1]' || host.startsWith('127.')
const answerMsMax = 4_000
/** Other addresses shown, in case the first does not open. */
const othersMost = 2
let asked = false

const hostsOf = (body: unknown): string[] => (typeof body === 'object' && body !== null && 'addresses' in body && Array.isArray(body.addresses) ? body.addresses.filter((one): one is string => typeof one === 'string') : [])

/** A page opened as localhost asks the server for addresses that others can open. */
async function findOrigins(): Promise<void> {
  if (asked || !isLocal(location.hostname)) return
  asked = true
  const body: unknown = await fetch('/api/addresses', { signal: AbortSignal.timeout(answerMsMax) }).then((answer) => answer.json()).catch(() => null)
  const hosts = hostsOf(body)
  if (hosts.length > 0) origins.value = hosts.map((host) => `http://${host}${location.port === '' ? '' : `:${location.port}`}`)
}

const bare = (origin: string): string => origin.replace(/^https?:\/\//, '')
export const joinUrl = (code: string): string => `${origins.value[0] ?? location.origin}/?code=${code}`

/** The big code for the wall. */
export function JoinPanel({ code }: { code: string }) {
  useEffect(() => { void findOrigins() }, [])
  const [first = location.origin, ...others] = origins.value
  return (
    <section class="join-panel" aria-label="How to join">
      <p class="join-at">Open <b class="mono">{bare(first)}</b> and type</p>
      <p class="join-code mono" aria-label={`Code ${[...code].join(' ')}`}>{spaced(code)}</p>
      <QrCode text={joinUrl(code)} sizePx={216} label="Join with a phone's camera" />
      {others.length > 0 && <p class="join-local" role="note">If that does not open: {others.slice(0, othersMost).map(bare).join(' or ')}</p>}
      {isLocal(new URL(first).hostname) && <p class="join-local" role="note">{texts.lobby.local}</p>}
    </section>
  )
}
