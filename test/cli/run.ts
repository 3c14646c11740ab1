import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** What a run of the command line left behind. */
export interface Ran { status: number | null; out: string; err: string }

/** Runs `netsplit` with arguments, as `npm run -s netsplit --` does. `until`: stops reading, and closes the pipe, once this much of stdout has come. */
export function netsplit(args: readonly string[], until?: number): Promise<Ran> {
  const child = spawn(process.execPath, [join('server', 'cli.ts'), ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, INIT_CWD: '' } })
  return new Promise((settle, fail) => {
    let out = '', err = ''
    child.stdout.on('data', (part: Buffer) => {
      out += part.toString()
      if (until !== undefined && out.length >= until) child.stdout.destroy()
    })
    child.stderr.on('data', (part: Buffer) => { err += part.toString() })
    child.once('error', fail)
    child.once('close', (status) => settle({ status, out, err }))
  })
}
