import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { latestOfMajority } from '../../shared/scenarios/election/state.ts'
import { countAttempt, noAttempts } from '../../shared/sim/attempts.ts'
import { diceOf } from '../../shared/sim/dice.ts'
import { mixAction, mixMessage, mixValue } from '../../shared/sim/digest.ts'
import { drawBetween } from '../../shared/sim/draws.ts'
import { finish, hashOnce, hashParts, hashText, mix } from '../../shared/sim/hash.ts'
import { hashOfWhat, identity, openingOf } from '../../shared/sim/identity.ts'
import type { Openings } from '../../shared/sim/identity.ts'
import { placeOf } from '../../shared/sim/letters.ts'
import { ATTEMPTS_MAX, FIRED_MAX } from '../../shared/sim/limits.ts'
import { hasFired, noteFired } from '../../shared/sim/run.ts'
import { bench } from './probe.ts'

/** Each fast path gives what its slow definition gives. */

/** A text's hash by its definition, with nothing remembered. */
function slowHash(text: string): number {
  let h = text.length
  for (const unit of text.split('')) h = mix(h, unit.charCodeAt(0))
  return finish(h)
}

describe('hashes', () => {
  test('remembered, taken a second time, of one letter or from parts: as by definition', () => {
    fc.assert(fc.property(fc.array(fc.string({ maxLength: 40 }), { minLength: 1, maxLength: 8 }), (texts) => {
      for (const text of [...texts, ...texts, 'A', '']) {
        expect(hashText(text)).toBe(slowHash(text))
        expect(hashOnce(text)).toBe(slowHash(text))
        expect(hashOnce(text)).toBe(slowHash(text))
      }
      const [first = '', second = '', third = ''] = texts
      const whole = first + second + third
      expect(hashParts(whole, first, second, third)).toBe(slowHash(whole))
      expect(hashOnce(whole)).toBe(slowHash(whole))
      expect(hashOnce(`${whole}.`)).toBe(slowHash(`${whole}.`))
    }))
  })

  test("a message's identity is its parts, and its hash that of the whole", () => {
    const ids = ['A', 'B', 'C']
    const openings: Openings = ids.flatMap(() => ids.map(() => new Map()))
    for (const [from, to, kind, about, attempt] of [[0, 1, 'beat', '3.17', 1], [0, 1, 'beat', '3.18', 2], [2, 0, 'ask-vote', '4', 12], [0, 1, 'beat', '3.17', 1]] as const) {
      const message = identity(openingOf(openings, ids, from, to, kind), about, attempt)
      expect(message).toBe(`${ids[from]}>${ids[to]} ${kind} ${about} #${attempt}`)
      expect(hashOnce(message)).toBe(slowHash(message))
    }
    const what = (to: number, kind: string, about: string): number => hashOfWhat(openingOf(openings, ids, 0, to, kind), about)
    expect(new Set([what(1, 'beat', '1'), what(2, 'beat', '1'), what(1, 'vote', '1'), what(1, 'beat', '2'), what(1, 'beat', '1')]).size).toBe(4)
  })

  test("a message and an action are digested as any other object, whatever their kind's keys were before", () => {
    const value = fc.oneof(fc.boolean(), fc.integer(), fc.string({ maxLength: 5 }), fc.constant(undefined), fc.constant(null), fc.double({ noNaN: true }))
    const object = fc.record({ kind: fc.constantFrom('a', 'b', 'toString'), ...Object.fromEntries(['x', 'y', 'z'].map((key) => [key, value])) }, { requiredKeys: ['kind'] })
    fc.assert(fc.property(object, fc.integer(), (one, h) => {
      expect(mixMessage(h, one)).toBe(mixValue(h, one))
      const turned = Object.fromEntries(Object.entries(one).reverse())
      expect(mixAction(h, { ...turned, kind: one.kind })).toBe(mixValue(h, one))
    }))
  })

  test('values of different types are told apart, and so are all whole numbers', () => {
    const values = [0, 1, -1, 2, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 2 ** 32, 2 ** 32 + 1, -(2 ** 32), 2 ** 53, 0.5, 1.5, '', '0', '1', 'true', true, false, null, [], [0], [[0]], [0, 0], {}, { a: 0 }, { a: [0] }, { a: {} }]
    expect(new Set(values.map((value) => mixValue(1, value) >>> 0)).size).toBe(values.length)
    // What one value adds is not what two smaller ones add.
    expect(mixValue(1, [3 * 2 ** 32 + 1, 4, 5])).not.toBe(mixValue(1, [1, 4 * 2 ** 32 + 3, 5]))
  })
})

describe('attempts', () => {
  test('are counted as in a map, as long as nothing is forgotten', () => {
    const hash = fc.integer({ min: -40, max: 40 }).map((n) => Math.imul(n, 0x9e3779b1))
    fc.assert(fc.property(fc.array(hash, { maxLength: 300 }), (said) => {
      const attempts = noAttempts(), counts = new Map<number, number>()
      for (const what of said) {
        counts.set(what, (counts.get(what) ?? 0) + 1)
        expect(countAttempt(attempts, what)).toBe(counts.get(what))
      }
    }))
  })

  test('take no more room than allowed, and what was said lately is known', () => {
    const attempts = noAttempts()
    for (let n = 0; n < 5 * ATTEMPTS_MAX; n++) {
      expect(countAttempt(attempts, finish(n) | 0)).toBe(1)
      expect(countAttempt(attempts, finish(Math.max(0, n - 500)) | 0)).toBeGreaterThan(1)
    }
    expect(attempts.reduce((words, bucket) => words + bucket.length, 0)).toBeLessThanOrEqual(2 * ATTEMPTS_MAX)
  })
})

test('dice that remember purposes throw what a draw gives', () => {
  const dice = diceOf(7, 'C')
  for (const key of ['term 1', 'term 2', 'term 1', '']) {
    for (const purpose of ['timeout', 'rest', 'timeout']) expect(dice.between(purpose, key, 5, 5_000)).toBe(drawBetween(7, `C ${purpose}`, hashText(key), 0, 5, 5_000))
  }
})

test('an alarm has gone off if its time is among those remembered', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: FIRED_MAX }), (dues) => {
    const node = bench().sim.world.nodes[0]
    if (node === undefined) throw new Error('the first node is gone')
    dues.forEach((dueMs, n) => {
      noteFired(node, 'beat', dueMs)
      for (let ms = -1; ms < 14; ms++) expect(hasFired(node, 'beat', ms)).toBe(dues.slice(0, n + 1).includes(ms))
      expect(hasFired(node, 'stand', dueMs)).toBe(false)
    })
  }), { numRuns: 30 })
})

test('a letter is found where a search from the front finds it', () => {
  const inbox = [3, 4, 5, 9].map((n) => ({ n, from: 'A', message: { kind: 'x' }, atMs: 0, handled: false }))
  for (let n = 0; n < 12; n++) expect(placeOf(inbox, n)).toBe(inbox.findIndex((one) => one.n === n))
  expect(placeOf([], 1)).toBe(-1)
})

test('the latest time of a majority is that of the sorted list', () => {
  const acks = fc.dictionary(fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F'), fc.integer({ min: 0, max: 9 }))
  fc.assert(fc.property(acks, fc.integer({ min: 2, max: 4 }), (given, majority) => {
    const sorted = Object.values(given).sort((a, b) => b - a)
    expect(latestOfMajority(given, majority)).toBe(sorted[majority - 2] ?? null)
  }))
})
