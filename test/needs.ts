import { spawnSync } from 'node:child_process'
import { findChromium } from './tools/chromium.ts'

/** Programs that some tests need and that a machine may lack. */
export type Program = 'chromium' | 'redis-server' | 'postgres'

/**
 * True when this machine lacks the program, for `test.skipIf(needs('chromium'))('the host draws a cut', ...)`.
 * `npm test` names each test that was skipped; with CI=true a skip counts as a failure.
 */
export function needs(program: Program): boolean {
  if (program === 'chromium') return findChromium() === null
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error !== undefined
}

/** The path of Chromium, for Playwright's `executablePath`. Throws when there is none: skip with `needs('chromium')` first. */
export function chromiumPath(): string {
  const path = findChromium()
  if (path === null) throw new Error('no Chrome or Chromium: set CHROMIUM_PATH or install one')
  return path
}
