// Two programs for development: the server, restarted when its code changes, and Vite, which serves the pages and passes the rest on.
import { join } from 'node:path'
import { runOnPinnedNode } from './child.mjs'

const serverPort = process.env.PORT ?? '2567'
const stop = new AbortController()
const programs = [
  ['--watch', '--watch-preserve-output', join('server', 'main.ts')],
  [join('node_modules', 'vite', 'bin', 'vite.js'), '--host', ...process.argv.slice(2)],
]
const runs = programs.map(args => runOnPinnedNode(args, {
  env: { ...process.env, PORT: serverPort }, signal: stop.signal, killSignal: 'SIGTERM',
}))
// When one ends the other is of no use: stop both, and hand on the first one's exit code.
const code = await Promise.race(runs)
stop.abort()
await Promise.allSettled(runs)
process.exitCode = code
