import { scenarios } from '../../shared/scenarios/index.ts'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { encodeRecording } from '../../shared/recording.ts'
import { readRecording } from '../../shared/replay.ts'
import { netsplit, program } from './run.ts'

const witness = z.array(z.object({ fact: z.number(), atMs: z.number(), words: z.string() })).min(1)
const breaches = z.array(z.object({ claim: z.string(), sentence: z.string(), prevention: z.string(), witness }))
const simReport = z.object({ seed: z.number(), facts: z.number(), digest: z.string(), breaches, figures: z.record(z.string(), z.object({ value: z.number().nullable() })) })
const replayReport = z.object({ facts: z.number(), digest: z.string(), digestOk: z.boolean(), divergedAtFact: z.number().nullable(), damage: z.string().nullable(), breaches })
const swarmReport = z.object({
  seeds: z.number(), failingSeeds: z.number(), claims: z.record(z.string(), z.object({ seeds: z.number(), firstSeed: z.number().nullable() })),
  first: z.object({ seed: z.number(), claim: z.string(), command: z.string() }).nullable(), out: z.string().nullable(),
})

let folder = ''
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'netsplit-cli-')) })
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

/** Seed 7 with an eager leader breaks quorum-to-lead under the default plan. */
const eager = ['sim', '--seed', '7', '--rules', 'eager', '--chaos', 'default', '--minutes', '5']

describe('netsplit sim', () => {
  test('good rules: exit 0, and it says that no claim broke', async () => {
    const { status, out, err } = await netsplit(['sim', '--seed', '7', '--minutes', '2'])
    expect(err).toBe('')
    expect(status).toBe(0)
    expect(out).toContain('No claim broke.')
  })

  test('a misconception: exit 1, the breach in a sentence with its witness, and every option of the run', async () => {
    const { status, out } = await netsplit(eager)
    expect(status).toBe(1)
    expect(out).toContain('rules eager, chaos default, level L2')
    expect(out).toMatch(/quorum-to-lead \(severe\)\n {2}[A-E] led term \d+ with 2 of 5 votes/)
    expect(out).toMatch(/fact \d+ {2}\w.*\n {2}\d\d:\d\d\.\d {2}fact \d+/)
  })

  test('a misconception that breaks no claim: exit 1 where it misses its figure and good rules meet it', async () => {
    const round = ['sim', '--seed', '4', '--chaos', 'monkey', '--no-out', '--rules']
    const { status, out } = await netsplit([...round, 'in-step'])
    expect(out).toContain('No claim broke.\nWithout a leader: good rules keep it at most 180.0 s at this seed, these do not.')
    expect([status, (await netsplit([...round, 'good'])).status]).toEqual([1, 0])
  })

  test('the same seed gives the same round, in this process and in one of its own', async () => {
    const [one, two] = await Promise.all([netsplit([...eager, '--json']), program([...eager, '--json'])])
    expect(one.status).toBe(two.status)
    expect(one.out).toBe(two.out)
    expect(simReport.parse(JSON.parse(one.out)).breaches[0]?.claim).toBe('quorum-to-lead')
  })

  test('many seeds: shares of each claim, the first failing seed written, and a command that repeats it', async () => {
    const file = join(folder, 'first.jsonl')
    const { status, out } = await netsplit(['sim', '--seed', '1', '--seeds', '20', '--rules', 'double-voter', '--chaos', 'monkey', '--minutes', '3', '--json', '--no-shrink', '--out', file])
    expect(status).toBe(1)
    const report = swarmReport.parse(JSON.parse(out))
    expect(report.claims['one-vote']?.seeds).toBe(report.failingSeeds)
    expect(report.out).toBe(file)
    const [, command = ''] = report.first?.command.split(' -- ') ?? []
    const again = await netsplit([...command.split(' '), '--json'])
    expect(again.status).toBe(1)
    const replayed = replayReport.parse(JSON.parse((await netsplit(['replay', file, '--json'])).out))
    expect(replayed.digest).toBe(simReport.parse(JSON.parse(again.out)).digest)
  })

  test('many good seeds: exit 0, no recording, and the figures as quantiles', async () => {
    const file = join(folder, 'none.jsonl')
    const { status, out } = await netsplit(['sim', '--seeds', '10', '--minutes', '3', '--chaos', 'monkey', '--out', file])
    expect(status).toBe(0)
    expect(out).toContain('No claim broke in any of 10 seeds.')
    expect(out).toMatch(/Until a leader is back +\S+ s/)
    expect(out).toMatch(/Until a leader is back +60\.0 s +100\.0% +90% {2}met\n.* 110\.0 s .* 99% {2}met\n.* 240\.0 s .* 100% {2}met/)
    expect(existsSync(file)).toBe(false)
  })

  test.each([
    ['an unknown option', ['--sed', '7'], "Unknown option '--sed'"],
    ['an unknown mission', ['--scenario', 'chess'], `--scenario must be one of ${Object.keys(scenarios).join(', ')}`],
    ['a mission named like a part of every object', ['--scenario', 'constructor'], '--scenario must be one of'],
    ['an unknown belief', ['--rules', 'flat-earth'], '--rules must be one of good, eager'],
    ['an unknown chaos', ['--chaos', 'total'], '--chaos must be one of'],
    ['a seed that is no number', ['--seed', '7x'], '--seed must be a whole number'],
    ['a negative seed', ['--seed=-1'], '--seed must be a whole number'],
    ['a negative seed, apart', ['--seed', '-1'], '--seed needs a value; one that begins with a dash is written --seed=-1, with an equals sign.'],
    ['a seed too large', ['--seed', '99999999999999999999'], '--seed must be a whole number'],
    ['too few nodes', ['--nodes', '2'], '--nodes must be a whole number from 3 to 7'],
    ['too long', ['--minutes', '61'], '--minutes must be a whole number from 1 to 60'],
    ['a file that nobody asked for', ['round.jsonl'], 'No file is expected'],
    ['a chaos that is neither a name nor a file', ['--chaos', '/tmp'], '--chaos must be one of default, none, monkey, or a file that ends in .json; not "/tmp".'],
    ['a file without a name', ['--out', ''], '--out must name a file'],
    ['a file and none', ['--out', 'a.jsonl', '--no-out'], 'leave one of them out'],
    ['progress every no time', ['--progress', '0'], '--progress must be a whole number from 1 to 3600'],
    ['a folder that is not there', ['--minutes', '1', '--out', '/nowhere/at/all.jsonl'], 'Cannot write /nowhere/at/all.jsonl: there is no such file or folder.'],
  ])('%s: exit 2 and one clear line', async (_, args, words) => {
    const { status, out, err } = await netsplit(['sim', ...args])
    expect(status).toBe(2)
    expect(out).toBe('')
    expect(err).toContain(words)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })
})

describe('netsplit replay', () => {
  let file = ''
  beforeAll(async () => {
    file = join(folder, 'round.jsonl')
    await netsplit([...eager, '--out', file])
  })

  test('the same digest and the same breaches as the round itself; exit 1 for a breach', async () => {
    const played = simReport.parse(JSON.parse((await netsplit([...eager, '--json'])).out))
    const { status, out } = await netsplit(['replay', file, '--json'])
    expect(status).toBe(1)
    expect(replayReport.parse(JSON.parse(out))).toMatchObject({ digest: played.digest, facts: played.facts, digestOk: true, divergedAtFact: null, damage: null, breaches: played.breaches })
  })

  test('for people it says that the digest is the same', async () => {
    const { out } = await netsplit(['replay', file])
    expect(out).toMatch(/Replayed to the same digest [0-9a-f]{16}: [\d,]+ facts, \d+ digests compared\./)
  })

  test('exit 0 when nothing broke', async () => {
    const good = join(folder, 'good.jsonl')
    await netsplit(['sim', '--minutes', '1', '--out', good])
    expect((await netsplit(['replay', good])).status).toBe(0)
  })

  test('the printed command opens a file of any name, as a shell reads it', async () => {
    for (const name of ['plain.jsonl', 'a b/two words.jsonl', 'it\'s $HOME.jsonl', '-dash.jsonl', 'back\\slash "quoted" `x`!.jsonl', 'Übung 1.jsonl']) {
      mkdirSync(join(folder, 'a b'), { recursive: true })
      const { out } = await netsplit(['sim', '--minutes', '1', `--out=${name}`], folder)
      const [, words = ''] = /npm run -s netsplit -- (replay .*)$/m.exec(out) ?? []
      const said = execFileSync('/bin/sh', ['-c', `printf '%s\\n' ${words}`], { encoding: 'utf8' }).split('\n')
      expect(said.slice(0, -1)).toHaveLength(2)
      expect((await netsplit(said.slice(0, -1), folder)).status).toBe(0)
      expect(join(folder, said[1] ?? '')).toBe(join(folder, name))
    }
  })

  test('what a recording from elsewhere is called cannot move the cursor', async () => {
    const read = readRecording(readFileSync(file, 'utf8'))
    if (!read.ok) throw new Error(read.error)
    const strange = join(folder, 'strange.jsonl')
    writeFileSync(strange, encodeRecording({ ...read.recording, header: { ...read.recording.header, cluster: 'A\u001b[2J\r\u009b' } }))
    expect((await netsplit(['replay', strange])).out).toContain('cluster A?[2J??, round 1')
  })

  test('a damaged recording: what precedes the damage is replayed, the damage named, exit 1', async () => {
    const damaged = join(folder, 'damaged.jsonl')
    const lines = readFileSync(file, 'utf8').split('\n')
    const spot = lines.length - 3
    writeFileSync(damaged, lines.map((line, at) => (at === spot ? line.replace('"t"', '"u"') : line)).join('\n'))
    const { status, out } = await netsplit(['replay', damaged, '--json'])
    const report = replayReport.parse(JSON.parse(out))
    expect(status).toBe(1)
    expect(report.damage).toContain(`Line ${spot + 1} is damaged`)
    expect(report.digestOk).toBe(true)
    expect(report.facts).toBeGreaterThan(0)
  })

  test('a recording whose digests do not fit: exit 1, and where the histories part', async () => {
    const good = readFileSync(file, 'utf8')
    const forged = join(folder, 'forged.jsonl')
    const read = readRecording(good)
    if (!read.ok) throw new Error(read.error)
    writeFileSync(forged, encodeRecording({ header: { ...read.recording.header, seed: 8 }, entries: read.recording.entries }))
    const { status, out } = await netsplit(['replay', forged])
    expect(status).toBe(1)
    expect(out).toContain('This replay differs from the recording at fact 0 or soon after. Do not trust what follows.')
  })

  test.each([
    ['no file named', [], 'Which recording?'],
    ['two files', ['a', 'b'], 'One file is expected'],
    ['a file that is not there', ['/nowhere/round.jsonl'], 'Cannot read /nowhere/round.jsonl: there is no such file or folder.'],
    ['a folder', ['/'], 'Cannot read /: it is a folder.'],
    ['another file', ['package.json'], 'this is no recording'],
    ['a name of two lines', ['no\nwhere\u001b[2J'], 'Cannot read no?where?[2J: there is no such file or folder.'],
    ['a device without end', ['/dev/zero'], 'Cannot read /dev/zero: it is a device.'],
    ['a name too long', ['x'.repeat(300)], 'its name is too long.'],
  ])('%s: exit 2 and one clear line', async (_, args, words) => {
    const { status, out, err } = await netsplit(['replay', ...args])
    expect(status).toBe(2)
    expect(out).toBe('')
    expect(err).toContain(words)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })
})

describe('netsplit', () => {
  test('--help of all and of each, exit 0', async () => {
    for (const args of [['--help'], ['sim', '--help'], ['plan', '--help'], ['replay', '--help'], ['serve', '--help']]) {
      const { status, out, err } = await netsplit(args)
      expect(status).toBe(0)
      expect(err).toBe('')
      expect(out).toContain('Exit status')
    }
  })

  test('an unknown command: exit 2 and one clear line', async () => {
    const { status, err } = await netsplit(['fly'])
    expect(status).toBe(2)
    expect(err).toBe('netsplit: There is no command "fly"; there is serve, sim, plan, replay, check, lab, export.\n')
  })

  test('serve refuses a bad port with one clear line', async () => {
    const { status, err } = await netsplit(['serve', '--port', '99999'])
    expect(status).toBe(2)
    expect(err).toContain('--port must be a whole number from 0 to 65535')
  })

  test('the program itself: what it says, where, and its exit status', async () => {
    expect(await program(['--help'])).toMatchObject({ status: 0, out: expect.stringContaining('Exit status') as string, err: '' })
    expect(await program(['fly'])).toMatchObject({ status: 2, out: '', err: expect.stringMatching(/^netsplit: .*\n$/) as string })
  })

  test.skipIf(!existsSync('/dev/full'))('a full disk behind stdout: exit 2 and one clear line', () => {
    const { status, stderr } = spawnSync('/bin/sh', ['-c', `"${process.execPath}" server/cli.ts plan --monkey 1 > /dev/full`], { encoding: 'utf8' })
    expect([status, stderr]).toEqual([2, 'netsplit: Cannot write the output: the disk is full.\n'])
  })

  test('a reader that closes the pipe early is no failure', async () => {
    const { err } = await program(['sim', '--rules', 'double-voter', '--chaos', 'monkey', '--minutes', '60', '--json'], '', 1)
    expect(err).toBe('')
  })
})
