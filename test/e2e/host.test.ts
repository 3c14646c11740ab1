import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { needs } from '../needs.ts'
import { joinAt, serve, until } from '../server/room/classroom.ts'
import type { TestPage } from '../server/room/classroom.ts'
import { WAIT_MS, drawCut, laptop, low, site } from './browser.ts'

/** The instructor's page in a real browser, against a real server; students come by the SDK. */

/** Within this of its cause a breach stands in the cockpit, in ms. */
const breachMsMax = 1_000

describe.skipIf(needs('chromium'))('the cockpit', () => {
  const own = site('host')

  /** A class opened from the page, and its code. */
  async function openedClass(): Promise<{ page: Page; code: string }> {
    const page = await own.visit('/host')
    await page.getByLabel('Name of the class').fill('Thursday group')
    await page.getByRole('button', { name: 'Open the class' }).click()
    await page.getByText('Thursday group').waitFor()
    return { page, code: new URL(page.url()).hash.slice(1) }
  }

  async function students(code: string, count: number): Promise<TestPage[]> {
    const all: TestPage[] = []
    for (let n = 1; n <= count; n++) all.push(await joinAt(own.served.url, code, { role: 'student', name: `Student ${n}` }))
    return all
  }

  async function inRound(count: number): Promise<{ page: Page; code: string; all: TestPage[] }> {
    const { page, code } = await openedClass()
    const all = await students(code, count)
    await page.getByRole('radio', { name: 'Only you' }).click()
    await page.getByRole('button', { name: 'Brief the class' }).click()
    await page.getByRole('button', { name: 'Start the round' }).click()
    await page.locator('.stage canvas').waitFor()
    await page.locator('.stage-label').nth(4).waitFor()
    return { page, code, all }
  }

  const clock = async (page: Page): Promise<string> => (await page.locator('.stage-clock').textContent()) ?? ''

  /** What would have to be scrolled to be seen. */
  const overflowing = (page: Page): Promise<string[]> => page.evaluate(() => [...document.querySelectorAll('*')].filter((element) => {
    const style = getComputedStyle(element)
    const scrolls = element === document.documentElement || /auto|scroll/.test(style.overflowY + style.overflowX)
    return scrolls && (element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1)
  }).map((element) => element.className || element.tagName))

  test('opens a class, and the key leaves the address at once', async () => {
    const { page, code } = await openedClass()
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]{6}$/)
    await page.getByLabel(`Code ${[...code].join(' ')}`).waitFor()
    const secret = await page.evaluate(() => localStorage.getItem('netsplit-host-classes') ?? '')
    const held: unknown = JSON.parse(secret)
    expect(held).toMatchObject([{ code, title: 'Thursday group' }])
    // The whole link on another machine: it lets in, and the key is gone from the address.
    const key = (held as { secret: string }[])[0]?.secret ?? ''
    const other = await own.visit(`/host#${code}.${key}`)
    await other.getByText('Thursday group').waitFor()
    expect(other.url()).not.toContain(key)
    await other.reload()
    await other.getByText('Thursday group').waitFor()
  })

  test('a wrong key, no key and a code without a class each get their sentence', async () => {
    const { code } = await openedClass()
    const wrong = await own.visit(`/host#${code}.not-the-key`)
    await wrong.getByText('This browser does not hold the key of the class').waitFor()
    const none = await own.visit(`/host#${code}`)
    await none.getByText('This browser does not hold the key of the class').waitFor()
    const nobody = await own.visit('/host#222222.some-key')
    await nobody.getByRole('button', { name: 'Open another class' }).waitFor({ timeout: 30_000 })
  })

  test('the roster names who is here; a student is renamed, another removed', async () => {
    const { page, code } = await openedClass()
    const all = await students(code, 3)
    await page.getByText('3 students here').waitFor()
    await page.getByRole('button', { name: /^Student 1 .*Rename/ }).click()
    await page.getByLabel('New name for Student 1').fill('Swift Lark')
    await page.getByRole('button', { name: 'Rename', exact: true }).click()
    await page.getByRole('button', { name: /^Swift Lark .*Rename/ }).waitFor()
    await page.getByRole('button', { name: /^Student 2 .*Rename/ }).click()
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByRole('button', { name: 'Yes, remove Student 2' }).click()
    await page.getByText('2 students here').waitFor()
    await until('the line of the removed student to close', () => all[1]?.closed)
    expect(all[0]?.closed).toBeNull()
    for (const size of [laptop, low]) {
      await page.setViewportSize(size)
      expect(await overflowing(page)).toEqual([])
    }
  })

  test('a cut drawn with the mouse parts the nodes; it heals, is undone, and all chaos halts', async () => {
    const { page } = await inRound(5)
    await drawCut(page)
    await page.locator('.fault-chip', { hasText: 'Cut the network' }).waitFor()
    const cut = await page.locator('.stage-twin li', { hasText: 'Cut:' }).textContent()
    // Two nodes stand left of the middle, three right of it.
    expect(cut).toMatch(/^Cut: (A E from B C D|B C D from A E), cut since 00:0\d, heals in 0:(30|2\d)$/)
    await page.getByRole('button', { name: /^Heron.*1 fault/ }).waitFor()
    await page.getByRole('button', { name: 'Stop: Cut the network' }).click()
    await page.getByText('Baseline restored').waitFor()

    await page.locator('.stage-twin button').nth(2).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menu', { name: 'What happens to C' }).getByRole('menuitem', { name: /^Crash/ }).click()
    await page.locator('.fault-chip', { hasText: 'Crash' }).waitFor()
    await page.locator('.stage-twin button').nth(1).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Rename or remove Student 2' }).click()
    await page.getByLabel('New name for Student 2').fill('Calm Badger')
    await page.keyboard.press('Enter')
    await page.locator('.stage-label', { hasText: 'Calm Badger' }).waitFor()
    await page.locator('.stage-twin li', { hasText: /^C, (?:bot, )?crashed/ }).waitFor({ state: 'attached' })
    await page.getByRole('button', { name: 'Lossy links' }).click()
    await page.getByLabel('Lasts').selectOption('until healed')
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await page.locator('.fault-chip', { hasText: 'until healed' }).waitFor()
    await page.getByText('2 faults active').waitFor()
    await page.getByRole('button', { name: 'Undo last' }).click()
    await page.getByText('1 fault active').waitFor()
    await page.getByRole('button', { name: 'Halt chaos' }).click()
    await page.getByText('Baseline restored').waitFor()
  })

  test('time stands, steps and runs at the speed asked for, by button and by key', async () => {
    const { page } = await inRound(1)
    await page.getByRole('radio', { name: '4x' }).click()
    await expect.poll(() => page.getByRole('radio', { name: '4x' }).getAttribute('aria-checked')).toBe('true')
    await page.getByRole('button', { name: 'Pause all' }).click()
    await page.getByText('All clusters stand still.').waitFor()
    const still = await clock(page)
    await page.getByRole('button', { name: 'Step' }).click()
    await expect.poll(() => clock(page)).not.toBe(still)
    const stepped = await clock(page)
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => clock(page)).not.toBe(stepped)
    await page.keyboard.press(' ')
    await page.getByRole('button', { name: 'Pause all' }).waitFor()
    const before = await clock(page)
    await expect.poll(() => clock(page)).not.toBe(before)
    for (const size of [laptop, low]) {
      await page.setViewportSize(size)
      expect(await overflowing(page)).toEqual([])
    }
  })

  test('a breach stands in the feed within a second, in words that name nodes and votes', async () => {
    const { page, all } = await inRound(5)
    const first = all[0]
    if (first === undefined) throw new Error('nobody joined')
    await page.getByText('No claim is broken.').waitFor()
    await expect.poll(async () => (await clock(page)) > '00:02', { timeout: WAIT_MS }).toBe(true)
    await first.act({ kind: 'stand' })
    const toldMs = page.locator('.feed .breach', { hasText: 'quorum-to-lead' }).waitFor({ timeout: 30_000 }).then(() => performance.now())
    await first.act({ kind: 'lead' })
    const ledMs = performance.now()
    expect(await toldMs - ledMs).toBeLessThan(breachMsMax)
    expect(await page.locator('.feed .breach').first().textContent()).toMatch(/[A-E] led term 1 with 1 of 5 votes: only its own\. It takes 3\./)
    await page.locator('.lamp-broken', { hasText: 'quorum-to-lead' }).waitFor()
    await page.getByRole('button', { name: /^Heron.*1 breach/ }).waitFor()
    // After the round the debrief leads to that very moment.
    await page.getByRole('button', { name: 'End' }).click()
    await page.getByRole('button', { name: 'Really end' }).click()
    const [replay] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('link', { name: 'Watch it happen' }).first().click()])
    await replay.getByText(/led term 1 with 1 of 5 votes/).first().waitFor()
    await expect.poll(() => replay.getByRole('slider').first().getAttribute('aria-valuenow')).not.toBe('0')
  })

  test('the debrief has the figures and a replay that exists, and the next round keeps the seats', async () => {
    const { page, all } = await inRound(2)
    await page.getByRole('button', { name: 'End' }).click()
    await page.getByRole('button', { name: 'Really end' }).click()
    await page.getByRole('heading', { name: /^Round 1/ }).waitFor()
    const link = page.getByRole('link', { name: /^Watch / }).first()
    await link.waitFor()
    const id = (await link.getAttribute('href'))?.replace('/replay/', '') ?? ''
    expect((await fetch(`${own.served.url}/api/recordings/${id}`)).status).toBe(200)
    await page.reload()
    await page.getByRole('heading', { name: /^Round 1/ }).waitFor()
    await page.getByRole('link', { name: /^Watch / }).first().waitFor()
    await page.getByRole('button', { name: 'Brief the class' }).click()
    await page.getByRole('button', { name: 'Start the round' }).waitFor()
    expect(all.every((one) => one.closed === null)).toBe(true)
    await page.getByRole('button', { name: 'Close the class' }).click()
    await page.getByRole('button', { name: 'Yes, close for everybody' }).click()
    await page.getByText('The class is over').waitFor()
  })

  test('a server that is gone is said; when it is back, so is the page, by itself, and the world stands', async () => {
    const { page } = await inRound(1)
    await page.getByRole('button', { name: 'Lossy links' }).click()
    await page.getByLabel('Lasts').selectOption('until healed')
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await page.locator('.fault-chip', { hasText: 'until healed' }).waitFor()
    const { port } = own.served.running
    await own.served.stop()
    await page.getByRole('alert').getByText('The server does not answer.').waitFor()
    await page.getByText('as it really is').waitFor()
    own.served = await serve({ folder: own.folder, port })
    await page.getByText('All clusters stand still.').waitFor()
    await page.getByRole('alert').waitFor({ state: 'detached' })
    await page.locator('.fault-chip', { hasText: 'until healed' }).waitFor()
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('button', { name: 'Pause all' }).waitFor()
  })
})
