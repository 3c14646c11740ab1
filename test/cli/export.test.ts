import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { grouped } from '../../server/cli/print.ts'
import { formats } from '../../shared/export/index.ts'
import { encodeLine } from '../../shared/recording.ts'
import type { Entry } from '../../shared/recording.ts'
import { readRecording, replay } from '../../shared/replay.ts'
import { historyComplaints } from '../export/accepts.ts'
import { logComplaints, readLog } from '../export/shiviz-reader.ts'
import { netsplit, program } from './run.ts'

let folder = ''
let recording = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'netsplit-export-'))
  await netsplit(['sim', '--seed', '7', '--rules', 'eager', '--chaos', 'default', '--minutes', '5', '--out', 'round.jsonl'], folder)
  recording = readFileSync(join(folder, 'round.jsonl'), 'utf8')
})
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

const exported = (...args: string[]): ReturnType<typeof netsplit> => netsplit(['export', ...args], folder)
/** Exports a recording that was changed. */
function changed(text: string, ...args: string[]): ReturnType<typeof netsplit> {
  writeFileSync(join(folder, 'changed.jsonl'), text)
  return exported('changed.jsonl', ...args)
}
const factsIn = (text: string): unknown[] => (JSON.parse(text) as { facts: unknown[] }).facts
const factsOf = (text: string): unknown[] => {
  const read = readRecording(text)
  if (!read.ok) throw new Error(read.error)
  return JSON.parse(JSON.stringify(replay(read.recording).facts)) as unknown[]
}

describe('netsplit export', () => {
  test('a broken claim is no failure of an export: exit 0, nothing on stderr, in every form that this mission has', async () => {
    for (const format of Object.keys(formats).filter((name) => name !== 'elle')) {
      const { status, out, err } = await exported('round.jsonl', '--format', format)
      expect([format, status, err]).toEqual([format, 0, ''])
      expect(out.endsWith('\n')).toBe(true)
      expect(out.replaceAll('\r\n', '\n')).not.toMatch(/[^\P{Cc}\n]/u)
    }
  })

  test('json holds the facts of the replay', async () => {
    expect(factsIn((await exported('round.jsonl', '--format', 'json')).out)).toEqual(factsOf(recording))
  })

  test('jepsen and shiviz pass what their readers check', async () => {
    expect(historyComplaints((await exported('round.jsonl', '--format', 'jepsen')).out, 2)).toEqual([])
    const events = readLog((await exported('round.jsonl', '--format', 'shiviz')).out)
    expect(events.length).toBeGreaterThan(1_000)
    expect(logComplaints(events)).toEqual([])
  })

  test('--out writes the same to a file, and says so', async () => {
    for (const format of ['csv', 'shiviz']) {
      const { status, out, err } = await exported('round.jsonl', '--format', format, '--out', `round.${format}`)
      expect([status, out, err]).toEqual([0, `${grouped(factsOf(recording).length)} facts, as ${format}, to round.${format}\n`, ''])
      expect(readFileSync(join(folder, `round.${format}`), 'utf8')).toBe((await exported('round.jsonl', '--format', format)).out)
    }
  })

  test('as a program of its own it prints the same, and a reader who has seen enough does no harm', async () => {
    expect((await program(['export', 'round.jsonl', '--format', 'csv'], folder)).out).toBe((await exported('round.jsonl', '--format', 'csv')).out)
    const { status, err } = await program(['export', 'round.jsonl', '--format', 'facts'], folder, 1)
    expect([status, err]).toEqual([0, ''])
  })

  test.skipIf(!existsSync('/dev/full'))('a full disk behind stdout: exit 2 and one line, however many parts are to come', () => {
    const { status, stderr } = spawnSync('/bin/sh', ['-c', `"${process.execPath}" server/cli.ts export "${join(folder, 'round.jsonl')}" --format facts > /dev/full`], { encoding: 'utf8' })
    expect([status, stderr]).toEqual([2, 'netsplit: Cannot write the output: the disk is full.\n'])
  })

  test('a damaged recording: what precedes the damage is written, stderr names it, exit 1', async () => {
    const lines = recording.split('\n')
    const damaged = [...lines.slice(0, 4), 'x', ...lines.slice(5)].join('\n')
    const { status, out, err } = await changed(damaged, '--format', 'json')
    expect(status).toBe(1)
    expect(err).toMatch(/^netsplit: Damaged: Line 5 is damaged/)
    const facts = factsIn(out)
    expect(facts.length).toBeGreaterThan(100)
    expect(facts).toEqual(factsOf(recording).slice(0, facts.length))
    expect(JSON.parse(out)).toMatchObject({ source: { damage: expect.stringMatching(/^Line 5 is damaged/) as unknown } })
  })

  test('a replay that differs from its recording: written, said on stderr, exit 1', async () => {
    const other = recording.split('\n').map((line) => (line.includes('"t":"digest"') ? encodeLine({ t: 'digest', fact: 999, digest: '0123456789abcdef' } satisfies Entry) : line)).join('\n')
    const { status, err } = await changed(other, '--format', 'csv')
    expect([status, err]).toEqual([1, 'netsplit: This replay differs from the recording at fact 0 or soon after. Do not trust what follows.\n'])
  })

  test.each([
    [['--format', 'json'], 'Which recording? netsplit export FILE --format FORMAT'],
    [['round.jsonl'], 'In which form? --format is one of jepsen, elle, shiviz, json, facts, csv.'],
    [['round.jsonl', '--format', 'xml'], '--format must be one of jepsen, elle, shiviz, json, facts, csv; not "xml".'],
    [['round.jsonl', '--format', 'toString'], '--format must be one of jepsen, elle, shiviz, json, facts, csv; not "toString".'],
    [['round.jsonl', '--format', 'csv', '--key', 'x'], '--key is for jepsen.'],
    [['round.jsonl', '--format', 'jepsen', '--key', 'x'], 'round.jsonl: The customers of election act on no object, so there is no key to choose.'],
    [['round.jsonl', '--format', 'elle'], 'round.jsonl: The customers of election act on no object, so Elle has nothing to judge.'],
    [['round.jsonl', '--format', 'csv', '--out', './round.jsonl'], '--out names the recording itself, which would be lost.'],
    [['round.jsonl', '--format', 'csv', '--out', 'no/such/folder'], 'Cannot write no/such/folder: there is no such file or folder.'],
    [['nothing.jsonl', '--format', 'csv'], 'Cannot read nothing.jsonl: there is no such file or folder.'],
    [['round.jsonl', 'other.jsonl', '--format', 'csv'], 'What is "other.jsonl"? One file is expected.'],
  ])('%j: exit 2, and one line that says why', async (args, message) => {
    expect(await exported(...args)).toEqual({ status: 2, out: '', err: `netsplit: ${message}\n` })
  })

  test('what a class wrote into its recording, bookmarks and predictions, stays there', async () => {
    const [head = '', ...rest] = recording.split('\n')
    const written = [
      { t: 'input', input: { kind: 'bookmark', atMs: 0, text: 'Ada was here' } },
      { t: 'input', input: { kind: 'prediction', atMs: 0, seat: 0, n: 1, question: 'who', answer: 'Ada', confidence: 50 } },
    ] satisfies Entry[]
    const text = [head, ...written.map(encodeLine), ...rest].join('\n')
    expect(text).toContain('Ada')
    for (const format of Object.keys(formats).filter((name) => name !== 'elle')) {
      const { status, out } = await changed(text, '--format', format)
      expect([format, status, out.includes('Ada')]).toEqual([format, 0, false])
    }
  })

  test('what is no recording: exit 2, and nothing is written', async () => {
    expect(await changed('{"hello":1}\n', '--format', 'csv')).toEqual({ status: 2, out: '', err: 'netsplit: changed.jsonl: Line 1 is damaged or this is no recording: expected a header with its checksum.\n' })
  })

  test('--help names every form', async () => {
    const { status, out } = await exported('--help')
    expect(status).toBe(0)
    for (const [name, { title }] of Object.entries(formats)) expect(out).toMatch(new RegExp(`^ +${name} +${title.replaceAll(/[().]/g, '.')}$`, 'm'))
  })
})
