import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'

const EVERYWHERE: readonly string[] = ['0.0.0.0', '::', '']

/**
 * Where others on the same network reach a server that listens on `host`, the likeliest first and ready for a URL. None when it
 * listens to this machine alone.
 */
export function reachableHosts(host: string): string[] {
  if (host === 'localhost' || host === '::1' || host.startsWith('127.')) return []
  if (!EVERYWHERE.includes(host)) return [isIP(host) === 6 ? `[${host}]` : host]
  return Object.values(networkInterfaces()).flatMap((all) => all ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address)
}
