import { describe, expect, test } from 'vitest'
import { formats } from '../../shared/export/index.ts'
import type { Round } from '../../shared/export/format.ts'
import { SHIVIZ_PARSER } from '../../shared/export/shiviz.ts'
import { VectorClocks } from '../../shared/export/vector-clocks.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { logComplaints, readLog, readPasted } from './shiviz-reader.ts'
import type { Event } from './shiviz-reader.ts'
import { shop, textOf, wildRound } from './shop.ts'

const election = scenarios['election'] as Scenario
const textFor = (round: Round): string => textOf(formats.shiviz.write(round, { key: null }))
const factOf = ({ text }: Event): number => Number(/Fact (\d+)\.$/.exec(text)?.[1] ?? NaN)

/** For each fact, the facts in its past, by walking `before`: dumb, and made apart from the clocks. */
function pasts(facts: readonly Fact[]): Set<number>[] {
  const all: Set<number>[] = []
  for (const { before } of facts) all.push(new Set(before.flatMap((one) => [one, ...(all[one] ?? [])])))
  return all
}

/** Where two events of a log are ordered by their clocks and not by `before`, or the other way round. */
function disagreements(events: readonly Event[], facts: readonly Fact[]): string[] {
  const past = pasts(facts)
  return events.flatMap((a) => events.flatMap((b) => {
    if (a === b) return []
    const known = (b.clock[a.host] ?? 0) >= (a.clock[a.host] ?? Infinity)
    return known === (past[factOf(b)]?.has(factOf(a)) ?? false) ? [] : [`fact ${factOf(a)} and fact ${factOf(b)}: the clocks say ${known}`]
  }))
}

describe('a ShiViz log', () => {
  test.each([['election', election], ['shop', shop]] as const)('of %s: 8 random rounds are read back whole, and clocks order events exactly as happened-before does', (_name, mission) => {
    for (let seed = 1; seed <= 8; seed++) {
      const round = wildRound(mission, seed, mission === election ? 40_000 : 12_000)
      const events = readLog(textFor(round))
      const lived = round.facts.filter((fact) => fact.node !== null)
      expect(events.map(factOf), `seed ${seed}`).toEqual(lived.map(({ n }) => n))
      expect(events.map(({ host }) => host), `seed ${seed}`).toEqual(lived.map(({ node }) => node))
      expect(logComplaints(events), `seed ${seed}`).toEqual([])
      expect(disagreements(events, round.facts).slice(0, 3), `seed ${seed}`).toEqual([])
    }
  })

  test('what travels orders: messages, and what a customer carries from one node to another', () => {
    const carried = (mission: Scenario): number => readLog(textFor(wildRound(mission, 2, 60_000))).filter(({ clock }) => Object.keys(clock).length > 1).length
    expect(carried(election)).toBeGreaterThan(10)
    expect(carried(shop)).toBeGreaterThan(10)
  })

  const round = wildRound(election, 4, 60_000)
  const file = textFor(round)

  test('carries ShiViz\'s default expression as its first line and no delimiter in its second', () => {
    expect(file.split('\n').slice(0, 2)).toEqual(['(?<event>.*)\\n(?<host>\\S*) (?<clock>{.*})', ''])
  })
  test('may be pasted as it is: its first lines are no event', () => expect(readPasted(file, SHIVIZ_PARSER)).toEqual(readLog(file)))
  test('has two lines an event, and ends with a line end', () => expect(file.split('\n')).toHaveLength(2 + 2 * readLog(file).length + 1))

  test('a planted fault is found: an event lost, a clock that jumps, a cause that is left out, one too many', () => {
    const events = readLog(file)
    expect(logComplaints(events.toSpliced(5, 1)).length).toBeGreaterThan(0)
    const own = events.find(({ clock, host }) => (clock[host] ?? 0) > 3) as Event
    expect(logComplaints(events.map((one) => (one === own ? { ...one, clock: { ...one.clock, [one.host]: 99 } } : one))).length).toBeGreaterThan(0)
    const learnt = events.find(({ clock }) => Object.keys(clock).length > 1) as Event
    expect(disagreements(events.map((one) => (one === learnt ? { ...one, clock: { [one.host]: one.clock[one.host] ?? 0 } } : one)), round.facts).length).toBeGreaterThan(0)
    const alone = events.find(({ clock }) => Object.keys(clock).length === 1) as Event
    const stranger = events.find(({ host }) => host !== alone.host) as Event
    expect(disagreements(events.map((one) => (one === alone ? { ...one, clock: { ...one.clock, [stranger.host]: 1 } } : one)), round.facts).length).toBeGreaterThan(0)
  })

  test('words with line ends and braces stay one event', () => {
    const hostile = { ...election, tellFact: () => 'one\r\ntwo\u2028B {"B":7}\u0085\u001b[2J' }
    const events = readLog(textFor({ ...round, scenario: hostile }))
    expect(events).toHaveLength(readLog(file).length)
    expect(events.every(({ text }) => /^\d\d:\d\d\.\d{3} one two B \("B":7\) \[2J Fact \d+\.$/.test(text))).toBe(true)
  })
})

test('a fact of the world hands on what it knows, and counts nowhere', () => {
  const fact = (n: number, node: string | null, before: number[]): Fact => ({ n, atMs: n, kind: 'ended', node, before, because: [] }) as unknown as Fact
  const clocks = new VectorClocks([fact(0, 'A', []), fact(1, null, [0]), fact(2, 'B', [1]), fact(3, 'C', [])], ['A', 'B', 'C'])
  expect([0, 1, 2, 3].map((n) => [...clocks.of(n)])).toEqual([[1, 0, 0], [1, 0, 0], [1, 1, 0], [0, 0, 1]])
})
