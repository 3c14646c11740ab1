import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { WARNED_MS_LEAST } from '../../client/model/hands.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import { needs } from '../needs.ts'
import { site } from './browser.ts'

/** A round of each mission beside the election, by pages alone, with an instructor and two students. */
describe.skipIf(needs('chromium'))('a class plays other missions', () => {
  const at = site('missions')

  /** Opens a class, with two students, and starts a round of a mission that nobody breaks. */
  async function begin(mission: string, level: string): Promise<{ host: Page; students: Page[] }> {
    const host = await at.visit('/host')
    await host.getByLabel('Name of the class').fill(mission)
    await host.getByRole('button', { name: 'Open the class' }).click()
    await host.getByText(mission).first().waitFor()
    const code = new URL(host.url()).hash.slice(1)
    const students: Page[] = []
    for (const name of ['Ada', 'Bo']) {
      const page = await at.visit(`/?code=${code}`)
      await page.getByLabel('Your name').fill(name)
      await page.getByRole('button', { name: 'Join' }).click()
      await page.locator('.meet-node').waitFor()
      students.push(page)
    }
    await host.getByLabel('Mission').selectOption(scenarios[mission]?.title ?? '')
    await host.getByRole('radiogroup', { name: 'Help level' }).getByRole('radio', { name: level }).click()
    await host.getByRole('radio', { name: 'Only you' }).click()
    await host.getByRole('button', { name: 'Brief the class' }).click()
    for (const page of students) await page.locator('.briefing-rules').waitFor()
    await host.getByRole('button', { name: 'Start the round' }).click()
    await host.locator('.stage canvas').waitFor()
    for (const page of students) await page.locator('.dock').waitFor()
    return { host, students }
  }

  async function end(host: Page, student: Page): Promise<Page> {
    await host.getByRole('button', { name: 'End', exact: true }).click()
    await host.getByRole('button', { name: 'Really end' }).click()
    const path = (await student.getByRole('link', { name: /Watch/ }).getAttribute('href')) ?? ''
    const replay = await at.visit(path)
    await replay.locator('.replay-digest[data-digest]').waitFor()
    return replay
  }

  test('[MISSION-1] heartbeat: who suspects too soon is warned, and does it; the judge says so; a heartbeat takes it back', async () => {
    const { host, students: [ada, bo] } = await begin('heartbeat', 'L1 Chores')
    if (ada === undefined || bo === undefined) throw new Error('two students')
    await host.getByRole('radio', { name: '4x' }).click()
    await expect.poll(() => ada.locator('.view-panel tbody tr').count()).toBe(4)
    expect(await ada.getByText('Customers ask you').count()).toBe(0)
    await ada.locator('.slip', { hasText: 'beats' }).first().waitFor()
    // Whom it aims at is in the key: a heartbeat of theirs has to be there first.
    const suspect = ada.locator('.dock-keys button', { hasText: 'Suspect' })
    await ada.locator('.stage-label', { hasText: 'heard' }).nth(3).waitFor({ state: 'attached' })
    await expect.poll(async () => {
      await suspect.click()
      await ada.waitForTimeout(100)
      return ada.getByText(/such a gap is usual/).count()
    }, { timeout: 20_000 }).toBeGreaterThan(0)
    // A heartbeat may come between, and then the key means another, and warns again.
    await expect.poll(async () => {
      await ada.waitForTimeout(WARNED_MS_LEAST)
      await suspect.click()
      return host.locator('.feed .breach', { hasText: 'suspicion-earned' }).count()
    }, { timeout: 20_000 }).toBeGreaterThan(0)
    await host.locator('.lamp-broken', { hasText: 'suspicion-earned' }).waitFor()
    // She may have suspected others that she had not heard at all, which nobody warns of.
    await expect.poll(async () => {
      const again = ada.getByRole('button', { name: /Trust again/ })
      if (await again.count() > 0) await again.first().click({ timeout: 2_000 }).catch(() => null)
      return ada.locator('.plate').innerText()
    }, { timeout: 20_000, interval: 200 }).toContain('nobody')
    const replay = await end(host, ada)
    await replay.getByText(/suspected .* after it had heard its heartbeat/).first().waitFor()
  })

  test('[MISSION-2] quorum-store: a request is asked for, stored or read, and answered, by its own keys', async () => {
    const { host, students } = await begin('quorum-store', 'L2 Handlers')
    await host.getByRole('radio', { name: '2x' }).click()
    // Whichever of the two is asked first.
    const asked = await Promise.race(students.map(async (page) => { await page.getByRole('button', { name: /Ask for copies/ }).first().waitFor(); return page }))
    const command = await asked.locator('.ticket-hot code').innerText()
    await asked.getByRole('button', { name: /Ask for copies/ }).first().click()
    await asked.locator('.ticket-hot', { hasText: /[3-5] of 3 answered/ }).waitFor()
    if (command.startsWith('write')) {
      await asked.getByRole('button', { name: /^\d?\s*Store as version/ }).click()
      await asked.locator('.ticket-hot', { hasText: /[3-5] of 3 stored/ }).waitFor()
      await asked.getByRole('button', { name: /Say: stored/ }).click()
    } else {
      await asked.getByRole('button', { name: /^\d?\s*Answer/ }).click()
      await asked.waitForTimeout(WARNED_MS_LEAST)
    }
    await asked.locator('.answers li').first().waitFor()
    const replay = await end(host, asked)
    expect(await replay.locator('body').innerText()).not.toContain('undefined')
  })
})
