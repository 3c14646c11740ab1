import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { checkHelp } from '../../server/cli/check.ts'
import { judge, reportLines } from '../../server/cli/check/report.ts'
import { customersOf, refusedMission } from '../../server/cli/check/source.ts'
import { escaped } from '../../shared/consistency/draw/text.ts'
import { checks } from '../../shared/consistency/index.ts'
import { models } from '../../shared/consistency/models/index.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import { shop, wildRound } from '../export/shop.ts'
import { needs } from '../needs.ts'
import { outsideMark } from '../tools/count.ts'
import { outsideHistories } from '../consistency/outside.ts'
import { netsplit, program } from './run.ts'

let folder = ''
const write = (name: string, text: string | Uint8Array): void => writeFileSync(join(folder, name), text)

/** 1 is written, then 2 without an answer; 2 is read, and after that 1. */
const stale = `{:process 0, :type :invoke, :f :write, :value 1}
{:process 0, :type :ok, :f :write, :value 1}
{:process 0, :type :invoke, :f :write, :value 2}
{:process 1, :type :invoke, :f :read, :value nil}
{:process 1, :type :ok, :f :read, :value 2}
{:process 2, :type :invoke, :f :read, :value nil}
{:process 2, :type :ok, :f :read, :value 1}
`
const operation = (id: number, client: number, f: string, call: number, ret: number | null, more: object = {}): string => JSON.stringify({ id, client, f, status: ret === null ? 'info' : 'ok', call, ret, ...more })
const jsonOf = (model: object, ops: readonly string[]): string => `{"format":"history/1","model":${JSON.stringify(model)},"ops":[\n${ops.join(',\n')}\n]}\n`
/** The same as `stale`. */
const staleJson = jsonOf({ type: 'register', init: null }, [operation(0, 0, 'write', 0, 1, { arg: 1 }), operation(1, 0, 'write', 2, null, { arg: 2 }), operation(2, 1, 'read', 3, 4, { result: 2 }), operation(3, 2, 'read', 5, 6, { result: 1 })])
/** Eighteen values are put into a queue at the same time: in which order takes longer to try than anybody waits. */
const hard = jsonOf({ type: 'queue', init: [] }, [
  ...Array.from({ length: 18 }, (_, n) => operation(n, n, 'enqueue', n, 100 + n, { arg: n })),
  ...Array.from({ length: 18 }, (_, n) => operation(50 + n, 50 + n, 'dequeue', 50 + n, 200 + n, { result: n === 17 ? 16 : n })),
])

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netsplit-check-'))
  write('stale.edn', stale)
  write('stale.json', staleJson)
  write('fine.edn', stale.split('\n').slice(0, 5).join('\n'))
  write('hard.json', hard)
  write('cut.json', staleJson.slice(0, -30))
})
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

const check = (...args: string[]): ReturnType<typeof netsplit> => netsplit(['check', ...args], folder)
const reportShape = z.object({ check: z.string(), svg: z.object({ file: z.string(), of: z.string() }).nullable(), files: z.array(z.looseObject({ file: z.string(), verdict: z.enum(['fine', 'violated', 'unknown', 'unreadable']) })) })
const jsonReport = async (...args: string[]): Promise<z.infer<typeof reportShape>> => reportShape.parse(JSON.parse((await check(...args, '--json')).out))

describe('verdicts and exit status', () => {
  test('fine: exit 0, in one line with model, operations and time, and what was guessed', async () => {
    const { status, out, err } = await check('fine.edn')
    expect([status, err]).toEqual([0, ''])
    expect(out).toMatch(/^fine\.edn: fine\. Linearizability, model register, 3 operations, \d+\.\d ms\.\n {2}Note: Model register, by the names of its operations\.\n {2}Note: Taken to begin as null; --init says otherwise\.\n$/)
  })

  test('violated: exit 1, a sentence, and the witness as a table with its lines', async () => {
    const { status, out } = await check('stale.edn')
    expect(status).toBe(1)
    expect(out).toMatch(/^stale\.edn: violated\. Linearizability, .*\n {2}Client .*\n {5}client {2}operation {2}from {2}to *\n/)
    expect(out).toMatch(/\n {2}\d {7}1 {2}read 2 +3 +4 +line 4\n {2}\d {7}2 {2}read 1 +5 +6 +line 6\n {2}Concept: linearizability\n {2}Prevented by: /)
  })

  test('what was never answered says so, and what was, but need not have been, too', async () => {
    write('early.edn', `{:process 0, :type :invoke, :f :read}\n{:process 0, :type :ok, :f :read, :value 7}\n{:process 1, :type :invoke, :f :write, :value 7}\n`)
    expect((await check('early.edn')).out).toMatch(/\n {2}1 {7}0 {2}read 7 {5}0 {5}1 {10}line 1\n {2}2 {7}1 {2}write 7 {4}2 {5}no answer {2}line 3\n/)
    write('early.edn', `{:process 0, :type :invoke, :f :read}\n{:process 0, :type :ok, :f :read, :value 7}\n{:process 1, :type :invoke, :f :write, :value 7}\n{:process 1, :type :ok, :f :write, :value 7}\n`)
    expect((await check('early.edn')).out).toMatch(/\n {2}2 {7}1 {2}write 7 {4}2 {5}3 {3}line 3, may as well happen later\n/)
  })

  test('JSON and EDN of one history: the same witness, sentence and shape, but on other lines', async () => {
    const { files: [edn, json] } = await jsonReport('stale.edn', 'stale.json')
    const witness = z.array(z.looseObject({ id: z.number() })).parse(json?.['witness'])
    const withLines = (lines: readonly number[]): unknown => witness.map((one) => ({ ...one, line: lines[one.id] }))
    expect(edn).toMatchObject({ witness: withLines([1, 3, 4, 6]), verdict: 'violated', sentence: json?.['sentence'], shape: json?.['shape'], operations: 4 })
    expect(witness).toEqual(withLines([2, 3, 4, 5]))
    expect(witness.slice(-2)).toMatchObject([{ id: 2, words: 'read 2' }, { id: 3, words: 'read 1', call: 5, ret: 6, relaxed: false }])
  })

  test('unknown: exit 3 when the time is spent, and never fine', async () => {
    const { status, out } = await check('hard.json', '--budget-ms', '1')
    expect(status).toBe(3)
    expect(out).toMatch(/^hard\.json: unknown\. .*\n {2}The search /)
  })

  test('unreadable: exit 2, with file, line and what was expected on stderr; the others are judged', async () => {
    const { status, out, err } = await check('fine.edn', 'cut.json', 'stale.edn', 'nowhere.json')
    expect(status).toBe(2)
    expect(err).toMatch(/^netsplit: cut\.json: line 5: expected .*found .*\.\nnetsplit: nowhere\.json: cannot be read: there is no such file or folder\.\n$/)
    expect(out).toMatch(/^fine\.edn: fine\..*\n(?: {2}Note: .*\n){2}stale\.edn: violated\./)
  })

  test.each<[files: string[], status: number]>([
    [['fine.edn', 'fine.edn'], 0], [['fine.edn', 'stale.edn'], 1], [['hard.json', 'fine.edn'], 3], [['hard.json', 'stale.edn'], 1], [['hard.json', 'cut.json'], 2], [['stale.edn', 'cut.json'], 2], [['cut.json'], 2],
  ])('%s together: exit %i', async (files, status) => expect((await check(...files, '--budget-ms', '1')).status).toBe(status))

  test('a report of an unreadable file alone prints nothing on stdout but with --json', async () => {
    expect(await check('cut.json')).toMatchObject({ status: 2, out: '' })
    expect((await jsonReport('cut.json')).files).toEqual([{ file: 'cut.json', verdict: 'unreadable', line: 5, error: expect.stringContaining('found the end') }])
  })
})

describe('options', () => {
  test('--init and --model change what is judged', async () => {
    write('five.edn', '{:process 0, :type :invoke, :f :read, :value nil}\n{:process 0, :type :ok, :f :read, :value 5}\n')
    expect((await check('five.edn')).status).toBe(1)
    expect((await check('five.edn', '--init', '5')).status).toBe(0)
    expect((await check('five.edn', '--model', 'counter', '--init', '4')).status).toBe(1)
    expect((await check('five.edn', '--model', 'queue')).err).toMatch(/five\.edn: line 1: operation 0 does not fit the model queue/)
  })

  test('--keyed takes pairs apart', async () => {
    write('pairs.edn', ['[:x 1]', '[:y 2]'].map((value, n) => `{:process ${n}, :type :invoke, :f :write, :value ${value}}\n{:process ${n}, :type :ok, :f :write, :value ${value}}\n`).join(''))
    expect((await check('pairs.edn', '--keyed')).status).toBe(0)
  })

  test('--svg draws the first violation, and says of which file', async () => {
    const { out } = await check('fine.edn', 'stale.json', 'stale.edn', '--svg', 'out.svg')
    expect(out).toMatch(/\nThe drawing in out\.svg is of stale\.json\.\n$/)
    expect(readFileSync(join(folder, 'out.svg'), 'utf8')).toMatch(/^<svg [^]*Linearizability: violated[^]*stale\.json[^]*<\/svg>\n$/)
    expect((await jsonReport('stale.edn', '--svg', 'out.svg')).svg).toEqual({ file: 'out.svg', of: 'stale.edn' })
    expect((await check('fine.edn', '--svg', 'none.svg')).out).toMatch(/Nothing was violated, so nothing was drawn\.\n$/)
    expect(existsSync(join(folder, 'none.svg'))).toBe(false)
  })

  test('--svg never writes over a history, and a drawing that cannot be written costs no verdict', async () => {
    for (const name of ['stale.edn', './stale.edn', join(folder, 'stale.edn')]) {
      expect(await check('fine.edn', 'stale.edn', '--svg', name)).toEqual({ status: 2, out: '', err: 'netsplit: --svg names stale.edn, a history to be judged, which would be lost.\n' })
    }
    expect(readFileSync(join(folder, 'stale.edn'), 'utf8')).toBe(stale)
    const { status, out, err } = await check('stale.edn', '--svg', 'no/such/folder.svg')
    expect([status, err]).toEqual([2, 'netsplit: Cannot write no/such/folder.svg: there is no such file or folder.\n'])
    expect(out).toMatch(/^stale\.edn: violated\..*\n {2}Client [^]*\n {2}Prevented by: /)
  })

  test('a state that is not that of the start is said', () => {
    const source = { ok: true as const, lineOf: () => null, notes: [], history: { model: { type: 'register', init: 0 }, operations: [] } }
    const reportOf = (from: number[]): string[] => reportLines(judge('a', source, 'all', { title: 'All', words: '', concept: '', prevention: '', run: () => ({ verdict: 'violated' as const, witness: { operations: [], partition: null, from, edges: [], shape: '', sentence: 'Wrong.' } }) }, 1, () => 0).report, 'All')
    expect(reportOf([0]).join()).not.toContain('Just before')
    expect(reportOf([3])).toContain('  Just before these, its state was 3.')
    expect(reportOf(Array.from({ length: 10 }, (_, n) => n))).toContain('  Just before these, its state was 0, 1, 2, 3, 4, 5, 6, 7, or one of 2 more, which --json lists.')
  })

  test.each([
    [[], 'Which history?'], [['a', '--check', 'fast'], '--check must be one of linearizable'], [['a', '--model', 'stack'], '--model must be one of register'], [['a', '--budget-ms', '0'], '--budget-ms must be a whole number from 1'],
    [['a', '--budget-ms', '1e3'], '--budget-ms'], [['a', '--budget-ms', '-1'], '--budget-ms needs a value; one that begins with a dash is written --budget-ms=-1'], [['a', '--init'], '--init needs a value'],
    [['-', 'a', '-'], '- stands twice'], [['a', '--init', '{'], '--init must be JSON'], [['a', '--speed', '1'], 'speed'],
  ])('%s: exit 2 and one line', async (args, error) => {
    const { status, out, err } = await check(...args)
    expect([status, out]).toEqual([2, ''])
    expect(err).toContain(error)
    expect(err.split('\n')).toHaveLength(2)
  })

  test('--help names every check and every model', async () => {
    expect(await check('--help')).toEqual({ status: 0, out: `${checkHelp}\n`, err: '' })
    for (const { words } of Object.values(checks)) expect(checkHelp).toContain(words)
    for (const name of [...Object.keys(checks), ...Object.keys(models)]) expect(checkHelp).toContain(name)
    // Each model has its line of operations, and they are its own.
    for (const [name, kind] of Object.entries(models)) {
      const [, line = ''] = new RegExp(`^  ${name} +(.*)$`, 'm').exec(checkHelp) ?? []
      const told = name === 'cas-register' ? ['read', 'write', 'cas'] : ['read', 'write', 'get', 'put', 'append', 'acquire', 'release', 'increment', 'decrement', 'enqueue', 'dequeue'].filter((f) => new RegExp(`\\b${f}\\b`).test(line))
      const refused = kind.refuse({ f: '', key: null, arg: null, status: 'ok', result: undefined }) ?? ''
      expect([name, new Set(told)]).toEqual([name, new Set([...refused.matchAll(/"(\w+)"/g)].map((match) => match[1]))])
    }
  })
})

describe('files of all sorts', () => {
  test.each<[what: string, bytes: string | Uint8Array, error: RegExp]>([
    ['empty', '', /expected a history, found nothing/], ['binary', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0]), /no text/], ['compressed', new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff]), /no text/],
    ['prose', 'Dear all,\n', /line 1: expected \{, \[ or \(/], ['a chaos plan', '{"format":"netsplit-plan/1"}', /expected "format": "history\/1", found "netsplit-plan\/1"/], ['half a recording', '["8f0645ec",{"format":"netsp', /Line 1 is damaged/],
  ])('%s: refused in one line', async (what, bytes, error) => {
    write('odd', bytes)
    const { status, out, err } = await check('odd')
    expect([what, status, out]).toEqual([what, 2, ''])
    expect(err).toMatch(error)
    expect(err.split('\n')).toHaveLength(2)
  })

  test('a folder, and a name that would move a cursor', async () => {
    mkdirSync(join(folder, 'sub'), { recursive: true })
    expect((await check('sub')).err).toBe('netsplit: sub: cannot be read: it is a folder.\n')
    expect((await check('a\u001b[2J\nb')).err).toBe('netsplit: a?[2J?b: cannot be read: there is no such file or folder.\n')
  })

  test('as Windows pipes it', async () => {
    write('wide.edn', Buffer.from(`\ufeff${stale}`, 'utf16le'))
    expect((await check('wide.edn')).status).toBe(1)
  })

  test('stdin, in a process of its own', () => {
    const ran = spawnSync(process.execPath, [join('server', 'cli.ts'), 'check', '-', '--json'], { input: stale, encoding: 'utf8' })
    expect([ran.status, ran.stderr, reportShape.parse(JSON.parse(ran.stdout)).files[0]]).toMatchObject([1, '', { file: '-', verdict: 'violated' }])
  })

  test('values of strangers cannot move a cursor, or turn the direction of what follows', async () => {
    write('escape.edn', stale.replaceAll(':value 1', ':value "\\u001b[2J\u202e"'))
    expect((await check('escape.edn')).out).toMatch(/read "/)
    expect((await check('escape.edn')).out).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u)
  })

  test.each([['none.edn', '[]'], ['none.json', jsonOf({ type: 'register', init: null }, [])], ['nemesis.edn', '{:process :nemesis, :type :info, :f :start}']])('%s: no operation is fine, but said', async (name, text) => {
    write(name, text)
    expect(await check(name)).toMatchObject({ status: 0, out: expect.stringMatching(/^\S+: fine\. .* 0 operations, .*\n {2}Note: It holds no operation, so nothing in it can be wrong\.\n$/) })
  })

  test.each<[check: string, violated: string, fine: string]>([
    // A message was seen, its answer known, but not what it answers.
    ['sequential', 'unseen', 'late'], ['causal', 'unseen', 'late'], ['weak-causal', 'unseen', 'late'], ['causal-convergence', 'unseen', 'late'],
    ['sessions', 'back', 'late'], ['monotonic-reads', 'back', 'unseen'], ['read-your-writes', 'lost', 'back'], ['writes-follow-reads', 'early', 'back'],
  ])('--check %s, whose reasons are drawn', async (name, violated, fine) => {
    const rows: { readonly [name: string]: readonly (readonly [client: number, f: string, key: string, value: number])[] } = {
      unseen: [[0, 'write', 'x', 1], [1, 'read', 'x', 1], [1, 'write', 'y', 2], [2, 'read', 'y', 2], [2, 'read', 'x', 0]],
      late: [[0, 'write', 'x', 1], [1, 'read', 'x', 0], [1, 'read', 'x', 1]],
      back: [[0, 'write', 'x', 1], [1, 'read', 'x', 1], [1, 'read', 'x', 0]],
      lost: [[0, 'write', 'x', 1], [0, 'read', 'x', 0]],
      early: [[0, 'read', 'x', 5], [0, 'write', 'x', 5]],
    }
    for (const [file, all] of Object.entries(rows)) write(`${file}.json`, jsonOf({ type: 'register', init: 0 }, all.map(([client, f, key, value], n) => operation(n, client, f, 2 * n, 2 * n + 1, f === 'read' ? { key, result: value } : { key, arg: value }))))
    expect((await check('--check', name, `${fine}.json`)).status).toBe(0)
    const { status, out } = await check('--check', name, `${violated}.json`, '--svg', 'order.svg')
    expect(status).toBe(1)
    const { files: [json] } = await jsonReport('--check', name, `${violated}.json`)
    const edges = z.array(z.object({ from: z.number(), to: z.number(), why: z.string() })).parse(json?.['edges'])
    expect(edges.length).toBeGreaterThan(1)
    expect(out.match(/^ {2}\d before \d: \S.*$/gm)).toHaveLength(edges.length)
    const svg = readFileSync(join(folder, 'order.svg'), 'utf8')
    expect(svg.match(/marker-end/g)).toHaveLength(edges.length)
    for (const { why } of edges) expect(svg).toContain(escaped(why))
  })

  test('--check sessions of a queue is unknown, and says why', async () => {
    const { status, out } = await check('--check', 'sessions', 'hard.json')
    expect(status).toBe(3)
    expect(out).toMatch(/^hard\.json: unknown\. .*\n {2}A session guarantee/)
  })
})

describe('a recording', () => {
  test('of a mission whose customers use no object: exit 2, and says so', async () => {
    await netsplit(['sim', '--minutes', '1', '--out', 'round.jsonl'], folder)
    const without = Object.values(scenarios).find(({ history }) => history === undefined)
    expect(without).toBeDefined()
    expect(scenarios['election']?.history).toBeUndefined()
    expect(await check('round.jsonl')).toMatchObject({ status: 2, out: '', err: 'netsplit: round.jsonl: the customers of the mission election use no object that a check knows; netsplit replay says which claims broke.\n' })
  })

  test('of a mission whose customers use one: what they did is judged', () => {
    const options = { model: null, init: undefined, keyed: false }
    const linearizable = checks['linearizable']
    if (linearizable === undefined) throw new Error('linearizability is gone')
    expect(refusedMission(shop, options)).toBeNull()
    expect(refusedMission(shop, { ...options, model: 'kv' })).toMatch(/use an object of the model cas-register, not kv/)
    const verdicts = [1, 2, 3, 4].map((seed) => {
      const source = customersOf({ facts: wildRound(shop, seed).facts, divergedAtFact: null, damage: 'Line 9 is damaged.' }, shop, options)
      expect(source).toMatchObject({ ok: true, notes: ['What the customers of a round of shop did.', 'Damaged, and judged up to there: Line 9 is damaged.'] })
      return judge('round.jsonl', source, 'linearizable', linearizable, 10_000, () => 0).report
    })
    // Its nodes never talk to each other, so their registers differ.
    expect(verdicts.map(({ verdict }) => verdict)).toContain('violated')
    expect(customersOf({ facts: [], divergedAtFact: 1_299, damage: null }, shop, options)).toMatchObject({ ok: false, error: expect.stringContaining('at fact 1,299') })
  })
})

test('more operations and states than fit a screen are counted', () => {
  const source = { ok: true as const, lineOf: () => null, notes: [], history: { model: { type: 'register', init: null }, operations: [] } }
  const operations = Array.from({ length: 50 }, (_, n) => ({ id: n, client: n, f: 'read', key: null, arg: null, status: 'ok' as const, call: n, ret: n + 100, result: n }))
  const broken = { title: 'All', words: '', concept: '', prevention: '', run: () => ({ verdict: 'violated' as const, witness: { operations, partition: 'x', from: [...operations.keys()], edges: [{ from: 3, to: 5, why: 'so it was' }], shape: '', sentence: 'Wrong.' } }) }
  const lines = reportLines(judge('a', source, 'all', broken, 1, () => 0).report, 'All')
  expect(lines).toContain('  And 10 more operations, which --json lists.')
  expect(lines).toContain('  Just before these, its state was 0, 1, 2, 3, 4, 5, 6, 7, or one of 42 more, which --json lists.')
  expect(lines).toContain('  4 before 6: so it was')
  expect(lines).toContain('  All of this is about "x"; other keys do not matter for it.')
})

test.skipIf(needs('histories'))(`all histories recorded elsewhere get their verdict ${outsideMark}`, async () => {
  const files = outsideHistories()
  const { files: reports } = reportShape.parse(JSON.parse((await program(['check', '--json', ...files.map(({ path }) => path)])).out))
  expect(reports.map(({ verdict }, n) => [files[n]?.name, verdict])).toEqual(files.map(({ name, expected }) => [name, expected.linearizable === true ? 'fine' : 'violated']))
})
