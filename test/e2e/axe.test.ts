import { describe, expect, test } from 'vitest'
import { needs } from '../needs.ts'
import { barriers } from '../shots/axe.ts'
import { tour } from '../shots/tour.ts'
import { site } from './browser.ts'

describe.skipIf(needs('chromium'))('no page and no state has a barrier that axe-core knows', () => {
  const at = site('axe')

  test('[A11Y-1] all of them, on a walk through a class', { timeout: 400_000 }, async () => {
    const found: string[] = []
    let stops = 0
    await tour(at.browser, at.served.url, async ({ name, page }) => {
      if (name === 'no-script') return
      stops++
      for (const one of await barriers(page)) found.push(`${name}: ${one}`)
    })
    expect(stops).toBeGreaterThan(50)
    expect(found).toEqual([])
  })

  test('[A11Y-2] a planted one is found', async () => {
    const page = await at.visit('/')
    await page.getByRole('heading', { name: 'You are one machine' }).waitFor()
    expect(await barriers(page)).toEqual([])
    await page.evaluate(() => { document.body.insertAdjacentHTML('beforeend', '<button></button><p style="color:#777;background:#888">grey on grey</p>') })
    expect((await barriers(page)).map((one) => one.split(' ')[0])).toEqual(['button-name', 'color-contrast'])
  })
})
