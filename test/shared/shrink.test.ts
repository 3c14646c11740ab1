import { describe, expect, test } from 'vitest'
import { cutAt, shownIn } from '../../shared/failure.ts'
import type { Failure, Round } from '../../shared/failure.ts'
import { recordInputs } from '../../shared/headless.ts'
import { encodeRecording } from '../../shared/recording.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import { wrongSettings } from '../../shared/sim/create.ts'
import { DURATION_MS_MIN } from '../../shared/sim/limits.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { shrink, SHRINK_RUNS_MAX, wrongWith } from '../../shared/shrink.ts'
import type { Shrunk } from '../../shared/shrink.ts'
import { shorter, simplicityOf } from '../../shared/simpler-faults.ts'
import { playWild } from '../sim/wild.ts'
import { failuresOf, firstFailing, monkeyRound, wrongsOf } from './failing.ts'

const election = scenarios['election'] as Scenario
const all = { runsMax: SHRINK_RUNS_MAX }

function shrunkOf(round: Round, failure: Failure, options: Parameters<typeof shrink>[3] = all): Shrunk {
  const shrunk = shrink(election, round, failure, options)
  if (shrunk === null) throw new Error(`seed ${round.seed} does not show ${failure.id}`)
  return shrunk
}

const cases = Object.keys(election.misconceptions).flatMap((rules) => failuresOf(election, rules).map((failure): [string, Failure] => [rules, failure]))

describe.each(cases)('a round of a monkey in which %s shows', (rules, failure) => {
  const round = firstFailing(election, rules, failure)
  const shrunk = shrunkOf(round, failure)

  test('shrinks to at most a third of its inputs, still fails so, and is larger in no respect', () => {
    expect(wrongsOf(election, round, failure, shrunk)).toEqual([])
    expect(shrunk.after.inputs * 3).toBeLessThanOrEqual(shrunk.before.inputs)
    expect(shrunk.after.facts).toBeLessThan(shrunk.before.facts)
    expect(wrongSettings(election, round.seed, shrunk.round.settings)).toBeNull()
  })

  test('is as small as it gets: every input that is left is needed, and shrinking it again changes nothing', () => {
    expect(shrunk.smallest).toBe(true)
    const { inputs } = shrunk.round
    for (const [at, input] of inputs.entries()) {
      if (input.kind === 'end') continue
      const without = shownIn(election, { ...shrunk.round, inputs: inputs.toSpliced(at, 1) }, failure)
      expect(without === null || without.atMs > shrunk.before.ms || without.facts > shrunk.before.facts, `input ${at}`).toBe(true)
    }
    const again = shrunkOf(shrunk.round, failure)
    expect(again.round).toEqual(shrunk.round)
    expect(again.text).toBe(shrunk.text)
  })

  test('keeps to its budget, whatever it is, and what it has then is whole', () => {
    for (const runsMax of [1, 2, 3, 7, 12, 20]) {
      const some = shrunkOf(round, failure, { runsMax })
      expect(some.runs).toBeLessThanOrEqual(Math.max(runsMax, failure.kind === 'claim' ? 1 : 2))
      expect(some.smallest || some.runs > runsMax - 2).toBe(true)
      expect(wrongsOf(election, round, failure, some)).toEqual([])
    }
  })

  test('stops when it is told that this is enough', () => {
    let asked = 0
    const some = shrunkOf(round, failure, { ...all, enough: () => ++asked > 2 })
    expect(some.smallest).toBe(false)
    expect(some.runs).toBeLessThan(shrunk.runs)
    expect(wrongsOf(election, round, failure, some)).toEqual([])
  })

  test('the same checks catch a shrinker that loses the failure, or grows, or lies about sizes', () => {
    const { inputs, settings } = shrunk.round
    const remade = (changed: Round): Shrunk => ({ ...shrunk, round: changed, text: encodeRecording(recordInputs(election, changed.seed, changed.settings, changed.inputs)) })
    const [first = { kind: 'halt', atMs: 0 }] = inputs
    const tooShort = remade({ ...shrunk.round, inputs: inputs.map((input) => (input.kind === 'end' ? { ...input, atMs: input.atMs - 2_000 } : input)).filter((input) => input.atMs <= shrunk.after.ms - 2_000) })
    expect(wrongsOf(election, round, failure, tooShort)).toEqual(expect.arrayContaining(['its recording does not show it', 'it does not fail so']))
    const grown = remade({ ...shrunk.round, inputs: [...Array.from({ length: round.inputs.length }, () => ({ ...first, kind: 'bookmark' as const, atMs: 0, text: 'x' })), ...inputs] })
    expect(wrongsOf(election, round, failure, grown).join()).toMatch(/inputs, more than/)
    const believed = remade({ ...shrunk.round, settings: { ...settings, beliefs: {} } })
    expect(wrongsOf(election, round, failure, believed)).toContain('it does not fail so')
    expect(wrongsOf(election, round, failure, { ...shrunk, after: { ...shrunk.after, inputs: 0 } })).toEqual(['it says another size than it has'])
    expect(wrongsOf(election, round, failure, { ...shrunk, text: shrunk.text.replace('"t"', '"u"') }).join()).toContain('its recording is damaged')
  })
})

test('rounds of every size and many seeds shrink rightly', () => {
  for (const [rules, failure] of cases) {
    if (failure.kind === 'figure') continue
    for (let nodes = election.nodes.min; nodes <= election.nodes.max; nodes++) {
      for (let seed = 100 * nodes; seed < 100 * nodes + 4; seed++) {
        const round = monkeyRound(election, rules, seed, nodes)
        if (shownIn(election, round, failure) === null) continue
        expect(wrongsOf(election, round, failure, shrunkOf(round, failure)), `${rules}, ${nodes} nodes, seed ${seed}`).toEqual([])
      }
    }
  }
})

test('rounds in which students click as they like shrink too: their clicks, seats and levels are inputs like faults', () => {
  let tried = 0
  for (let seed = 1; seed <= 16; seed++) {
    const { settings, inputs, facts } = playWild(election, seed, { nodes: 5, durationMs: 120_000, gapMsMost: 900, clicks: 'legal', faults: true, level: 'L0' })
    const broken = new Set(facts.flatMap((fact) => (fact.kind === 'breached' ? [fact.claim] : [])))
    for (const id of broken) {
      const round: Round = { seed, settings, inputs }
      // Some of these inputs are junk that no recording from outside may hold.
      if (wrongWith(election, encodeRecording(recordInputs(election, seed, settings, inputs)), { kind: 'claim', id }) !== null) continue
      const shrunk = shrunkOf(round, { kind: 'claim', id }, { runsMax: 150 })
      expect(wrongsOf(election, round, { kind: 'claim', id }, shrunk), `seed ${seed}, ${id}`).toEqual([])
      expect(shrunk.after.inputs).toBeLessThan(shrunk.before.inputs)
      tried++
    }
  }
  expect(tried).toBeGreaterThan(5)
})

test('a failure that does not show is not shrunk', () => {
  const round = monkeyRound(election, 'good', 1)
  expect(shrink(election, round, { kind: 'claim', id: 'one-vote' }, all)).toBeNull()
  expect(shrink(election, round, { kind: 'figure', id: 'leaderless' }, all)).toBeNull()
})

test('a round is cut right after its failure: a millisecond earlier it does not show', () => {
  const failure: Failure = { kind: 'claim', id: 'quorum-to-lead' }
  const round = firstFailing(election, 'eager', failure)
  const shown = shownIn(election, round, failure)
  if (shown === null) throw new Error('it fails')
  expect(shownIn(election, cutAt(round, shown, DURATION_MS_MIN), failure)).toEqual(shown)
  expect(shownIn(election, cutAt(round, { ...shown, atMs: shown.atMs - 1 }, DURATION_MS_MIN), failure)).toBeNull()
})

test('of two faults without end, one that is given an end makes the round simpler', () => {
  const endless = { kind: 'fault', atMs: 1_000, id: 'f', type: 'partition', params: { side: ['A'] }, durationMs: null } as const
  const [ended] = shorter(endless, 9_000)
  expect(ended).toMatchObject({ durationMs: 8_000 })
  if (ended === undefined) throw new Error('an endless fault can be shorter')
  const [one, other] = [simplicityOf(endless).durationMs, simplicityOf(ended).durationMs]
  expect(one + other).toBeLessThan(one + one)
})
