import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Crew } from '../../server/cli/crew.ts'
import { playSeeds } from '../../server/cli/play-seeds.ts'
import { Progress, progressLine, TERMINAL_EVERY_MS } from '../../server/cli/progress.ts'
import { requestOf } from '../../server/cli/sim-request.ts'
import { swarmJson, swarmLines } from '../../server/cli/swarm-report.ts'
import { tallyOf, Totals } from '../../server/cli/tally.ts'
import { UsageError } from '../../server/cli/usage.ts'
import type { RoundPlan } from '../../shared/headless.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { going, netsplit } from './run.ts'
import type { Going } from './run.ts'

const election = scenarios['election'] as Scenario
const size = z.object({ inputs: z.number(), nodes: z.number(), ms: z.number(), facts: z.number() })
const report = z.object({
  rules: z.string(), seeds: z.number(), stopped: z.boolean(), facts: z.number(), failingSeeds: z.number(), exposedSeeds: z.number(), out: z.string().nullable(), elapsedMs: z.number(),
  claims: z.record(z.string(), z.object({ seeds: z.number(), breaches: z.number(), firstSeed: z.number().nullable() })), figures: z.record(z.string(), z.unknown()),
  first: z.object({ kind: z.string(), claim: z.string(), seed: z.number(), command: z.string(), trouble: z.string().nullable(), shrunk: z.object({ before: size, after: size }).nullable() }).nullable(),
  errors: z.array(z.object({ seed: z.number(), message: z.string(), command: z.string() })),
})
const replayed = z.object({ digestOk: z.boolean(), damage: z.string().nullable(), breaches: z.array(z.object({ claim: z.string() })), facts: z.number(), nodes: z.number() })
const parsed = (out: string): z.infer<typeof report> => report.parse(JSON.parse(out))

let folder = ''
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'netsplit-swarm-')) })
afterEach(() => { rmSync(folder, { recursive: true, force: true }) })

/** On one thread unless it says otherwise: a thread takes longer to start than to play a few rounds. */
const swarm = (...args: string[]): ReturnType<typeof netsplit> => netsplit(['sim', '--chaos', 'monkey', '--json', '--jobs', '1', ...args], folder)

describe('the results', () => {
  test('are the same on one, two and three threads, to the last figure and the last byte of the recording', async () => {
    const outs = []
    for (const jobs of ['1', '2', '3']) {
      const { status, out } = await swarm('--seeds', '1..24', '--rules', 'double-voter', '--minutes', '2', '--jobs', jobs)
      expect(status).toBe(1)
      const found = parsed(out)
      outs.push({ ...found, elapsedMs: 0, text: readFileSync(join(folder, found.out ?? ''), 'utf8') })
    }
    expect(outs[0]?.claims['one-vote']?.seeds).toBeGreaterThan(0)
    expect(outs[1]).toEqual(outs[0])
    expect(outs[2]).toEqual(outs[0])
  }, 120_000)

  test('of a range are those of as many seeds counted up from its first', async () => {
    const range = await swarm('--seeds', '11..25', '--minutes', '2', '--no-out'), counted = await swarm('--seed', '11', '--seeds', '15', '--minutes', '2', '--no-out')
    expect({ ...parsed(range.out), elapsedMs: 0 }).toEqual({ ...parsed(counted.out), elapsedMs: 0 })
    expect(parsed(range.out).seeds).toBe(15)
  })

  test('are those of each seed played alone', async () => {
    const { out } = await swarm('--seeds', '1..9', '--rules', 'eager', '--no-out')
    let facts = 0, failing = 0
    for (let seed = 1; seed <= 9; seed++) {
      const tally = tallyOf(election, planOf('eager', seed))
      facts += tally.facts
      if (tally.broken.length > 0) failing++
    }
    expect(parsed(out)).toMatchObject({ facts, failingSeeds: failing })
    expect(failing).toBeGreaterThan(0)
  })
})

const planOf = (rules: string, seed: number): RoundPlan => ({ seed, rules, nodes: election.nodes.usual, durationMs: 300_000, chaos: 'monkey', level: 'L2' })

describe('what failed first', () => {
  test('is shrunk to at most a third of its inputs and written, and the printed command replays it to the same claim', async () => {
    const { status, out, err } = await netsplit(['sim', '--seeds', '1..40', '--chaos', 'monkey', '--rules', 'overconfident', '--jobs', '2', '--quiet'], folder)
    expect(status).toBe(1)
    expect(err).toBe('')
    const [, from = '', to = ''] = /Shrunk from (\d+) to (\d+) inputs/.exec(out) ?? []
    expect(Number(from)).toBeGreaterThan(0)
    expect(Number(to) * 3).toBeLessThanOrEqual(Number(from))
    expect(out).toMatch(/40 seeds in \d+\.\d s on 2 threads: [\d,]+ seeds a second, [\d,]+ facts a second, [\d,]+ times real time\.$/m)
    const [, words = ''] = /or: npm run -s netsplit -- (replay .*)$/m.exec(out) ?? []
    const again = await netsplit([...words.split(' '), '--json'], folder)
    expect(again.status).toBe(1)
    const found = replayed.parse(JSON.parse(again.out))
    expect(found).toMatchObject({ digestOk: true, damage: null })
    expect(found.breaches.map(({ claim }) => claim)).toContain('no-stale-serve')
  })

  test('is named in its file: mission, rules, claim, seed', async () => {
    const { out } = await swarm('--seeds', '1..8', '--rules', 'double-voter')
    const { first, out: file } = parsed(out)
    expect(file).toBe(`netsplit-election-double-voter-one-vote-${first?.seed}.jsonl`)
    expect(readdirSync(folder)).toEqual([file])
  })

  test.each([[['--no-out']], [['--out', '-']]])('is written nowhere with %j', async (args) => {
    expect(parsed((await swarm('--seeds', '1..4', '--rules', 'double-voter', ...args)).out).out).toBeNull()
    expect(readdirSync(folder)).toEqual([])
  })

  test('stays whole with --no-shrink', async () => {
    const { out } = await swarm('--seeds', '1..4', '--rules', 'double-voter', '--no-shrink', '--out', 'whole.jsonl')
    expect(parsed(out).first?.shrunk).toBeNull()
    const whole = replayed.parse(JSON.parse((await netsplit(['replay', 'whole.jsonl', '--json'], folder)).out))
    expect(whole.facts).toBe(tallyOf(election, planOf('double-voter', parsed(out).first?.seed ?? 0)).facts)
  })

  test('is told all the same when it cannot be written', async () => {
    const { status, out } = await swarm('--seeds', '1..4', '--rules', 'double-voter', '--out', 'nowhere/at/all.jsonl')
    expect(status).toBe(1)
    expect(parsed(out)).toMatchObject({ out: null, first: { claim: 'one-vote', trouble: 'Cannot write nowhere/at/all.jsonl: there is no such file or folder.' } })
  })

  test('of a misconception that breaks no claim is the figure that it misses where good rules meet it', async () => {
    const { status, out } = await swarm('--seeds', '1..20', '--rules', 'in-step', '--out', 'in-step.jsonl')
    expect(status).toBe(1)
    expect((await netsplit(['replay', 'in-step.jsonl'], folder)).out).toMatch(/^No claim broke\.\nMissed: Without a leader \d+\.\d s, at most 180\.0 s\.$/m)
    expect(parsed(out).first).toMatchObject({ kind: 'figure', claim: 'leaderless' })
    expect(parsed(out).exposedSeeds).toBeGreaterThan(0)
  })

  test('is nothing with good rules: exit 0 and no file', async () => {
    const { status, out } = await swarm('--seeds', '1..20')
    expect(status).toBe(0)
    expect(parsed(out)).toMatchObject({ failingSeeds: 0, first: null, out: null })
    expect(readdirSync(folder)).toEqual([])
  })
})

test('all rules in one table: good breaks nothing, and each misconception does what it is known for', async () => {
  const { status, out } = await netsplit(['sim', '--seeds', '1..40', '--chaos', 'monkey', '--rules', 'all', '--no-out'], folder)
  expect(status).toBe(0)
  expect(out).toMatch(/^good +nothing +0\.0%/m)
  for (const [rules, { breaks, misses }] of Object.entries(election.misconceptions)) expect(out).toMatch(new RegExp(`^${rules} +${breaks[0] ?? misses} .*\\d to \\d`, 'm'))
})

describe('arguments', () => {
  test.each([
    ['a range backwards', ['--seeds', '9..3'], '--seeds 9..3 is empty: the first seed comes first.'],
    ['half a range', ['--seeds', '9..'], '--seeds must be a number of seeds or a range such as 1..10000, not "9..".'],
    ['a range of words', ['--seeds', 'a..b'], '--seeds must be a number of seeds or a range such as 1..10000, not "a..b".'],
    ['three dots', ['--seeds', '1...3'], '--seeds must be a number of seeds or a range such as 1..10000, not "1...3".'],
    ['two first seeds', ['--seed', '4', '--seeds', '1..3'], '--seeds 1..3 names its first seed: leave --seed out.'],
    ['too long a range', ['--seeds', '1..1000001'], '--seeds 1..1000001 has more than 1,000,000 seeds.'],
    ['seeds beyond what a number holds', ['--seeds', '1..99999999999999999999'], '--seeds must be a whole number'],
    ['no threads', ['--jobs', '0'], '--jobs must be a whole number from 1 to 64, not "0".'],
    ['too many threads', ['--jobs', '65'], '--jobs must be a whole number from 1 to 64, not "65".'],
    ['one file for all rules', ['--rules', 'all', '--out', 'a.jsonl'], '--out names one file'],
  ])('%s is refused in one clear line', (_, args, words) => {
    expect(() => requestOf(args)).toThrow(UsageError)
    expect(() => requestOf(args)).toThrow(words)
    expect(() => requestOf(args)).not.toThrow('\n')
  })

  test('a range of one seed is that seed, told in full', async () => {
    const { out } = await netsplit(['sim', '--seeds', '7..7', '--minutes', '1'], folder)
    expect(out).toContain('seed 7,')
    expect(out).toMatch(/facts, digest [0-9a-f]{16}/)
  })
})

describe('Ctrl-C', () => {
  /** Waits for the first line of progress. */
  async function underWay({ err }: Going): Promise<void> {
    for (let waitedMs = 0; !err().includes(' of 1,000,000 seeds') && waitedMs < 90_000; waitedMs += 100) await pause(100)
  }

  test('keeps what was found: seeds so far, the first failure shrunk and written, exit 130; one key may come as two signals', async () => {
    const run = going(['sim', '--seeds', '1..1000000', '--chaos', 'monkey', '--rules', 'double-voter', '--jobs', '1', '--progress', '1'], folder)
    const { pid, err, ran } = run
    await underWay(run)
    expect(err()).toMatch(/^double-voter: [\d,]+ of 1,000,000 seeds, \d+ a second, one-vote \d+.* s left$/m)
    process.kill(pid, 'SIGINT')
    process.kill(pid, 'SIGINT')
    const { status, out } = await ran
    expect(status).toBe(130)
    const [, seeds = ''] = /^Stopped after ([\d,]+) of 1,000,000 seeds\.$/m.exec(out) ?? []
    expect(Number(seeds.replaceAll(',', ''))).toBeGreaterThan(0)
    expect(out).toMatch(/one-vote +severe/)
    const [, file = ''] = /The recording is in (\S+)\./.exec(out) ?? []
    expect(existsSync(join(folder, file))).toBe(true)
    const again = replayed.parse(JSON.parse((await netsplit(['replay', file, '--json'], folder)).out))
    expect(again.breaches.map(({ claim }) => claim)).toContain('one-vote')
  }, 180_000)

  test('twice ends at once', async () => {
    const run = going(['sim', '--seeds', '1..1000000', '--minutes', '30', '--nodes', '7', '--chaos', 'monkey', '--rules', 'in-step', '--jobs', '1', '--progress', '1'], folder)
    const { pid, err, ran } = run
    await underWay(run)
    process.kill(pid, 'SIGINT')
    for (let waitedMs = 0; !err().includes('Stopping') && waitedMs < 20_000; waitedMs += 20) await pause(20)
    await pause(700)
    process.kill(pid, 'SIGINT')
    expect(await ran).toMatchObject({ status: 130, out: '' })
  }, 180_000)
})

describe('a seed that cannot be played', () => {
  /** A mission whose round with this seed is refused by the simulation itself. */
  const cracked: Scenario = { ...election, workload: { ...election.workload, operation(customer, n, dice, carried) {
    if (dice.between('crack', 'here', 0, 3) === 0) throw new Error('the stamp is broken')
    return election.workload.operation(customer, n, dice, carried)
  } } }

  test('is told with its seed and the command that repeats it, and the others count', () => {
    const totals = new Totals(cracked, 'good')
    for (let seed = 1; seed <= 20; seed++) totals.add(seed, tallyOf(cracked, planOf('good', seed)))
    const [first] = totals.errors
    expect(totals.seeds).toBe(20)
    expect(totals.errors.length).toBeGreaterThan(0)
    expect(totals.errors.length).toBeLessThan(20)
    expect(totals.facts).toBeGreaterThan(0)
    const request = requestOf(['--seeds', '1..20', '--chaos', 'monkey'])
    if (request === null || first === undefined) throw new Error('there is a request and an error')
    const lines = swarmLines(request, { totals, found: null, elapsedMs: 1 })
    expect(lines).toContain(`  seed ${first.seed}: the stamp is broken`)
    expect(lines.join('\n')).toContain(`sim --scenario election --seed ${first.seed} --rules good --chaos monkey`)
    expect(parsed(swarmJson(request, [{ totals, found: null, elapsedMs: 1 }])).errors[0]).toMatchObject({ seed: first.seed, message: 'the stamp is broken' })
  })

  test('does not keep a crew from the rest, nor does a job that its thread cannot do', async () => {
    const crew = new Crew(2)
    try {
      const lost = await playSeeds(crew, { ...election, id: 'nowhere' }, planOf('good', 1), 20)
      expect(lost.errors.map(({ seed }) => seed)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1))
      expect(lost.errors[0]?.message).toBe('there is no mission nowhere')
      const whole = await playSeeds(crew, election, planOf('good', 1), 10)
      expect(whole).toMatchObject({ seeds: 10, errors: [] })
    } finally {
      await crew.close()
    }
  })
})

describe('progress', () => {
  test('says how far it is, how fast, what broke and how long it takes', () => {
    const totals = new Totals(election, 'eager')
    for (let seed = 1; seed <= 10; seed++) totals.add(seed, tallyOf(election, planOf('eager', seed)))
    const breaches = totals.claims.get('quorum-to-lead')?.breaches ?? 0
    expect(progressLine(totals, 1_010, 500)).toMatch(new RegExp(`^eager: 10 of 1,010 seeds, 20 a second, .*quorum-to-lead ${breaches}.*, 50 s left$`))
    expect(progressLine(new Totals(election, 'good'), 5, 0)).toBe('good: 0 of 5 seeds, 0 a second, no breach')
  })

  test('is one line on a terminal that is taken off again, a line from time to time elsewhere, and nothing when it is not wanted', () => {
    const shown = (isTerminal: boolean): string[] => {
      const texts: string[] = []
      let nowMs = 0
      const progress = new Progress({ isTerminal, width: 40, everyMs: isTerminal ? TERMINAL_EVERY_MS : 10_000, write: (text) => { texts.push(text) } }, 100, () => nowMs)
      for (nowMs = 0; nowMs <= 25_000; nowMs += 100) progress.show(new Totals(election, 'good'))
      progress.clear()
      return texts
    }
    const terminal = shown(true)
    expect(terminal).toHaveLength(126)
    for (const text of terminal) expect(text.startsWith('\r\x1b[K') && !text.includes('\n') && text.length <= 4 + 39).toBe(true)
    expect(terminal.at(-1)).toBe('\r\x1b[K')
    expect(shown(false)).toHaveLength(2)
    for (const text of shown(false)) expect(text.endsWith('\n') && !text.includes('\x1b')).toBe(true)
    new Progress(null, 100, () => 1e9).show(new Totals(election, 'good'))
  })
})
