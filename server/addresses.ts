import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { NetworkInterfaceInfo } from 'node:os'

const EVERYWHERE: readonly string[] = ['0.0.0.0', '::', '']
/** Interfaces of virtual machines, containers and tunnels: nobody in the classroom reaches those. */
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet|utun|tun|tap|zt|wg|lxc|podman|vEthernet)/i

type Interfaces = { readonly [name: string]: readonly NetworkInterfaceInfo[] | undefined }

/** How likely a classroom shares this address: home and school networks first, then other private ones, then the rest. */
function rank(name: string, address: string): number {
  const likely = address.startsWith('192.168.') ? 0 : address.startsWith('10.') ? 1 : /^172\.(1[6-9]|2\d|3[01])\./.test(address) ? 2 : 3
  return likely + (VIRTUAL.test(name) ? 10 : 0) + (address.startsWith('169.254.') ? 20 : 0)
}

/**
 * Where others on the same network reach a server that listens on `host`, the likeliest first and ready for a URL. None when it
 * listens to this machine alone.
 */
export function reachableHosts(host: string, interfaces: Interfaces = networkInterfaces()): string[] {
  if (host === 'localhost' || host === '::1' || host.startsWith('127.')) return []
  if (!EVERYWHERE.includes(host)) return [isIP(host) === 6 ? `[${host}]` : host]
  return Object.entries(interfaces)
    .flatMap(([name, all]) => (all ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => ({ address, rank: rank(name, address) })))
    .sort((a, b) => a.rank - b.rank).map(({ address }) => address)
}
