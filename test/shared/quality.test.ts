import { describe, expect, test } from 'vitest'
import { DECIDE_MS, qualityOf, qualityShare, toldOf } from '../../shared/quality.ts'
import type { Decision, SeatQuality } from '../../shared/quality.ts'
import { replay } from '../../shared/replay.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import type { Level } from '../../shared/sim/types.ts'
import { play } from './quality-play.ts'
import type { Play } from './quality-play.ts'

const SEEDS = [1, 2, 3, 4, 5, 6]
const missions = Object.entries(scenarios), levels: readonly Level[] = ['L0', 'L1', 'L2']

/** All decisions of a student over several rounds. */
function over(scenario: Scenario, how: Omit<Play, 'seed'>): { offered: number; agreed: number; decisions: Decision[] } {
  const all = SEEDS.flatMap((seed) => play(scenario, { seed, ...how }).watched ?? [])
  return { offered: all.reduce((sum, one) => sum + one.offered, 0), agreed: all.reduce((sum, one) => sum + one.agreed, 0), decisions: all.flatMap(({ decisions }) => decisions) }
}
const inWords = ({ atMs, about, choice }: Decision): string => `${atMs} ${about}: ${choice}`
const election = scenarios['election'] as Scenario, heartbeat = scenarios['heartbeat'] as Scenario

describe.each(missions)('decisions in %s', (_id, scenario) => {
  test.each(levels)('[QUALITY-1] who plays by the rules at %s is right each time but for what it had no time for', (level) => {
    const { decisions, offered, agreed } = over(scenario, { level, who: 'good' })
    expect(decisions.filter((one) => !one.agreed && one.choice !== 'nothing').map(inWords)).toEqual([])
    expect(offered).toBeGreaterThan(0)
    expect(agreed / offered).toBeGreaterThan(0.98)
  })

  test('[QUALITY-2] who does nothing has decided nothing else, and is often wrong', () => {
    const { decisions, offered, agreed } = over(scenario, { level: 'L2', who: 'idle' })
    expect([...new Set(decisions.map(({ choice }) => choice))]).toEqual(['nothing'])
    expect(agreed / offered).toBeLessThan(0.7)
  })
})

test.each<[string, string, Level, string]>([
  ['election', 'double-voter', 'L2', 'grant'], ['election', 'overconfident', 'L2', 'serve'], ['election', 'eager', 'L1', 'lead'],
  ['heartbeat', 'impatient', 'L2', 'suspect'], ['heartbeat', 'trusting', 'L2', 'nothing'], ['heartbeat', 'no-forgiveness', 'L1', 'nothing'],
  ['logical-clocks', 'no-tick', 'L1', 'apply'], ['logical-clocks', 'arrival-order', 'L1', 'apply'], ['logical-clocks', 'total-means-causal', 'L2', 'answer'],
  ['quorum-store', 'write-one', 'L2', 'set-quorum'], ['quorum-store', 'no-overlap', 'L2', 'set-quorum'], ['quorum-store', 'last-clock-wins', 'L2', 'store-by-clock'], ['quorum-store', 'no-write-back', 'L2', 'reply-value'],
])('[QUALITY-3] %s: who believes %s, at %s, is told of each wrong %s, and of no other choice', (id, who, level, choice) => {
  const { decisions } = over(scenarios[id] as Scenario, { level, who }), wrong = decisions.filter(({ agreed }) => !agreed)
  expect([...new Set(wrong.map((one) => one.choice))]).toEqual([choice])
  expect(wrong.filter(({ choice: one, would }) => one === 'nothing' && would.length === 0)).toEqual([])
})

describe('the edges', () => {
  const first = (how: Partial<Play>, scenario = election): SeatQuality => play(scenario, { seed: 3, level: 'L2', who: 'idle', chaos: false, ...how }).watched as SeatQuality

  test('[QUALITY-4] a recording gives what was seen while it was made, and watching changes no fact', () => {
    for (const [, scenario] of missions) {
      const { recording, watched, digest } = play(scenario, { seed: 9, level: 'L1', who: 'good' })
      expect(qualityOf(recording, scenario)).toEqual([watched])
      expect(qualityOf(recording, scenario)).toEqual(qualityOf(recording, scenario))
      expect([replay(recording).digest, replay(recording).digestOk]).toEqual([digest, true])
    }
  })

  test('[QUALITY-5] to let something pass is decided after ten seconds of the node\'s own running: a pause lengthens it, a crash takes it away', () => {
    const [one] = first({}).decisions
    if (one === undefined) throw new Error('a decision was offered')
    const beganMs = one.atMs - DECIDE_MS
    const fault = (type: string, durationMs: number) => first({ more: [{ kind: 'fault', atMs: beganMs + 4_000, id: 'f', type, params: { nodes: ['A'] }, durationMs }] }).decisions[0]
    expect(fault('pause', 7_000)).toMatchObject({ fact: one.fact, atMs: one.atMs + 7_000 })
    expect(fault('crash', 7_000)?.fact).not.toBe(one.fact)
    // At nine seconds and more it is not too late to take the seat over; at eleven it is.
    const taken = (afterMs: number) => first({ more: [{ kind: 'seat', atMs: beganMs + afterMs, seat: 0, playedBy: 'bot' }] })
    expect(taken(9_900).decisions).toEqual([])
    expect(taken(11_000).decisions).toEqual([one])
  })

  test('[QUALITY-6] while a bot holds the seat nothing counts; a seat that no student ever held is not there', () => {
    const { recording, watched } = play(election, { seed: 5, level: 'L2', who: 'idle', more: [{ kind: 'seat', atMs: 1, seat: 0, playedBy: 'bot' }] })
    expect([watched?.offered ?? 0, qualityOf(recording, election).filter(({ seat }) => seat > 0)]).toEqual([0, []])
    expect(qualityShare({ offered: 0, agreed: 0 })).toBeNull()
  })

  test('[QUALITY-7] a key pressed unasked is judged by what the node knew: to suspect at once is wrong, after a long silence it is not', () => {
    const suspect = (atMs: number) => first({ more: [{ kind: 'act', atMs, seat: 0, action: { kind: 'suspect', peer: 'B' } }] }, heartbeat).decisions.find(({ choice }) => choice === 'suspect')
    expect(suspect(8_000)).toMatchObject({ agreed: false, about: 'alarm doubt-B' })
    const silent = first({ more: [{ kind: 'fault', atMs: 20_000, id: 'c', type: 'crash', params: { nodes: ['B'] }, durationMs: 30_000 }, { kind: 'act', atMs: 38_000, seat: 0, action: { kind: 'suspect', peer: 'B' } }] }, heartbeat)
    expect(silent.decisions.find(({ choice }) => choice === 'suspect')).toMatchObject({ agreed: true })
  })

  test('[QUALITY-8] a number that is pushed about for a while is one decision, the last', () => {
    const set = (atMs: number, write: number) => ({ kind: 'act' as const, atMs, seat: 0, action: { kind: 'set-quorum', read: 3, write } })
    const numbers = (...times: readonly (readonly [number, number])[]) => first({ more: times.map(([atMs, write]) => set(atMs, write)), level: 'L3' }, scenarios['quorum-store']).decisions.map(({ choice, agreed }) => `${choice} ${agreed}`)
    expect(numbers([1_000, 1], [2_000, 2], [3_000, 3])).toEqual(['set-quorum true'])
    expect(numbers([1_000, 3], [12_000, 1])).toEqual(['set-quorum true', 'set-quorum false'])
  })

  test('[QUALITY-9] a student is told of the first twelve that were wrong, and of all how many', () => {
    const all = first({ who: 'idle', minutes: 20, chaos: true }, scenarios['quorum-store']), told = toldOf(all)
    expect(all.offered - all.agreed).toBeGreaterThan(12)
    expect(told).toEqual({ offered: all.offered, agreed: all.agreed, missed: all.decisions.filter(({ agreed }) => !agreed).slice(0, 12) })
  })
})
