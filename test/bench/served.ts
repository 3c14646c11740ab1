import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { startServer } from '../../server/start.ts'
import { serverFlags } from '../../server/tools/child.mjs'

/** A server in a process of its own, for benchmarks: what it uses is the server's alone. */

/** Names the server's side of a benchmark on its command line. */
export const SERVE = '--serve'
/** How finely the event loop is watched, in ms; the figures are what a turn took beyond this. */
const LOOP_RESOLUTION_MS = 1

/** How late the event loop of a process was since it was last asked, in ms. */
export interface LoopDelay { p50Ms: number; p99Ms: number; worstMs: number }
/** Processor time since the start, in ms of one core; memory now; the loop since the last question. */
export interface Usage { cpuMs: number; rssMb: number; loop: LoopDelay }

/** Watches the event loop of this process. Each call tells of the time since the one before. */
export function watchLoop(): () => LoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS })
  histogram.enable()
  const beyond = (ns: number): number => Math.max(0, ns / 1e6 - LOOP_RESOLUTION_MS)
  return () => {
    const told = { p50Ms: beyond(histogram.percentile(50)), p99Ms: beyond(histogram.percentile(99)), worstMs: beyond(histogram.max) }
    histogram.reset()
    return told
  }
}

/** The server's side: says its port, then what it has used whenever it is asked. */
export async function serve(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'netsplit-bench-'))
  const running = await startServer({ port: 0, host: '127.0.0.1', folder })
  const loop = watchLoop()
  process.send?.(running.port)
  process.on('message', (word) => {
    if (word === 'stop') {
      void running.close().then(() => { rmSync(folder, { recursive: true, force: true }); if (process.connected) process.disconnect() })
      return
    }
    const { user, system } = process.cpuUsage()
    process.send?.({ cpuMs: (user + system) / 1_000, rssMb: process.memoryUsage().rss / 1_048_576, loop: loop() } satisfies Usage)
  })
}

/** Starts a benchmark's file once more, as its other side. A server gets the options that `npm start` gives it. */
export function otherSide(url: string, side = SERVE): ChildProcess {
  return fork(fileURLToPath(url), [side], { execArgv: side === SERVE ? [...serverFlags] : [] })
}

/** The next word of the other side. Rejects when it ends instead. */
export function told<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`the other side ended with ${code}`))
    child.once('exit', ended)
    child.once('message', (message) => {
      child.off('exit', ended)
      resolve(message as T)
    })
  })
}

export function usage(child: ChildProcess): Promise<Usage> {
  const answer = told<Usage>(child)
  child.send('usage')
  return answer
}

export function pause(forMs: number): Promise<void> {
  return new Promise((wake) => { setTimeout(wake, Math.max(0, forMs)) })
}

/** By nearest rank. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? NaN
}
