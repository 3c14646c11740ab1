import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch } from '../e2e/browser.ts'
import { bunPath, needs } from '../needs.ts'
import { LEVELS } from '../../shared/sim/types.ts'
import { answer } from './answer.ts'
import type { Answer, Given } from './answer.ts'
import { bundle, sources } from './bundle.ts'
import type { Bundle } from './bundle.ts'
import { differences } from './compare.ts'
import type { Expected } from './compare.ts'
import { openFirefox } from './firefox.ts'
import { askBrowser } from './loopback.ts'
import type { Opened } from './loopback.ts'
import { CHAOS, MINUTES, record, ROUNDS, rounds } from './recordings.ts'

/** The same world everywhere: 200 recordings give the same facts in every engine that a class may use. */

const ENGINE_MS_MAX = 120_000
const played = rounds()
let work: Given[] = []
let expected: Expected = { tables: {}, rounds: [] }
let bundled: Bundle = { folder: '', shell: '', page: '' }

beforeAll(async () => {
  ({ work, expected } = record(played))
  bundled = await bundle(mkdtempSync(join(tmpdir(), 'netsplit-engines-')))
}, ENGINE_MS_MAX)
afterAll(() => { rmSync(bundled.folder, { recursive: true, force: true }) })

/** Has an engine with files run a program. `args` come before the program. */
async function askShell(engine: string, args: readonly string[], program: string, given: readonly Given[]): Promise<Answer> {
  const run = mkdtempSync(join(bundled.folder, 'run-'))
  const workFile = join(run, 'work.json'), answerFile = join(run, 'answer.json')
  writeFileSync(workFile, JSON.stringify(given))
  await promisify(execFile)(engine, [...args, program, workFile, answerFile], { timeout: ENGINE_MS_MAX })
  return answer.parse(JSON.parse(readFileSync(answerFile, 'utf8')))
}

async function openChromium(url: string): Promise<Opened> {
  const browser = await launch()
  try {
    const page = await browser.newPage()
    const ended = new Promise<string>((settle) => {
      page.once('crash', () => { settle('the page crashed') })
      browser.once('disconnected', () => { settle('the browser is gone') })
    })
    // The page has loaded only when its program is done: wait for its answer, not for that.
    await page.goto(url, { waitUntil: 'commit' })
    return { ended, close: () => browser.close() }
  } catch (error) {
    await browser.close()
    throw error
  }
}

describe('the recordings', () => {
  test('are 200, of all missions, sizes, levels, kinds of chaos and rules', () => {
    expect(ROUNDS).toBeGreaterThanOrEqual(200)
    expect(played).toHaveLength(ROUNDS)
    for (const { scenario } of played) {
      const own = played.filter((round) => round.scenario === scenario).map((round) => round.plan)
      const kinds = (values: readonly (string | number)[]): number => new Set(values).size
      expect(kinds(own.map((plan) => plan.nodes))).toBe(scenario.nodes.max - scenario.nodes.min + 1)
      expect(kinds(own.map((plan) => plan.rules))).toBe(Object.keys(scenario.misconceptions).length + 1)
      expect([kinds(own.map((plan) => plan.level)), kinds(own.map((plan) => plan.chaos)), kinds(own.map((plan) => plan.durationMs))]).toEqual([LEVELS.length, CHAOS.length, MINUTES.length])
    }
  })

  test('have digests on the way, so that a difference is found where it begins', () => {
    expect(expected.rounds.filter((round) => round.history.digests.length > 0).length).toBeGreaterThan(ROUNDS / 4)
    expect(new Set(expected.rounds.map((round) => round.history.last)).size).toBe(ROUNDS)
  })
})

describe('every engine plays the same 200 histories', () => {
  const check = (engine: string, agent: RegExp, got: Answer): void => {
    expect(got.agent).toMatch(agent)
    expect(differences(engine, expected, got)).toEqual([])
  }

  test('Node, from the sources', async () => {
    check('Node from the sources', /^Node\.js\//, await askShell(process.execPath, [], sources.shell, work))
  }, ENGINE_MS_MAX)

  test('Node (V8)', async () => {
    check('Node', /^Node\.js\//, await askShell(process.execPath, [], bundled.shell, work))
  }, ENGINE_MS_MAX)

  test.skipIf(needs('bun'))('Bun (JavaScriptCore)', async () => {
    check('Bun', /^Bun\//, await askShell(bunPath(), [], bundled.shell, work))
  }, ENGINE_MS_MAX)

  test.skipIf(needs('chromium'))('Chromium (V8)', async () => {
    check('Chromium', / (Headless)?Chrome\//, await askBrowser(bundled, work, openChromium))
  }, ENGINE_MS_MAX)

  test.skipIf(needs('firefox'))('Firefox (SpiderMonkey)', async () => {
    check('Firefox', / Gecko\/\S+ Firefox\//, await askBrowser(bundled, work, openFirefox))
  }, ENGINE_MS_MAX)
})

test('an engine that rounds otherwise is named, with the recordings and the tables that differ', async () => {
  const bent = 'data:text/javascript,const floor = Math.floor; Math.floor = (x) => floor(x + 1 / 1024)'
  const some = { ...expected, rounds: expected.rounds.slice(0, 20) }
  const found = differences('Node bent', some, await askShell(process.execPath, ['--import', bent], bundled.shell, work.slice(0, 20)))
  expect(found).toContainEqual(expect.stringMatching(/^Node bent: the table [\w -]+ has the digest [0-9a-f]{16}, elsewhere [0-9a-f]{16}$/))
  expect(found).toContainEqual(expect.stringMatching(/^Node bent: the recording of seed \d+ has the digest [0-9a-f]{16} after /))
  expect(found.every((sentence) => sentence.startsWith('Node bent: '))).toBe(true)
}, ENGINE_MS_MAX)
