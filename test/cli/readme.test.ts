import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { catalogueLines, exampleOf } from '../../server/cli/catalogue.ts'
import { requestOf } from '../../server/cli/sim-request.ts'
import { faults } from '../../shared/faults/index.ts'
import { readPlan } from '../../shared/plan-check.ts'
import type { FaultRegistry } from '../../shared/sim/fault.ts'
import { netsplit } from './run.ts'

/** What the README says is what the program does. */

const readme = readFileSync('README.md', 'utf8')
const registry: FaultRegistry = faults
let folder = ''
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'netsplit-readme-')) })
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

test('its table of faults is that of the registry, row by row', () => {
  const rows = Object.entries(registry).map(([type, fault]) => `| ${fault.title} | \`${type}\` | ${exampleOf(type, fault)} | ${fault.presets.map(({ title }) => title).join(' · ')} |`)
  expect(readme.split('\n').filter((line) => /^\| .* \| `[a-z-]+` \|/.test(line))).toEqual(rows)
})

test('the command line lists every fault with every parameter, and every word for nodes', async () => {
  const { status, out } = await netsplit(['plan', '--faults'])
  expect([status, out]).toEqual([0, `${catalogueLines(registry).join('\n')}\n`])
  for (const [type, { fields, title }] of Object.entries(registry)) {
    const [, part = ''] = out.split(`\n${type}: ${title}. `)
    for (const name of Object.keys(fields)) expect(part.split('\n\n')[0]).toMatch(new RegExp(`^ {2}${name} `, 'm'))
  }
  expect(out).toContain('extraMs      Extra, one way: a whole number from 1 to 40000 ms; usually 2500')
  expect(out).toContain('  leaders-minority  the leader with a minority')
  expect((await netsplit(['plan', '--faults', '--monkey', '7'])).err).toBe('netsplit: --faults stands alone.\n')
})

test('its plan is one, and does what is said of it', async () => {
  const [, text = ''] = /```json\n([\s\S]*?)```/.exec(readme) ?? []
  expect(readPlan(text)).toMatchObject({ ok: true })
  const file = join(folder, 'readme.json')
  writeFileSync(file, text)
  expect((await netsplit(['plan', file])).out).toMatch(/cut +30 s +Nothing passes between the leader and the rest\. Waits: when somebody has led for 5 s\.\n.*Crash of the leader.* Waits: 10 s after the end of cut\./)
  expect((await netsplit(['sim', '--chaos', file, '--seed', '7'])).out).toContain(', 2 faults')
})

test('its history is wrong in the way that is said of it', async () => {
  const [, text = ''] = /```clojure\n([\s\S]*?)```/.exec(readme) ?? []
  writeFileSync(join(folder, 'history.edn'), text)
  const { status, out } = await netsplit(['check', 'history.edn'], folder)
  expect(status).toBe(1)
  expect(out).toMatch(/Client 1 read 2, and after that client 2 read 1, .*\n(?:.*\n)*.*read 2 .*line 4\n.*read 1 .*line 6\n/)
  const without = text.split('\n').filter((line) => !/process 2/.test(line)).join('\n')
  writeFileSync(join(folder, 'fine.edn'), without)
  expect((await netsplit(['check', 'fine.edn'], folder)).status).toBe(0)
})

test('its commands are taken, in their order', async () => {
  const commands = [...readme.matchAll(/^(?:```\n)?npm run -s netsplit -- (.*)$/gm)].map((match) => match[1] ?? '')
  // Ten thousand rounds are for the reader; that they may be asked for is enough here.
  const [many, some] = [commands.filter((command) => command.includes('--seeds')), commands.filter((command) => !command.includes('--seeds'))]
  expect(many.map((command) => requestOf(command.split(' ').slice(1))?.seeds)).toEqual([10_000])
  const said: { [command: string]: string } = {}
  for (const command of some) {
    const [words = '', into] = command.split(' > ')
    const { out, err } = await netsplit(words.split(' '), folder)
    said[command] = err === '' && out !== '' ? 'taken' : err
    if (into !== undefined) writeFileSync(join(folder, into), out)
  }
  expect(Object.keys(said).length).toBeGreaterThan(4)
  expect(said).toEqual(Object.fromEntries(some.map((command) => [command, 'taken'])))
})
