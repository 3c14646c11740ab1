import { copyFileSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ensureBuilt } from '../../server/tools/build.mjs'
import { launch } from '../e2e/browser.ts'
import { serve } from '../server/room/classroom.ts'
import { barriers } from './axe.ts'
import { misfits } from './fits.ts'
import { tour } from './tour.ts'
import type { Stop } from './tour.ts'
import { naiveWalk } from './walk.ts'

/**
 * `npm run shots -- [walk] [TEXT] [--to FOLDER] [--mock FOLDER]`: a picture of every page and state whose name holds TEXT, at four sizes, beside
 * the mock's where a folder with its pictures is given. Says what sticks out, is cut off or too small. `walk`: the way of somebody who has never seen it.
 */

const SIZES = [{ width: 1366, height: 768 }, { width: 1366, height: 600 }, { width: 1024, height: 600 }, { width: 1920, height: 1080 }] as const
/** Which of the mock's pictures shows the same. */
const MOCKS: { readonly [stop: string]: string } = {
  'join-found': 'join', lobby: 'lobby', 'round-hot-card': 'student-election', 'round-request': 'student-election', 'host-faults': 'cockpit', 'host-breach': 'cockpit', 'wall-lobby': 'projector',
  'wall-live': 'projector-live', 'wall-scores': 'projector-live', replay: 'replay', styleguide: 'sheet',
}

interface Asked { walk: boolean; only: string; to: string; mock: string | null }

function asked(args: readonly string[]): Asked {
  const value = (name: string): string | null => { const at = args.indexOf(name); return at < 0 ? null : args[at + 1] ?? null }
  const words = args.filter((arg, at) => !arg.startsWith('--') && !(args[at - 1] ?? '').startsWith('--'))
  return { walk: words[0] === 'walk', only: words[0] === 'walk' ? '' : words[0] ?? '', to: resolve(value('--to') ?? mkdtempSync(join(tmpdir(), 'netsplit-shots-'))), mock: value('--mock') }
}

const { walk, only, to, mock } = asked(process.argv.slice(2))
ensureBuilt()
mkdirSync(to, { recursive: true })
const served = await serve(), browser = await launch(), rows: string[] = []
let wrong = 0

async function shoot({ name, page, fits }: Stop): Promise<void> {
  const before = page.viewportSize()
  for (const size of SIZES) {
    await page.setViewportSize(size)
    // The stage is drawn anew for its size, ten times a second.
    await page.waitForTimeout(350)
    const file = `${name}-${size.width}x${size.height}.png`
    await page.screenshot({ path: join(to, file) })
    const found = name === 'no-script' ? [] : await misfits(page, fits && size.width === 1366)
    wrong += found.length
    process.stdout.write(`${file}${found.map((one) => `\n    ${one}`).join('')}\n`)
    rows.push(`<figure><figcaption>${file}</figcaption><img loading="lazy" src="${file}" alt="">${found.map((one) => `<p>${one.replaceAll('<', '&lt;')}</p>`).join('')}</figure>`)
  }
  const twin = MOCKS[name], picture = mock === null || twin === undefined ? null : join(mock, `${twin}.png`)
  if (picture !== null && existsSync(picture)) {
    copyFileSync(picture, join(to, `mock-${twin}.png`))
    rows.push(`<figure><figcaption>the mock: ${twin}</figcaption><img loading="lazy" src="mock-${twin}.png" alt=""></figure>`)
  }
  if (name !== 'no-script') for (const one of await barriers(page)) { wrong++; process.stdout.write(`    axe: ${one}\n`) }
  if (before !== null) await page.setViewportSize(before)
}

try {
  if (walk) await naiveWalk(browser, served.url, to)
  else await tour(browser, served.url, shoot, only)
} catch (error) {
  wrong++
  process.stderr.write(`The walk ended early: ${error instanceof Error ? error.stack : String(error)}\n`)
} finally {
  if (!walk) writeFileSync(join(to, 'index.html'), `<!doctype html><meta charset="utf-8"><title>Shots</title><style>body{background:#222;color:#eee;font:14px sans-serif;display:grid;grid-template-columns:1fr 1fr;gap:12px}img{max-width:100%}figure{margin:0}</style>${rows.join('\n')}\n`)
  await browser.close()
  await served.stop()
}
process.stdout.write(`${rows.length} pictures in ${to}; ${wrong === 0 ? 'nothing wrong was found' : `${wrong} things to look at`}.\n`)
process.exit(wrong === 0 ? 0 : 1)
