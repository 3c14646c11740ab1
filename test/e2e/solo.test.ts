import { describe, expect, test } from 'vitest'
import { needs } from '../needs.ts'
import { barriers } from '../shots/axe.ts'
import { site } from './browser.ts'

describe.skipIf(needs('chromium'))('practice alone', () => {
  const at = site('solo')

  test('[SOLO-1] the first ninety seconds, by clicks: send, wait, doubt, trust again, answer; the slow one is not lost', async () => {
    const page = await at.visit('/solo#tutorial'), coach = page.locator('.coach')
    const step = (n: number) => coach.getByText(`${n} of 10`, { exact: true }).waitFor()
    const began = Date.now()
    await step(1)
    await page.getByRole('button', { name: 'Say hello' }).click()
    await step(2)
    await step(3)
    await page.getByRole('button', { name: 'Say hello' }).click()
    await step(4)
    // Nobody can doubt before their patience is over.
    expect(await page.getByRole('button', { name: 'Doubt' }).count()).toBe(0)
    await step(5)
    await page.getByRole('button', { name: 'Doubt' }).click()
    await step(7)
    await page.getByRole('button', { name: 'Trust again' }).click()
    await step(9)
    expect(await barriers(page)).toEqual([])
    await page.getByRole('button', { name: 'Answer' }).click()
    await step(10)
    expect(Date.now() - began).toBeLessThan(90_000)
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('heading', { name: 'Practise alone' }).waitFor()
  }, 120_000)

  test('[SOLO-2] a round with the network disconnected, with a wrong idea to be found; its recording is watched from above', async () => {
    const page = await at.visit('/solo?mission=heartbeat&level=L1&seed=4711')
    await page.getByRole('button', { name: 'Start' }).waitFor()
    expect(await barriers(page)).toEqual([])
    await page.waitForLoadState('networkidle')
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.context().setOffline(true)
    await page.getByRole('checkbox', { name: 'One of your peers believes something wrong' }).check()
    await page.getByRole('button', { name: 'Start' }).click()
    await page.locator('.stage-label', { hasText: 'heard' }).nth(3).waitFor({ state: 'attached', timeout: 40_000 })
    // By hand, as in a class.
    await page.getByRole('button', { name: /^Suspect/ }).click()
    await page.getByRole('button', { name: /^Suspect/ }).click()
    await page.locator('.stage-label', { hasText: 'suspected' }).first().waitFor({ state: 'attached' })
    const clock = page.locator('.round-timer b')
    await page.getByRole('button', { name: 'Pause' }).click()
    const stood = await clock.innerText()
    await page.waitForTimeout(1_500)
    expect(await clock.innerText()).toBe(stood)
    await page.getByRole('button', { name: 'Go on' }).click()
    await expect.poll(() => clock.innerText()).not.toBe(stood)
    await page.getByRole('button', { name: 'I know who' }).click()
    await page.getByRole('heading', { name: 'Who believed something wrong?' }).waitFor()
    await page.getByRole('radio', { name: 'B', exact: true }).click()
    await page.getByRole('radio', { name: 'It will be back in a moment' }).check()
    expect(await barriers(page)).toEqual([])
    await page.getByRole('button', { name: 'That is my answer' }).click()
    await page.locator('.solo-hunt blockquote').waitFor()
    expect(asked).toEqual([])
    await page.context().setOffline(false)
    await page.getByRole('button', { name: 'Watch it from above' }).click()
    await page.getByRole('slider').first().waitFor()
    expect(await page.locator('.stage-label').count()).toBeGreaterThan(0)
  }, 120_000)
})
