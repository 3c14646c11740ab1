import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

/** What a run of the command line left behind. */
export interface Ran { status: number | null; out: string; err: string }

/** A run that goes on: its process, what it has said on stderr so far, and its end. */
export interface Going { pid: number; err(): string; ran: Promise<Ran> }

/** Starts `netsplit` with arguments, as `npm run -s netsplit --` does in `folder`; an empty one is the top folder. */
function started(args: readonly string[], folder: string): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, [join('server', 'cli.ts'), ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, INIT_CWD: folder } })
}

/** Runs `netsplit` with arguments. `until`: stops reading, and closes the pipe, once this much of stdout has come. `folder`: where its user is. */
export function netsplit(args: readonly string[], until?: number, folder = ''): Promise<Ran> {
  const child = started(args, folder)
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

/** Starts `netsplit` for a test that sends it signals. */
export function going(args: readonly string[], folder: string): Going {
  const child = started(args, folder)
  if (child.pid === undefined) throw new Error('the program did not start')
  let out = '', err = ''
  child.stdout.on('data', (part: Buffer) => { out += part.toString() })
  child.stderr.on('data', (part: Buffer) => { err += part.toString() })
  return { pid: child.pid, err: () => err, ran: new Promise((settle, fail) => {
    child.once('error', fail)
    child.once('close', (status) => settle({ status, out, err }))
  }) }
}
