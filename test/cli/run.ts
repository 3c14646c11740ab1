import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { outcomeOf } from '../../server/cli/command.ts'

/** What a run of the command line left behind. */
export interface Ran { status: number | null; out: string; err: string }

/** A run that goes on: its process, what it has said on stderr so far, and its end. */
export interface Going { pid: number; err(): string; ran: Promise<Ran> }

/** Starts `netsplit` with arguments, as `npm run -s netsplit --` does in `folder`; an empty one is the top folder. */
function started(args: readonly string[], folder: string): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, [join('server', 'cli.ts'), ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, INIT_CWD: folder } })
}

/** Runs `netsplit` with arguments in this process: what it prints and its exit status. `folder`: where its user is; files of one folder only at a time. */
export async function netsplit(args: readonly string[], folder = ''): Promise<Ran> {
  process.env['INIT_CWD'] = folder
  const outcome = await outcomeOf(args)
  if (outcome === null) throw new Error('this command goes on by itself')
  return { ...outcome, out: [...outcome.out].join('') }
}

/** The same as a program of its own. `until`: stops reading, and closes the pipe, once this much of stdout has come. */
export function program(args: readonly string[], folder = '', until?: number): Promise<Ran> {
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
