import { describe, expect, test } from 'vitest'
import { appliedEverywhere, mergeLaws } from '../../shared/invariants/index.ts'
import type { Delivery } from '../../shared/invariants/causal-delivery.ts'
import type { Merged } from '../../shared/invariants/merge-laws.ts'
import type { Claim } from '../../shared/sim/claim.ts'
import { nodeIds } from '../../shared/sim/create.ts'
import type { FactOf } from '../../shared/sim/facts.ts'
import type { SimMs } from '../../shared/sim/types.ts'
import { chanceOf } from '../sim/wild.ts'
import type { Chance } from '../sim/wild.ts'
import { complaints } from './contract.ts'
import type { Told } from './example.ts'
import { laid, shown } from './laid.ts'
import type { Laid } from './laid.ts'

const WITHIN_MS = 4_000
const breachesOf = ({ facts }: Told): FactOf<'breached'>[] => facts.filter((fact) => fact.kind === 'breached')
const ids = nodeIds(3)

/** Updates made and applied, one a second, while one fault comes and goes. */
function spread(chance: Chance): Laid<Delivery>[] {
  const events: Laid<Delivery>[] = []
  let acts = false
  for (let at = 0, made = 0; at < chance(4, 16); at++) {
    const atMs = 1_000 * (at + 1), node = ids[chance(0, 2)] as string
    if (chance(0, 3) === 0) { acts = !acts; events.push({ atMs, fault: acts ? 'started' : 'ended' }) }
    else if (made === 0 || chance(0, 3) === 0) events.push({ atMs, node, event: { change: 'made', operation: `u${made++}`, node, after: [], held: chance(0, 3) === 0 } })
    else events.push({ atMs, node, event: { change: 'applied', operation: `u${chance(0, made - 1)}`, node } })
  }
  return events
}

/** Nodes that lack an update all through a calm of `WITHIN_MS` after it was made: by looking at every calm, every update and every node. */
function lateBy(events: readonly Laid<Delivery>[]): string[] {
  const calms: [SimMs, SimMs][] = [[0, Infinity]]
  for (const one of events) {
    if (!('fault' in one)) continue
    if (one.fault === 'ended') calms.push([one.atMs, Infinity])
    else { const last = calms[calms.length - 1]; if (last !== undefined) last[1] = one.atMs }
  }
  const shows = events.flatMap((one) => ('event' in one ? [one] : []))
  return ids.filter((node) => calms.some(([fromMs, toMs]) => shows.some(({ atMs, event: { change, operation } }) => {
    const dueMs = Math.max(atMs, fromMs) + WITHIN_MS
    return change === 'made' && dueMs <= toMs && !shows.some(({ event, atMs: appliedMs }) => event.operation === operation && event.node === node && appliedMs < dueMs && (event.change === 'applied' || !event.held))
  })))
}

describe('applied-everywhere', () => {
  const search = (withinMs: number): { wrong: string | null; broken: number } => {
    const claim = appliedEverywhere(shown<Delivery>(), withinMs) as unknown as Claim
    let broken = 0
    for (let seed = 1; seed <= 300; seed++) {
      const events = spread(chanceOf(seed, 'spread'))
      const told = laid('applied-everywhere', claim, events)
      const nodes = [...new Set(breachesOf(told).map((one) => String(one.values['node'])))].toSorted()
      if (nodes.join() !== lateBy(events).join()) return { wrong: `seed ${seed}: late are ${nodes.join()}, by definition ${lateBy(events).join()}`, broken }
      const [complaint] = complaints('applied-everywhere', claim, told)
      if (complaint !== undefined) return { wrong: `seed ${seed}: ${complaint}`, broken }
      if (nodes.length > 0) broken++
    }
    return { wrong: null, broken }
  }
  test('in no random round is anybody else late than by definition', () => {
    const { wrong, broken } = search(WITHIN_MS)
    expect(wrong).toBeNull()
    expect(broken).toBeGreaterThan(30)
    expect(broken).toBeLessThan(270)
  })
  test('a claim that waits a second longer is found', () => expect(search(WITHIN_MS + 1_000).wrong).not.toBeNull())
  test('a fault that comes before the time is up puts it off', () => {
    const claim = appliedEverywhere(shown<Delivery>(), WITHIN_MS) as unknown as Claim
    const made: Laid<Delivery> = { atMs: 1_000, node: 'A', event: { change: 'made', operation: 'x', node: 'A', after: [], held: false } }
    const nodesAt = (faultMs: SimMs): SimMs[] => breachesOf(laid('late', claim, [made, { atMs: faultMs, fault: 'started' }, { atMs: 20_000, fault: 'ended' }])).map((one) => one.atMs)
    expect(nodesAt(4_999)).toEqual([24_000, 24_000])
    expect(nodesAt(5_000)).toEqual([5_000, 5_000, 24_000, 24_000])
  })
})

describe('merge-laws', () => {
  const size = 3
  const states = Array.from({ length: size }, (_, state) => state)
  type Op = readonly (readonly number[])[]
  const claimOf = (op: Op): Claim => mergeLaws(shown<Merged>(), { op: (left, right) => op[Number(left)]?.[Number(right)] ?? 0 }) as unknown as Claim
  const lawsOf = (op: Op, pairs: readonly (readonly [number, number])[]): string[] =>
    breachesOf(laid('merge-laws', claimOf(op), pairs.map(([left, right], at) => ({ atMs: 1_000 * at, node: 'A', event: { node: 'A', by: 'op', left, right } })))).map((one) => String(one.values['law'])).toSorted()
  /** By definition, over all states. */
  const brokenIn = (op: Op): string[] => {
    const join = (a: number, b: number): number => op[a]?.[b] ?? 0
    const some = (breaks: (a: number, b: number, c: number) => boolean): boolean => states.some((a) => states.some((b) => states.some((c) => breaks(a, b, c))))
    return [
      ...(some((a, b, c) => join(join(a, b), c) !== join(a, join(b, c))) ? ['associative'] : []),
      ...(some((a, b) => join(a, b) !== join(b, a)) ? ['commutative'] : []),
      ...(some((a) => join(a, a) !== a) ? ['idempotent'] : []),
      ...(some((a, b) => join(a, join(a, b)) !== join(a, b) || join(b, join(a, b)) !== join(a, b)) ? ['inflationary'] : []),
    ]
  }
  /** Mostly the maximum, with an entry or two that are not. */
  const opOf = (chance: Chance): Op => states.map((a) => states.map((b) => (chance(0, 11) === 0 ? chance(0, size - 1) : Math.max(a, b))))
  // After the first three merges each state has come once, and eight are kept.
  const everyPair = [[0, 0], [1, 1], [2, 2], [0, 1], [0, 2], [1, 2], [1, 0], [2, 0], [2, 1]] as const

  test('of random functions on three states, shown on all pairs, those laws are reported that are broken', () => {
    const sorts = new Set<string>()
    for (let seed = 1; seed <= 400; seed++) {
      const op = opOf(chanceOf(seed, 'merge function'))
      const broken = brokenIn(op)
      expect(lawsOf(op, everyPair), `seed ${seed}, ${JSON.stringify(op)}`).toEqual(broken)
      sorts.add(broken.join())
    }
    expect(sorts.has('')).toBe(true)
    expect(sorts.size).toBeGreaterThan(5)
  })
  test('of two merges, the law of three is tried on both states of the second with each other and with what came in the first', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const chance = chanceOf(seed, 'two merges')
      const op = states.map(() => states.map(() => chance(0, size - 1)))
      const join = (a: number, b: number): number => op[a]?.[b] ?? 0
      const breaks = (a: number, b: number, c: number): boolean => join(join(a, b), c) !== join(a, join(b, c))
      const [first, second] = [[chance(0, 2), chance(0, 2)], [chance(0, 2), chance(0, 2)]] as [[number, number], [number, number]]
      const tried = [[...first, first[0]], [...first, first[1]], [...second, second[0]], [...second, second[1]], [...second, first[1]]] as [number, number, number][]
      const broken = tried.some(([left, right, third]) => breaks(left, right, third) || breaks(left, third, right))
      expect(lawsOf(op, [first, second]).includes('associative'), `seed ${seed}`).toBe(broken)
    }
  })
  test('however many states came, what is reported is broken, and its witness alone shows it', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const chance = chanceOf(seed, 'many merges')
      const op = opOf(chance), claim = claimOf(op)
      const told = laid('merge-laws', claim, Array.from({ length: 40 }, (_, at) => ({ atMs: 1_000 * at, node: 'A', event: { node: 'A', by: 'op', left: chance(0, 2), right: chance(0, 2) } })))
      for (const { values } of breachesOf(told)) expect(brokenIn(op), `seed ${seed}`).toContain(values['law'])
      expect(complaints('merge-laws', claim, told), `seed ${seed}`).toEqual([])
    }
  })
  test('of a thousand states at most eight are kept', () => {
    const claim = mergeLaws(shown<Merged>(), { largest: (left, right) => Math.max(Number(left), Number(right)) })
    const judge = { nowMs: 0, breach: () => {}, checkAt: () => {} }
    const cluster = { nodes: ids, timings: {}, majority: 2 }
    const state = claim.init(cluster, judge)
    for (let n = 0; n < 1_000; n++) claim.folds.acted?.(state, { kind: 'acted', n, atMs: n, node: 'A', before: [], because: [], rule: null, message: null, request: null, action: { kind: 'shows', event: { node: 'A', by: 'largest', left: n, right: n } } as never }, judge, cluster)
    const kept = state.merges['largest']?.kept.map((one) => Number(one.state)) ?? []
    expect(kept).toHaveLength(8)
    // An even sample of all: neither the first eight nor the last.
    expect(kept.filter((one) => one >= 250).length).toBeGreaterThan(2)
    expect(kept.filter((one) => one < 750).length).toBeGreaterThan(2)
  })
})
