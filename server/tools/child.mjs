import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { pinnedNode, top } from './install.mjs'

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * For Node where it serves classes: new objects in 2 MB, not 16. The garbage collector then stops the server for about a millisecond, five times a
 * second; with 16 MB it was five to ten milliseconds in a row, and every delivery that fell due in them came late.
 */
export const serverFlags = ['--max-semi-space-size=2']

/**
 * Runs a program on the pinned Node with this terminal, in the top folder.
 *
 * Signals are passed on and the child is waited for, so none outlives its starter.
 * Returns a promise of the exit code; a death by signal gives 128 + its number, as a shell does.
 */
export function runOnPinnedNode(args, options = {}) {
  const child = spawn(pinnedNode, args, { cwd: top, stdio: 'inherit', env: process.env, ...options })
  const pass = signal => child.kill(signal)
  for (const signal of passedOn) process.on(signal, pass)
  return new Promise((settle, fail) => {
    child.once('error', fail)
    child.once('exit', (code, signal) => {
      for (const name of passedOn) process.off(name, pass)
      settle(code ?? 128 + constants.signals[signal])
    })
  })
}
