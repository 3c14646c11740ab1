import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import { browserPath } from '../../needs.ts'

/** A browser as on a school laptop, for benchmarks: no hardware draws, and the network and the processor can be slowed down. */

export const VIEWPORT = { width: 1366, height: 768 }
const FLAGS = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--enable-unsafe-swiftshader', '--js-flags=--expose-gc']

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: browserPath('chromium'), args: FLAGS })
}

export interface Slow { cpu: number; bitsPerSecond: number; latencyMs: number }

export interface Visit { context: BrowserContext; page: Page; cdp: CDPSession; /** Bytes that came over the wire since the start, headers included. */ bytes(): number }

/** A page of its own with nothing cached. `prepare` runs in it before anything of the page does. */
export async function open(browser: Browser, slow: Slow | null, prepare?: () => void): Promise<Visit> {
  const context = await browser.newContext({ viewport: VIEWPORT })
  const page = await context.newPage(), cdp = await context.newCDPSession(page)
  let received = 0
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => { received += encodedDataLength })
  await cdp.send('Network.enable')
  if (slow !== null) {
    await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: slow.latencyMs, downloadThroughput: slow.bitsPerSecond / 8, uploadThroughput: slow.bitsPerSecond / 8 })
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slow.cpu })
  }
  if (prepare !== undefined) await page.addInitScript(prepare)
  return { context, page, cdp, bytes: () => received }
}

/** What scripts hold after everything that nobody needs is thrown away, in MB. */
export async function heapMb(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = await cdp.send('Runtime.getHeapUsage')
  return usedSize / 1_048_576
}

/** Frames a second of a page over so many ms, as its own animation callbacks count them, and the longest gap between two. */
export function framesOf(page: Page, forMs: number): Promise<{ perSecond: number; worstGapMs: number }> {
  return page.evaluate((ms) => new Promise<{ perSecond: number; worstGapMs: number }>((resolve) => {
    let frames = 0, beganMs = 0, lastMs = 0, worstGapMs = 0
    const frame = (nowMs: number): void => {
      if (beganMs === 0) beganMs = nowMs
      else { frames++; worstGapMs = Math.max(worstGapMs, nowMs - lastMs) }
      lastMs = nowMs
      if (nowMs - beganMs < ms) requestAnimationFrame(frame)
      else resolve({ perSecond: frames / ((nowMs - beganMs) / 1_000), worstGapMs })
    }
    requestAnimationFrame(frame)
  }), forMs)
}
