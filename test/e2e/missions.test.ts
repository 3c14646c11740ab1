import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { STEADY_MS, WARNED_MS_LEAST } from '../../client/model/hands.ts'
import { needs } from '../needs.ts'
import { site } from './browser.ts'
import { beginMission, endMission } from './mission-class.ts'

/** A round of each mission beside the election, by pages alone, with an instructor and two students. */
describe.skipIf(needs('chromium'))('a class plays other missions', () => {
  const at = site('missions')

  const begin = (mission: string, level: string, nodes?: number) => beginMission(at, mission, level, nodes)
  const end = (host: Page, student: Page): Promise<Page> => endMission(at, host, student)

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
  test('[MISSION-3] logical-clocks: operations are stamped, a question is answered by one press, and the judge tells right from wrong', async () => {
    const { host, students: [ada, bo] } = await begin('logical-clocks', 'L2 Handlers', 3)
    if (ada === undefined || bo === undefined) throw new Error('two students')
    const hot = (page: Page) => page.locator('.ticket-hot'), stamp = (page: Page) => hot(page).getByRole('button', { name: /Stamp and send/ }), row = (page: Page) => hot(page).locator('.key-in-row')
    await host.getByRole('radio', { name: '4x' }).click()
    /** Stamps what is placed with each of them, until the customer of one of them asks which of two operations came first. */
    const untilAsked = async (): Promise<Page> => {
      for (let tries = 0; tries < 200; tries++) {
        for (const page of [ada, bo]) {
          if (await row(page).count() === 3) return page
          const key = stamp(page).first()
          if (await key.count() > 0 && await key.getAttribute('aria-disabled') === null) await key.click({ timeout: 2_000 }).catch(() => null)
          else if (await page.locator('button.ticket-body').count() > 0) await page.locator('button.ticket-body').first().click({ timeout: 1_000 }).catch(() => null)
        }
        await ada.waitForTimeout(150)
      }
      throw new Error('nobody asked which came first')
    }
    const below = (one: readonly number[], other: readonly number[]): boolean => one.every((value, at) => value <= (other[at] ?? 0))
    /** Answers the question that is hot by the figure on one of its keys, and returns what was said to the customer. */
    const answer = async (page: Page, right: boolean): Promise<string> => {
      const told = (await page.locator('.ticket-hot .ticket-hold').innerText()).split('\n').map((line) => (/\[([\d ]+)\]/.exec(line)?.[1] ?? '').split(' ').map(Number))
      const [first = [], second = []] = told, place = below(first, second) ? 0 : below(second, first) ? 1 : 2
      const key = row(page).nth(right ? place : (place + 1) % 3), before = await page.locator('.answers li').first().innerText().catch(() => '')
      await page.keyboard.press((await key.locator('.key-cap').innerText()).trim())
      await expect.poll(() => page.locator('.answers li').first().innerText()).not.toBe(before)
      return page.locator('.answers li').first().innerText()
    }
    const wrongs = (): Promise<number> => host.locator('.feed .breach', { hasText: 'right-answer' }).count()
    const slow = (): Promise<void> => host.getByRole('radio', { name: '0.5x' }).click()

    let asked = await untilAsked()
    await slow()
    // A number that has just come is not pressed by a finger on its way to another.
    await asked.waitForTimeout(STEADY_MS)
    expect(await answer(asked, true)).toMatch(/is (before|after)|are concurrent/)
    await host.waitForTimeout(500)
    expect(await wrongs()).toBe(0)
    await host.locator('.lamp-holds', { hasText: 'right-answer' }).waitFor()

    await host.getByRole('radio', { name: '4x' }).click()
    asked = await untilAsked()
    await slow()
    await asked.waitForTimeout(STEADY_MS)
    expect(await answer(asked, false)).toMatch(/is (before|after)|are concurrent/)
    await host.locator('.lamp-broken', { hasText: 'right-answer' }).waitFor()
    expect(await wrongs()).toBe(1)
    const replay = await end(host, ada)
    expect(await replay.locator('body').innerText()).not.toContain('undefined')
  })
})
