import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { outcomeOf } from '../../server/cli/command.ts'
import { expectedShare, gapsOf, labCurve, labStrips, LESSON, wrongLab } from '../../shared/lab/heartbeat.ts'
import type { LabSettings } from '../../shared/lab/heartbeat.ts'

const shareAt = (timeoutS: number, seconds: number): number => labCurve({ ...LESSON, timeoutS }, [timeoutS], 1, seconds)[0]?.suspectedShare ?? NaN

describe('the heartbeat experiment', () => {
  test.each([[0.8, 1 / 45], [0.6, 4 / 45], [0.5, 5 / 36]])('calculus: with a timeout of %f s a node that lives is suspected for a share of %f of the time', (timeoutS, share) => {
    expect(expectedShare({ ...LESSON, timeoutS })).toBeCloseTo(share, 12)
  })

  test.each([[0.8, 1 / 45], [0.6, 4 / 45], [0.5, 5 / 36], [0.1, 2 / 3]])('simulation: with a timeout of %f s, over 300,000 s, the share of polls is within 0.1 points of %f', (timeoutS, share) => {
    expect(Math.abs(shareAt(timeoutS, 300_000) - share)).toBeLessThan(0.001)
  })

  test('step by step, poll by poll, as the lesson has it: the same polls suspect', () => {
    const settings = { ...LESSON, nodes: 1 }, gaps = gapsOf(settings, 7, 0), beats = [0]
    while ((beats.at(-1) ?? 0) < 2_000_000_000) beats.push((beats.at(-1) ?? 0) + gaps())
    const end = beats.at(-1) ?? 0, [whole] = labCurve(settings, [0.8], 1, 2_000, 7)
    let polls = 0, suspected = 0, last = 0
    // The phase is not told: every one of a fine grid is tried, and one of them must agree to the poll.
    const counts = new Set<string>()
    for (let phase = 0; phase < 200_000; phase += 100) {
      polls = 0; suspected = 0; last = 0
      for (let at = phase === 0 ? 200_000 : phase; at <= end; at += 200_000) {
        while ((beats[last + 1] ?? Infinity) < at) last++
        polls++
        if (at - (beats[last] ?? 0) > 800_000) suspected++
      }
      counts.add(`${suspected}`)
    }
    expect([...counts]).toContain(String(whole?.suspectedPolls))
  })

  test('the share never rises with the timeout, and the delay of detection never falls', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1_000 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.05, max: 1, noNaN: true }), (seed, slowShare, intervalS) => {
      const settings: LabSettings = { ...LESSON, slowShare, intervalS }
      const points = labCurve(settings, Array.from({ length: 33 }, (_, at) => 0.3 + at * 0.025), 3, 60, seed)
      points.forEach((point, at) => {
        const before = points[at - 1] ?? point
        expect(point.suspectedShare).toBeLessThanOrEqual(before.suspectedShare)
        expect(point.detectionS).toBeGreaterThanOrEqual(before.detectionS - 1e-9)
      })
    }), { numRuns: 60 })
  })

  test('with the lesson\'s numbers the chart from 0.3 to 1.1 s falls from point to point, to nothing where no gap is as long', () => {
    const shares = labCurve(LESSON, Array.from({ length: 17 }, (_, at) => Math.round((0.3 + at * 0.05) * 100) / 100), 200, 30).map((point) => point.suspectedShare)
    expect(shares).toEqual(shares.toSorted((a, b) => b - a))
    expect(new Set(shares).size).toBeGreaterThan(14)
    expect(shares.at(-1)).toBe(0)
  })

  test('a crash is noticed after the timeout, less the age of the last beat, more the wait for a poll', () => {
    // No beat is late: the age is 0 to 0.2 s, 0.1 on average, and a poll comes every 0.2 s, 0.1 s later on average.
    const [one] = labCurve({ ...LESSON, slowShare: 0 }, [0.8], 4_000, 1)
    expect(one?.detectionS).toBeCloseTo(0.8, 2)
  })

  test('a strip shows the beats of a run, and is suspected from the timeout to the next beat', () => {
    const strips = labStrips(LESSON, 3, 60)
    expect(strips).toHaveLength(3)
    for (const { beatsS, suspectedS } of strips) {
      for (const { fromS, toS } of suspectedS) {
        const before = beatsS.filter((at) => at <= fromS).at(-1) ?? NaN
        expect(fromS - before).toBeCloseTo(0.8, 6)
        expect(beatsS.some((at) => at > before && at < toS)).toBe(false)
      }
    }
    expect(strips.flatMap(({ suspectedS }) => suspectedS).length).toBeGreaterThan(5)
  })

  test.each([
    [{ slowShare: 1.2 }, 'slowShare must be from 0 to 1, not 1.2.'], [{ timeoutS: NaN }, 'timeoutS must be from 0.01 to 120, not NaN.'],
    [{ extraS: [0.8, 0.2] as const }, 'extraS must be two times from 0 to 60, the lesser first, not 0.8 and 0.2.'], [{ nodes: 1.5 }, 'nodes must be a whole number, not 1.5.'],
  ])('bad settings are told: %j', (change, words) => expect(wrongLab({ ...LESSON, ...change })).toBe(words))
})

describe('netsplit lab', () => {
  const run = async (line: string): Promise<{ status: number; out: string; err: string }> => {
    const outcome = await outcomeOf(line.split(' '))
    return { status: outcome?.status ?? -1, out: [...(outcome?.out ?? [])].join(''), err: outcome?.err ?? '' }
  }

  test('says the share as JSON, the same each time', async () => {
    const line = 'lab heartbeat --interval 0.2 --timeout 0.8 --slow 0.2 --extra 0.2..0.8 --seconds 200000 --json'
    const first = await run(line), said = JSON.parse(first.out) as { suspectedShare: number; expectedShare: number; curve: { suspectedShare: number }[] }
    expect(first.status).toBe(0)
    expect(Math.abs(said.suspectedShare - 1 / 45)).toBeLessThan(0.001)
    expect(said.expectedShare).toBeCloseTo(1 / 45, 12)
    expect(said.curve).toHaveLength(17)
    expect((await run(line)).out).toBe(first.out)
  })

  test('and as a table', async () => expect((await run('lab heartbeat --seconds 1000')).out).toMatch(/calculus says 2\.22%/))

  test.each([
    ['lab', 'netsplit: Which experiment? netsplit lab heartbeat\n'], ['lab clocks', 'netsplit: There is no experiment "clocks"; there is heartbeat.\n'],
    ['lab heartbeat --extra 0.2', 'netsplit: --extra must be two times such as 0.2..0.8, not "0.2".\n'], ['lab heartbeat --slow often', 'netsplit: --slow must be a number such as 0.2, not "often".\n'],
    ['lab heartbeat --slow 2', 'netsplit: slowShare must be from 0 to 1, not 2.\n'], ['lab heartbeat --seconds 0', 'netsplit: --seconds must be a whole number from 1 to 100000000, not "0".\n'],
  ])('%s is told what is expected', async (line, err) => expect(await run(line)).toEqual({ status: 2, out: '', err }))
})
