import { describe, expect, test } from 'vitest'
import { needs } from '../needs.ts'
import { barriers } from '../shots/axe.ts'
import { site } from './browser.ts'

describe.skipIf(needs('chromium'))('the lab', () => {
  const at = site('lab')

  test('[LAB-1] starts with the lesson\'s numbers; a dial moved by keyboard changes both figures, both charts and the strip; no barrier', async () => {
    const page = await at.visit('/lab'), figure = (n: number): Promise<string> => page.locator('.lab-figures dd').nth(n).innerText()
    await page.getByRole('heading', { name: 'Lab: heartbeats and timeouts' }).waitFor()
    expect([await figure(0), await page.locator('.lab-figures small').innerText()]).toEqual(['2.2%', 'Calculus says 2.2%.'])
    expect(await page.locator('.strip-beat').count()).toBeGreaterThan(100)
    const before = { delay: await figure(1), wrong: await page.locator('.strip-wrong').count(), label: await page.locator('.curve').first().getAttribute('aria-label') }
    const dial = page.getByRole('slider', { name: 'Timeout' })
    await dial.focus()
    for (let n = 0; n < 20; n++) await page.keyboard.press('ArrowLeft')
    await page.getByText('8.9%').first().waitFor()
    expect(Number.parseFloat(await figure(1))).toBeLessThan(Number.parseFloat(before.delay))
    expect(await page.locator('.strip-wrong').count()).toBeGreaterThan(before.wrong)
    expect(await page.locator('.curve').first().getAttribute('aria-label')).not.toBe(before.label)
    await page.getByRole('button', { name: 'Back to the start' }).click()
    expect(await figure(0)).toBe('2.2%')
    expect(await barriers(page)).toEqual([])
  })

  test('[LAB-2] the least delay never passes the most, whichever is moved', async () => {
    const page = await at.visit('/lab'), [least, most] = [page.getByRole('slider', { name: 'Late by at least' }), page.getByRole('slider', { name: 'Late by at most' })]
    await least.fill('1.5')
    expect([await least.inputValue(), await most.inputValue()]).toEqual(['1.5', '1.5'])
    await most.fill('0.1')
    expect([await least.inputValue(), await most.inputValue()]).toEqual(['0.1', '0.1'])
  })
})
