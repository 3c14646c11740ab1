// Where the browsers of the tests come from. Looking never changes the machine; `ensureBrowser` may install one.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'

/** A browser that tests need: how it is called, and where it may be. */
export interface BrowserKind {
  /** For people. */
  title: string
  /** The environment variable that names its program and comes before all else. */
  variable: string
  /** Names on the search path. */
  programs: readonly string[]
  usualPlaces: readonly string[]
  debianPackage: string
  /** Where Playwright keeps its own, which it can fetch; null when the tests want the browser as its makers ship it. */
  playwrights: { id: string; path: () => string } | null
}

export const browsers = {
  chromium: {
    title: 'Chrome or Chromium', variable: 'CHROMIUM_PATH', debianPackage: 'chromium',
    programs: ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'],
    usualPlaces: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    ],
    playwrights: { id: 'chromium', path: () => chromium.executablePath() },
  },
  firefox: {
    title: 'Firefox', variable: 'FIREFOX_PATH', debianPackage: 'firefox-esr',
    programs: ['firefox-esr', 'firefox'],
    usualPlaces: [
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
      'C:\\Program Files (x86)\\Mozilla Firefox\\firefox.exe',
    ],
    playwrights: null,
  },
} as const satisfies Record<string, BrowserKind>

function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Playwright throws where it has no build for this system. */
function playwrightsOwn(browser: BrowserKind): string[] {
  try {
    return browser.playwrights === null ? [] : [browser.playwrights.path()]
  } catch {
    return []
  }
}

/** The path of a browser: its variable first, then the system's, then Playwright's download; null when there is none. */
export function findBrowser(browser: BrowserKind): string | null {
  const named = process.env[browser.variable]
  if (named !== undefined && named !== '') return runnable(named) ? named : null
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(folder => folder !== '')
  const onPath = browser.programs.flatMap(program => folders.map(folder => join(folder, program)))
  return [...onPath, ...browser.usualPlaces, ...playwrightsOwn(browser)].find(runnable) ?? null
}

function run(program: string, args: string[]): boolean {
  return spawnSync(program, args, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0
}

/** Finds a browser or gets one: Debian's package as root, else Playwright's own download where there is one. Null when neither works. */
export function ensureBrowser(browser: BrowserKind): string | null {
  const found = findBrowser(browser)
  if (found !== null) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stderr.write(`No ${browser.title} here: installing the package ${browser.debianPackage} ...\n`)
    if (run('apt-get', ['update', '-qq'])) run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', browser.debianPackage])
    const installed = findBrowser(browser)
    if (installed !== null) return installed
  }
  if (browser.playwrights === null) return null
  process.stderr.write(`No ${browser.title} here: downloading one ...\n`)
  run(process.execPath, [join('node_modules', 'playwright-core', 'cli.js'), 'install', browser.playwrights.id])
  return findBrowser(browser)
}
