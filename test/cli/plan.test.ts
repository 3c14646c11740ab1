import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPlan } from '../../shared/plan-check.ts'
import { encodePlan, PLAN_FORMAT } from '../../shared/plan-file.ts'
import type { ChaosPlan } from '../../shared/plan-file.ts'
import { netsplit } from './run.ts'

let folder = ''
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'netsplit-plan-')) })
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

const plan: ChaosPlan = { format: PLAN_FORMAT, title: 'Whoever leads', scenario: 'election', seed: null, steps: [
  { do: 'halt', atMs: 180_000 },
  { do: 'fault', id: 'cut', atMs: 1_000, type: 'partition', params: { side: ['leader'] }, durationMs: 20_000, when: { kind: 'leader', forMs: 5_000 } },
  { do: 'fault', atMs: 2_000, type: 'loss', params: { from: ['all'], to: ['half-of-others'], share: 20 }, durationMs: null, when: { kind: 'after', fault: 'cut', ms: 2_500 } },
] }

function saved(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

describe('netsplit plan', () => {
  test('tells a plan as a timeline: in order of time, in the words of its faults, with what each step waits for', async () => {
    const { status, out, err } = await netsplit(['plan', saved('plan.json', encodePlan(plan))])
    expect([status, err]).toEqual([0, ''])
    expect(out.split('\n')).toEqual([
      'Whoever leads (election), 3 steps, each round draws afresh', '',
      'at       step   lasts',
      '00:01.0  cut    20 s          Nothing passes between the leader and the rest. Waits: when somebody has led for 5 s.',
      '00:02.0  plan2  until healed  Of the messages from all nodes to half of the others, 20% are lost. Waits: 2.5 s after the end of cut.',
      '03:00.0  plan0  -             All faults end.', '',
    ])
  })

  test('writes it with its fields in one order', async () => {
    const { status, out } = await netsplit(['plan', saved('jumbled.json', JSON.stringify(Object.fromEntries(Object.entries(plan).toReversed()))), '--json'])
    expect([status, out]).toEqual([0, encodePlan(plan)])
  })

  test('takes a file as Windows writes it: with a byte order mark, or as its shell pipes it', async () => {
    const text = encodePlan(plan)
    const marked = join(folder, 'marked.json'), piped = join(folder, 'piped.json')
    writeFileSync(marked, `\uFEFF${text}`)
    writeFileSync(piped, `\uFEFF${text}`, 'utf16le')
    for (const file of [marked, piped]) expect(await netsplit(['plan', file, '--json'])).toMatchObject({ status: 0, out: text })
  })

  test('names a plan of two words so that the printed command finds it', async () => {
    const file = saved('two words.json', encodePlan({ ...plan, steps: [] }))
    const { out } = await netsplit(['sim', '--seeds', '1..2', '--chaos', file, '--rules', 'double-voter', '--no-out', '--no-shrink', '--quiet', '--jobs', '1'])
    expect(out).toContain(`--chaos "${file}" --minutes`)
  })

  test('writes what a monkey makes of a seed; the simulation plays the file as it plays the monkey', async () => {
    const written = await netsplit(['plan', '--monkey', '7'])
    expect(written.status).toBe(0)
    expect(readPlan(written.out)).toMatchObject({ ok: true, plan: { title: 'Monkey 7', scenario: 'election', seed: 7 } })
    expect((await netsplit(['plan', '--monkey', '7', '--nodes', '3', '--minutes', '2'])).out).not.toBe(written.out)
    const file = saved('monkey.json', written.out)
    const [byFile, byName] = await Promise.all([netsplit(['sim', '--chaos', file, '--seed', '7']), netsplit(['sim', '--chaos', 'monkey', '--seed', '7'])])
    const digest = /digest [0-9a-f]{16}/
    expect(digest.exec(byFile.out)?.[0]).toBe(digest.exec(byName.out)?.[0])
    expect(byFile.out).toContain(`chaos ${file}`)
    expect((await netsplit(['sim', '--chaos', file, '--seed', '8'])).out).not.toContain(digest.exec(byFile.out)?.[0])
  })

  test.each([
    ['no file', () => ['plan'], 'Which plan? netsplit plan FILE'],
    ['a file that is not there', () => ['plan', join(folder, 'nowhere.json')], 'there is no such file'],
    ['a field that is wrong', () => ['plan', saved('wrong.json', encodePlan(plan).replace('"share": 20', '"share": 120'))], 'steps[2].params.share must be a whole number from 1 to 100 %, not 120.'],
    ['another version', () => ['plan', saved('other.json', encodePlan(plan).replace('plan/1', 'plan/2'))], 'this program reads netsplit-plan/1.'],
    ['no JSON', () => ['plan', saved('none.json', 'steps:')], 'The plan is no JSON'],
    ['a file and what a monkey needs', () => ['plan', saved('whole.json', encodePlan(plan)), '--minutes', '3'], '--minutes is for a monkey\'s plan: netsplit plan --monkey SEED --minutes 3'],
    ['a monkey and a file', () => ['plan', 'plan.json', '--monkey', '7'], 'no file is expected'],
    ['a monkey\'s plan that no class could be sent', () => ['plan', '--monkey', '7', '--minutes', '60'], 'Take fewer minutes.'],
    ['a seed that is none', () => ['plan', '--monkey', 'x'], '--monkey must be a whole number'],
    ['a plan that does not fit, in sim', () => ['sim', '--nodes', '3', '--chaos', saved('large.json', encodePlan({ ...plan, steps: [{ do: 'fault', atMs: 1, type: 'ring', params: {}, durationMs: 500 }] }))], 'steps[0].params: A ring of majorities needs at least four nodes.'],
    ['no name and no file, in sim', () => ['sim', '--chaos', 'murphy'], '--chaos must be one of default, none, monkey'],
  ])('%s: exit 2 and one clear line', async (_name, args, words) => {
    const { status, out, err } = await netsplit(args())
    expect([status, out]).toEqual([2, ''])
    expect(err).toContain(words)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })
})
