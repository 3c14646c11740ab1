import { describe, expect, test } from 'vitest'
import type { Operation } from '../../shared/consistency/history.ts'
import { checkHistory } from '../../shared/consistency/index.ts'
import { cutOff } from '../../shared/consistency/linearizable/cut.ts'
import { inTime } from '../../shared/consistency/linearizable/order.ts'
import type { Before } from '../../shared/consistency/linearizable/order.ts'
import { firstBreak, unanswered } from '../../shared/consistency/linearizable/relax.ts'
import { isLinearizable } from '../../shared/consistency/linearizable/search.ts'
import { holds } from '../../shared/consistency/linearizable/shapes.ts'
import { rulesFor } from '../../shared/consistency/linearizable/useless.ts'
import { tell } from '../../shared/consistency/linearizable/witness.ts'
import { models } from '../../shared/consistency/models/index.ts'
import { Meter } from '../../shared/consistency/verdict.ts'
import { needs } from '../needs.ts'
import { outsideMark } from '../tools/count.ts'
import { largeHistory } from './large.ts'
import { loadHistory } from './load.ts'
import { hasOrder } from './orders.ts'
import { outsideHistories } from './outside.ts'
import { orders, part } from './parts.ts'
import type { Change } from './planted.ts'
import { withPlanted } from './planted.ts'
import { isTrue } from './truth.ts'
import { brokenHistory, compareCuts, compareUseless, faultOf, makeOf } from './witnesses.ts'
import type { Cutting, Useless } from './witnesses.ts'

const types = Object.keys(models)

describe('what is left out of a witness explains nothing', () => {
  describe.each(orders)('where the order is that %s', (_, before) => {
    test.each(types)('without useless operations brute force comes to the same verdict: %s', (type) => {
      const compared = compareUseless(rulesFor, type, before, 3_000)
      expect(compared).toMatchObject({ seed: null })
      expect(Math.min(compared.spared, compared.violated)).toBeGreaterThan(100)
    })
  })

  const file = 'linearizable/useless.ts'
  const faults: [string, string, Change[]][] = [
    ['cas-register', 'a write helps reads only', [{ file, from: `  return f === 'cas' && result === true ?`, to: `  return f === 'cas' && result === null ?` }, { file, from: `if (operation.f === 'cas') choosy.push(operation)`, to: '' }]],
    ['cas-register', 'a refused compare-and-set needs no help', [{ file, from: `if (operation.f === 'cas') choosy.push(operation)`, to: '' }]],
    ['cas-register', 'an unanswered compare-and-set needs no help', [{ file, from: `        meets(one)\n`, to: '' }]],
    ['register', 'a write helps only what began after it', [{ file, from: 'meetings.some((other) => other !== one && !before(other, one))', to: 'meetings.some((other) => other !== one && other.call > one.call)' }]],
    ['kv', 'an append helps only a get that ends with it', [{ file, from: 'get.result.includes(', to: 'get.result.endsWith(' }]],
    ['kv', 'a put helps only a get of the whole text', [{ file, from: 'get.result.startsWith(one.arg as string)', to: 'get.result === one.arg' }]],
    ['mutex', 'a release helps nobody', [{ file, from: 'other.f !== one.f && !before(other, one)', to: `one.f !== 'release' && other.f !== one.f && !before(other, one)` }]],
    ['counter', 'a rise helps only reads that began after it', [{ file, from: 'read.result !== undefined && !before(read, one)', to: 'read.result !== undefined && one.call < read.call' }]],
    ['queue', 'an enqueue does not help to dequeue what it put in', [{ file, from: ' || sameJson(other.result, one.arg)', to: '' }]],
    ['queue', 'a dequeue helps nobody', [{ file, from: `one.f === 'dequeue' || other.result`, to: 'other.result' }]],
    ['queue', 'a dequeue changes nothing', [{ file, from: `f === 'dequeue' && result === null`, to: `f === 'dequeue'` }]],
  ]
  test.each(faults)('a planted fault is found: %s: %s', async (type, _, changes) => {
    expect(await withPlanted(file, changes, (copy: Useless) => compareUseless(copy.rulesFor, type, inTime, 20_000).seed)).not.toBeNull()
  })
})

describe('the end of a history breaks only if the history does', () => {
  const cutting = types.filter((type) => type !== 'queue')
  test.each(cutting)('as brute force says: %s', (type) => {
    const compared = compareCuts(cutOff, type, 3_000)
    expect(compared).toMatchObject({ seed: null })
    expect(Math.min(compared.cuts, compared.fine)).toBeGreaterThan(100)
  })

  const file = 'linearizable/cut.ts'
  const faults: [string, string, Change[]][] = [
    ['register', 'the states are those at the start', [{ file, from: 'distinct([...from, ...states])', to: 'distinct([...from])' }]],
    ['cas-register', 'a compare-and-set leaves nothing', [{ file, from: '{ const left = leaves(one); return', to: `{ const left = one.f === 'cas' ? undefined : leaves(one); return` }]],
    ['counter', 'what was under way was counted before', [{ file, from: 'const counted = operations.filter((one) => isOver(one, cut))', to: 'const counted = operations.filter((one) => one.call < cut)' }]],
    ['mutex', 'a mutex is free', [{ file, from: '[false, true]', to: '[false]' }]],
    ['kv', 'only whole answers were there before', [{ file, from: 'textsOnTheWay(answer, operations, from)', to: '[answer]' }]],
    ['register', 'what was under way must still happen', [{ file, from: '({ call }) => call < cut, rules)', to: '() => false, rules)' }]],
  ]
  test.each(faults)('a planted fault is found: %s: %s', async (type, _, changes) => {
    expect(await withPlanted(file, changes, (copy: Cutting) => compareCuts(copy.cutOff, type, 20_000).seed)).not.toBeNull()
  })
})

describe('a witness breaks alone, from all of its states, is made of the history, and its sentence needs all of its answers', () => {
  describe.each(orders)('where the order is that %s', (name, before) => {
    test.each(types)('of random histories: %s', (type) => {
      const shapes = new Map<string, number>()
      for (let seed = 1; seed <= 1_500; seed++) {
        const { model, operations } = part(type, seed)
        if (hasOrder(model, operations, [model.init], before)) continue
        const witness = makeOf(type, model, operations, before)
        const fault = faultOf(witness, type, model, operations, before)
        if (fault !== null) throw new Error(`${type} ${name} ${seed}: ${fault}: ${JSON.stringify(witness)}`)
        shapes.set(witness.shape, (shapes.get(witness.shape) ?? 0) + 1)
      }
      expect(shapes.size).toBeGreaterThan(1)
    })
  })

  // Of shapes that count, or that speak of the start, the sentence is about the end of the history that is shown.
  const ofAll = ['thin-air', 'read-before-write', 'stale-read', 'new-old-inversion', 'reads-disagree', 'cas-refused', 'refused-then-met', 'lost-append', 'text-shrank', 'append-order', 'texts-disagree', 'double-acquire', 'double-release', 'lost-item', 'out-of-order']
  const ofText = { 'thin-air': 0, 'read-before-write': 0, 'lost-append': 0, 'text-shrank': 0, 'append-order': 0, 'texts-disagree': 0 }
  test.each(types)('what its sentence says is true of the whole history, too: %s', (type) => {
    let told = 0
    for (let seed = 1; seed <= 3_000; seed++) {
      const { model, operations: all } = part(type, seed)
      // A put of a text with which no answer begins is not shown, though a shape would have to look at it.
      const operations = all.filter(({ f }) => f !== 'put')
      if (hasOrder(model, operations, [model.init], inTime)) continue
      const { shape } = makeOf(type, model, operations, inTime)
      // Appends that explain nothing are not shown; then a text is told as a register.
      if (!ofAll.includes(shape) || (type === 'kv' && !Object.hasOwn(ofText, shape))) continue
      told++
      const scene = { operations: operations.filter(({ status }) => status !== 'fail'), from: [model.init], before: inTime }
      if (!holds(shape, type, scene)) throw new Error(`${shape} of ${type} ${seed} does not hold in the history`)
    }
    expect(told > 0).toBe(type !== 'counter')
  })

  const sentences = (type: string, count: number, change: (sentence: string) => string = (same) => same): { told: number; cut: number; wrong: string[] } => {
    const wrong: string[] = []
    let told = 0, cut = 0
    for (let seed = 1; seed <= count; seed++) {
      const { init, operations } = brokenHistory(type, seed), verdict = checkHistory({ model: { type, init }, operations }, 'linearizable', { steps: 1_000_000 })
      if (verdict.verdict !== 'violated' || verdict.witness.shape === 'no-order') continue
      const { witness } = verdict, sentence = change(witness.sentence)
      told++
      if (witness.from.length > 1) cut++
      if (isTrue({ ...witness, sentence }, init, operations) !== true) wrong.push(`${type} ${seed}: ${sentence}`)
    }
    return { told, cut, wrong }
  }
  test.each(types)('what its sentence says in words is true of the whole history of up to 45 operations: %s', (type) => {
    // To make a queue's witness smaller takes longest.
    const { told, wrong } = sentences(type, type === 'queue' ? 60 : 250)
    expect(wrong).toEqual([])
    expect(told).toBeGreaterThan(15)
  })

  test('also where only the end of a history is shown, and a false count is found', () => {
    const { cut, wrong: none } = sentences('cas-register', 1_000)
    expect(none).toEqual([])
    expect(cut).toBeGreaterThan(0)
    const { wrong } = sentences('mutex', 100, (sentence) => sentence.replace('only 3 times', 'only twice'))
    expect(wrong.length).toBeGreaterThan(0)
  })

  test('the first break is told as it was known then', () => {
    for (let seed = 1; seed <= 2_000; seed++) {
      const { model, operations } = part('register', seed), breaks = (some: readonly Operation[]): boolean => !hasOrder(model, some, [model.init], inTime)
      if (!breaks(operations)) continue
      const ends = firstBreak(operations, breaks, rulesFor('register', model, inTime)).filter(({ status }) => status === 'ok').map(({ ret }) => ret!)
      const shorter = operations.filter(({ call }) => call < Math.max(...ends)).map((one) => (one.ret !== null && one.ret < Math.max(...ends) ? one : unanswered(one)))
      expect(breaks(shorter), `seed ${seed}`).toBe(false)
    }
  })

  test('a witness with one operation too many, or one that is forgotten, is found', () => {
    const { model } = part('register', 1)
    const write = (id: number, arg: number, call: number): Operation => ({ id, client: 1, f: 'write', key: null, arg, status: 'ok', call, ret: call + 1, result: undefined })
    const read: Operation = { ...write(3, 0, 6), f: 'read', arg: null, result: 1 }
    const history = [write(1, 1, 0), write(2, 2, 2), read]
    const right = makeOf('register', model, history, inTime)
    expect(faultOf(right, 'register', model, history, inTime)).toBeNull()
    expect(right.operations).toEqual(history)
    expect(faultOf({ ...right, operations: [...history, write(4, 5, 8)] }, 'register', model, [...history, write(4, 5, 8)], inTime)).toBe('4 could be relaxed')
    expect(faultOf({ ...right, operations: history.slice(0, 2) }, 'register', model, history, inTime)).toBe('an order explains it')
    expect(faultOf({ ...right, shape: 'thin-air' }, 'register', model, history, inTime)).toBe('thin-air does not hold')
  })
})

test('where the search gives up on a long end of a history, a shorter one is looked at', () => {
  for (let seed = 1; seed <= 4; seed++) {
    const { init, operations } = largeHistory({ type: 'counter', clients: 10, operations: 1000, keys: 0, values: 0, lostIn1000: 5 }, seed)
    const read = operations.findLast(({ f, status }) => status === 'ok' && f === 'read')
    const verdict = checkHistory({ model: { type: 'counter', init }, operations: operations.map((one) => (one === read ? { ...one, result: -1000 } : one)) }, 'linearizable', { steps: 1_000_000 })
    // What was under way at once may have happened before the read or not, and is shown.
    expect(verdict.verdict === 'violated' ? verdict.witness.operations.length : verdict, `seed ${seed}`).toBeLessThan(20)
  }
})

test('a sentence about hundreds of operations is told without trying each with each', () => {
  const model = models['counter']!.make(0)
  // 600 additions one after the other, each read at once, and then far too little is read.
  const operations = Array.from({ length: 1_201 }, (_, id): Operation => {
    const isRead = id % 2 === 1 || id === 1_200
    return { id, client: 1, f: isRead ? 'read' : 'increment', key: null, arg: null, status: 'ok', call: 2 * id, ret: 2 * id + 1, result: id === 1_200 ? 3 : isRead ? (id + 1) / 2 : undefined }
  }).slice(1_201 - 901)
  let compared = 0
  const before: Before = (a, b) => (compared++, inTime(a, b))
  const { shape, operations: shown } = tell({ type: 'counter', model, partition: null }, { operations, from: [300 / 2], before })
  expect(shape).toBe('count-too-low')
  expect(shown.length).toBeLessThan(500)
  expect(compared).toBeLessThan(20_000_000)
})

describe(`witnesses of recorded histories ${outsideMark}`, () => {
  test.skipIf(needs('histories'))('break alone; half of them have at most four operations', () => {
    const sizes: number[] = [], unnamed: string[] = []
    for (const { name, text, expected } of outsideHistories()) {
      if (expected.linearizable !== false) continue
      const history = loadHistory(text), verdict = checkHistory(history, 'linearizable', { steps: 10_000_000 })
      if (verdict.verdict !== 'violated') throw new Error(`${name}: ${verdict.verdict}`)
      const { witness } = verdict, model = models[history.model.type]!.make(history.model.init)
      expect([name, isLinearizable(model, witness.operations, new Meter({ steps: 10_000_000 }), witness.from)]).toEqual([name, 'violated'])
      expect([name, holds(witness.shape, history.model.type, { operations: witness.operations, from: witness.from, before: inTime })]).toEqual([name, true])
      sizes.push(witness.operations.length)
      if (witness.shape === 'no-order') unnamed.push(name)
    }
    sizes.sort((a, b) => a - b)
    expect(sizes.length).toBeGreaterThan(20)
    expect(sizes[sizes.length >> 1]).toBeLessThanOrEqual(4)
    expect(unnamed.length).toBeLessThanOrEqual(sizes.length / 4)
  })
})
