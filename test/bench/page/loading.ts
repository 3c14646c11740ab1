import type { Browser } from 'playwright-core'
import { median } from '../table.ts'
import { open } from './browser.ts'
import type { Slow } from './browser.ts'

/** What the join page weighs, and how soon somebody can type into it on a slow laptop and a shared network. */

const SLOW: Slow = { cpu: 4, bitsPerSecond: 10_000_000, latencyMs: 40 }
const RUNS = 7
const SETTLE_MS = 1_000

/** Runs in the page: notes when a letter that is typed into the code's field shows up in its box, and tries until it does. */
function tryToType(): void {
  const told = window as unknown as { interactiveMs?: number }
  const attempt = (): void => {
    const field = document.querySelector<HTMLInputElement>('input.code-field')
    if (field !== null) {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, 'K')
      field.dispatchEvent(new InputEvent('input', { bubbles: true }))
    }
    if (document.querySelector('.code-box')?.textContent === 'K') told.interactiveMs = performance.now()
    else setTimeout(attempt, 10)
  }
  attempt()
}

export interface Loading { interactiveMs: number; worstMs: number; paintedMs: number; kb: number }

/** Medians over fresh visits; `kb` is what came over the wire until the page was quiet. */
export async function loading(browser: Browser, url: string): Promise<Loading> {
  const interactive: number[] = [], painted: number[] = [], sizes: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const { context, page, bytes } = await open(browser, SLOW, tryToType)
    await page.goto(url)
    const at = await page.waitForFunction(() => (window as unknown as { interactiveMs?: number }).interactiveMs)
    interactive.push(Number(await at.jsonValue()))
    painted.push(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN))
    await page.waitForTimeout(SETTLE_MS)
    sizes.push(bytes() / 1_024)
    await context.close()
  }
  return { interactiveMs: median(interactive), worstMs: Math.max(...interactive), paintedMs: median(painted), kb: median(sizes) }
}
