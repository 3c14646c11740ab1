import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { pinnedNode, top } from './install.mjs'

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP']

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
