import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { faults } from '../../shared/faults/index.ts'
import { readPlan } from '../../shared/plan-check.ts'
import { needs } from '../needs.ts'
import { joinAt } from '../server/room/classroom.ts'
import { drawCut, laptop, low, site } from './browser.ts'

/** Breaking things from the instructor's page, in a real browser: before, during, undone, saved, loaded, refused. Bots play. */

const small = { width: 1024, height: 600 }

describe.skipIf(needs('chromium'))('the cockpit\'s chaos', () => {
  const own = site('chaos')

  async function inRound(breaks = 'Only you', students = 0): Promise<Page> {
    // One renderer from the start: a change of it in the middle would be a change of the picture.
    const page = await own.visit('/host?renderer=canvas')
    await page.getByRole('button', { name: 'Open the class' }).click()
    await page.getByRole('radio', { name: breaks }).waitFor()
    for (let n = 1; n <= students; n++) await joinAt(own.served.url, new URL(page.url()).hash.slice(1), { role: 'student', name: `Student ${n}` })
    await page.getByRole('radio', { name: breaks }).click()
    await expect.poll(() => page.getByRole('radio', { name: breaks }).getAttribute('aria-checked')).toBe('true')
    await page.getByRole('button', { name: 'Brief the class' }).click()
    await page.getByRole('button', { name: 'Start the round' }).click()
    await page.locator('.stage-label').nth(4).waitFor()
    return page
  }
  const key = (page: Page, type: string) => page.locator(`.palette [data-fault="${type}"]`)
  const chip = (page: Page, title: string) => page.locator('.fault-chip', { hasText: title })

  test('a preset says and marks beforehand whom it touches, is started by one press, and is undone', async () => {
    const page = await inRound()
    await page.getByRole('button', { name: 'Pause all' }).click()
    await page.getByText('All clusters stand still.').waitFor()
    // Nothing moves now, so the picture differs only by what is marked on it.
    const stage = page.locator('.stage-host')
    const picture = async (): Promise<string> => { await page.waitForTimeout(400); return (await stage.screenshot()).toString('base64') }
    const plain = await picture()
    await key(page, 'partition').click()
    await page.getByRole('button', { name: 'Isolate the leader' }).hover()
    await page.getByText('Isolate the leader: touches 8 of 20 directions, 5 of 5 nodes.').waitFor()
    await page.getByText(/^Nothing passes between [A-E] and the rest\./).waitFor()
    await page.getByText('A cut comes first').waitFor()
    const marked = await picture()
    expect(marked === plain, 'whom it touches is marked').toBe(false)
    await page.getByRole('button', { name: 'In halves' }).hover()
    await page.getByText('In halves: touches 12 of 20 directions, 5 of 5 nodes.').waitFor()
    expect(await picture() === marked, 'another preset is marked').toBe(false)
    await page.keyboard.press('Escape')
    expect(await picture() === plain, 'the stage is as it was').toBe(true)
    await page.getByRole('button', { name: 'Go on' }).click()

    await key(page, 'partition').click()
    await page.getByRole('button', { name: 'In halves' }).hover()
    const said = /between (.) and (.) and the rest/.exec(await page.locator('.preview span').textContent() ?? '')?.slice(1).join(' ')
    await page.getByRole('button', { name: 'In halves' }).click()
    // "Half" is drawn beforehand: what was said is what happens.
    await chip(page, 'Cut the network').getByText(said ?? 'nothing was said').waitFor()
    await page.getByRole('button', { name: 'Undo last' }).click()
    await page.getByText('Baseline restored').waitFor()
  })

  test('on all clusters a fault, a drawn cut and a plan say so beforehand, and touch all of them', async () => {
    const page = await inRound('Only you', 6)
    const tiles = (words: RegExp) => page.locator('.tile', { hasText: words })
    await key(page, 'crash').click()
    await page.getByText('This is Heron\'s part').waitFor({ state: 'detached' })
    await page.getByRole('radio', { name: 'All clusters' }).click()
    await page.getByText('This is Heron\'s part; all 2 clusters get theirs.').waitFor()
    await page.getByRole('button', { name: 'Crash a minority' }).click()
    await expect.poll(() => tiles(/1 fault/).count()).toBe(2)
    await page.getByRole('button', { name: 'Undo last' }).click()
    await page.getByText('Baseline restored').waitFor()
    await drawCut(page)
    await expect.poll(() => tiles(/1 fault/).count()).toBe(2)
    await page.getByRole('button', { name: 'Draw a cut' }).click()
    await page.getByText('All clusters are cut so.').waitFor()
    await page.keyboard.press('Escape')
    const file = join(own.folder, 'ring.json')
    writeFileSync(file, JSON.stringify({ format: 'netsplit-plan/1', title: 'Ring', scenario: null, seed: null, steps: [{ do: 'fault', atMs: 0, type: 'ring', params: {}, durationMs: 60_000 }] }))
    await page.locator('.script input').setInputFiles(file)
    await page.getByRole('button', { name: 'Run now' }).click()
    await expect.poll(() => tiles(/2 faults/).count()).toBe(2)
    await page.getByRole('button', { name: 'Halt chaos' }).click()
    await page.getByText('Baseline restored').waitFor()
  })

  test('a script is saved as a file, a broken file says where, a good one is shown, run, and undone', async () => {
    const page = await inRound()
    await key(page, 'crash').click()
    await page.getByRole('button', { name: 'Crash a minority' }).click()
    await chip(page, 'Crash').waitFor()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as a plan' }).click()])
    expect(download.suggestedFilename()).toMatch(/^distributed-systems-round-1-heron\.plan\.json$/)
    const file = join(own.folder, download.suggestedFilename())
    await download.saveAs(file)
    const read = readPlan(readFileSync(file, 'utf8'))
    expect(read).toMatchObject({ ok: true, plan: { scenario: 'election', steps: [{ type: 'crash', durationMs: 20_000 }] } })
    await page.getByRole('button', { name: 'Halt chaos' }).click()
    await page.getByText('Baseline restored').waitFor()

    const broken = join(own.folder, 'broken.json')
    writeFileSync(broken, readFileSync(file, 'utf8').replace('20000', '"long"'))
    await page.locator('.script input').setInputFiles(broken)
    await page.locator('.script-loaded[role="alert"]').getByText('broken.json: steps[0].durationMs must be').waitFor()
    await page.locator('.script input').setInputFiles(file)
    await page.getByText('1 step,').waitFor()
    await expect.poll(() => page.locator('.band-planned').count()).toBe(1)
    await page.getByRole('radio', { name: '4x' }).click()
    await page.getByRole('button', { name: 'Run now' }).click()
    await chip(page, 'Crash').waitFor()
    await expect.poll(() => page.locator('.band-planned').count()).toBe(0)
    expect(await page.locator('.band-ran').count()).toBe(2)
    await page.getByRole('button', { name: 'Stop: Crash' }).click()
    await page.getByText('Baseline restored').waitFor()
  })

  test('what is planned is moved by arrows and by hand, taken off, added for later, and taken back; a link carries it to another class', async () => {
    const page = await inRound('Its plan'), planned = page.locator('.band-edit')
    await expect.poll(() => planned.count()).toBe(3)
    const lefts = async (): Promise<number[]> => (await planned.all()).reduce(async (all, one) => [...await all, Math.round((await one.boundingBox())?.x ?? 0)], Promise.resolve<number[]>([]))
    await page.getByRole('button', { name: 'Pause all' }).click()
    const first = await lefts()
    await planned.first().focus()
    for (let n = 0; n < 3; n++) await page.keyboard.press('Shift+ArrowLeft')
    await page.getByText('Cut at 0:30').waitFor()
    await expect.poll(async () => (await lefts())[0]).toBeLessThan(first[0]! - 20)
    await expect.poll(() => planned.first().evaluate((one) => one === document.activeElement)).toBe(true)
    await page.getByRole('button', { name: 'Later' }).click()
    await page.getByText('Cut at 0:40').waitFor()
    const last = await planned.last().boundingBox()
    if (last === null) throw new Error('no band')
    await page.mouse.move(last.x + last.width / 2, last.y + 6)
    await page.mouse.down()
    await page.mouse.move(last.x + last.width / 2 + 60, last.y + 8, { steps: 4 })
    await page.mouse.up()
    await expect.poll(async () => Math.abs(((await lefts())[2] ?? 0) - last.x - 60)).toBeLessThan(8)
    await planned.nth(1).focus()
    await page.keyboard.press('Delete')
    await expect.poll(() => planned.count()).toBe(2)
    await expect.poll(() => planned.nth(1).evaluate((one) => one === document.activeElement)).toBe(true)
    await key(page, 'pause').click()
    await page.getByRole('combobox', { name: 'When' }).selectOption('120000')
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await expect.poll(() => planned.count()).toBe(3)
    // The room has it, not this page alone.
    await page.waitForTimeout(700)
    await page.reload()
    await expect.poll(() => planned.count()).toBe(3)
    await planned.first().click()
    await page.getByRole('button', { name: 'Remove' }).click()
    await expect.poll(() => planned.count()).toBe(2)
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await expect.poll(() => planned.count()).toBe(3)
    await page.waitForTimeout(700)
    await page.getByRole('button', { name: 'A link to this plan' }).click()
    const link = await page.getByRole('dialog').getByRole('textbox').inputValue()
    expect(link).toContain('/host#plan=')
    const other = await own.visit(new URL(link).pathname + new URL(link).hash)
    await other.getByText('comes along').waitFor()
    expect(new URL(other.url()).hash).toBe('')
    await other.getByRole('button', { name: 'Open the class' }).click()
    await other.getByRole('button', { name: /^Use "Distributed systems/ }).click()
    await other.getByText('3 faults come by the plan').waitFor()
    const broken = await own.visit('/host#plan=AAAA')
    await broken.getByText('The link carries no plan').waitFor()
  })

  test('a monkey is chosen before the round: its faults are planned, then they come', async () => {
    const page = await inRound('A monkey')
    await expect.poll(() => page.locator('.band-planned').count()).toBeGreaterThan(5)
    await page.getByRole('radio', { name: '4x' }).click()
    await page.locator('.fault-chip').first().waitFor()
    // What runs is the room's to know: a page that is opened anew shows it, whatever this browser remembers.
    await page.evaluate(() => localStorage.setItem('netsplit-host-plan', 'off'))
    await page.reload()
    await expect.poll(() => page.locator('.band-planned').count()).toBeGreaterThan(2)
    await page.getByRole('button', { name: 'Halt chaos' }).click()
    await expect.poll(() => page.locator('.band-planned').count()).toBe(0)
    await page.reload()
    await page.locator('.band-ran').first().waitFor()
    expect(await page.locator('.band-planned').count()).toBe(0)
  })

  test('clocks are not bent in this mission: shown, not startable, and why', async () => {
    const page = await inRound()
    for (const type of ['clock-bump', 'clock-strobe', 'clock-drift']) {
      await key(page, type).click()
      await page.locator('.preview').getByText('In this mission no clock is bent in mid-round').waitFor()
      for (const button of [page.locator('.preset').first(), page.locator('.palette-start .button')]) {
        expect(await button.getAttribute('aria-disabled')).toBe('true')
        await button.dispatchEvent('click')
      }
      await page.keyboard.press('Escape')
    }
    // Another fault gets through and is the only one: those before it were never sent.
    await key(page, 'ring').click()
    await page.getByRole('button', { name: 'Ring of majorities' }).click()
    await page.getByText('1 fault active').waitFor()
  })

  test('the keyboard opens a fault, starts a preset and comes back to where it was', async () => {
    const page = await inRound()
    await key(page, 'hold').focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('.palette-form') !== null)).toBe(true)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Hold everything')
    await page.keyboard.press('Enter')
    await chip(page, 'Hold, then release').waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-fault'))).toBe('hold')
  })

  test('every fault\'s form keeps its presets, its start, its preview and the halt on the page, at every size', async () => {
    const page = await inRound()
    await key(page, 'pause').click()
    await page.getByRole('button', { name: 'A short stall' }).click()
    await page.locator('.fault-chip').waitFor()
    for (const size of [laptop, low, small]) {
      await page.setViewportSize(size)
      const hidden = async (selector: string): Promise<string[]> => page.evaluate((what) => [...document.querySelectorAll(what)].filter((element) => {
        const box = element.getBoundingClientRect()
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
        return box.bottom > innerHeight || box.right > innerWidth || top === null || !(element.contains(top) || top.contains(element))
      }).map((element) => element.textContent ?? ''), selector)
      for (const type of Object.keys(faults)) {
        expect(await hidden('.fault-key, .button-halt, .script .button'), `the palette at ${size.width}x${size.height}`).toEqual([])
        await key(page, type).click()
        await page.locator('.preview').waitFor()
        expect(await hidden('.preset, .palette-start .button, .preview, .button-halt'), `${type} at ${size.width}x${size.height}`).toEqual([])
        await page.keyboard.press('Escape')
      }
    }
  })
})
