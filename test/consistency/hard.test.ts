import { describe, expect, test } from 'vitest'
import type { Operation } from '../../shared/consistency/history.ts'
import { checkHistory } from '../../shared/consistency/index.ts'
import { relax } from '../../shared/consistency/linearizable/relax.ts'
import { isLinearizable } from '../../shared/consistency/linearizable/search.ts'
import { models } from '../../shared/consistency/models/index.ts'
import { Meter } from '../../shared/consistency/verdict.ts'
import type { Json } from '../../shared/sim/json.ts'
import { outsideMark } from '../tools/count.ts'
import { needs } from '../needs.ts'
import type { Change } from './planted.ts'
import { withPlanted } from './planted.ts'
import { largeHistory } from './large.ts'
import type { Large } from './large.ts'
import { loadHistory } from './load.ts'
import { outsideHistories } from './outside.ts'
import { randomHistory, sizesMiddle } from './random.ts'

/** Operations by rows of [f, arg, result, call, ret]; without a return one was never answered. */
const operationsOf = (...rows: readonly (readonly [f: string, arg: Json, result: Json | undefined, call: number, ret: number | null])[]): Operation[] =>
  rows.map(([f, arg, result, call, ret], id) => ({ id, client: id, f, key: null, arg, status: ret === null ? 'info' : 'ok', call, ret, result }))

function search(type: string, operations: readonly Operation[], steps: number): { outcome: string; used: number } {
  const kind = models[type]
  if (kind === undefined) throw new Error(`no model ${type}`)
  const meter = new Meter({ steps })
  return { outcome: isLinearizable(kind.make(kind.usualInit), operations, meter), used: meter.used }
}

const upTo = (count: number): number[] => [...Array(count).keys()]

describe('shapes that make a search slow are decided in few steps', () => {
  test('300 unanswered writes, one of which explains each of 100 reads', () => {
    const writes = upTo(300).map((i) => ['write', i, undefined, i, null] as const)
    const reads = upTo(100).map((i) => ['read', null, 3 * i, 1000 + 2 * i, 1001 + 2 * i] as const)
    expect(search('register', operationsOf(...writes, ...reads), 40_000).outcome).toBe('fine')
    const again = ['read', null, 3, 2000, 2001] as const
    expect(search('register', operationsOf(...writes, ...reads, again), 40_000).outcome).toBe('violated')
  })

  test('200 unanswered compare-and-sets over 5 values, and a read of a value that none sets', () => {
    const sets = upTo(200).map((i) => ['cas', [i % 5, Math.floor(i / 5) % 5], undefined, i, null] as const)
    const reads = upTo(40).map((i) => ['read', null, i % 5, 1000 + 2 * i, 1001 + 2 * i] as const)
    expect(search('cas-register', operationsOf(['write', 0, undefined, 500, 501], ...sets, ...reads), 10_000).outcome).toBe('fine')
    expect(search('cas-register', operationsOf(['write', 0, undefined, 500, 501], ...sets, ...reads, ['read', null, 9, 2000, 2001]), 100_000).outcome).toBe('violated')
  })

  test('600 increments, each within the one before', () => {
    const nested = upTo(600).map((i) => ['increment', null, undefined, i, 2000 - i] as const)
    expect(search('counter', operationsOf(...nested, ['read', null, 600, 3000, 3001]), 10_000).outcome).toBe('fine')
    expect(search('counter', operationsOf(...nested, ['read', null, 599, 3000, 3001]), 10_000).outcome).toBe('violated')
  })

  test('20 writes at once, and two reads one after the other that both saw the last', () => {
    const writes = upTo(20).map((i) => ['write', i, undefined, i, 100 + i] as const)
    expect(search('register', operationsOf(...writes, ['read', null, 7, 200, 201], ['read', null, 8, 202, 203]), 1_000_000).outcome).toBe('violated')
    expect(search('register', operationsOf(...writes, ['read', null, 7, 200, 201], ['read', null, 7, 202, 203]), 1_000).outcome).toBe('fine')
  })

  const larges: [string, Large, number][] = [
    ['2,000 operations of 50 clients on 10 keys', { type: 'kv', clients: 50, operations: 2000, keys: 10, values: 0, lostIn1000: 0 }, 10_000],
    ['2,000 operations of 50 clients on 10 keys, some lost', { type: 'kv', clients: 50, operations: 2000, keys: 10, values: 0, lostIn1000: 4 }, 20_000],
    ['1,000 compare-and-sets, reads and writes of 10 clients, of which over 100 were lost', { type: 'cas-register', clients: 10, operations: 1000, keys: 0, values: 5, lostIn1000: 150 }, 20_000],
    ['1,000 compare-and-sets, reads and writes of 20 clients', { type: 'cas-register', clients: 20, operations: 1000, keys: 0, values: 5, lostIn1000: 5 }, 20_000],
    ['1,000 reads and writes of 20 clients', { type: 'register', clients: 20, operations: 1000, keys: 0, values: 100, lostIn1000: 5 }, 200_000],
    ['1,000 turns of a lock', { type: 'mutex', clients: 20, operations: 1000, keys: 0, values: 0, lostIn1000: 5 }, 20_000],
    ['200 turns of a queue', { type: 'queue', clients: 5, operations: 200, keys: 0, values: 100_000, lostIn1000: 0 }, 200_000],
    ['1,000 turns of a counter', { type: 'counter', clients: 10, operations: 1000, keys: 0, values: 0, lostIn1000: 5 }, 200_000],
  ]
  test.each(larges)('%s', (_, large, steps) => {
    for (let seed = 1; seed <= 8; seed++) {
      const { init, operations } = largeHistory(large, seed)
      expect(checkHistory({ model: { type: large.type, init }, operations }, 'linearizable', { steps }).verdict, `seed ${seed}`).toBe('fine')
      // A read of what nobody ever wrote, at the end.
      const read = operations.findLast(({ f, status }) => status === 'ok' && (f === 'read' || f === 'get'))
      if (read === undefined) continue
      const lie: Json = large.type === 'kv' ? `${String(read.result)}z` : -1000
      const broken = operations.map((operation) => (operation === read ? { ...operation, result: lie } : operation))
      expect(checkHistory({ model: { type: large.type, init }, operations: broken }, 'linearizable', { steps: 20 * steps }).verdict, `seed ${seed}`).toBe('violated')
    }
  })
})

describe('what a model says of itself makes a search faster and changes no verdict', () => {
  test.each(Object.keys(models))('%s: 600 histories too large for brute force', (type) => {
    const count = { fine: 0, violated: 0, unknown: 0 }
    const other: number[] = []
    for (let seed = 1; seed <= 600; seed++) {
      const { model: { init }, operations } = randomHistory(type, seed, { clientsMax: 6, operationsMin: 14, operationsMax: 28, keysMax: 1 })
      const model = models[type]?.make(init)
      if (model === undefined) throw new Error(`no model ${type}`)
      const { step, equal, hash, describe: inWords, partition, pure } = model
      const ofOne = operations.filter((operation) => model.partition(operation) === model.partition(operations[0] as Operation))
      const verdict = isLinearizable(model, ofOne, new Meter({ steps: 1_000_000 }))
      const plain = isLinearizable({ init, step, equal, hash, describe: inWords, partition, pure }, ofOne, new Meter({ steps: 1_000_000 }))
      count[verdict]++
      if (plain !== verdict) other.push(seed)
    }
    expect(other, 'seeds').toEqual([])
    expect(count.unknown).toBe(0)
    expect(Math.min(count.fine, count.violated)).toBeGreaterThan(100)
  })
})

describe('a budget that is spent gives unknown, never another verdict', () => {
  test.each(Object.keys(models))('%s: with every number of steps up to enough', (type) => {
    let unknowns = 0
    const wrong: string[] = []
    for (let seed = 1; seed <= 200; seed++) {
      const history = randomHistory(type, seed, sizesMiddle)
      const verdict = checkHistory(history, 'linearizable', { steps: 100_000 }).verdict
      expect(verdict, `seed ${seed}`).not.toBe('unknown')
      for (let steps = 0; steps <= 12; steps++) {
        const limited = checkHistory(history, 'linearizable', { steps }).verdict
        if (limited === 'unknown') unknowns++
        else if (limited !== verdict) wrong.push(`seed ${seed}, ${steps} steps: ${limited}`)
      }
    }
    expect(wrong).toEqual([])
    expect(unknowns).toBeGreaterThan(200)
  })

  test('the caller may stop it, at the next look', () => {
    const { init, operations } = largeHistory({ type: 'kv', clients: 50, operations: 4000, keys: 1, values: 0, lostIn1000: 0 }, 1)
    expect(checkHistory({ model: { type: 'kv', init }, operations }, 'linearizable', { steps: Infinity, spent: () => true }).verdict).toBe('unknown')
  })

  test('and so does a search that is out of memory, long before its steps are', async () => {
    const operations = operationsOf(...upTo(12).map((i) => ['enqueue', i, undefined, i, 100 + i] as const), ...upTo(12).map((i) => ['dequeue', null, i === 11 ? 99 : undefined, 200 + 2 * i, 201 + 2 * i] as const))
    const little: Change[] = [{ file: 'linearizable/states.ts', from: 'BYTES_MAX = 1 << 28', to: 'BYTES_MAX = 1 << 20' }]
    const [outcome, used] = await withPlanted('linearizable/search.ts', little, (copy: { isLinearizable: typeof isLinearizable }) => {
      const meter = new Meter({ steps: 1_000_000 })
      return [copy.isLinearizable(models['queue']!.make([]), operations, meter), meter.used] as const
    })
    expect(outcome).toBe('unknown')
    expect(used).toBeLessThan(20_000)
  })

  /** A register of 8,000 operations with one wrong answer, after most of them. */
  const stale = (): Parameters<typeof checkHistory>[0] => {
    const { init, operations } = largeHistory({ type: 'register', clients: 10, operations: 8000, keys: 0, values: 50, lostIn1000: 0 }, 1)
    const reads = operations.filter(({ f, status }) => f === 'read' && status === 'ok'), late = reads[Math.floor(reads.length * 0.7)]!
    return { model: { type: 'register', init }, operations: operations.map((one) => (one === late ? { ...one, result: reads[reads.indexOf(late) - 40]!.result } : one)) }
  }

  test('a violation among 8,000 operations of one object has a small witness', () => {
    const verdict = checkHistory(stale(), 'linearizable', { steps: 20_000 })
    expect(verdict.verdict === 'violated' && verdict.witness.operations.length).toBeLessThanOrEqual(6)
  })

  test('a violation that is found is told at once when the caller wants no more, also if its witness is large', () => {
    const history = stale()
    let looks = 0
    // The first questions are the witness's, each about more operations than the search looks at the clock for.
    const verdict = checkHistory(history, 'linearizable', { steps: 20_000, spent: () => ++looks > 12 })
    expect(verdict.verdict).toBe('violated')
    expect(verdict.verdict === 'violated' && verdict.witness.operations.length).toBeGreaterThan(1000)
    expect(looks).toBeLessThan(100)
  })

  test('who makes a witness smaller stops when no more questions are answered', () => {
    const operations = operationsOf(...upTo(400).map((i) => ['write', i, undefined, 2 * i, 2 * i + 1] as const))
    let asked = 0
    const left = relax(operations, () => { asked++; return 'stopped' }, { idle: () => false, helpful: (all) => all })
    expect(left).toEqual(operations)
    expect(asked).toBeLessThanOrEqual(3)
  })

  test('one hard key does not hide a violation of another', () => {
    const hard = largeHistory({ type: 'kv', clients: 40, operations: 2000, keys: 1, values: 0, lostIn1000: 0 }, 1).operations
    const end = 2 * hard.length, second = operationsOf(['get', null, 'never', end, end + 1]).map((operation) => ({ ...operation, id: hard.length, key: 'second' }))
    const verdict = (operations: readonly Operation[]): string => checkHistory({ model: { type: 'kv', init: '' }, operations }, 'linearizable', { steps: 200_000 }).verdict
    expect([verdict(hard), verdict([...hard, ...second])]).toEqual(['unknown', 'violated'])
  })

  test('unknown names are said', () => {
    expect(checkHistory({ model: { type: 'constructor', init: null }, operations: [] }, 'linearizable', { steps: 9 })).toEqual({ verdict: 'unknown', why: 'There is no model called "constructor".' })
    expect(checkHistory({ model: { type: 'register', init: null }, operations: [] }, 'toString', { steps: 9 })).toEqual({ verdict: 'unknown', why: 'There is no check called "toString".' })
  })
})

describe(`recorded histories have the verdict that is known ${outsideMark}`, () => {
  test.skipIf(needs('histories'))('within few steps', () => {
    const histories = outsideHistories().map(({ name, text, expected }) => ({ name, expected, history: loadHistory(text) }))
    expect(histories.length).toBeGreaterThan(70)
    const wrong = histories.filter(({ history, expected }) => checkHistory(history, 'linearizable', { steps: 20_000 }).verdict !== (expected.linearizable === true ? 'fine' : 'violated'))
    expect(wrong.map(({ name }) => name)).toEqual([])
  })
})
