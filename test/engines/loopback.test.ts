import { afterAll, expect, test } from 'vitest'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Answer } from './answer.ts'
import { askBrowser } from './loopback.ts'
import type { Open } from './loopback.ts'

const folder = mkdtempSync(join(tmpdir(), 'netsplit-loopback-'))
const bundle = { folder, page: 'page.mjs', shell: join(folder, 'shell.mjs') }
writeFileSync(join(folder, 'page.mjs'), 'export {}')
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

/** A browser made of one function. `closed` counts how often it was closed. */
const pretend = (browse: (url: string) => Promise<unknown>, ended = new Promise<string>(() => {})): { open: Open; closed: () => number } => {
  let closed = 0
  return { closed: () => closed, open: async (url) => { await browse(url); return { ended, close: async () => { closed++ } } } }
}
const post = (url: string, body: string): Promise<Response> => fetch(url, { method: 'POST', body })

test('a browser gets the page, the program and the work, and its answer comes back', async () => {
  const said: Answer = { agent: 'Pretend/1', tables: { hashes: '00000000' }, rounds: [{ seed: 3, stopped: 'no' }] }
  const browser = pretend(async (url) => {
    expect(await (await fetch(url)).text()).toContain('<script type="module" src="/page.mjs">')
    const program = await fetch(`${url}page.mjs`)
    expect([await program.text(), program.headers.get('content-type')]).toEqual(['export {}', 'text/javascript; charset=utf-8'])
    expect(await (await fetch(`${url}work`)).json()).toEqual([{ seed: 3, text: 'a' }])
    expect((await fetch(`${url}else`)).status).toBe(404)
    await post(`${url}answer`, JSON.stringify(said))
  })
  expect(await askBrowser(bundle, [{ seed: 3, text: 'a' }], browser.open)).toEqual(said)
  expect(browser.closed()).toBe(1)
})

test.each<[string, ReturnType<typeof pretend>, string]>([
  ['the page fails', pretend((url) => post(`${url}failure`, 'TypeError: x')), 'the page failed: TypeError: x'],
  ['the answer has another shape', pretend((url) => post(`${url}answer`, '{"agent":1}')), 'agent'],
  ['the browser ends', pretend(async () => {}, Promise.resolve('exit 1; no display')), 'the browser ended before it answered: exit 1; no display'],
  ['nothing comes', pretend(async () => {}), 'no answer within 0.2 s'],
])('%s: the reason is said and the browser closed', async (_, browser, reason) => {
  await expect(askBrowser(bundle, [], browser.open, 200)).rejects.toThrow(reason)
  expect(browser.closed()).toBe(1)
})
