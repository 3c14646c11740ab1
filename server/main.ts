import { reachableHosts } from './addresses.ts'
import { startServer } from './start.ts'
import type { Running } from './start.ts'
import { StoreError } from './store/types.ts'

/** The program: reads its settings, serves, says where, and stops in order. */

const EXIT_SETTINGS = 2
const PORT_MAX = 65_535
/** Stopping in order takes at most this long, in ms. */
const STOP_MS_MAX = 10_000

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(EXIT_SETTINGS)
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN
  if (!(port <= PORT_MAX)) fail(`PORT must be a whole number from 0 to ${PORT_MAX}, not "${text.slice(0, 40)}".`)
  return port
}

function sentenceOf(error: unknown, port: number, host: string): string | null {
  if (error instanceof StoreError) return error.message
  const code = error instanceof Error && 'code' in error ? error.code : null
  switch (code) {
    case 'EADDRINUSE': return `Port ${port} is in use. Stop the other program, or choose another port: PORT=${port + 1} npm start`
    case 'EACCES': return `Port ${port} may not be used by this account. Choose one above 1023: PORT=2567 npm start`
    case 'EADDRNOTAVAIL': case 'ENOTFOUND': return `This machine has no address "${host}". HOST=0.0.0.0 listens on all of them.`
    default: return null
  }
}

function say(running: Running, host: string): void {
  const lines = [`Netsplit is ready on this machine:   http://localhost:${running.port}/`]
  for (const reachable of reachableHosts(host)) lines.push(`Students on the same network open:   http://${reachable}:${running.port}/`)
  if (running.restored > 0) lines.push(running.restored === 1 ? 'One class was brought back.' : `${running.restored} classes were brought back.`)
  process.stdout.write(`${lines.join('\n')}\n`)
}

const port = portOf(process.env['PORT'] ?? '2567')
const host = process.env['HOST'] ?? '0.0.0.0'

try {
  const running = await startServer({ port, host, folder: process.env['NETSPLIT_DATA'] ?? './data' })
  say(running, host)
  let stopping = false
  const stop = (): void => {
    // A second signal means: now.
    if (stopping) process.exit(1)
    stopping = true
    setTimeout(() => process.exit(1), STOP_MS_MAX).unref()
    running.close().then(() => process.exit(0), (error: unknown) => {
      process.stderr.write(`Netsplit did not stop in order: ${error instanceof Error ? error.message : String(error)}\n`)
      process.exit(1)
    })
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
} catch (error) {
  const sentence = sentenceOf(error, port, host)
  if (sentence === null) throw error
  fail(sentence)
}
