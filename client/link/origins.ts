import { signal } from '@preact/signals'

/** Where students reach this server, the likeliest first: its addresses in the network if it knows them, else the page's own. */
export const origins = signal<readonly string[]>([typeof location === 'undefined' ? '' : location.origin])
export const isLocal = (host: string): boolean => host === 'localhost' || host === '[::1]' || host.startsWith('127.')
const answerMsMax = 4_000
let asked = false

const hostsOf = (body: unknown): string[] => (typeof body === 'object' && body !== null && 'addresses' in body && Array.isArray(body.addresses) ? body.addresses.filter((one): one is string => typeof one === 'string') : [])

/** A page opened as localhost asks the server for addresses that others can open. */
export async function findOrigins(): Promise<void> {
  if (asked || !isLocal(location.hostname)) return
  asked = true
  const body: unknown = await fetch('/api/addresses', { signal: AbortSignal.timeout(answerMsMax) }).then((answer) => answer.json()).catch(() => null)
  const hosts = hostsOf(body)
  if (hosts.length > 0) origins.value = hosts.map((host) => `http://${host}${location.port === '' ? '' : `:${location.port}`}`)
}

export const bare = (origin: string): string => origin.replace(/^https?:\/\//, '')
/** The address that leads to a class. */
export const joinUrl = (code: string): string => `${origins.value[0] ?? location.origin}/?code=${code}`
