import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { until } from './classroom.ts'

const MAIN = fileURLToPath(new URL('../../../server/main.ts', import.meta.url))

export interface Program { child: ChildProcess; out(): string; err(): string; exited: Promise<number | null> }

/** The server as a program of its own, on one folder, so that it can be killed. */
export class Programs {
  readonly #folder: string
  readonly #children: ChildProcess[] = []

  constructor(folder: string) {
    this.#folder = folder
  }

  run(env: NodeJS.ProcessEnv = {}): Program {
    const child = spawn(process.execPath, [MAIN], { env: { ...process.env, HOST: '127.0.0.1', PORT: '0', NETSPLIT_DATA: this.#folder, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    this.#children.push(child)
    let out = ''
    let err = ''
    child.stdout?.setEncoding('utf8').on('data', (part: string) => { out += part })
    child.stderr?.setEncoding('utf8').on('data', (part: string) => { err += part })
    return { child, out: () => out, err: () => err, exited: once(child, 'close').then(([code]) => code as number | null) }
  }

  /** Runs it and waits until it serves. */
  async serve(): Promise<Program & { url: string }> {
    const program = this.run()
    const url = await until('the program to be ready', () => /http:\/\/localhost:\d+/.exec(program.out())?.[0])
    return { ...program, url: url.replace('localhost', '127.0.0.1') }
  }

  killAll(): void {
    for (const child of this.#children.splice(0)) child.kill('SIGKILL')
  }
}
