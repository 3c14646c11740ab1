import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ensureBuilt } from '../../server/tools/build.mjs'
import { needs } from '../needs.ts'
import { done, joinAt, openAt, serve } from '../server/room/classroom.ts'
import type { Served, TestPage } from '../server/room/classroom.ts'
import { laptop, launch, low } from './browser.ts'

/** A student's pages in a real browser, against a real server; the instructor comes by the SDK. */

const lowScreens = [low, { width: 1024, height: 600 }]
/** What a page needs at most for anything, in ms. */
const waitMs = 15_000

describe.skipIf(needs('chromium'))('a student', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netsplit-play-'))
  const contexts: BrowserContext[] = []
  let browser: Browser, served: Served

  beforeAll(async () => {
    ensureBuilt()
    served = await serve({ folder, dropMs: 60_000 })
    browser = await launch()
  })
  afterEach(async () => { for (const context of contexts.splice(0)) await context.close() })
  afterAll(async () => {
    await browser?.close()
    await served?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Another machine; an error in one of its pages fails the test. */
  async function machine(): Promise<BrowserContext> {
    const context = await browser.newContext({ viewport: laptop })
    context.setDefaultTimeout(waitMs)
    context.on('weberror', error => { throw error.error() })
    contexts.push(context)
    return context
  }

  async function classWithHost(): Promise<{ code: string; secret: string; host: TestPage }> {
    const { code, secret } = await openAt(served.url, 'Distributed systems, day 1')
    return { code, secret, host: await joinAt(served.url, code, { role: 'host', secret }) }
  }

  /** Joins as a student does, from the start page, with no hand on the mouse. */
  async function joinFromStart(context: BrowserContext, code: string, name: string, url = served.url): Promise<Page> {
    const page = await context.newPage()
    await page.goto(url)
    await page.getByLabel('Code on the wall').pressSequentially(code.toLowerCase())
    await page.getByText('Distributed systems, day 1').waitFor()
    await page.getByLabel('Your name for today').fill(name)
    await page.keyboard.press('Enter')
    await page.getByText('meet your node').waitFor()
    return page
  }

  async function toRound(host: TestPage, page: Page): Promise<void> {
    await done(host.command({ kind: 'set-up', scenario: 'election', level: 'L2', clusterSize: 3 }))
    await done(host.command({ kind: 'brief' }))
    await page.getByText('Rules of an election').waitFor()
    await done(host.command({ kind: 'start', chaos: false }))
    await page.getByRole('region', { name: 'Peers tell you' }).waitFor()
  }

  /** A value on the plate, by its label. */
  const plate = (page: Page, label: string) => page.locator('.plate > div', { has: page.locator('dt', { hasText: label }) }).locator('dd b')
  /** Moves the dial of the open form up by one second from where it stands, and sets it. */
  const anotherTimeout = async (page: Page): Promise<void> => {
    const seconds = Number.parseInt((await plate(page, 'Timeout').textContent()) ?? '', 10)
    await page.getByLabel('Wait for a leader').press('ArrowRight')
    await page.keyboard.press('Enter')
    await plate(page, 'Timeout').getByText(`${seconds + 1} s`).waitFor()
  }
  const clockOf = async (page: Page): Promise<string> => (await page.locator('.own-clock time').textContent()) ?? ''

  /** What would have to be scrolled to be seen. */
  const overflowing = (page: Page): Promise<string[]> => page.evaluate(() => [...document.querySelectorAll('*')].filter(element => {
    const style = getComputedStyle(element), scrolls = element === document.documentElement || /auto|scroll/.test(style.overflowY + style.overflowX)
    return scrolls && (element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1)
  }).map(element => element.className || element.tagName))

  async function fits(page: Page): Promise<void> {
    for (const size of lowScreens) {
      await page.setViewportSize(size)
      await page.evaluate(() => new Promise(resolve => { requestAnimationFrame(() => requestAnimationFrame(resolve)) }))
      expect(await overflowing(page)).toEqual([])
    }
    await page.setViewportSize(laptop)
  }

  test('joins, is briefed, stands for election with one key, and finds the way to the replay; every screen fits without scroll bars', async () => {
    const { code, host } = await classWithHost()
    const page = await joinFromStart(await machine(), code, 'Brisk Otter')
    await page.getByText('You are A.').first().waitFor()
    await fits(page)
    await done(host.command({ kind: 'set-up', scenario: 'election', level: 'L2', clusterSize: 5 }))
    await done(host.command({ kind: 'brief' }))
    await page.getByText('Your cluster needs one leader').waitFor()
    await fits(page)
    await done(host.command({ kind: 'start', chaos: false }))
    await plate(page, 'Role').getByText('Follower').waitFor()
    await page.locator('.stage canvas').waitFor()
    await fits(page)
    await page.keyboard.press('1')
    await plate(page, 'Role').getByText('Candidate').waitFor()
    expect(await plate(page, 'Term').textContent()).toBe('1')
    expect(await plate(page, 'Voted for').textContent()).toBe('A')
    const acted = host.all('facts').flatMap(({ facts }) => facts).find(fact => fact.kind === 'acted' && fact.rule === null)
    expect(acted).toMatchObject({ node: 'A', action: { kind: 'stand' } })
    await fits(page)
    await done(host.command({ kind: 'end' }))
    await page.getByText('The round is over.').waitFor()
    const way = page.getByRole('link', { name: 'Watch your cluster from above' })
    await way.waitFor()
    await fits(page)
    const recording = await fetch(`${served.url}/api/recordings/${(await way.getAttribute('href'))?.split('/').pop()}`)
    expect(await recording.text()).toContain('netsplit-recording')
    expect(await page.locator('.debrief-questions li').count()).toBe(3)
  })

  test('a key that needs a number opens a form; Escape closes it, Enter does it', async () => {
    const { code, host } = await classWithHost()
    const page = await joinFromStart(await machine(), code, 'Brisk Otter')
    await toRound(host, page)
    await done(host.command({ kind: 'pause' }))
    await page.getByRole('button', { name: 'Change timeout' }).waitFor()
    await page.keyboard.press('2')
    await page.getByLabel('Wait for a leader').waitFor()
    await page.keyboard.press('Escape')
    await page.getByLabel('Wait for a leader').waitFor({ state: 'detached' })
    await done(host.command({ kind: 'resume' }))
    await page.keyboard.press('2')
    await anotherTimeout(page)
  })

  test('a customer is sent on with a key; where no leader is known, a letter says to whom', async () => {
    const { code, host } = await classWithHost()
    const page = await joinFromStart(await machine(), code, 'Brisk Otter')
    await toRound(host, page)
    await done(host.command({ kind: 'speed', speed: 4 }))
    // Customers choose their node by themselves: it may take a while until one comes here.
    await page.getByRole('button', { name: 'Redirect' }).waitFor({ timeout: 4 * waitMs })
    await done(host.command({ kind: 'speed', speed: 0.25 }))
    await page.getByRole('button', { name: 'Redirect' }).click()
    // Which of the two comes depends on whether a leader is known by now: wait for either.
    const asks = page.getByRole('group', { name: 'To whom?' }), sent = page.locator('.answers').getByText(/sent on to [ABC]/)
    await asks.or(sent).first().waitFor()
    if (await asks.count() > 0) await page.keyboard.press('c')
    await sent.waitFor()
  })

  test('the rule card is one key away, and no figure acts while it is read', async () => {
    const { code, host } = await classWithHost()
    const page = await joinFromStart(await machine(), code, 'Brisk Otter')
    await toRound(host, page)
    await page.keyboard.press('?')
    await page.getByRole('dialog').getByText('Lead with a majority,').waitFor()
    await page.keyboard.press('1')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await plate(page, 'Role').textContent()).toBe('Follower')
  })

  test('a name made of markup is a name, on every screen and on those of others', async () => {
    const { code, host } = await classWithHost()
    const name = '<img src=x id=pwned>'
    const page = await joinFromStart(await machine(), code, name), other = await joinFromStart(await machine(), code, 'Quiet Fox')
    await page.getByText(`${name}, meet your node`).waitFor()
    await other.locator('.mates').getByText(name).waitFor()
    await toRound(host, page)
    await page.locator('.plate').getByText(name).waitFor()
    expect(await page.locator('#pwned').count() + await other.locator('#pwned').count()).toBe(0)
  })

  test('the server restarts: the page comes back by itself into its seat, with all that was done', async () => {
    const { code, secret, host } = await classWithHost()
    const page = await joinFromStart(await machine(), code, 'Brisk Otter')
    await toRound(host, page)
    await page.keyboard.press('1')
    await plate(page, 'Role').getByText('Candidate').waitFor()
    const { port } = served.running
    await served.stop()
    await page.getByText('Your network is gone, or the server restarts.').waitFor()
    expect(await page.locator('.dock .key').first().getAttribute('aria-disabled')).toBe('true')
    served = await serve({ folder, port, dropMs: 60_000 })
    await page.getByText('You are back. Nothing you did was lost.').waitFor()
    await page.getByText('Your instructor has stopped the world for a moment.').waitFor()
    await plate(page, 'Role').getByText('Candidate').waitFor()
    expect(Number(await plate(page, 'Term').textContent())).toBeGreaterThanOrEqual(1)
    const again = await joinAt(served.url, code, { role: 'host', secret })
    const before = await clockOf(page)
    await done(again.command({ kind: 'resume' }))
    await page.waitForFunction(shown => document.querySelector('.own-clock time')?.textContent !== shown, before)
  })

  test('a network that dies without a word is noticed, and its return too', async () => {
    const { code, host } = await classWithHost()
    // As when a laptop leaves the range of the access point: nothing is closed, and nothing arrives.
    const air = { dead: false }
    const accessPoint = createServer(near => {
      const far = connect(served.running.port, '127.0.0.1')
      near.on('data', data => { if (!air.dead) far.write(data) }).on('error', () => far.destroy()).on('close', () => far.destroy())
      far.on('data', data => { if (!air.dead) near.write(data) }).on('error', () => near.destroy()).on('close', () => near.destroy())
    })
    await new Promise<void>(listening => { accessPoint.listen(0, '127.0.0.1', () => listening()) })
    const address = accessPoint.address()
    const page = await joinFromStart(await machine(), code, 'Brisk Otter', `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
    await toRound(host, page)
    air.dead = true
    await page.getByText('Your network is gone', { exact: true }).waitFor()
    air.dead = false
    await page.getByText('You are back. Nothing you did was lost.').waitFor({ timeout: 2 * waitMs })
    await page.getByRole('button', { name: 'Change timeout' }).click()
    await anotherTimeout(page)
    await page.close()
    accessPoint.close()
  })

  test('a second tab takes the seat over; the first says so, and can take it back', async () => {
    const { code, host } = await classWithHost()
    const context = await machine()
    const first = await joinFromStart(context, code, 'Brisk Otter')
    await toRound(host, first)
    const second = await context.newPage()
    // This browser holds the seat, so the start page offers it.
    await second.goto(`${served.url}/?code=${code}`)
    await second.getByRole('button', { name: 'Back to your seat, Brisk Otter' }).click()
    await plate(second, 'You are').getByText('A').waitFor()
    await first.getByText('This seat was opened in another tab').waitFor()
    await first.getByRole('button', { name: 'Play here instead' }).click()
    await plate(first, 'You are').getByText('A').waitFor()
    await second.getByText('This seat was opened in another tab').waitFor()
    expect(host.lobby.here).toBe(1)
  })

  test('another laptop has the seat, with all that was done, by the address of the page', async () => {
    const { code, host } = await classWithHost()
    const first = await joinFromStart(await machine(), code, 'Brisk Otter')
    await fits(first)
    await toRound(host, first)
    await first.keyboard.press('1')
    await plate(first, 'Role').getByText('Candidate').waitFor()
    const address = first.url()
    const second = await (await machine()).newPage()
    await second.goto(address)
    await plate(second, 'You are').getByText('A').waitFor()
    await plate(second, 'Role').getByText('Candidate').waitFor()
    await first.getByText('This seat was opened in another tab').waitFor()
    expect(host.lobby.here).toBe(1)
    // A token that nobody has opens nothing, and costs this browser no seat that it keeps.
    await second.goto(address.replace(/seat=[^&]+/, `seat=${'0'.repeat(16)}.${'x'.repeat(24)}`))
    await second.reload()
    await second.getByRole('button', { name: 'Join again' }).waitFor()
    await second.goto(`${served.url}/play?code=${code}`)
    await plate(second, 'You are').getByText('A').waitFor()
  })

  test('a paused node shows its last screen and no sign of why; awake again, it says how long that was', async () => {
    const { code, host } = await classWithHost()
    const page = await joinFromStart(await machine(), code, 'Brisk Otter')
    await toRound(host, page)
    await done(host.command({ kind: 'fault', cluster: 0, type: 'pause', params: { nodes: ['A'] }, durationMs: 5_000 }))
    await host.first('facts', ({ facts }) => facts.some(fact => fact.kind === 'paused'))
    const shown = () => page.evaluate(() => [document.querySelector('.own-clock time'), document.querySelector('.now'), document.querySelector('.said')].map(each => each?.textContent))
    await expect.poll(async () => { const one = await shown(); await page.evaluate(() => new Promise(resolve => { setTimeout(resolve, 300) })); return JSON.stringify(one) === JSON.stringify(await shown()) }).toBe(true)
    const [, , said] = await shown()
    expect(said).toBe('')
    expect(await page.locator('body').textContent()).not.toMatch(/pause|frozen/i)
    await page.getByText(/^You were paused for \d+\ss\. This was your screen\.$/).waitFor()
  })

  test('a crashed node is dark, counts down, asks one question, and comes back with its disk', async () => {
    const { code, host } = await classWithHost()
    const page = await joinFromStart(await machine(), code, 'Brisk Otter')
    await toRound(host, page)
    await page.keyboard.press('1')
    await plate(page, 'Role').getByText('Candidate').waitFor()
    await done(host.command({ kind: 'fault', cluster: 0, type: 'crash', params: { nodes: ['A'] }, durationMs: 5_000 }))
    await page.getByRole('heading', { name: 'You have crashed.' }).waitFor()
    await page.getByText('You restart in').waitFor()
    await fits(page)
    expect(await page.locator('.key').count()).toBe(0)
    await page.locator('.prediction').getByRole('radio', { name: 'Term' }).click()
    await page.locator('.prediction').getByRole('radio', { name: 'Certain' }).click()
    await fits(page)
    await page.getByRole('heading', { name: 'You have crashed.' }).waitFor({ state: 'detached' })
    await plate(page, 'Role').getByText('Follower').waitFor()
    expect(Number(await plate(page, 'Term').textContent())).toBeGreaterThanOrEqual(1)
    expect(await page.locator('.said').textContent()).toMatch(/(Votes|Timeout).* You were certain\./)
  })

  test('a wrong code, a class that ends and a student who is taken out each get their sentence, and a way on', async () => {
    const { code, host } = await classWithHost()
    const context = await machine()
    const wrong = await context.newPage()
    await wrong.goto(`${served.url}/?code=222222`)
    await wrong.getByText('This code has no class. Check the wall.').waitFor()
    await wrong.getByRole('button', { name: 'Join the class' }).click()
    expect(new URL(wrong.url()).pathname).toBe('/')
    const page = await joinFromStart(context, code, 'Brisk Otter'), other = await joinFromStart(await machine(), code, 'Quiet Fox')
    const otter = [...host.lobby.clusters].flatMap(cluster => [...cluster.seats]).find(seat => seat.name === 'Brisk Otter')?.student ?? ''
    await done(host.command({ kind: 'remove', student: otter }))
    await page.getByText('Your instructor took you out of this class.').waitFor()
    await page.getByRole('button', { name: 'Join again' }).click()
    await page.getByRole('button', { name: 'Join the class' }).waitFor()
    await done(host.command({ kind: 'close' }))
    await other.getByText('The class is over.').waitFor()
  })

  test('colours are dark until somebody chooses, and the choice is kept', async () => {
    const { code } = await classWithHost()
    const context = await machine()
    const page = await joinFromStart(context, code, 'Brisk Otter')
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
    await page.getByRole('button', { name: 'Light colours' }).click()
    expect(await page.locator('html').getAttribute('data-theme')).toBe('light')
    await page.reload()
    await page.getByRole('button', { name: 'Dark colours' }).waitFor()
    expect(await page.locator('html').getAttribute('data-theme')).toBe('light')
  })

  test('somebody who teaches opens a class from the start page', async () => {
    const page = await (await machine()).newPage()
    await page.goto(served.url)
    await fits(page)
    await page.getByRole('button', { name: 'I teach: open a class' }).click()
    await page.getByLabel('What do you call your class?').fill('Thursday group')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/host/)
    await page.getByText('Thursday group').first().waitFor()
  })
})
