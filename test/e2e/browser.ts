import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { StartOptions } from '../../server/start.ts'
import { ensureBuilt } from '../../server/tools/build.mjs'
import { serve } from '../server/room/classroom.ts'
import type { Served } from '../server/room/classroom.ts'
import { browserPath } from '../needs.ts'

/** What the tests of the pages share: a browser that touches no network but ours, pages whose errors fail the test, and a hand for the mouse. */

export const laptop = { width: 1366, height: 768 }
export const low = { width: 1366, height: 600 }

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
/** What a page needs at most for anything, in ms, on a machine that does ten things at once. */
export const WAIT_MS = 20_000

/** Starts the browser; the caller closes it. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: browserPath('chromium'), args: FLAGS })
}

/** A page of its own, as on another laptop, at an address. An error in it, or a try at what our headers forbid, fails the test. */
export async function visit(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: laptop })
  context.setDefaultTimeout(WAIT_MS)
  const page = await context.newPage()
  page.on('pageerror', (error) => { throw error })
  page.on('console', (message) => { if (message.text().includes('Content Security Policy')) throw new Error(message.text()) })
  await page.goto(url)
  return page
}

/** Draws a cut down the middle of the cockpit's stage, a little aslant. */
export async function drawCut(page: Page): Promise<void> {
  const stage = await page.locator('.stage-host').boundingBox()
  if (stage === null) throw new Error('no stage')
  await page.getByRole('button', { name: 'Draw a cut' }).click()
  await page.getByText('Press, draw a line').waitFor()
  await page.mouse.move(stage.x + stage.width * 0.52, stage.y + 20)
  await page.mouse.down()
  await page.mouse.move(stage.x + stage.width * 0.5, stage.y + stage.height / 2, { steps: 4 })
  await page.mouse.move(stage.x + stage.width * 0.48, stage.y + stage.height - 20, { steps: 4 })
  await page.mouse.up()
}

/** What the tests of one page share: a server with a folder of its own, and a browser. Each is there from the first test on. */
export interface Site {
  served: Served
  browser: Browser
  folder: string
  /** A page at a path of the server, closed after its test. */
  visit(path: string): Promise<Page>
}

/** A site for the tests of the `describe` that calls this; it goes when they are through. `options`: how its server is started. */
export function site(name: string, options: () => Partial<StartOptions> | Promise<Partial<StartOptions>> = () => ({})): Site {
  const open: Page[] = []
  const made: Partial<Site> = {}
  const part = <K extends keyof Site>(key: K): Site[K] => {
    const found = made[key]
    if (found === undefined) throw new Error(`the site has no ${key} yet`)
    return found
  }
  beforeAll(async () => {
    ensureBuilt()
    made.folder = mkdtempSync(join(tmpdir(), `netsplit-${name}-`))
    made.served = await serve({ folder: made.folder, ...await options() })
    made.browser = await launch()
  })
  afterEach(async () => { for (const page of open.splice(0)) await page.context().close() })
  afterAll(async () => {
    await made.browser?.close()
    await made.served?.stop()
    if (made.folder !== undefined) rmSync(made.folder, { recursive: true, force: true })
  })
  return {
    get served() { return part('served') },
    set served(served) { made.served = served },
    get browser() { return part('browser') },
    get folder() { return part('folder') },
    async visit(path) {
      const page = await visit(part('browser'), part('served').url + path)
      open.push(page)
      return page
    },
  }
}
