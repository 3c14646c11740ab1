import { createServer } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import sirv from 'sirv'
import { build } from 'vite'
import type { UserConfig } from 'vite'
import pages from '../../../vite.config.ts'
import { framesOf, open } from './browser.ts'

/** The stage alone under load, built as the pages are: seven nodes and sixty packets. The reference is an empty page in the same browser. */

const root = fileURLToPath(new URL('./stage', import.meta.url))
const WARM_MS = 3_000, WATCHED_MS = 6_000

export interface StageFrames { viewport: string; renderer: string; perSecond: number; worstGapMs: number }
export interface Stages { empty: number; stages: readonly StageFrames[] }

export async function stages(browser: Browser): Promise<Stages> {
  const folder = mkdtempSync(join(tmpdir(), 'netsplit-stage-'))
  const config: UserConfig = pages({ command: 'build', mode: 'production' })
  await build({ ...config, configFile: false, root, logLevel: 'error', build: { ...config.build, outDir: folder, rolldownOptions: { input: join(root, 'index.html') } } })
  const files = sirv(folder), http = createServer((request, response) => { files(request, response) })
  await new Promise<void>((listening) => { http.listen(0, '127.0.0.1', listening) })
  const address = http.address(), url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  const taken: StageFrames[] = []
  try {
    const bare = await open(browser, null)
    await bare.page.goto('about:blank')
    const empty = (await framesOf(bare.page, WATCHED_MS)).perSecond
    await bare.context.close()
    for (const viewport of ['student', 'above']) {
      for (const renderer of ['canvas', 'webgl']) {
        const { context, page } = await open(browser, null)
        await page.goto(`${url}/?viewport=${viewport}&renderer=${renderer}`)
        await page.locator('canvas').waitFor()
        await page.waitForTimeout(WARM_MS)
        taken.push({ viewport, renderer, ...await framesOf(page, WATCHED_MS) })
        await context.close()
      }
    }
    return { empty, stages: taken }
  } finally {
    http.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
