import { describe, expect, test } from 'vitest'
import { bodyWords, factWords } from '../../shared/fact-words.ts'
import { playRound } from '../../shared/headless.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { possible } from '../scenarios/kinds.ts'

/** Facts of hostile rounds, by kind. */
function factsByKind(id: string): Map<string, Fact[]> {
  const scenario = scenarios[id]
  if (scenario === undefined) throw new Error(`no mission ${id}`)
  const kinds = new Map<string, Fact[]>()
  for (const rules of ['good', ...Object.keys(scenario.misconceptions)]) {
    for (let seed = 1; seed <= 6; seed++) {
      playRound(scenario, { seed, nodes: scenario.nodes.usual, durationMs: 300_000, rules, chaos: 'monkey' }, (fact) => {
        const list = kinds.get(fact.kind) ?? []
        if (list.length < 400) list.push(fact)
        kinds.set(fact.kind, list)
      })
    }
  }
  return kinds
}

describe.each(Object.keys(scenarios))('mission %s', (id) => {
  const kinds = factsByKind(id)
  const scenario = scenarios[id]
  if (scenario === undefined) throw new Error(`no mission ${id}`)

  test('a hostile round has facts of nearly every kind', () => {
    expect([...kinds.keys()]).toEqual(expect.arrayContaining(possible(scenario, ['requested', 'sent', 'delivered', 'lost', 'acted', 'stored', 'timer', 'replied', 'crashed', 'restarted', 'paused', 'resumed', 'fault-started', 'fault-ended', 'breached', 'ended'])))
  })

  const told = [...kinds.values()].flat().map((fact) => ({ fact, words: factWords(fact, scenario) }))

  test('every fact is a sentence: it begins with a capital, ends with a stop, and shows no raw data', () => {
    expect(told.filter(({ words }) => !/^"?[A-Z].*\.$/.test(words) || /undefined|null|\[object|[{}]|NaN/.test(words))).toEqual([])
  })

  test('a sentence names the node at which it happened', () => {
    const ofNodes = told.filter(({ fact }) => fact.node !== null && fact.kind !== 'breached')
    expect(ofNodes.length).toBeGreaterThan(100)
    expect(ofNodes.filter(({ fact, words }) => !new RegExp(`\\b${fact.node}\\b`).test(words))).toEqual([])
  })
})

test('what a customer asks, of a node at once or of one that keeps it waiting: both say what, and where it was taken up', () => {
  const election = scenarios['election'] as Scenario
  const fact = (kind: 'asked' | 'requested', because: number[], hop = 0): Fact => ({
    n: 9, atMs: 1, kind, node: kind === 'asked' ? null : 'C', to: 'C', request: 'c0/1', customer: 0, local: 1, hop, operation: { kind: 'stamp', parcel: 1_004 }, deadlineAtMs: 9, before: [], because,
  }) as unknown as Fact
  expect([fact('requested', []), fact('requested', [], 1), fact('asked', []), fact('requested', [8])].map((one) => factWords(one, election))).toEqual([
    'Customer 1 asks C: stamp parcel 1004.', 'Customer 1, sent on, asks C: stamp parcel 1004.', 'Customer 1 asks C: stamp parcel 1004. It has to wait.', 'C takes up what customer 1 asked: stamp parcel 1004.',
  ])
})

test('a body is its kind and its fields', () => {
  expect(bodyWords({ kind: 'stamp', parcel: 1_004 } as { kind: string })).toBe('stamp parcel 1004')
})
