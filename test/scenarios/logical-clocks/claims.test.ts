import { describe, expect, test } from 'vitest'
import { scenarios } from '../../../shared/scenarios/index.ts'
import { answerRule } from '../../../shared/scenarios/logical-clocks/rules.ts'
import type { Relation, Stamp } from '../../../shared/scenarios/logical-clocks/types.ts'
import type { Claim } from '../../../shared/sim/claim.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import type { FactNo } from '../../../shared/sim/types.ts'
import { complaints } from '../../invariants/contract.ts'
import { toldBy } from '../../invariants/missions.ts'
import { court as courtOf } from '../court.ts'
import type { Court } from '../court.ts'
import { entry } from './laid.ts'

/** For each claim, the smallest history that breaks it, with its witness, and near misses that must not. */
const mission = scenarios['logical-clocks'] as Scenario
const court = (id: string): Court => courtOf(mission, id, 3)
const stamps = (one: Court, atMs: number, node: string, request: number, stamp: Stamp): FactNo => one.does(atMs, node, { kind: 'stamp', request, stamp } as { kind: 'stamp' })
const says = (one: Court, atMs: number, node: string, first: string, second: string, relation: Relation): FactNo => one.answers(atMs, node, { kind: 'relation', first, second, relation } as { kind: 'relation' })
const applies = (one: Court, atMs: number, node: string, what: string, stamp: Stamp): FactNo => one.does(atMs, node, { kind: 'apply', letter: 1, stamp } as { kind: 'apply' }, { message: `${what.charAt(0)}>${node} op ${what} #1` })

describe('clock-condition', () => {
  test('breaks when an applied operation gets no higher clock than its maker gave it, and names both', () => {
    const one = court('clock-condition')
    const made = stamps(one, 1_000, 'A', 1, [5, 1, 0, 0]), late = applies(one, 4_000, 'B', 'A1', [5, 1, 1, 0])
    expect(one.verdicts).toMatchObject([{ witness: [made, late], sentence: '"A1" at A (1 s) happened before "A1 at B" at B (4 s), yet their stamps are 5 and 5.' }])
  })

  test('breaks when a node\'s own clock stands still', () => {
    const one = court('clock-condition')
    const first = stamps(one, 1_000, 'A', 1, [1, 1, 0, 0]), second = stamps(one, 2_000, 'A', 2, [1, 2, 0, 0])
    expect(one.verdicts).toMatchObject([{ witness: [first, second] }])
  })

  test('holds for who skips numbers, for equal clocks of two nodes that were not told, and for what was only said again', () => {
    const one = court('clock-condition')
    stamps(one, 1_000, 'A', 1, [5, 1, 0, 0])
    stamps(one, 1_000, 'B', 1, [5, 0, 1, 0])
    stamps(one, 2_000, 'A', 2, [9, 2, 0, 0])
    one.does(3_000, 'B', { kind: 'ack', letter: 1 } as { kind: 'ack' }, { message: 'A>B op A1 #1' })
    applies(one, 4_000, 'B', 'A1', [6, 1, 2, 0])
    expect(one.verdicts).toEqual([])
  })
})

describe('vector-exactness', () => {
  test('breaks when the maximum of the other entries is forgotten', () => {
    const one = court('vector-exactness')
    const made = stamps(one, 1_000, 'A', 1, [1, 1, 0, 0]), late = applies(one, 4_000, 'B', 'A1', [2, 0, 1, 0])
    expect(one.verdicts).toMatchObject([{ witness: [made, late], sentence: '"A1" at A (1 s) happened before "A1 at B" at B (4 s), yet its vector [1, 0, 0] is not below [0, 1, 0].' }])
  })

  test('breaks when an event is counted that was never told of, as soon as that event is there', () => {
    const one = court('vector-exactness')
    const claimed = stamps(one, 1_000, 'B', 1, [1, 1, 1, 0])
    expect(one.verdicts).toEqual([])
    const made = stamps(one, 2_000, 'A', 1, [1, 1, 0, 0])
    expect(one.verdicts).toMatchObject([{ witness: [claimed, made] }])
  })

  test('holds for vectors of events that nobody told of each other', () => {
    const one = court('vector-exactness')
    stamps(one, 1_000, 'A', 1, [1, 1, 0, 0])
    stamps(one, 1_000, 'B', 1, [1, 0, 1, 0])
    applies(one, 4_000, 'C', 'A1', [2, 1, 0, 1])
    applies(one, 5_000, 'C', 'B1', [3, 1, 1, 2])
    expect(one.verdicts).toEqual([])
  })
})

describe('causal-delivery', () => {
  test('breaks when an operation is applied before one that its maker had applied, and names all three', () => {
    const one = court('causal-delivery')
    const cause = stamps(one, 1_000, 'A', 1, [1, 1, 0, 0])
    const known = applies(one, 3_000, 'B', 'A1', [2, 1, 1, 0])
    const made = stamps(one, 4_000, 'B', 1, [3, 1, 2, 0]), early = applies(one, 6_000, 'C', 'B1', [4, 1, 2, 1])
    expect([cause, known]).toEqual([0, 1])
    expect(one.verdicts).toMatchObject([{ witness: [known, made, early], sentence: '"A1" (3 s) came before B made "B1" (4 s), and C applied "B1" at 6 s without having applied "A1".' }])
  })

  test('holds for who has applied it, and for what its maker applied only later', () => {
    const one = court('causal-delivery')
    stamps(one, 1_000, 'A', 1, [1, 1, 0, 0])
    stamps(one, 2_000, 'B', 1, [1, 0, 1, 0])
    applies(one, 3_000, 'B', 'A1', [2, 1, 2, 0])
    applies(one, 6_000, 'C', 'B1', [2, 0, 1, 1])
    applies(one, 7_000, 'C', 'A1', [3, 1, 1, 2])
    expect(one.verdicts).toEqual([])
  })
})

describe('same-outcome', () => {
  const stores = (one: Court, atMs: number, node: string, log: object[]): FactNo => one.lay(atMs, { kind: 'stored', node, disk: { stamp: [9, 0, 0, 0], log, outbox: [] }, before: [], because: [] })
  const create = entry('A1', [1, 1, 0, 0]), cancel = entry('B1', [2, 0, 1, 0], { verb: 'cancel' })

  test('breaks when two books with the same operations say different things of an order', () => {
    const one = court('same-outcome')
    const first = stores(one, 1_000, 'A', [create, cancel]), second = stores(one, 2_000, 'B', [cancel, create])
    expect(one.verdicts).toMatchObject([{ witness: [first, second] }])
    expect(one.verdicts[0]?.sentence).toMatch(/^A at 1 s and B at 2 s had the same updates \(A1 and B1\), but the states .*cancelled.* and .*open.*\.$/)
  })

  test('holds where another operation is there, and where order makes no difference to any order\'s state', () => {
    const one = court('same-outcome'), other = entry('B2', [3, 0, 2, 0], { order: 2 })
    stores(one, 1_000, 'A', [create])
    stores(one, 2_000, 'B', [create, cancel])
    stores(one, 3_000, 'A', [create, other])
    stores(one, 4_000, 'C', [other, create])
    expect(one.verdicts).toEqual([])
  })
})

describe('right-answer', () => {
  /** A1, then B1 at B which had applied it, and C1 at C which knew of neither. */
  function asked(first: string, second: string, relation: Relation): { one: Court; facts: { [name: string]: FactNo }; said: FactNo } {
    const one = court('right-answer')
    const A1 = stamps(one, 1_000, 'A', 1, [1, 1, 0, 0]), applied = applies(one, 3_000, 'B', 'A1', [2, 1, 1, 0])
    const facts = { A1, applied, B1: stamps(one, 4_000, 'B', 1, [3, 1, 2, 0]), C1: stamps(one, 5_000, 'C', 1, [1, 0, 0, 1]) }
    return { one, facts, said: says(one, 9_000, 'C', first, second, relation) }
  }
  const truths: [first: string, second: string, truth: Relation, way: string[]][] = [['A1', 'B1', 'before', ['A1', 'applied', 'B1']], ['B1', 'A1', 'after', ['A1', 'applied', 'B1']], ['A1', 'C1', 'concurrent', ['A1', 'C1']], ['C1', 'B1', 'concurrent', ['B1', 'C1']]]

  test.each(truths)('of %s and %s: %s is right; each other answer breaks it, and the witness is %s and the answer', (first, second, truth, way) => {
    expect(asked(first, second, truth).one.verdicts).toEqual([])
    for (const wrong of (['before', 'after', 'concurrent'] as const).filter((relation) => relation !== truth)) {
      const { one, facts, said } = asked(first, second, wrong)
      expect(one.verdicts.map(({ witness }) => witness)).toEqual([[...way.map((name) => facts[name]), said]])
    }
  })

  test('shows the shortest way of several, and of each node only where word came in and went out', () => {
    const one = court('right-answer')
    const made = stamps(one, 1_000, 'A', 1, [1, 1, 0, 0])
    const over = applies(one, 2_000, 'B', 'A1', [2, 1, 1, 0]), further = stamps(one, 3_000, 'B', 1, [3, 1, 2, 0])
    const detour = applies(one, 4_000, 'C', 'B1', [4, 1, 2, 1]), direct = applies(one, 5_000, 'C', 'A1', [5, 1, 2, 2])
    stamps(one, 6_000, 'C', 1, [6, 1, 2, 3])
    const last = stamps(one, 7_000, 'C', 2, [7, 1, 2, 4])
    expect([over, further, detour]).toEqual([1, 2, 3])
    const said = says(one, 9_000, 'A', 'A1', 'C2', 'concurrent')
    expect(one.verdicts).toMatchObject([{ witness: [made, direct, last, said] }])
  })

  test('says in one sentence what was said and what is true', () => {
    expect(asked('C1', 'B1', 'before').one.verdicts[0]?.sentence).toBe('C said that C1 happened before B1. In truth neither happened before the other.')
    expect(asked('A1', 'B1', 'concurrent').one.verdicts[0]?.sentence).toBe('C said that A1 and B1 were concurrent. In truth A1 happened before B1.')
  })

  test('goes by what happened, not by the stamps: a wrong stamp makes no answer right or wrong', () => {
    const one = court('right-answer')
    stamps(one, 1_000, 'A', 1, [1, 1, 0, 0])
    applies(one, 3_000, 'B', 'A1', [2, 0, 1, 0])
    stamps(one, 4_000, 'B', 1, [3, 0, 2, 0])
    says(one, 5_000, 'B', 'A1', 'B1', 'before')
    expect(one.verdicts).toEqual([])
    says(one, 6_000, 'B', 'A1', 'B1', 'concurrent')
    expect(one.verdicts).toHaveLength(1)
  })

  test.each(['before', 'after', 'concurrent'] as const)('keeps the contract in whole rounds in which everybody always says "%s": each witness shows the truth by itself, and has nothing to spare', (relation) => {
    const always = { ...mission, rules: { ...mission.rules, answer: answerRule(`Say "${relation}".`, () => relation) } } as unknown as Scenario
    let breaches = 0
    for (let seed = 1; seed <= 2; seed++) {
      const told = toldBy(always, { seed, nodes: 5, durationMs: 240_000, rules: 'good', chaos: 'default' })
      breaches += told.facts.filter((fact) => fact.kind === 'breached' && fact.claim === 'right-answer').length
      expect(complaints('right-answer', always.claims['right-answer'] as Claim, told)).toEqual([])
    }
    expect(breaches).toBeGreaterThan(5)
  })

  test('asks nothing of who knows too few', () => {
    const one = court('right-answer')
    one.answers(1_000, 'A', { kind: 'too-few' })
    expect(one.verdicts).toEqual([])
  })
})
