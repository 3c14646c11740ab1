import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { done, joinAt, openAt } from '../server/room/classroom.ts'

/**
 * The way of somebody who has never seen it and reads nothing but the screen: a student from the start page to the first request answered, and a
 * lecturer from opening a class to the first cut. Each only presses what is largest and hottest; each step is a picture with its time.
 */
export async function naiveWalk(browser: Browser, url: string, to: string): Promise<void> {
  await student(browser, url, to)
  await lecturer(browser, url, to)
}

function steps(page: Page, who: string, to: string): (what: string) => Promise<void> {
  const beganMs = performance.now()
  let n = 0
  return async (what) => {
    const atS = ((performance.now() - beganMs) / 1_000).toFixed(1)
    await page.screenshot({ path: join(to, `${who}-${String(++n).padStart(2, '0')}.png`) })
    process.stdout.write(`${who} ${n}: ${atS} s, ${what}\n`)
  }
}

async function pageOf(browser: Browser, url: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage()
  page.setDefaultTimeout(120_000)
  await page.goto(url)
  return page
}

/** The code is on the wall; then whatever glows is pressed by its figure, a request before a card. */
async function student(browser: Browser, url: string, to: string): Promise<void> {
  const { code, secret } = await openAt(url, 'First lesson'), host = await joinAt(url, code, { role: 'host', secret, device: 'walk' })
  const page = await pageOf(browser, url), step = steps(page, 'student', to)
  await page.locator('input').first().waitFor()
  await step('opens the start page, and types the code from the wall into the box that waits')
  await page.keyboard.type(code)
  await page.locator('.button-primary:not([aria-disabled])').waitFor()
  await page.getByText('First lesson').waitFor()
  await step('the class is found; presses the one yellow button')
  await page.locator('.button-primary').click()
  await page.getByText('meet your node').waitFor()
  await step('waits, and reads three things')
  await done(host.command({ kind: 'set-up', scenario: 'election', level: 'L2', clusterSize: 5 }))
  await done(host.command({ kind: 'brief' }))
  await page.getByText('Your mission').waitFor()
  await step('the briefing')
  await done(host.command({ kind: 'start', chaos: false }))
  await page.locator('.dock').waitFor()
  await step('the round has begun')
  for (let pressed = 0; pressed < 40; pressed++) {
    const key = page.locator('.ticket-hot .key-hot, .slip-hot .key-hot').first()
    await key.waitFor()
    const label = (await key.textContent()) ?? '', ofRequest = await page.locator('.ticket-hot .key-hot').count() > 0
    const figure = await (ofRequest ? page.locator('.ticket-hot .key-hot .key-cap') : key.locator('.key-cap')).first().textContent()
    await page.keyboard.press(figure ?? '1')
    await step(`presses ${figure}, since it glows: ${label.replace(/^\d/, '').trim()}`)
    await page.waitForTimeout(700)
    if (await page.locator('.answers li').count() > 0 && ofRequest) break
  }
  await page.locator('.answers li').first().waitFor()
  await step('the first request is answered')
  await page.context().close()
  await done(host.command({ kind: 'end' }))
}

/** From the start page: the yellow button each time, then the button that says cut, and a line with the mouse. */
async function lecturer(browser: Browser, url: string, to: string): Promise<void> {
  const page = await pageOf(browser, `${url}/host`), step = steps(page, 'lecturer', to)
  await page.locator('.button-primary').waitFor()
  await step('opens the page for a class, presses the yellow button')
  await page.locator('.button-primary').click()
  await page.getByRole('button', { name: 'Brief the class' }).waitFor()
  await step('has a code for the wall, presses the yellow button')
  await page.getByRole('button', { name: 'Brief the class' }).click()
  await page.getByRole('button', { name: 'Start the round' }).waitFor()
  await step('the briefing; presses the yellow button')
  await page.getByRole('button', { name: 'Start the round' }).click()
  await page.getByRole('button', { name: 'Draw a cut' }).waitFor()
  await step('the cockpit; presses Draw a cut')
  await page.getByRole('button', { name: 'Draw a cut' }).click()
  await page.getByText('Press, draw a line').waitFor()
  const stage = await page.locator('.stage-host').boundingBox()
  if (stage === null) throw new Error('there is no stage')
  await page.mouse.move(stage.x + stage.width * 0.52, stage.y + 20)
  await page.mouse.down()
  await page.mouse.move(stage.x + stage.width * 0.48, stage.y + stage.height - 20, { steps: 8 })
  await page.mouse.up()
  await page.getByText(/fault(s)? active/).waitFor()
  await step('the first cut')
  await page.context().close()
}
