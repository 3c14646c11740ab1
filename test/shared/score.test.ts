import { describe, expect, test } from 'vitest'
import { playRound } from '../../shared/headless.ts'
import { foldScore, LATENCY_STEP_MS, newScore, SAFETY_COST, scoreOf } from '../../shared/score.ts'
import type { Draft, Fact, Severity } from '../../shared/sim/facts.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { scenarios } from '../../shared/scenarios/index.ts'

const ids = ['A', 'B', 'C', 'D', 'E']
const deadlineMs = 20_000

type Loose = { [name: string]: unknown }
/** Facts by hand: what a score does not look at is filled in. */
const at = (atMs: number, kind: Fact['kind'], rest: Loose = {}): Fact => ({ n: 0, atMs, kind, before: [], because: [], node: null, ...rest }) as unknown as Fact & Draft
/** To ask a node that is paused or slow. */
const kept = (atMs: number, node: string) => at(atMs, 'asked', { to: node, request: 'c0/1', customer: 0, operation: { kind: 'x' }, deadlineAtMs: atMs + deadlineMs })
const asked = (atMs: number, node: string, request = 'c0/1', hop = 0) => at(atMs, 'requested', { node, request, customer: 0, local: 1, hop, operation: { kind: 'x' }, deadlineAtMs: atMs + deadlineMs })
const replied = (atMs: number, tookMs: number, request = 'c0/1') => at(atMs, 'replied', { node: 'A', request, customer: 0, local: 1, reply: { kind: 'x' }, tookMs })
const expired = (atMs: number, request = 'c0/1') => at(atMs, 'expired', { request, customer: 0, local: null })
const cut = (atMs: number, side: string[], fault = 'f') => at(atMs, 'fault-started', {
  fault, type: 'partition', params: { side }, endsAtMs: null, nodes: [],
  links: ids.flatMap((from) => ids.filter((to) => side.includes(from) !== side.includes(to)).map((to) => [from, to])),
})
const healed = (atMs: number, fault = 'f') => at(atMs, 'fault-ended', { fault, type: 'partition', healed: true })
const breach = (severity: Severity) => at(1, 'breached', { claim: 'c', key: 'k', severity, values: {} })

const score = (...facts: Fact[]) => {
  const state = newScore(ids)
  for (const fact of facts) foldScore(state, fact)
  return scoreOf(state)
}

describe('safety', () => {
  test('is whole without a breach', () => expect(score(replied(2, 1)).safety).toBe(100))
  test.each(['severe', 'minor', 'liveness'] as const)('a %s breach costs its price', (severity) => expect(score(breach(severity)).safety).toBe(100 - SAFETY_COST[severity]))
  test('never falls below 0', () => expect(score(...Array.from({ length: 40 }, () => breach('severe'))).safety).toBe(0))
})

describe('availability', () => {
  const wait = asked(1_000, 'A'), gone = expired(21_000)
  test('says nothing before the first request is over', () => expect(score(wait).inTime).toBeNull())
  test('an answer in time counts', () => expect(score(wait, replied(3_000, 2_000))).toMatchObject({ inTime: 100, served: 1 }))
  test('no answer from a cluster that was whole counts against it', () => expect(score(wait, gone)).toMatchObject({ inTime: 0, missed: 1 }))
  test('no answer from the smaller side of a cut is excused', () => expect(score(cut(500, ['A', 'B']), wait, gone)).toMatchObject({ inTime: null, excused: 1 }))
  test('no answer from the larger side of a cut is not', () => expect(score(cut(500, ['D', 'E']), wait, gone)).toMatchObject({ missed: 1 }))
  test('a cut that leaves half of the time counts, one that leaves less is excused', () => {
    expect(score(cut(500, ['A']), wait, healed(11_000), gone)).toMatchObject({ missed: 1, excused: 0 })
    expect(score(cut(500, ['A']), wait, healed(11_001), gone)).toMatchObject({ missed: 0, excused: 1 })
  })
  test('only an unbroken stretch counts', () => {
    const broken = [wait, cut(8_000, ['A']), healed(8_001), cut(17_000, ['A'], 'g'), gone]
    expect(score(...broken)).toMatchObject({ excused: 1 })
    expect(score(wait, cut(11_000, ['A']), gone)).toMatchObject({ missed: 1 })
  })
  test('two cuts at once: healing one leaves the other', () => expect(score(cut(1, ['A']), cut(2, ['A', 'B'], 'g'), healed(3), wait, gone)).toMatchObject({ excused: 1 }))
  test('a node that is down, or that finds a majority down, is excused', () => {
    expect(score(wait, at(1_500, 'paused', { node: 'A' }), gone)).toMatchObject({ excused: 1 })
    expect(score(...['C', 'D', 'E'].map((node) => at(500, 'crashed', { node })), wait, gone)).toMatchObject({ excused: 1 })
    expect(score(...['C', 'D'].map((node) => at(500, 'crashed', { node })), wait, gone)).toMatchObject({ missed: 1 })
  })
  test('the time of a request that a node keeps waiting begins when its customer asks', () => {
    const paused = at(500, 'paused', { node: 'A' }), woken = (atMs: number) => at(atMs, 'resumed', { node: 'A', pausedMs: atMs - 500, heldCount: 1 })
    const taken = (atMs: number) => ({ ...asked(atMs, 'A'), deadlineAtMs: 21_000 })
    // Awake for the last half of its time, and for a little less.
    expect(score(paused, kept(1_000, 'A'), woken(11_000), taken(11_000), gone)).toMatchObject({ missed: 1, excused: 0 })
    expect(score(paused, kept(1_000, 'A'), woken(11_001), taken(11_001), gone)).toMatchObject({ missed: 0, excused: 1 })
  })
  test('a slow node that never comes to a request misses it; one that never wakes is excused', () => {
    expect(score(kept(1_000, 'A'), gone)).toMatchObject({ missed: 1, excused: 0 })
    expect(score(at(500, 'paused', { node: 'A' }), kept(1_000, 'A'), gone)).toMatchObject({ missed: 0, excused: 1 })
  })
  test('deaf one way is as good as cut off', () => {
    const deaf = at(500, 'fault-started', { fault: 'f', type: 'one-way', params: { from: ['B', 'C', 'D', 'E'], to: ['A'] }, endsAtMs: null, nodes: [], links: ['B', 'C', 'D', 'E'].map((from) => [from, 'A']) })
    expect(score(deaf, wait, gone)).toMatchObject({ excused: 1 })
  })
  test('a link that loses everything is cut, one that loses a half is not', () => {
    const lossy = (share: number) => at(500, 'fault-started', { fault: 'f', type: 'loss', params: { from: ids, to: ids, share }, endsAtMs: null, nodes: [], links: ids.flatMap((from) => ids.filter((to) => to !== from).map((to) => [from, to])) })
    expect(score(lossy(100), wait, gone)).toMatchObject({ excused: 1 })
    expect(score(lossy(50), wait, gone)).toMatchObject({ missed: 1 })
  })
  test('a request sent on belongs to the node asked first', () => expect(score(cut(500, ['A', 'B']), wait, asked(1_600, 'C', 'c0/1', 1), gone)).toMatchObject({ excused: 1 }))
  test('a request sent round until the customer gave up is counted when its customer asks again', () => {
    expect(score(wait, asked(30_000, 'B', 'c0/2'))).toMatchObject({ missed: 1, excused: 0 })
  })
  test('turned away: by a crashed node is excused, by one without room is not', () => {
    expect(score(at(500, 'crashed', { node: 'A' }), at(600, 'unreached', { request: 'c0/1', customer: 0, to: 'A' }))).toMatchObject({ excused: 1 })
    expect(score(at(600, 'unreached', { request: 'c0/1', customer: 0, to: 'A' }))).toMatchObject({ missed: 1 })
  })
})

describe('latency', () => {
  test('p99 by nearest rank, as a sorted list has it, up to the next step', () => {
    const took = Array.from({ length: 250 }, (_, n) => ((n * 7_919) % 19_000) + 1)
    const expected = took.toSorted((a, b) => a - b)[Math.ceil(250 * 0.99) - 1] ?? 0
    const { p99Ms } = score(...took.map((ms, n) => replied(n, ms, `c0/${n}`)))
    expect(p99Ms).toBeGreaterThanOrEqual(expected)
    expect((p99Ms ?? 0) - expected).toBeLessThan(LATENCY_STEP_MS)
  })
  test('says nothing before the first answer', () => expect(score().p99Ms).toBeNull())
})

test('whole rounds: every request is counted once, the state is plain JSON, and good rules keep safety whole', () => {
  for (const seed of [1, 2, 3]) {
    const state = newScore(ids), ended = new Set<string>()
    let ends = 0
    playRound(scenarios['election'] as Scenario, { seed, nodes: 5, durationMs: 300_000, rules: 'good', chaos: 'monkey' }, (fact) => {
      foldScore(state, fact)
      if (fact.kind === 'replied' || fact.kind === 'unreached' || fact.kind === 'expired') { ended.add(fact.request); ends++ }
    })
    const total = scoreOf(state)
    expect(total.served + total.missed + total.excused).toBe(ends)
    expect(ended.size).toBe(ends)
    expect(total.served).toBeGreaterThan(5)
    expect(total).toMatchObject({ safety: 100, breaches: 0 })
    expect(JSON.parse(JSON.stringify(state))).toEqual(state)
    expect(Object.keys(state.waiting).length).toBeLessThanOrEqual(2)
  }
})
