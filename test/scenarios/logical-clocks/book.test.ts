import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareEntries, insert, relationOf, statusOf } from '../../../shared/scenarios/logical-clocks/state.ts'
import type { Status } from '../../../shared/scenarios/logical-clocks/state.ts'
import { VERBS } from '../../../shared/scenarios/logical-clocks/types.ts'
import type { Entry, Verb } from '../../../shared/scenarios/logical-clocks/types.ts'
import { entry, names, node } from './laid.ts'

/** The order book: a log by stamps, and what becomes of the orders in it. */
const logOf = (...verbs: Verb[]): Entry[] => verbs.map((verb, at) => entry(`A${at + 1}`, [at + 1, at + 1, 0, 0], { verb }))

describe('an order', () => {
  const wayTo: { readonly [S in Status]: Verb[] } = { none: [], open: ['create'], paid: ['create', 'pay'], shipped: ['create', 'pay', 'ship'], cancelled: ['create', 'cancel'] }

  test.each<[Status, Verb, Status]>([
    ['none', 'create', 'open'], ['none', 'pay', 'none'], ['none', 'ship', 'none'], ['none', 'cancel', 'none'],
    ['open', 'create', 'open'], ['open', 'pay', 'paid'], ['open', 'ship', 'open'], ['open', 'cancel', 'cancelled'],
    ['paid', 'create', 'paid'], ['paid', 'pay', 'paid'], ['paid', 'ship', 'shipped'], ['paid', 'cancel', 'cancelled'],
    ['shipped', 'create', 'open'], ['shipped', 'pay', 'shipped'], ['shipped', 'ship', 'shipped'], ['shipped', 'cancel', 'shipped'],
    ['cancelled', 'create', 'open'], ['cancelled', 'pay', 'cancelled'], ['cancelled', 'ship', 'cancelled'], ['cancelled', 'cancel', 'cancelled'],
  ])('that is %s becomes by "%s": %s', (status, verb, after) => {
    expect(statusOf(logOf(...wayTo[status]), 1)).toBe(status)
    expect(statusOf(logOf(...wayTo[status], verb), 1)).toBe(after)
  })

  test('is its own: operations on another order change nothing', () => {
    const log = [entry('A1', [1, 1, 0, 0], { verb: 'create', order: 2 }), entry('A2', [2, 2, 0, 0], { verb: 'create', order: 1 }), entry('A3', [3, 3, 0, 0], { verb: 'pay', order: 2 })]
    expect([1, 2, 3].map((order) => statusOf(log, order))).toEqual(['open', 'paid', 'none'])
  })

  test('depends on who came first: pay before cancel is cancelled too, pay after cancel pays nothing, cancel before create stays open', () => {
    expect([statusOf(logOf('create', 'pay', 'cancel', 'ship'), 1), statusOf(logOf('create', 'cancel', 'pay', 'ship'), 1), statusOf(logOf('cancel', 'create', 'pay', 'ship'), 1)]).toEqual(['cancelled', 'cancelled', 'shipped'])
  })
})

describe('the log', () => {
  /** Operations of three nodes whose clocks often tie, each maker's numbers in order, and whatever stamps it may have typed. */
  const operations = fc.array(fc.record({ maker: fc.constantFrom('A', 'B', 'C'), clock: fc.integer({ min: 0, max: 4 }), verb: fc.constantFrom(...VERBS) }), { maxLength: 12 }).map((all) => {
    const counts = new Map<string, number>()
    return all.map(({ maker, clock, verb }) => { const nth = (counts.get(maker) ?? 0) + 1; counts.set(maker, nth); return entry(`${maker}${nth}`, [clock, 0, 0, 0], { verb }) })
  })

  test('is the same in whatever order its operations came, ties and wrong stamps included', () => {
    fc.assert(fc.property(operations.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))), ([all, shuffled]) => {
      const [one, other] = [node(), node({ id: 'B' })]
      for (const each of all) insert(one, each)
      for (const each of shuffled) insert(other, each)
      expect(other.disk.log).toEqual(one.disk.log)
      expect(one.disk.log).toEqual(all.toSorted(compareEntries))
    }), { seed: 1, numRuns: 1_000 })
  })

  test('is by clock; of equal clocks the maker decides, and of one maker the earlier', () => {
    const self = node()
    for (const one of [entry('C1', [5, 0, 0, 1]), entry('B2', [5, 0, 2, 0]), entry('A1', [9, 1, 0, 0]), entry('B1', [5, 0, 1, 0]), entry('C2', [2, 0, 0, 2])]) insert(self, one)
    expect(names(self)).toEqual(['C2', 'B1', 'B2', 'C1', 'A1'])
  })
})

describe('two stamps', () => {
  test('lie before or after each other by their vectors, or neither', () => {
    expect(relationOf([3, 1, 2, 0], [4, 2, 2, 0])).toBe('before')
    expect(relationOf([4, 2, 2, 0], [3, 1, 2, 0])).toBe('after')
    expect(relationOf([3, 1, 2, 0], [4, 0, 2, 1])).toBe('concurrent')
  })

  test('a lower clock makes nothing before: the clock is not looked at', () => {
    expect(relationOf([1, 1, 0, 0], [9, 0, 5, 4])).toBe('concurrent')
    expect(relationOf([9, 1, 0, 0], [1, 1, 1, 0])).toBe('before')
  })
})
