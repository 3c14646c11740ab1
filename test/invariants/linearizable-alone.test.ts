import { describe, expect, test } from 'vitest'
import type { Operation, Status } from '../../shared/consistency/history.ts'
import { models } from '../../shared/consistency/models/index.ts'
import type { Json } from '../../shared/sim/json.ts'
import { eventsOf } from '../consistency/online-events.ts'
import type { Event } from '../consistency/online-events.ts'
import { classRound, roundOf } from '../consistency/online-rounds.ts'
import { randomHistory, sizesSmall } from '../consistency/random.ts'
import { aloneOf, anyClaim } from './linearizable-alone.ts'

describe('the contract of all claims holds for every breach: its witness alone breaks the claim in the same words, and nothing of it can be left out', () => {
  test.each(Object.keys(models))('in small random rounds: %s', (type) => {
    const wrong: string[] = []
    let breaches = 0
    for (let seed = 1; seed <= 300; seed++) {
      const { model: { init }, operations } = randomHistory(type, seed, { ...sizesSmall, operationsMin: 6, operationsMax: 9 })
      const { sizes, complaints } = aloneOf(anyClaim(type, init), eventsOf(operations, seed))
      breaches += sizes.length
      wrong.push(...complaints.map((text) => `seed ${seed}: ${text}`))
    }
    expect(wrong).toEqual([])
    expect(breaches).toBeGreaterThan(80)
  })

  test.each(['register', 'cas-register', 'kv'])('in rounds of a class, with few operations: %s', (type) => {
    const rounds = [1, 2, 3, 4].map((seed) => aloneOf(anyClaim(type, models[type]!.usualInit), roundOf(type, seed, { ...classRound, lostPercent: 15 }, 8)))
    expect(rounds.flatMap(({ complaints }) => complaints)).toEqual([])
    const sizes = rounds.flatMap((one) => one.sizes).sort((a, b) => a - b)
    expect(sizes.length).toBeGreaterThan(3)
    expect(sizes[sizes.length >> 1]).toBeLessThanOrEqual(3)
  })

  test('finds a planted slip: a claim that forgets what came before', () => {
    const claim = anyClaim('register', null, { waiting: 512, configurations: 1_024, unanswered: 256, steps: 50_000, kept: 2 })
    const events = roundOf('register', 1, { ...classRound, customers: 3, keys: 1, lostPercent: 0 }, 15)
    expect(aloneOf(claim, events).complaints).not.toEqual([])
  })
})

/** What one customer after another asks and is answered. */
function inTurn(type: string, steps: readonly (readonly [f: string, arg: Json, result?: Json, status?: Status])[]): Event[] {
  return steps.flatMap(([f, arg, result, status = 'ok'], id): Event[] => {
    const operation: Operation = { id, client: id % 3, f, key: type === 'kv' ? 'x' : null, arg, status: 'info', call: 2 * id, ret: null, result: undefined, atMs: [0, null] }
    return [{ kind: 'call', operation }, { kind: 'end', operation, status, result, ret: 2 * id + 1 }]
  })
}

describe('what one fault left behind is told once', () => {
  const many = <T>(one: T): T[] => Array.from({ length: 20 }, () => one)
  test.each<[string, Json, Parameters<typeof inTurn>[1], number]>([
    ['register', 0, [['write', 1], ...many(['read', null, 0] as const)], 1],
    ['cas-register', 0, [['write', 1], ['cas', [0, 2], true], ...many(['read', null, 2] as const)], 1],
    ['kv', '', [['append', 'a'], ['append', 'b'], ...many(['get', null, 'b'] as const), ['append', 'c'], ...many(['get', null, 'bc'] as const)], 1],
    ['counter', 0, [['increment', 5], ['increment', 1], ...many(['read', null, 1] as const), ['increment', 1], ...many(['read', null, 2] as const)], 1],
    ['queue', [], [['enqueue', 1], ['enqueue', 2], ['enqueue', 3], ['enqueue', 4], ['dequeue', null, 2], ['dequeue', null, 3], ['dequeue', null, 4]], 1],
  ])('a lost change: %s', (type, init, steps, breaches) => {
    expect(aloneOf(anyClaim(type, init), inTurn(type, steps)).sentences).toHaveLength(breaches)
  })

  test('but another lost write is another breach, and so is a value that comes back', () => {
    const { sentences, complaints } = aloneOf(anyClaim('register', 0), inTurn('register', [['write', 1], ...many(['read', null, 0] as const), ['write', 2], ['read', null, 2], ['read', null, 1], ['write', 3], ['read', null, 3], ['read', null, 2]]))
    expect(complaints).toEqual([])
    expect(sentences).toHaveLength(3)
  })
})
