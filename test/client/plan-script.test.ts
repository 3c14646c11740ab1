import { describe, expect, test } from 'vitest'
import { above } from '../../client/model/above.ts'
import { fileName, lengthMs, scriptOf, toCome } from '../../client/model/plan-script.ts'
import { groupOf } from '../../client/pages/host/fault-key.tsx'
import { faults } from '../../shared/faults/index.ts'
import { playRound } from '../../shared/headless.ts'
import { readPlan } from '../../shared/plan-check.ts'
import { encodePlan } from '../../shared/plan-file.ts'
import type { ChaosPlan } from '../../shared/plan-file.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Fact, FactOf } from '../../shared/sim/facts.ts'
import type { PlanStep, Scenario } from '../../shared/sim/scenario.ts'
import type { PlanBegun } from '../../shared/wire/messages.ts'

const election = scenarios['election'] as Scenario
const ids = ['A', 'B', 'C', 'D', 'E']
const endMs = 300_000

function played(chaos: 'monkey' | 'default' | ChaosPlan, seed = 4): { facts: Fact[]; seen: ReturnType<typeof above> } {
  const facts: Fact[] = []
  playRound(election, { seed, nodes: 5, durationMs: endMs, rules: 'good', chaos }, (fact) => facts.push(fact))
  const seen = above(ids, election)
  seen.add(facts)
  return { facts, seen }
}
const beginnings = (facts: readonly Fact[]) => facts.filter((fact): fact is FactOf<'fault-started'> => fact.kind === 'fault-started').map(({ atMs, type, params, endsAtMs }) => ({ atMs, type, params, endsAtMs }))

describe('a script of a round', () => {
  test.each([4, 10, 34])('saved, read and run again does the same faults to the same nodes for as long: seed %i', (seed) => {
    const { facts, seen } = played('monkey', seed)
    const saved = scriptOf('Monday', 'election', seen.faults, [], endMs, endMs)
    const read = readPlan(encodePlan(saved), { mission: election, nodes: 5 })
    expect(read).toEqual({ ok: true, plan: saved })
    expect(beginnings(facts).length).toBeGreaterThan(5)
    expect(beginnings(played(saved, seed + 1).facts)).toEqual(beginnings(facts))
  })
  test('what was undone by hand lasts as long as it did; what was not stays until healed', () => {
    const base = { before: [], because: [] }
    const start = (n: number, fault: string): Fact => ({ ...base, n, atMs: n * 1_000, kind: 'fault-started', node: null, fault, type: 'ring', params: {}, endsAtMs: null, nodes: [], links: [] })
    const seen = above(ids, election)
    seen.add([start(1, 'h4'), start(2, 'h5'), { ...base, n: 3, atMs: 7_000, kind: 'fault-ended', node: null, fault: 'h4', type: 'ring', healed: true }])
    expect(scriptOf('x', 'election', seen.faults, [], 9_000, endMs).steps).toEqual([
      { do: 'fault', id: 's1', atMs: 1_000, type: 'ring', params: {}, durationMs: 6_000 },
      { do: 'fault', id: 's2', atMs: 2_000, type: 'ring', params: {}, durationMs: null },
    ])
  })
  test('holds what plans have in store: times from the start of the round, names anew, conditions after them', () => {
    const crash = (id: string, atMs: number, when?: Extract<PlanStep, { do: 'fault' }>['when']): PlanStep => ({ do: 'fault', id, atMs, type: 'crash', params: { nodes: ['leader'] }, durationMs: 5_000, ...(when === undefined ? {} : { when }) })
    const begun: PlanBegun = { name: 'p7', fromMs: 10_000, seed: 9, steps: [crash('a', 1_000), crash('b', 2_000, { kind: 'after', fault: 'a', ms: 500 }), crash('c', 20_000, { kind: 'after', fault: 'b', ms: 500 }), crash('d', 3_000, { kind: 'after', fault: 'gone', ms: 1 }), { do: 'halt', atMs: 60_000 }] }
    const base = { before: [], because: [] }
    const seen = above(ids, election)
    seen.add([{ ...base, n: 0, atMs: 11_000, kind: 'fault-started', node: null, fault: 'p7.a', type: 'crash', params: { nodes: ['C'] }, endsAtMs: 16_000, nodes: ['C'], links: [] }])
    expect(toCome([begun], seen.faults, 12_500, endMs).map(({ id, atMs }) => [id, atMs])).toEqual([['b', 12_000], ['d', 13_000], ['c', 30_000], ['plan4', 70_000]])
    const saved = scriptOf('x', 'election', seen.faults, [begun], 12_500, endMs)
    expect(saved.seed).toBe(9)
    expect(saved.steps).toEqual([
      { do: 'fault', id: 's1', atMs: 11_000, type: 'crash', params: { nodes: ['C'] }, durationMs: 5_000 },
      { ...crash('s2', 12_000, { kind: 'after', fault: 's1', ms: 500 }) },
      { ...crash('s4', 30_000, { kind: 'after', fault: 's2', ms: 500 }) },
      { do: 'halt', atMs: 70_000 },
    ])
    expect(readPlan(encodePlan(saved), { mission: election, nodes: 5 }).ok).toBe(true)
  })
  test('the mission\'s own plan is to come until it has begun, step by step', () => {
    const { seen } = played('default')
    const begun = [{ name: '', steps: election.chaos, seed: null, fromMs: 0 }]
    const left = [0, 100_000, 200_000, endMs].map((nowMs) => toCome(begun, seen.faults.filter((fault) => fault.startedMs <= nowMs), nowMs, endMs).length)
    expect(left[0]).toBe(election.chaos.length)
    expect(left).toEqual(left.toSorted((a, b) => b - a))
    expect(left[3]).toBe(0)
  })
  test('a plan that is begun twice is to come twice: the steps of one are not those of the other', () => {
    const steps: PlanStep[] = [{ do: 'fault', id: 'a', atMs: 10_000, type: 'ring', params: {}, durationMs: 1_000 }]
    const seen = above(ids, election), begun = [{ name: 'p7', fromMs: 0, steps, seed: null }, { name: 'p8', fromMs: 5_000, steps, seed: null }]
    seen.add([{ before: [], because: [], n: 0, atMs: 10_000, kind: 'fault-started', node: null, fault: 'p7.a', type: 'ring', params: {}, endsAtMs: 11_000, nodes: [], links: [] }])
    expect(toCome(begun, seen.faults, 11_000, endMs).map(({ atMs }) => atMs)).toEqual([15_000])
  })
  test('its length and the name of its file', () => {
    expect(lengthMs({ steps: [{ do: 'halt', atMs: 5_000 }, { do: 'fault', atMs: 1_000, type: 'ring', params: {}, durationMs: 9_000 }] })).toBe(10_000)
    expect(lengthMs({ steps: [] })).toBe(0)
    expect(fileName('Thursday group, round 1: Ähre')).toBe('thursday-group-round-1-ähre.plan.json')
    expect(fileName('///')).toBe('netsplit.plan.json')
  })
})

test('the palette files every fault by what it does', () => {
  const groups = Object.entries(faults).map(([type, fault]) => `${groupOf(fault)} ${type}`)
  expect(groups.filter((one) => one.startsWith('network')).length).toBe(5)
  expect(groups.filter((one) => one.startsWith('messages')).length).toBe(8)
  expect(groups.filter((one) => one.startsWith('nodes')).length).toBe(5)
  expect(groups.filter((one) => one.startsWith('clocks')).length).toBe(3)
})
