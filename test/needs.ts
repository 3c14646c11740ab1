import { spawnSync } from 'node:child_process'
import { browsers, findBrowser } from './tools/browsers.ts'
import { findBun } from './tools/bun.ts'

/** Programs that some tests need and that a machine may lack. */
export type Program = keyof typeof browsers | 'bun' | 'redis-server' | 'postgres'

/**
 * True when this machine lacks the program, for `test.skipIf(needs('chromium'))('the host draws a cut', ...)`.
 * `npm test` names each test that was skipped; with CI=true a skip counts as a failure.
 */
export function needs(program: Program): boolean {
  switch (program) {
    case 'chromium':
    case 'firefox': return findBrowser(browsers[program]) === null
    case 'bun': return findBun() === null
    default: return spawnSync(program, ['--version'], { stdio: 'ignore' }).error !== undefined
  }
}

/** The path of a browser. Throws when there is none: skip with `needs(...)` first. */
export function browserPath(browser: keyof typeof browsers): string {
  const { title, variable } = browsers[browser]
  const path = findBrowser(browsers[browser])
  if (path === null) throw new Error(`no ${title}: set ${variable} or install it`)
  return path
}

/** The path of Bun. Throws when there is none: skip with `needs('bun')` first. */
export function bunPath(): string {
  const path = findBun()
  if (path === null) throw new Error('no Bun for this platform')
  return path
}
