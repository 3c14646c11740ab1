import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { needs } from '../needs.ts'
import { done, joinAt, openAt } from '../server/room/classroom.ts'
import { site } from './browser.ts'

/** Whole ways through the pages without a mouse; whoever clicks by one fails. */

async function withoutMouse(page: Page): Promise<void> {
  await page.addInitScript(() => { addEventListener('pointerdown', () => { document.documentElement.dataset['clicked'] = 'yes' }, { capture: true }) })
  await page.reload()
}

/** Presses Tab until the focus is on what is wanted, and says whether every stop on the way could be seen. */
async function tabTo(page: Page, wanted: string, most = 80): Promise<void> {
  for (let presses = 0; presses < most; presses++) {
    const { name, seen } = await page.evaluate(() => {
      const element = document.activeElement
      if (!(element instanceof HTMLElement) || element === document.body) return { name: '', seen: true }
      const style = getComputedStyle(element), label = element.getAttribute('aria-label') ?? (element instanceof HTMLInputElement ? element.labels?.[0]?.textContent ?? '' : element.textContent ?? '')
      // The six boxes of the code show where the next letter goes by themselves.
      return { name: label.trim(), seen: (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none' || element.matches('.code-field') }
    })
    if (!seen) throw new Error(`the focus on "${name}" cannot be seen`)
    if (name.includes(wanted)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never came to "${wanted}"`)
}

const clicked = (page: Page): Promise<string | undefined> => page.evaluate(() => document.documentElement.dataset['clicked'])

describe.skipIf(needs('chromium'))('by keyboard alone', () => {
  const at = site('keyboard')

  test('[KEYS-1] a student joins, votes, answers a customer, reads the rules, crashes and comes back, and opens the replay', { timeout: 240_000 }, async () => {
    const { code, secret } = await openAt(at.served.url), host = await joinAt(at.served.url, code, { role: 'host', secret, device: 'keys' })
    const page = await at.visit('/')
    await withoutMouse(page)
    await page.getByRole('heading', { name: 'You are one machine' }).waitFor()
    await page.keyboard.type(code.toLowerCase())
    await page.getByText('Nobody is here yet.').waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('You are A.').waitFor()
    const peer = await joinAt(at.served.url, code, { role: 'student', name: 'Peer' })
    await done(host.command({ kind: 'set-up', scenario: 'election', level: 'L1', clusterSize: 3, minutes: 10 }))
    await done(host.command({ kind: 'brief' }))
    await page.getByText('Your mission').waitFor()
    await done(host.command({ kind: 'start', chaos: false }))
    await page.locator('.dock').waitFor()
    await done(peer.act({ kind: 'stand' }))
    await page.locator('.slip-hot').waitFor()
    await page.waitForTimeout(600)
    await page.keyboard.press('1')
    await page.getByText('You: Grant').waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await tabTo(page, 'Hint')
    await page.keyboard.press('Enter')
    await page.getByText('A rule that fits now').waitFor()
    await page.keyboard.press('Enter')
    await done(host.command({ kind: 'speed', speed: 4 }))
    // Customers come to a node that does not lead: it sends them on.
    const redirect = page.locator('.ticket-hot .key').filter({ hasText: 'Redirect' })
    const sentOn = page.locator('.answers').getByText('sent on to').first()
    for (let tries = 0; tries < 20 && await sentOn.count() === 0; tries++) {
      await redirect.first().waitFor({ timeout: 90_000 })
      // A key that has just come is not taken for the one before.
      await page.waitForTimeout(500)
      const figure = await redirect.first().locator('.key-cap').textContent({ timeout: 1_000 }).catch(() => null)
      if (figure !== null) await page.keyboard.press(figure)
      await page.waitForTimeout(300)
      // Whoever knows no leader is asked to whom: a peer's letter is the answer.
      if (await page.locator('.ask-form').count() > 0) await page.keyboard.press('b')
      await page.waitForTimeout(300)
    }
    await sentOn.waitFor()
    await done(host.command({ kind: 'fault', cluster: 0, type: 'crash', params: { nodes: ['A'] }, durationMs: 28_000 }))
    await page.getByText('You have crashed.').first().waitFor()
    await tabTo(page, 'Term')
    await page.keyboard.press('Enter')
    await page.getByText('You will see.').waitFor()
    await page.getByText(/You foresaw it|Look again/).waitFor()
    await done(host.command({ kind: 'ask', text: 'Who leads?', options: ['A', 'B', 'C'] }))
    await page.getByText('Your instructor asks').waitFor()
    await page.keyboard.press('2')
    await page.getByText('Answered.').waitFor()
    await done(host.command({ kind: 'resume' }))
    await done(host.command({ kind: 'end' }))
    await page.getByText('Watch your cluster from above').waitFor()
    await tabTo(page, 'Watch your cluster from above')
    const opened = page.context().waitForEvent('page')
    await page.keyboard.press('Enter')
    const replay = await opened
    await replay.locator('.stage-host canvas').waitFor()
    expect(await clicked(page)).toBeUndefined()
  })

  test('[KEYS-2] an instructor opens a class, starts a round, breaks the network and heals it, pauses, steps, halts, ends, and briefs again', { timeout: 240_000 }, async () => {
    const page = await at.visit('/host')
    await withoutMouse(page)
    await page.getByRole('button', { name: 'Open the class' }).waitFor()
    await tabTo(page, 'Open the class')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Brief the class' }).waitFor()
    await tabTo(page, 'Brief the class')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Start the round' }).waitFor()
    await tabTo(page, 'Start the round')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Halt chaos' }).waitFor()
    await tabTo(page, 'Delay')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Start', exact: true }).waitFor()
    await tabTo(page, 'Start')
    await page.keyboard.press('Enter')
    await page.getByText('1 fault active').waitFor()
    await tabTo(page, 'Stop: ')
    await page.keyboard.press('Enter')
    await page.getByText('Baseline restored').waitFor()
    await page.evaluate(() => { if (document.activeElement instanceof HTMLElement) document.activeElement.blur() })
    await page.keyboard.press(' ')
    await page.getByText('All clusters stand still.').waitFor()
    const clock = (): Promise<string | null> => page.locator('.stage-clock').textContent()
    const before = await clock()
    await page.keyboard.press('ArrowRight')
    await expect.poll(clock).not.toBe(before)
    await page.keyboard.press(' ')
    await page.getByText('All clusters stand still.').waitFor({ state: 'hidden' })
    await page.keyboard.press('r')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await tabTo(page, 'Halt chaos')
    await page.keyboard.press('Enter')
    await tabTo(page, 'End', 200)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /Round 1/ }).waitFor()
    await tabTo(page, 'Brief the class', 200)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Start the round' }).waitFor()
    expect(await clicked(page)).toBeUndefined()
  })
})
