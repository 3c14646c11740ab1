import { describe, expect, test } from 'vitest'
import { playRound } from '../../shared/headless.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { NodeId } from '../../shared/sim/types.ts'
import { bench } from './probe.ts'
import { playWild } from './wild.ts'

/** What each fact knows of every node: the number of that node's facts in its past, by Fidge and Mattern's vector clocks. */
function clocksOf(facts: readonly Fact[]): Map<NodeId, number>[] {
  const clocks: Map<NodeId, number>[] = []
  for (const fact of facts) {
    const clock = new Map<NodeId, number>()
    for (const before of fact.before) for (const [node, count] of clocks[before] ?? []) clock.set(node, Math.max(clock.get(node) ?? 0, count))
    if (fact.node !== null) clock.set(fact.node, (clock.get(fact.node) ?? 0) + 1)
    clocks.push(clock)
  }
  return clocks
}
/** Facts in the past of one. */
function pastOf(facts: readonly Fact[], n: number): Set<number> {
  const past = new Set<number>()
  const open = [...(facts[n]?.before ?? [])]
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (past.has(one)) continue
    past.add(one)
    open.push(...(facts[one]?.before ?? []))
  }
  return past
}

describe('happened-before', () => {
  test('is what vector clocks say: a fact is in the past of another exactly if its own count is known there', () => {
    for (let seed = 1; seed <= 12; seed++) {
      for (const scenario of Object.values(scenarios)) {
        const { facts } = playWild(scenario, seed, { nodes: 4, durationMs: 30_000, gapMsMost: 1_000, clicks: 'any', faults: true, level: 'L2' })
        const clocks = clocksOf(facts)
        for (let n = 0; n < facts.length; n += 5) {
          const past = pastOf(facts, n)
          for (const other of facts.slice(0, n)) {
            if (other.node === null) continue
            const known = (clocks[n]?.get(other.node) ?? 0) >= (clocks[other.n]?.get(other.node) ?? Infinity)
            if (known !== past.has(other.n)) throw new Error(`seed ${seed}: fact ${other.n} and fact ${n} disagree: the clock says ${known}`)
          }
        }
      }
    }
  })

  test('no fault, and no breach, is in the past of anything: what explains does not order', () => {
    for (let seed = 1; seed <= 20; seed++) {
      for (const scenario of Object.values(scenarios)) {
        const { facts } = playWild(scenario, seed, { nodes: 5, durationMs: 30_000, gapMsMost: 800, clicks: 'any', faults: true, level: 'L1' })
        const worldly = new Set(facts.filter((fact) => fact.kind.startsWith('fault-') || fact.kind === 'breached' || fact.kind === 'lost').map((fact) => fact.n))
        for (const fact of facts) for (const before of fact.before) expect(worldly.has(before), `seed ${seed}: fact ${fact.n} after ${before}`).toBe(false)
      }
    }
  })

  test('one partition does not order two nodes that never spoke; the message that passes does', () => {
    const one = bench()
    one.fault(1_000, 'cut', 'partition', { side: ['A'] }, 5_000)
    one.act(2_000, 0, { kind: 'say', to: 'B', text: 'x' })
    one.act(2_000, 1, { kind: 'say', to: 'A', text: 'x' })
    one.act(7_000, 2, { kind: 'mark' })
    one.act(7_000, 1, { kind: 'say', to: 'C', text: 'y' })
    one.sim.runUntil(10_000)
    const clocks = clocksOf(one.facts)
    const [mark, delivered] = [one.of('acted').find((fact) => fact.action.kind === 'mark'), one.of('delivered')[0]]
    expect([...(clocks[mark?.n ?? -1] ?? [])]).toEqual([['C', 1]])
    expect(clocks[delivered?.n ?? -1]).toEqual(new Map([['C', 2], ['B', 4]]))
  })

  test('a customer carries knowledge from the node that answered to the one asked next', () => {
    const one = bench({ customers: true, by: 'bot' })
    one.sim.runUntil(30_000)
    const [first, second] = [one.of('replied')[0], one.of('requested')[1]]
    expect(pastOf(one.facts, second?.n ?? -1).has(first?.n ?? -2)).toBe(true)
  })
})

test('every breach of a round names a witness that lies in its past, in order', () => {
  for (const scenario of Object.values(scenarios)) {
    for (const rules of Object.keys(scenario.misconceptions)) {
      for (let seed = 1; seed <= 10; seed++) {
        const facts: Fact[] = []
        playRound(scenario, { seed, nodes: scenario.nodes.usual, durationMs: 300_000, rules, chaos: 'monkey' }, (fact) => facts.push(fact))
        for (const fact of facts) {
          if (fact.kind !== 'breached') continue
          expect(fact.because).toEqual(fact.because.toSorted((a, b) => a - b))
          expect(fact.because.every((one) => one < fact.n)).toBe(true)
        }
      }
    }
  }
})
