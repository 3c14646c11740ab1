import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { memoryStore } from '../../server/store/memory.ts'
import { recordRound } from '../../shared/headless.ts'
import type { RoundPlan } from '../../shared/headless.ts'
import { encodeRecording } from '../../shared/recording.ts'
import type { Recording } from '../../shared/recording.ts'
import { replay } from '../../shared/replay.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import { clockText } from '../../client/components/panels.tsx'
import { needs } from '../needs.ts'
import { classOf, done, startRound, until } from '../server/room/classroom.ts'
import { laptop, low, site } from './browser.ts'

/** The replay page in a real browser, against a real server and against files of this computer. */

const small = { width: 1024, height: 600 }
/** The page may stand still for so long at a time, in ms. Its slices are 15 ms; the rest is for a machine that does ten things at once. */
const standstillMsMax = 500
const report = z.object({ digest: z.string(), digestOk: z.boolean(), facts: z.number(), breaches: z.array(z.object({ claim: z.string(), sentence: z.string() })) })

const { election } = scenarios
if (election === undefined) throw new Error('the mission election is gone')
const record = (plan: Partial<RoundPlan>): Recording => recordRound(election, { seed: 7, nodes: 5, durationMs: 300_000, rules: 'eager', chaos: 'default', ...plan })

/** A mistaken bot, so that there is something to walk through; and one who plays well. */
const eager = record({}), good = record({ rules: 'good', chaos: 'none', durationMs: 60_000 })

describe.skipIf(needs('chromium'))('the replay page', () => {
  const own = site('replay', async () => {
    const store = memoryStore()
    const { ownerEpoch } = await store.createClass({ classId: 'ABC234', createdAtMs: 0, hostSecretHash: 'none', body: {} })
    let seq = 1
    for (const [cluster, recording] of [eager, good].entries()) {
      await store.createRecording({ recordingId: `recording-${cluster}`, classId: 'ABC234', round: 1, cluster, header: recording.header }, ownerEpoch)
      const { lastSeq } = await store.append('ABC234', ownerEpoch, seq, recording.entries.map((body) => ({ round: 1, cluster, author: null, clientSeq: null, body })))
      seq = lastSeq + 1
    }
    // Made by another version: one with its facts kept, one without.
    for (const id of ['older', 'older-bare']) {
      await store.createRecording({ recordingId: id, classId: 'ABC234', round: id === 'older' ? 2 : 3, cluster: 0, header: { ...eager.header, simVersion: 0 } }, ownerEpoch)
      const { lastSeq } = await store.append('ABC234', ownerEpoch, seq, eager.entries.map((body) => ({ round: id === 'older' ? 2 : 3, cluster: 0, author: null, clientSeq: null, body })))
      seq = lastSeq + 1
    }
    await store.saveFacts('older', gzipSync(JSON.stringify(replay(eager).facts)))
    await store.closeClass('ABC234', ownerEpoch, 1)
    return { store }
  })

  /** Where the first breach is, as the page's clock shows it. */
  const breachAt = (): string => clockText(replay(eager).breaches[0]?.atMs ?? -1, true)
  const clock = (page: Page): Promise<string | null> => page.locator('.scrub-clock time').textContent()
  const digestOf = (page: Page): Promise<string | null> => page.locator('.replay-digest').getAttribute('data-digest')
  async function file(name: string, text: string): Promise<string> {
    const path = join(own.folder, name)
    writeFileSync(path, text)
    return path
  }
  async function openFile(page: Page, path: string): Promise<void> { await page.locator('input[type="file"]').first().setInputFiles(path) }

  /** What `netsplit replay --json` says of a file. */
  async function netsplitReplay(path: string): Promise<z.infer<typeof report>> {
    const child = spawn(process.execPath, [join('server', 'cli.ts'), 'replay', path, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] })
    let out = ''
    child.stdout.on('data', (part: Buffer) => { out += part.toString() })
    await new Promise((settle) => { child.once('close', settle) })
    return report.parse(JSON.parse(out))
  }

  test('a recording of the server replays to the same digest in the browser and in `netsplit replay`', async () => {
    const text = await (await fetch(`${own.served.url}/api/recordings/recording-0`)).text()
    const said = await netsplitReplay(await file('served.jsonl', text))
    const page = await own.visit('/replay/recording-0')
    const digest = page.locator('.replay-digest')
    await digest.waitFor()
    expect(await digestOf(page)).toBe(said.digest)
    expect(await digest.getAttribute('data-facts')).toBe(String(said.facts))
    expect(await digest.textContent()).toContain('replayed to the same digest')
    expect(said.digestOk).toBe(true)
    expect(await page.locator('.walk-list span').allTextContents()).toEqual(said.breaches.map((breach) => breach.sentence))
  })

  test('a round that a class played, with clicks, a cut, a pause and a student who left, replays to the digest of its own server', async () => {
    const { host, students } = await classOf(own.served.url, 3)
    await startRound(host, 3)
    await done(students[0]?.act({ kind: 'stand' }) ?? Promise.reject(new Error('no student')))
    await done(host.command({ kind: 'fault', cluster: 0, type: 'partition', params: { side: ['A'] }, durationMs: 8_000 }))
    await done(host.command({ kind: 'pause' }))
    await done(host.command({ kind: 'resume' }))
    await students[2]?.leave()
    await until('facts of the cut', () => host.all('facts').some(({ facts }) => facts.some((fact) => fact.kind === 'fault-ended')))
    await done(host.command({ kind: 'end' }))
    const { recordings: [recording] } = await host.first('recordings')
    const said = await netsplitReplay(await file('class.jsonl', await (await fetch(`${own.served.url}/api/recordings/${recording?.id}`)).text()))
    expect(said.digestOk).toBe(true)
    expect(said.facts).toBe(host.all('facts').reduce((most, { facts }) => Math.max(most, (facts.at(-1)?.n ?? -1) + 1), 0))
    const page = await own.visit(`/replay/${recording?.id}`)
    await page.locator('.replay-digest').waitFor()
    expect(await digestOf(page)).toBe(said.digest)
    await host.leave()
  })

  test('choosing a breach jumps to it, its witness is told in sentences and marked on the stage', async () => {
    const page = await own.visit('/replay/recording-0')
    const [breach] = replay(eager).breaches
    if (breach === undefined) throw new Error('this round has no breach')
    await page.locator('.breach-mark').first().click()
    expect(await clock(page)).toBe(breachAt())
    expect(await page.locator('.scrub-fact').textContent()).toBe(`fact ${breach.n}`)
    const steps = page.locator('.walk-steps ol li')
    expect(await steps.count()).toBe(breach.because.length + 1)
    expect(await steps.first().textContent()).toMatch(/'s vote for term \d+ reaches [A-E]\./)
    expect(await page.locator('.walk-rule').textContent()).toContain('lead only with more than half of all nodes')
    expect(await page.locator('.replay-stage .witness-mark').count()).toBe(breach.because.length)
    await page.getByRole('button', { name: 'Step before, of these facts' }).click()
    expect(await page.locator('.walk-steps .is-current i').textContent()).toBe(String(breach.because.length))
    expect(await page.locator('.replay-stage .witness-mark.is-current').count()).toBe(1)
  })

  test('a link may name the breach to begin with; the space-time diagram shows it, and a press into it goes to that moment', async () => {
    const [breach] = replay(eager).breaches
    const page = await own.visit(`/replay/recording-0#breach=${breach?.n}`)
    const diagram = page.locator('.space-time svg')
    await diagram.waitFor()
    expect(await clock(page)).toBe(breachAt())
    expect(await page.locator('.space-message.is-lit').count()).toBeGreaterThan(0)
    expect(await page.locator('.space-time .witness-mark').count()).toBe(breach?.because.length)
    const box = await diagram.boundingBox()
    if (box === null) throw new Error('no diagram')
    await page.mouse.click(box.x + box.width - 12, box.y + box.height / 2)
    expect(await clock(page)).not.toBe(breachAt())
    expect(await page.locator('.scrub-fact').textContent()).not.toBe(`fact ${breach?.n}`)
  })

  test('the keyboard: Space plays and pauses, arrows step a fact, Home and End, B the next breach', async () => {
    const page = await own.visit('/replay/recording-0')
    await page.locator('.scrub').waitFor()
    await page.keyboard.press('End')
    expect(await clock(page)).toBe('05:00.0')
    await page.keyboard.press('Home')
    expect(await clock(page)).toBe('00:00.0')
    const fact = page.locator('.scrub-fact')
    for (const at of ['fact 0', 'fact 1', 'fact 2']) {
      await page.keyboard.press('ArrowRight')
      expect(await fact.textContent()).toBe(at)
    }
    await page.keyboard.press('ArrowLeft')
    expect(await fact.textContent()).toBe('fact 1')
    await page.keyboard.press('b')
    expect(await clock(page)).toBe(breachAt())
    await page.keyboard.press(' ')
    await page.getByRole('button', { name: 'Pause, Space' }).waitFor()
    await page.waitForFunction((at) => document.querySelector('.scrub-clock time')?.textContent !== at, breachAt())
    await page.keyboard.press(' ')
    await page.getByRole('button', { name: 'Play, Space' }).waitFor()
  })

  test('after a click the keys still play and step; reached by keyboard, a button keeps its own', async () => {
    const page = await own.visit('/replay/recording-0')
    await page.getByRole('radio', { name: 'C', exact: true }).click()
    await page.keyboard.press('ArrowRight')
    expect(await page.getByRole('radio', { name: 'C', exact: true }).getAttribute('aria-checked')).toBe('true')
    expect(await page.locator('.fact-list .is-current i').textContent()).toBe('C')
    await page.locator('.walk-list button').first().click()
    await page.keyboard.press(' ')
    await page.getByRole('button', { name: 'Pause, Space' }).waitFor()
    await page.getByRole('radio', { name: 'C', exact: true }).focus()
    await page.keyboard.press('ArrowRight')
    expect(await page.getByRole('radio', { name: 'D', exact: true }).getAttribute('aria-checked')).toBe('true')
  })

  test('a picked node shows what it knew at the cursor, by its own clock', async () => {
    const page = await own.visit('/replay/recording-0')
    await page.locator('.replay-digest').waitFor()
    await page.keyboard.press('b')
    await page.getByRole('radio', { name: 'B', exact: true }).click()
    const known = page.getByRole('region', { name: 'What B knew' })
    expect(await known.textContent()).toContain('Leader')
    expect(await page.locator('.fact-list h3').textContent()).toContain('What B lived through')
    const nodes = await page.locator('.fact-list i').allTextContents()
    expect(new Set(nodes)).toEqual(new Set(['B']))
    await page.keyboard.press('Escape')
    await known.waitFor({ state: 'detached' })
  })

  test('a click into the line of time goes there, and on the stage a node can be picked', async () => {
    const page = await own.visit('/replay/recording-0')
    await page.locator('.stage-host canvas').waitFor()
    const box = await page.locator('.timeline').boundingBox()
    if (box === null) throw new Error('no line of time')
    await page.mouse.click(box.x + box.width / 2, box.y + box.height - 30)
    expect(await clock(page)).toMatch(/^02:(29|30)\./)
    await page.locator('.stage-label').nth(1).waitFor()
    const label = await page.locator('.stage-label').nth(1).boundingBox()
    if (label === null) throw new Error('no label')
    await page.mouse.click(label.x + label.width / 2, label.y - 30)
    await page.getByRole('region', { name: 'What B knew' }).waitFor()
  })

  test('a recording of another version is shown from its kept facts, and says so; without them it is played again, with a warning', async () => {
    const page = await own.visit('/replay/older')
    await page.getByText('shown from the facts that were kept').waitFor()
    expect(await digestOf(page)).toBe(replay(eager).digest)
    await page.keyboard.press('b')
    await page.getByText('Only the facts of this round were kept').waitFor()
    expect(await page.locator('.replay-walk, .walk').first().textContent()).toContain('quorum-to-lead')
    const bare = await own.visit('/replay/older-bare')
    await bare.getByText('it need not give the same ones').waitFor()
  })

  test('a good round says that no claim is broken', async () => {
    const page = await own.visit('/replay/recording-1')
    await page.getByText('No claim is broken.').waitFor()
  })

  test('an unknown address has a clear page, and a file can be opened from there', async () => {
    const page = await own.visit('/replay/nothing-here')
    await page.getByText('There is no recording under this address.').waitFor()
    await openFile(page, await file('good.jsonl', encodeRecording(good)))
    await page.locator('.replay-digest').waitFor()
    expect(await digestOf(page)).toBe(replay(good).digest)
  })

  test('without an address it opens a file of this computer, chosen or dropped', async () => {
    const page = await own.visit('/replay/')
    await openFile(page, await file('eager.jsonl', encodeRecording(eager)))
    await page.locator('.replay-digest').waitFor()
    expect(await digestOf(page)).toBe(replay(eager).digest)
    const dropped = await page.evaluateHandle((text) => {
      const files = new DataTransfer()
      files.items.add(new File([text], 'dropped.jsonl'))
      return files
    }, encodeRecording(good))
    await page.dispatchEvent('body', 'drop', { dataTransfer: dropped })
    await page.waitForFunction((digest) => document.querySelector('.replay-digest')?.getAttribute('data-digest') === digest, replay(good).digest)
  })

  test('the recording can be saved as a file, as it was served', async () => {
    const page = await own.visit('/replay/recording-0')
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Save' }).click()
    const saved = await download
    expect(saved.suggestedFilename()).toBe('recording-0.jsonl')
    expect(readFileSync(await saved.path(), 'utf8')).toBe(encodeRecording(eager))
  })

  test('a damaged recording shows what precedes the damage, and names it', async () => {
    const lines = encodeRecording(eager).split('\n')
    lines[lines.length - 3] = 'scratched'
    const page = await own.visit('/replay/')
    await openFile(page, await file('damaged.jsonl', lines.join('\n')))
    await page.getByText(`Line ${lines.length - 2} is damaged`).waitFor()
    expect(await page.locator('.replay-digest').getAttribute('data-digest-ok')).toBe('true')
  })

  test('a recording that does not fit its digests says so, and at which fact', async () => {
    const page = await own.visit('/replay/')
    await openFile(page, await file('forged.jsonl', encodeRecording({ header: { ...eager.header, seed: 8 }, entries: eager.entries })))
    await page.getByText('This replay differs from the recording at fact 0 or soon after. Do not trust what follows.').waitFor()
    expect(await page.locator('.replay-digest').getAttribute('data-digest-ok')).toBe('false')
  })

  test('what is no recording is refused in one sentence', async () => {
    const page = await own.visit('/replay/')
    await openFile(page, await file('letter.txt', '<script>alert(1)</script>'))
    await page.getByText('This recording cannot be replayed.').waitFor()
    expect(await page.locator('script:not([src])').count()).toBe(0)
  })

  test('1366x768, 1366x600 and 1024x600: nothing is cut off, no scroll bars', async () => {
    const page = await own.visit('/replay/recording-0')
    await page.locator('.replay-digest').waitFor()
    await page.keyboard.press('b')
    await page.getByRole('radio', { name: 'D', exact: true }).click()
    for (const size of [laptop, low, small]) {
      await page.setViewportSize(size)
      const beyond = await page.evaluate(() => {
        const root = document.documentElement
        const keys = [...document.querySelectorAll('.walk-keys .button, .scrub-play, .topbar .button')]
        return {
          scrolls: root.scrollHeight > root.clientHeight || root.scrollWidth > root.clientWidth,
          outside: keys.filter((key) => { const box = key.getBoundingClientRect(); return box.bottom > innerHeight || box.right > innerWidth }).length,
          stageHeight: document.querySelector('.replay-stage')?.clientHeight ?? 0,
        }
      })
      expect(beyond.scrolls).toBe(false)
      expect(beyond.outside).toBe(0)
      expect(beyond.stageHeight).toBeGreaterThan(240)
    }
  })

  test('a long round replays without standing still', async () => {
    const long = record({ rules: 'good', chaos: 'monkey', durationMs: 1_800_000, nodes: 7 })
    const page = await own.visit('/replay/')
    await page.evaluate(() => {
      const seen = { longest: 0, last: performance.now() }
      Object.assign(window, { seen })
      setInterval(() => {
        const now = performance.now()
        seen.longest = Math.max(seen.longest, now - seen.last)
        seen.last = now
      }, 1)
    })
    await openFile(page, await file('long.jsonl', encodeRecording(long)))
    await page.locator('.replay-digest').waitFor()
    const longestMs = await page.evaluate(() => (window as unknown as { seen: { longest: number } }).seen.longest)
    expect(await digestOf(page)).toBe(replay(long).digest)
    expect(longestMs).toBeLessThan(standstillMsMax)
  })
})
