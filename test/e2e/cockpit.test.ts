import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { needs } from '../needs.ts'
import { barriers } from '../shots/axe.ts'
import { misfits } from '../shots/fits.ts'
import { done, joinAt, openAt } from '../server/room/classroom.ts'
import type { TestPage } from '../server/room/classroom.ts'
import { laptop, low, site } from './browser.ts'

/** The cockpit's eyes, with no mouse at all: a cut by letters, a node's menu, a look through its eyes, a witness. */

const small = { width: 1024, height: 600 }

describe.skipIf(needs('chromium'))('the cockpit\'s eyes', () => {
  const own = site('cockpit')

  async function inRound(): Promise<{ page: Page; students: TestPage[] }> {
    const { code, secret } = await openAt(own.served.url), host = await joinAt(own.served.url, code, { role: 'host', secret, device: 'eyes' })
    const students = [await joinAt(own.served.url, code, { role: 'student', name: 'Swift Lark' }), await joinAt(own.served.url, code, { role: 'student', name: 'Quiet Fox' })]
    await done(host.command({ kind: 'set-up', scenario: 'election', level: 'L2', clusterSize: 5 }))
    await done(host.command({ kind: 'brief' }))
    await done(host.command({ kind: 'start', chaos: false }))
    const page = await own.visit(`/host?renderer=canvas#${code}.${secret}`)
    await page.locator('.stage-label').nth(4).waitFor()
    return { page, students }
  }
  const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '')
  const node = (page: Page, letter: string) => page.locator(`.stage-twin [data-node="${letter}"]`)

  test('[COCKPIT-1] a cut by letters, a node\'s menu and a node\'s eyes need no mouse', async () => {
    const { page } = await inRound()
    await page.keyboard.press('c')
    await page.getByText('Or choose one side').waitFor()
    await expect.poll(() => focused(page)).toBe('A')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    for (let n = 0; n < 4; n++) await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Cut A B off')
    await page.keyboard.press('Enter')
    await page.locator('.stage-twin li', { hasText: /Cut: (?:A B from C D E|C D E from A B)/ }).waitFor({ state: 'attached' })

    await node(page, 'C').focus()
    await page.keyboard.press('Enter')
    const menu = page.getByRole('menu', { name: 'What happens to C' })
    await menu.waitFor()
    expect(await barriers(page)).toEqual([])
    await page.keyboard.press('Escape')
    await menu.waitFor({ state: 'detached' })
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-node')), { message: 'the keyboard is back at the node' }).toBe('C')
    await expect.poll(() => page.locator('.stage-focus').count(), { message: 'the node with the keyboard is ringed' }).toBe(1)

    await page.keyboard.press('Enter')
    await menu.getByRole('menuitem', { name: 'See as C' }).press('Enter')
    await page.locator('.stage-eyes', { hasText: 'What C knows' }).waitFor()
    // The cut is no longer in the picture, nor in its list: C cannot know of it.
    await page.locator('.stage-twin li', { hasText: 'C, you' }).waitFor({ state: 'attached' })
    expect(await page.locator('.stage-twin li', { hasText: 'Cut:' }).count()).toBe(0)
    expect(await barriers(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.locator('.stage-twin li', { hasText: 'Cut:' }).waitFor({ state: 'attached' })
    await page.keyboard.press('e')
    await page.locator('.stage-eyes', { hasText: 'What A knows' }).waitFor()
    await page.keyboard.press('e')
    await page.getByText('Heron, as it really is').first().waitFor()
  })

  test('[COCKPIT-2] a broken claim opens its witness beside the stage, walked by arrows, with its rule, and gives the keyboard back', async () => {
    const { page, students } = await inRound()
    // Both stand before either hears of the other, so both lead the same term.
    await Promise.all(students.map((student) => done(student.act({ kind: 'stand' }))))
    await Promise.all(students.map((student) => done(student.act({ kind: 'lead' }))))
    const open = page.locator('.breach', { hasText: 'election-safety' }).getByRole('button', { name: /^Show the witness/ })
    await open.focus()
    await page.keyboard.press('Enter')
    const panel = page.getByRole('region', { name: 'Why election-safety broke' })
    await panel.getByText(/leads term \d/).first().waitFor()
    await panel.getByText('What would have prevented it').waitFor()
    const count = await panel.locator('li').count()
    expect(count).toBeGreaterThan(1)
    for (let n = 1; n < count; n++) await page.keyboard.press('ArrowDown')
    expect(await panel.getByRole('status').textContent()).toBe(`Fact ${count} of ${count}`)
    expect(await page.evaluate(() => document.activeElement?.closest('li')?.getAttribute('aria-current'))).toBe('step')
    expect(await barriers(page)).toEqual([])
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toContain('Show the witness')
    // What a claim says stands behind its lamp.
    await page.locator('.lamp-row summary', { hasText: 'one-vote' }).press('Enter')
    await page.getByText('Every node votes for at most one candidate').waitFor()
  })

  test('[COCKPIT-3] figures and curves fit at every size, in both languages', async () => {
    const { page } = await inRound()
    for (const language of ['en', 'es']) {
      const url = new URL(page.url())
      url.searchParams.set('lang', language)
      await page.goto(url.href)
      await page.locator('.stage-label').nth(4).waitFor()
      for (const size of [laptop, low, small]) {
        await page.setViewportSize(size)
        for (const _ of size.height < laptop.height ? ['numbers', 'curves'] : ['both']) {
          await page.locator('.charts, .figures').first().waitFor({ state: 'attached' })
          expect(await misfits(page, true), `${language} at ${size.width}x${size.height}`).toEqual([])
          if (size.height < laptop.height) await page.locator('.metrics-turn').click()
        }
      }
    }
  })
})
