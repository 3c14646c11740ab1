import type { ChildProcess } from 'node:child_process'
import { createServer, connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { otherSide, told } from '../served.ts'
import { doubtMs } from './awake.ts'
import type { Delivery } from './match.ts'

/**
 * What the machine itself can do in the same minute: an idle process that says a number on a line, waits with a bare `setTimeout`, and
 * says it again. Its delays are whole ms, even over the range of the usual latency.
 */
export const REFERENCE = '--reference'

const EVERY_MS = 25, LEAST_MS = 1_500, MOST_MS = 6_000
/** A number and its delay, four bytes each, big-endian; said twice. */
const WORD_BYTES = 8

/** The idle process: says its port, and talks to whoever connects. */
export function refer(): void {
  const server = createServer((socket) => {
    socket.setNoDelay(true)
    let n = 0
    const timer = setInterval(() => {
      const delayMs = LEAST_MS + Math.floor(Math.random() * (MOST_MS - LEAST_MS + 1))
      const word = Buffer.alloc(WORD_BYTES)
      word.writeUInt32BE(++n, 0)
      word.writeUInt32BE(delayMs, 4)
      socket.write(word)
      setTimeout(() => socket.write(word), delayMs)
    }, EVERY_MS)
    socket.on('error', () => {})
    socket.on('close', () => { clearInterval(timer); process.exit(0) })
  })
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
}

/** Starts the reference; `stop` ends it and gives what was measured. */
export async function startReference(url: string): Promise<{ stop(): Delivery[] }> {
  const child: ChildProcess = otherSide(url, REFERENCE)
  const port = await told<number>(child)
  const socket = connect(port, '127.0.0.1')
  const said = new Map<number, { atMs: number; doubt: number }>(), deliveries: Delivery[] = []
  let rest = Buffer.alloc(0)
  socket.on('data', (chunk) => {
    const atMs = performance.now(), doubt = doubtMs(atMs)
    rest = Buffer.concat([rest, chunk])
    for (; rest.length >= WORD_BYTES; rest = rest.subarray(WORD_BYTES)) {
      const n = rest.readUInt32BE(0), first = said.get(n)
      if (first === undefined) said.set(n, { atMs, doubt })
      else deliveries.push({ requestedMs: rest.readUInt32BE(4), measuredMs: atMs - first.atMs, sentAtMs: first.atMs, doubtMs: Math.max(first.doubt, doubt) })
    }
  })
  return { stop: () => { socket.destroy(); return deliveries } }
}
