// Where the browser of the browser tests comes from. Looking never changes the machine; `ensureChromium` may install one.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'

const programs = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser']
const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Playwright throws where it has no build for this system. */
function playwrightsOwn(): string[] {
  try {
    return [chromium.executablePath()]
  } catch {
    return []
  }
}

/** The path of a Chrome or Chromium: CHROMIUM_PATH first, then the system's, then Playwright's download; null when there is none. */
export function findChromium(): string | null {
  const named = process.env['CHROMIUM_PATH']
  if (named !== undefined && named !== '') return runnable(named) ? named : null
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(folder => folder !== '')
  const onPath = programs.flatMap(program => folders.map(folder => join(folder, program)))
  return [...onPath, ...usualPlaces, ...playwrightsOwn()].find(runnable) ?? null
}

function run(program: string, args: string[]): boolean {
  return spawnSync(program, args, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0
}

/** Finds a Chromium or gets one: Debian's package as root, else Playwright's own download. Null when neither works. */
export function ensureChromium(): string | null {
  const found = findChromium()
  if (found !== null) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stderr.write('No Chrome or Chromium here: installing the package chromium ...\n')
    if (run('apt-get', ['update', '-qq'])) run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])
    const installed = findChromium()
    if (installed !== null) return installed
  }
  process.stderr.write('No Chrome or Chromium here: downloading one ...\n')
  run(process.execPath, [join('node_modules', 'playwright-core', 'cli.js'), 'install', 'chromium'])
  return findChromium()
}
