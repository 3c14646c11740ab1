import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { needs } from '../needs.ts'
import { done, joinAt, openAt, until } from '../server/room/classroom.ts'
import { site } from './browser.ts'

/** For who magnifies, who wants no motion, whose system chooses the colours, and whose browser is too old. */

/** 1366x768 at 200%. */
const magnified = { width: 683, height: 384 }

/** Controls that nobody can come to: cut off where nothing scrolls, or under something else. */
function unreachable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [], root = document.documentElement, dialog = document.querySelector('dialog[open]')
    if (root.scrollWidth > root.clientWidth + 1) found.push(`the page scrolls sideways: ${root.scrollWidth} px`)
    for (const element of (dialog ?? document).querySelectorAll('button, a[href], select, input:not([type=file], .code-field)')) {
      if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) || element.closest('.sr-only, [inert]') !== null) continue
      element.scrollIntoView({ block: 'center', inline: 'center' })
      const { left, right, top, bottom } = element.getBoundingClientRect(), at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
      if (at === null || !(element.contains(at) || at.contains(element))) found.push(`${element.tagName.toLowerCase()}.${element.className} "${(element.textContent ?? '').trim().slice(0, 30)}"`)
    }
    scrollTo(0, 0)
    return found
  })
}

const endless = (page: Page): Promise<string[]> => page.evaluate(() => document.getAnimations().flatMap((one) => {
  const { iterations, duration } = one.effect?.getComputedTiming() ?? {}
  return iterations === Infinity || (one.playState === 'running' && Number(duration) > 100) ? [one instanceof CSSAnimation ? one.animationName : 'a transition'] : []
}))

describe.skipIf(needs('chromium'))('comfort', () => {
  const at = site('comfort')

  test('[COMFORT-1] magnified to 200%, every control of a student, an instructor and a replay can be reached, and no page scrolls sideways; without motion nothing moves for ever', { timeout: 180_000 }, async () => {
    const { code, secret } = await openAt(at.served.url), join = await at.visit('/')
    await join.setViewportSize(magnified)
    await join.getByRole('heading', { name: 'You are one machine' }).waitFor()
    expect(await unreachable(join)).toEqual([])
    await join.emulateMedia({ reducedMotion: 'reduce' })
    await join.locator('.code-field').fill(code)
    await join.getByText('Nobody is here yet.').waitFor()
    await join.getByRole('button', { name: 'Join the class' }).click()
    await join.getByText('You are A.').waitFor()
    expect(await unreachable(join)).toEqual([])
    const cockpit = await at.visit(`/host#${code}.${secret}`)
    await cockpit.emulateMedia({ reducedMotion: 'reduce' })
    await cockpit.setViewportSize(magnified)
    await cockpit.getByText('1 student here').waitFor()
    expect(await unreachable(cockpit)).toEqual([])
    const host = await joinAt(at.served.url, code, { role: 'host', secret, device: 'comfort' })
    await done(host.command({ kind: 'set-up', scenario: 'election', level: 'L1', clusterSize: 5, minutes: 10 }))
    await done(host.command({ kind: 'brief' }))
    await join.getByText('Your mission').waitFor()
    expect(await unreachable(join)).toEqual([])
    await done(host.command({ kind: 'start', chaos: false }))
    await done(host.command({ kind: 'speed', speed: 4 }))
    await join.locator('.dock').waitFor()
    await cockpit.locator('.cockpit').waitFor()
    expect(await unreachable(cockpit)).toEqual([])
    await cockpit.locator('.fault-key[data-fault="latency"]').click()
    await cockpit.getByRole('button', { name: 'Start', exact: true }).waitFor()
    expect(await unreachable(cockpit)).toEqual([])
    await cockpit.getByRole('button', { name: 'Start', exact: true }).click()
    await cockpit.locator('.fault-chip').first().waitFor()
    await join.locator('.slip-hot').waitFor()
    expect(await unreachable(join)).toEqual([])
    expect(await unreachable(cockpit)).toEqual([])
    for (const page of [join, cockpit]) await until('a page at rest', async () => ((await endless(page)).length === 0 ? true : undefined))
    await done(host.command({ kind: 'end' }))
    await join.getByText('The round is over.').waitFor()
    expect(await unreachable(join)).toEqual([])
    await cockpit.getByText('Watch', { exact: true }).first().waitFor()
    expect(await unreachable(cockpit)).toEqual([])
    const replay = await at.visit(await cockpit.getByText('Watch', { exact: true }).first().getAttribute('href') ?? '')
    await replay.setViewportSize(magnified)
    await replay.locator('.replay').waitFor()
    expect(await unreachable(replay)).toEqual([])
  })

  test('[COMFORT-2] a motion that does not end is found', async () => {
    const page = await at.visit('/')
    await page.getByRole('heading', { name: 'You are one machine' }).waitFor()
    await page.evaluate(() => { document.body.insertAdjacentHTML('beforeend', '<i id="mover">.</i><div style="position:fixed;inset:0;z-index:99"></div>'); document.getElementById('mover')?.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 500, iterations: Infinity }) })
    expect(await endless(page)).toEqual(['a transition'])
    expect((await unreachable(page)).length).toBeGreaterThan(3)
  })

  test('[COMFORT-3] where the system chooses the colours, the focus and what is chosen can still be seen', async () => {
    const page = await at.visit('/styleguide.html?still')
    await page.emulateMedia({ forcedColors: 'active' })
    await page.getByRole('heading', { name: 'Style guide' }).waitFor()
    const seen = await page.evaluate(() => [...document.querySelectorAll<HTMLElement>('.segmented [aria-checked="true"], .button[aria-pressed="true"]')].map((one) => {
      const other = one.parentElement?.querySelector('[aria-checked="false"]'), style = getComputedStyle(one), beside = other === null || other === undefined ? null : getComputedStyle(other)
      one.focus()
      return { differs: beside === null || style.backgroundColor !== beside.backgroundColor || style.outlineStyle !== beside.outlineStyle || style.textDecorationLine !== beside.textDecorationLine, focus: getComputedStyle(one).outlineStyle }
    }))
    expect(seen.length).toBeGreaterThan(0)
    expect(seen.filter(({ differs, focus }) => !differs || focus === 'none')).toEqual([])
  })

  test('[COMFORT-4] a browser whose scripts never come to run is told so after a while, in two languages; one that runs is not', async () => {
    const context = await at.browser.newContext()
    try {
      const page = await context.newPage()
      await page.route('**/*.js', (route) => route.abort())
      await page.goto(at.served.url)
      const told = page.locator('.is-late')
      expect(await told.isVisible()).toBe(false)
      await page.evaluate(() => { for (const one of document.getAnimations()) one.finish() })
      expect(await told.locator('p:visible').count()).toBe(2)
      expect(await told.textContent()).toContain('too old')
    } finally {
      await context.close()
    }
    const { code, secret } = await openAt(at.served.url)
    for (const path of ['/', `/host#${code}.${secret}`, '/host', '/wall', '/lab', '/replay', `/play?code=${code}#name=Ada`, '/styleguide.html?still']) {
      const page = await at.visit(path)
      await page.locator('#app :is(h1, h2)').first().waitFor()
      expect([path, await page.locator('.not-running').count()]).toEqual([path, 0])
    }
  })

  test('[COMFORT-5] a letter that stands in no code is explained', async () => {
    const page = await at.visit('/')
    await page.locator('.code-field').pressSequentially('AO')
    await page.getByText('No code has O.').waitFor()
    expect(await page.locator('.code-field').inputValue()).toBe('A')
    await page.locator('.code-field').pressSequentially('B')
    await page.getByText('Six letters and figures').waitFor()
  })
})
