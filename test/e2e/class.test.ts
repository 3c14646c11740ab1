import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { WARNED_MS_LEAST } from '../../client/model/hands.ts'
import { ensureBuilt } from '../../server/tools/build.mjs'
import { needs } from '../needs.ts'
import { serve } from '../server/room/classroom.ts'
import type { Served } from '../server/room/classroom.ts'
import { drawCut, launch, visit } from './browser.ts'

/** The whole path, by pages alone: a class is opened, plays, sees why its cluster broke, and watches its own round again. */

/** Within this of its cause a breach stands in the cockpit, in ms. */
const breachMsMax = 1_000
const studentCount = 5, clusterSize = 7
const report = z.object({ digest: z.string(), digestOk: z.boolean(), breaches: z.array(z.object({ claim: z.string(), sentence: z.string() })) })

describe.skipIf(needs('chromium'))('a class plays', () => {
  let browser: Browser, served: Served, folder = ''

  beforeAll(async () => {
    ensureBuilt()
    folder = mkdtempSync(join(tmpdir(), 'netsplit-class-'))
    served = await serve()
    browser = await launch()
  })
  afterAll(async () => {
    await browser?.close()
    await served?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function join1(code: string, name: string): Promise<Page> {
    const page = await visit(browser, `${served.url}/?code=${code}`)
    await page.getByLabel('Your name').fill(name)
    await page.getByRole('button', { name: 'Join' }).click()
    await page.locator('.meet-node').waitFor()
    return page
  }

  /** The letter of the page's own node, as its stage says it. */
  async function ownNode(page: Page): Promise<string> {
    const own = page.locator('.stage-twin li', { hasText: /^[A-G], you/ })
    await own.waitFor({ state: 'attached' })
    return ((await own.textContent()) ?? '').slice(0, 1)
  }

  test('a cut is drawn, a student leads without a majority, the cockpit says so at once, and the replay agrees to the last digit', async () => {
    const host = await visit(browser, `${served.url}/host`)
    await host.getByLabel('Name of the class').fill('Thursday group')
    await host.getByRole('button', { name: 'Open the class' }).click()
    await host.getByText('Thursday group').waitFor()
    const code = new URL(host.url()).hash.slice(1)
    const pages: Page[] = []
    for (let n = 1; n <= studentCount; n++) pages.push(await join1(code, `Student ${n}`))
    await host.getByText(`${studentCount} students here`).waitFor()

    // Five students and two bots.
    await host.getByRole('radiogroup', { name: 'Nodes in a cluster' }).getByRole('radio', { name: String(clusterSize) }).click()
    await host.getByRole('radio', { name: 'Only you' }).click()
    await host.getByRole('button', { name: 'Brief the class' }).click()
    await pages[0]?.locator('.briefing-rules').waitFor()
    await host.getByRole('button', { name: 'Start the round' }).click()
    await host.locator('.stage canvas').waitFor()
    await host.locator('.stage-label').nth(clusterSize - 1).waitFor()

    await drawCut(host)
    const words = (await host.locator('.stage-twin li', { hasText: 'Cut:' }).textContent()) ?? ''
    const sides = /^Cut: ([A-G ]+) from ([A-G ]+),/.exec(words)?.slice(1, 3).map((side) => side.split(' ')) ?? []
    const minority = sides.find((side) => side.length * 2 < clusterSize) ?? []
    expect(minority.length).toBeGreaterThan(1)
    await host.getByRole('radio', { name: '4x' }).click()

    // On the small side one student stands, another grants, and the first leads with what it has.
    const players = await Promise.all(pages.map(async (page) => ({ page, node: await ownNode(page) })))
    const [candidate, voter] = players.filter(({ node }) => minority.includes(node))
    if (candidate === undefined || voter === undefined) throw new Error(`fewer than two students on the small side ${minority.join(' ')}`)
    await candidate.page.getByRole('button', { name: /Stand for election/ }).click()
    await voter.page.getByRole('button', { name: /^\d?\s*Grant/ }).first().click()
    const lead = candidate.page.locator('.dock-keys button', { hasText: 'Lead' })
    await lead.filter({ hasText: '2 of 4 votes' }).click()
    await candidate.page.getByText('You have 2 of 4 votes. Press once more to lead all the same.').first().waitFor()
    // Two presses in one moment count as one.
    await candidate.page.waitForTimeout(WARNED_MS_LEAST)
    const told = host.locator('.feed .breach', { hasText: 'quorum-to-lead' }).waitFor().then(() => performance.now())
    const pressedMs = performance.now()
    await lead.click()
    expect(await told - pressedMs).toBeLessThan(breachMsMax)
    const sentence = `${candidate.node} led term 1 with 2 of 7 votes: ${candidate.node} and ${voter.node}. It takes 4.`
    expect(await host.locator('.feed .breach').first().textContent()).toContain(sentence)
    await host.locator('.lamp-broken', { hasText: 'quorum-to-lead' }).waitFor()
    // The students are told nothing of it while they play.
    for (const { page } of players) expect(await page.getByText('It takes 4').count()).toBe(0)

    await host.getByRole('button', { name: 'End', exact: true }).click()
    await host.getByRole('button', { name: 'Really end' }).click()
    const link = candidate.page.getByRole('link', { name: /Watch/ })
    const path = (await link.getAttribute('href')) ?? ''
    const replay = await visit(browser, served.url + path)
    const digest = replay.locator('.replay-digest[data-digest]')
    await digest.waitFor()
    await replay.getByText(sentence).first().waitFor()

    const file = join(folder, 'round.jsonl')
    writeFileSync(file, await (await fetch(`${served.url}/api/recordings/${path.replace('/replay/', '')}`)).text())
    const program = spawnSync(process.execPath, ['server/cli.ts', 'replay', file, '--json'], { encoding: 'utf8' })
    const same = report.parse(JSON.parse(program.stdout))
    expect(same.digestOk).toBe(true)
    expect(same.breaches.map((one) => one.sentence)).toContain(sentence)
    expect(await digest.getAttribute('data-digest')).toBe(same.digest)
    expect(program.status).toBe(1)
  })
})
