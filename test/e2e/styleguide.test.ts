import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { needs } from '../needs.ts'
import { site } from './browser.ts'

/** Pictures of the style guide's parts as they should be. `UPDATE_VISUAL=1 npm test` writes new ones. */
const FOLDER = resolve(import.meta.dirname, '..', 'visual')
const PARTS = ['bar', 'nodes', 'packets', 'judge', 'keys', 'inbox', 'requests', 'plate', 'timeline', 'fog']
const THEMES = ['dark', 'light']
/** Another build of the browser draws the edges of letters a little differently: colours may differ by so much, and so many of a thousand pixels by more. */
const COLOUR_OFF = 0.2, PER_MILLE_OFF = 0.8

async function pictureOf(page: Page, theme: string, part: string): Promise<PNG> {
  return PNG.sync.read(await page.locator(`.guide[data-theme="${theme}"] [data-part="${part}"]`).screenshot({ animations: 'disabled', caret: 'hide' }))
}

/** How many of a thousand pixels differ; all of them when the sizes do. */
function difference(seen: PNG, wanted: PNG): { perMille: number; picture: PNG | null } {
  // A line that breaks elsewhere may make a part a pixel higher.
  if (seen.width !== wanted.width || Math.abs(seen.height - wanted.height) > 1) return { perMille: 1_000, picture: null }
  const { width } = seen, height = Math.min(seen.height, wanted.height), picture = new PNG({ width, height })
  const count = pixelmatch(seen.data.subarray(0, width * height * 4), wanted.data.subarray(0, width * height * 4), picture.data, width, height, { threshold: COLOUR_OFF })
  return { perMille: (count * 1_000) / (width * height), picture }
}

async function guide(visit: (path: string) => Promise<Page>): Promise<Page> {
  const page = await visit('/styleguide.html')
  await page.setViewportSize({ width: 1366, height: 900 })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.locator('[data-part="fog"]').last().waitFor()
  await page.evaluate(() => document.fonts.ready)
  return page
}

describe.skipIf(needs('chromium'))('the style guide looks as it did', () => {
  const at = site('styleguide')

  test('[VISUAL-1] every part in both themes', async () => {
    const page = await guide(at.visit), wrong: string[] = []
    for (const theme of THEMES) {
      for (const part of PARTS) {
        const file = join(FOLDER, `${part}-${theme}.png`), seen = await pictureOf(page, theme, part)
        if (process.env['UPDATE_VISUAL'] === '1') {
          mkdirSync(FOLDER, { recursive: true })
          writeFileSync(file, PNG.sync.write(seen))
        }
        if (!existsSync(file)) { wrong.push(`${file} is missing`); continue }
        const { perMille, picture } = difference(seen, PNG.sync.read(readFileSync(file)))
        if (perMille <= PER_MILLE_OFF) continue
        const folder = mkdtempSync(join(tmpdir(), 'netsplit-visual-'))
        writeFileSync(join(folder, 'seen.png'), PNG.sync.write(seen))
        if (picture !== null) writeFileSync(join(folder, 'difference.png'), PNG.sync.write(picture))
        wrong.push(`${part} in ${theme}: ${perMille.toFixed(1)} of 1,000 pixels differ; see ${folder}`)
      }
    }
    expect(wrong).toEqual([])
  })

  test.each<[string, string, string, string]>([
    ['a packet of another colour', 'packets', '.packet-glyph path', 'fill: red !important'],
    ['a tab that has moved', 'nodes', '.node-glyph rect', 'transform: translateY(6px)'],
    ['a ring without its dashes', 'nodes', '.node-glyph circle', 'stroke-dasharray: none !important'],
    ['a key without its number', 'keys', '.key-cap', 'visibility: hidden'],
    ['a hot card that does not look hot', 'inbox', '.slip-hot', 'border-color: transparent !important; box-shadow: none !important'],
  ])('[VISUAL-2] %s is found', async (_, part, selector, style) => {
    const page = await guide(at.visit)
    await page.addStyleTag({ content: `${selector} { ${style} }` })
    const worst = Math.max(...await Promise.all(THEMES.map(async (theme) => difference(await pictureOf(page, theme, part), PNG.sync.read(readFileSync(join(FOLDER, `${part}-${theme}.png`)))).perMille)))
    expect(worst).toBeGreaterThan(PER_MILLE_OFF)
  })
})
