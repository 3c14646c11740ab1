import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { needs } from '../needs.ts'
import { misfits } from '../shots/fits.ts'
import { laptop, low, site } from './browser.ts'
import { beginMission } from './mission-class.ts'

/** Rounds at L3 by pages alone: sliders that are always open, and the figures of the cluster beside them. */
describe.skipIf(needs('chromium'))('a class sets numbers and watches', () => {
  const at = site('policy'), minutes = 60

  const plate = (page: Page, label: string) => page.locator('.plate > div', { has: page.locator('dt', { hasText: label }) }).locator('dd b')
  const figure = (page: Page, title: string) => page.locator('.policy-figures tr', { hasText: title })

  async function fits(page: Page): Promise<void> {
    for (const size of [laptop, low]) {
      await page.setViewportSize(size)
      await page.waitForTimeout(400)
      expect(await misfits(page, true)).toEqual([])
    }
    for (const box of await page.locator('.open-slider input').all()) expect((await box.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(41)
    for (const box of await page.locator('.open-slider').all()) expect((await box.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(44)
    await page.setViewportSize(laptop)
  }

  test('[POLICY-E1] quorum-store: W is moved by keyboard, the node has it, and the figures move', async () => {
    const { host, students: [ada, bo] } = await beginMission(at, 'quorum-store', 'L3 Policy', undefined, minutes)
    if (ada === undefined || bo === undefined) throw new Error('two students')
    expect([await ada.locator('.key').count(), await ada.locator('.open-slider').count()]).toEqual([0, 2])
    await expect.poll(() => figure(ada, 'A write takes').locator('.figure-now').textContent()).toMatch(/ s$/)
    const writes = ada.getByRole('slider', { name: 'W, copies to write' })
    expect([await writes.inputValue(), await writes.getAttribute('max')]).toEqual(['3', '5'])
    await ada.keyboard.press('2')
    await ada.keyboard.press('ArrowRight')
    await ada.keyboard.press('ArrowRight')
    await ada.keyboard.press('ArrowRight')
    await plate(ada, 'W, to write').getByText('5 of 5').waitFor()
    expect(await writes.inputValue()).toBe('5')
    expect(await writes.getAttribute('aria-valuetext')).toBe('5')
    // Each node has its own numbers, and nobody else's moved.
    expect(await bo.getByRole('slider', { name: 'W, copies to write' }).inputValue()).toBe('3')
    // What a write took when the number was set stands beside what it takes now; both students see the same cluster.
    await figure(ada, 'A write takes').getByText(/was \d/).waitFor()
    const was = await figure(ada, 'A write takes').locator('.figure-now').textContent()
    await expect.poll(() => figure(ada, 'A write takes').locator('.figure-now').textContent()).not.toBe(was)
    expect(await figure(bo, 'A write takes').locator('.figure-now').count()).toBe(1)
    expect(await figure(ada, 'A write takes').getByRole('img', { name: /^(met|missed)$/ }).count()).toBe(1)
    await fits(ada)
    await host.getByRole('button', { name: 'End', exact: true }).click()
    await host.getByRole('button', { name: 'Really end' }).click()
    await ada.getByText('The round is over.').waitFor()
  })

  test('[POLICY-E2] heartbeat: the interval is moved by keyboard, a number for one peer comes with a pick, and without a network nothing moves', async () => {
    const { students: [ada] } = await beginMission(at, 'heartbeat', 'L3 Policy', undefined, minutes)
    if (ada === undefined) throw new Error('a student')
    const interval = ada.getByRole('slider', { name: 'Beat every' })
    expect(await interval.getAttribute('aria-valuetext')).toBe('6 s')
    await interval.focus()
    await ada.keyboard.press('ArrowLeft')
    await ada.keyboard.press('ArrowLeft')
    await plate(ada, 'You beat every').getByText('4 s').waitFor()
    await figure(ada, 'Right beliefs').getByText(/was \d+%/).waitFor()
    const beliefs = new Set<string>()
    await expect.poll(async () => beliefs.add((await ada.locator('.policy-figures .figure-now').allTextContents()).join(' ')).size, { timeout: 30_000 }).toBeGreaterThan(1)
    // Picked by keyboard, in the list that says what the stage shows.
    await ada.locator('[data-node="C"]').focus()
    await ada.keyboard.press('Enter')
    await ada.locator('.open-slider', { hasText: 'a timeout for C' }).waitFor()
    expect(await ada.locator('.open-slider').count()).toBe(3)
    const wait = ada.getByRole('slider', { name: 'Wait for all' })
    await wait.focus()
    await ada.keyboard.press('Home')
    const least = await wait.getAttribute('aria-valuetext') ?? ''
    await plate(ada, 'Timeouts').getByText(least, { exact: true }).waitFor()
    await fits(ada)
    await ada.context().setOffline(true)
    await ada.locator('.open-slider.is-refused').first().waitFor()
    expect(await interval.getAttribute('aria-disabled')).toBe('true')
    await interval.focus()
    await ada.keyboard.press('ArrowRight')
    await ada.locator('.said', { hasText: 'Your network is gone.' }).waitFor()
    await expect.poll(() => interval.getAttribute('aria-valuetext')).toBe('4 s')
    await expect.poll(() => interval.inputValue()).toBe('4000')
    await ada.context().setOffline(false)
    await ada.locator('.open-slider.is-refused').first().waitFor({ state: 'detached' })
  })
})
