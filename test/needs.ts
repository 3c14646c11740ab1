import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { outsideFolder } from './consistency/outside.ts'
import { browsers, findBrowser } from './tools/browsers.ts'
import { findBun } from './tools/bun.ts'

/** Programs, and data from elsewhere, that some tests need and that a machine may lack. */
export type Program = keyof typeof browsers | 'bun' | 'redis-server' | 'postgres' | 'histories'

/**
 * True when this machine lacks it, for `test.skipIf(needs('chromium'))('the host draws a cut', ...)`.
 * `npm test` names each test that was skipped; with CI=true a skip counts as a failure. Histories recorded elsewhere are no part of a checkout: a test that
 * needs them says so in its name, with `outsideMark`, and may be skipped anywhere.
 */
export function needs(program: Program): boolean {
  switch (program) {
    case 'chromium':
    case 'firefox': return findBrowser(browsers[program]) === null
    case 'bun': return findBun() === null
    case 'histories': return !existsSync(outsideFolder())
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
