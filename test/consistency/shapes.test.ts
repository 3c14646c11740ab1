import { describe, expect, test } from 'vitest'
import type { Operation } from '../../shared/consistency/history.ts'
import { inTime } from '../../shared/consistency/linearizable/order.ts'
import { explain, holds, shapes } from '../../shared/consistency/linearizable/shapes.ts'
import { models } from '../../shared/consistency/models/index.ts'
import type { Json } from '../../shared/sim/json.ts'
import { hasOrder } from './orders.ts'
import { orders } from './parts.ts'
import type { Change } from './planted.ts'
import { withPlanted } from './planted.ts'
import { compareShapes } from './witnesses.ts'
import type { Shapes } from './witnesses.ts'

const types = Object.keys(models)

describe('where a shape is found, brute force finds no order', () => {
  describe.each(orders)('that is %s', (_, before) => {
    test.each(types)('in random scenes: %s', (type) => {
      const compared = compareShapes(shapes, type, before, 6_000)
      expect(compared.fault).toBeNull()
      // What one client does alone in its order refuses little.
      const rare = before === inTime ? 3 : 0
      expect([...compared.found].filter(([, many]) => many < rare)).toEqual([])
    })
  })

  const register = 'linearizable/shapes-register.ts', text = 'linearizable/shapes-text.ts', objects = 'linearizable/shapes-objects.ts'
  const faults: [string, string, Change[]][] = [
    ['register', 'what is at the start comes out of thin air', [{ file: register, from: 'firstOf(meetings(scene), ({ one, value }) => (atStart(scene, value) || ', to: 'firstOf(meetings(scene), ({ one, value }) => (' }]],
    ['register', 'one write that began later is enough', [{ file: register, from: '!all.every((bringer) => scene.before(one, bringer))', to: '!all.some((bringer) => scene.before(one, bringer))' }]],
    ['register', 'a value cannot come from a write under way', [{ file: register, from: '&& !over(one) && !scene.before(until, one)', to: `&& one.status === 'ok' && !over(one) && !scene.before(until, one)` }]],
    ['cas-register', 'a compare-and-set brings no value', [{ file: register, from: `(change.f !== 'cas' || isHeld((change.arg as readonly [Json, Json])[0]))`, to: `change.f !== 'cas'` }]],
    ['cas-register', 'an unanswered compare-and-set left its value', [{ file: register, from: `(one.f !== 'cas' || one.result === true))\n\nexport`, to: `one.f !== '')\n\nexport` }]],
    ['cas-register', 'values come one time less than they do', [{ file: register, from: 'came <= bringing.length', to: 'came < bringing.length' }]],
    ['cas-register', 'as many were taken as came', [{ file: register, from: 'taking.length <= came.length + (start ? 1 : 0)', to: 'taking.length < came.length + (start ? 1 : 0)' }]],
    ['cas-register', 'nobody changes it in the time of a refusal', [{ file: register, from: 'if (!others.every((other) => scene.before(other, shows) || scene.before(refused, other))) return null', to: '' }]],
    ['kv', 'a text is not made of pieces', [{ file: 'linearizable/texts.ts', from: 'if (made[at] === 1) for', to: 'if (made[at] === 2) for' }]],
    ['kv', 'nobody puts a new text after an append', [{ file: text, from: ' || canBegin(scene, append, get, text)', to: '' }]],
    ['kv', 'nobody puts a new text between gets', [{ file: text, from: 'return canBegin(scene, one, other, otherText) || canBegin(scene, other, one, text) ? null :', to: 'return canBegin(scene, one, other, otherText) ? null :' }]],
    ['kv', 'what was appended before cannot be the rest', [{ file: text, from: `one.f === 'append' && !before(one, first)`, to: `one.f === 'append' && before(first, one)` }]],
    ['mutex', 'what is under way does not come between', [{ file: objects, from: '(scene.before(one, between) && scene.before(other, between))', to: 'scene.before(one, between)' }]],
    ['mutex', 'one acquire more than can be', [{ file: objects, from: 'many.length > back.length + (fromStart ? 0 : 1)', to: 'many.length >= back.length + (fromStart ? 0 : 1)' }]],
    ['counter', 'what began after a read counts before it', [{ file: 'linearizable/useless.ts', from: 'most += must ? by : Math.max(0, by)', to: 'most += must ? by : 0' }]],
    ['counter', 'nothing else lies between', [{ file: objects, from: '(scene.before(earlier, one) ? one : { ...one, status: \'info\' as const })', to: 'one' }]],
    ['mutex', 'a lock that was free can be released at once', [{ file: objects, from: `state === (f === 'acquire')`, to: `state !== (f === 'acquire')` }]],
    ['queue', 'nobody takes an item without an answer', [{ file: objects, from: 'takers = others.filter(({ result }) => result === undefined)', to: 'takers = others.slice(0, 0)' }]],
    ['queue', 'an item is not taken by those who say so', [{ file: objects, from: 'takers.push(...taking)', to: '' }]],
    ['kv', 'a put of the beginning explains nothing', [{ file: text, from: 'text.startsWith(textOf(put)) && !before(put, first)', to: 'text === textOf(put) && !before(put, first)' }]],
    ['queue', 'an item that was put in later came later', [{ file: objects, from: 'all.every((later) => scene.before(one, later))', to: 'true' }]],
  ]
  test.each(faults)('a planted fault is found: %s: %s', async (type, _, changes) => {
    expect(await withPlanted('linearizable/shapes.ts', changes, (copy: Shapes) => compareShapes(copy.shapes, type, inTime, 20_000).fault)).not.toBeNull()
  })
})

let id = 0
type Span = readonly [call: number, ret: number | null]
const op = (client: number, f: string, arg: Json, [call, ret]: Span, result?: Json): Operation =>
  ({ id: id++, client, f, key: null, arg, status: ret === null ? 'info' : 'ok', call, ret, result })
const write = (client: number, value: Json, span: Span): Operation => op(client, 'write', value, span)
const read = (client: number, value: Json, span: Span): Operation => op(client, 'read', null, span, value)
const cas = (client: number, from: Json, to: Json, span: Span, result?: boolean): Operation => op(client, 'cas', [from, to], span, result)
const get = (client: number, value: string, span: Span): Operation => op(client, 'get', null, span, value)
const append = (client: number, value: string, span: Span): Operation => op(client, 'append', value, span)

/** A break of each shape with its sentence, and scenes that only nearly are one. */
const told: [type: string, shape: string, from: readonly Json[], operations: Operation[], sentence: string, ...nearly: Operation[][]][] = [
  ['register', 'thin-air', [null], [write(1, 1, [0, 1]), read(2, 7, [2, 3])], 'Client 2 read 7, but nobody had written 7.', [write(1, 7, [0, null]), read(2, 7, [2, 3])], [read(2, null, [2, 3])]],
  ['register', 'read-before-write', [null], [read(2, 7, [0, 1]), write(1, 7, [2, 3])], 'Client 2 read 7 before anybody began to write 7: the first to do so was client 1.', [read(2, 7, [0, 3]), write(1, 7, [2, 4])]],
  ['register', 'stale-read', [null], [write(1, 1, [0, 1]), write(2, 2, [2, 3]), read(3, 1, [4, 5])], "Client 3 read 1, but client 2's write of 2 was over by then, and 1 had last been written before it, by client 1.",
    [write(1, 1, [0, 1]), write(2, 2, [2, 5]), read(3, 1, [4, 6])], [write(1, 1, [0, 3]), write(2, 2, [2, 4]), read(3, 1, [5, 6])]],
  ['register', 'stale-read', [null], [write(2, 2, [2, 3]), read(3, null, [4, 5])], "Client 3 read null, but client 2's write of 2 was over by then, and nobody can have written null after it.", [write(2, 2, [2, null]), read(3, null, [4, 5])]],
  ['register', 'new-old-inversion', [null], [write(1, 1, [0, 1]), write(2, 2, [2, 9]), read(3, 2, [3, 4]), read(4, 1, [5, 6])], 'Client 3 read 2, and after that client 4 read 1, but 1 had last been written before client 3 asked, by client 1.',
    [write(1, 1, [0, 1]), write(2, 2, [2, 9]), read(3, 2, [3, 5]), read(4, 1, [4, 6])]],
  ['register', 'came-back', [null], [write(1, 1, [0, 20]), write(2, 2, [1, 21]), read(3, 1, [2, 3]), read(4, 2, [4, 5]), read(3, 1, [6, 7])], 'Client 3 read 1, then client 4 read 2, then client 3 read 1, but 1 can have been written only once by then.',
    [write(1, 1, [0, 20]), write(2, 2, [1, 21]), write(5, 1, [8, null]), read(3, 1, [2, 3]), read(4, 2, [4, 5]), read(3, 1, [6, 9])]],
  ['register', 'reads-disagree', [null], [write(1, 1, [0, 2]), write(2, 2, [1, 3]), read(3, 1, [4, 6]), read(4, 2, [5, 7])], 'Client 3 read 1 and client 4 read 2, but whichever came first, nobody can then have written what the other found.',
    [write(1, 1, [0, 2]), write(2, 2, [1, null]), read(3, 1, [4, 6]), read(4, 2, [5, 7])]],
  ['cas-register', 'cas-twice', [null], [write(1, 1, [0, 1]), cas(2, 1, 2, [2, 4], true), cas(3, 1, 3, [3, 5], true)], '2 compare-and-sets from 1 were done, by client 2 and client 3, but 1 was written only once by then.',
    [write(1, 1, [0, 1]), cas(2, 1, 2, [2, 4], true), cas(3, 1, 3, [3, 5], false)]],
  ['cas-register', 'cas-refused', [null], [write(1, 1, [0, 1]), cas(2, 1, 2, [2, 3], false)], 'Client 1 wrote 1, and after that client 2 was refused a compare-and-set from 1 to 2, though it held 1 all the time: nobody can have changed it between.',
    [write(1, 1, [0, 1]), write(3, 3, [0, null]), cas(2, 1, 2, [2, 3], false)]],
  ['cas-register', 'cas-refused', [0], [cas(2, 0, 2, [2, 3], false)], 'Client 2 was refused a compare-and-set from 0 to 2, though it held 0, the value at the start, all the time.', [write(1, 1, [0, null]), cas(2, 0, 2, [2, 3], false)]],
  ['cas-register', 'refused-then-met', [0, 1], [cas(1, 1, 5, [0, 1], false), read(2, 1, [2, 3])], 'Client 1 was refused a compare-and-set from 1 to 5, so it did not hold 1; and after that client 2 read 1, but nobody can have written 1 between.',
    [cas(1, 1, 5, [0, 1], false), write(3, 1, [0, null]), read(2, 1, [2, 3])]],
  ['kv', 'thin-air', [''], [append(1, 'a', [0, 1]), get(2, 'ab', [2, 3])], 'Client 2 got "ab", but what had been put and appended by then cannot make that text.', [append(1, 'ab', [0, null]), get(2, 'ab', [2, 3])]],
  ['kv', 'read-before-write', [''], [append(1, 'a', [0, 1]), get(2, 'ab', [2, 3]), append(1, 'b', [4, 5])], 'Client 2 got "ab" before client 1 began to append "b", without which there is no such text.',
    [append(1, 'a', [0, 1]), get(2, 'ab', [2, 5]), append(1, 'b', [4, 6])]],
  ['kv', 'lost-append', [''], [append(1, 'a', [0, 1]), append(2, 'b', [2, 3]), get(3, 'a', [4, 5])], `Client 2's append of "b" was over before client 3 asked for the text, but the answer "a" lacks it, and no put between explains that.`,
    [append(1, 'a', [0, 1]), append(2, 'b', [2, 6]), get(3, 'a', [4, 7])]],
  ['kv', 'text-shrank', [''], [append(1, 'a', [0, 20]), append(2, 'b', [1, 21]), get(3, 'ab', [2, 3]), get(4, 'a', [4, 5])], 'Client 3 got "ab", and after that client 4 got "a", which does not begin with the earlier text, and no put between explains that.',
    [append(1, 'a', [0, 20]), append(2, 'b', [1, 21]), get(3, 'a', [2, 3]), get(4, 'ab', [4, 5])]],
  ['kv', 'append-order', [''], [append(1, 'a', [0, 20]), append(2, 'b', [1, 21]), get(3, 'ab', [2, 4]), get(4, 'ba', [3, 5])], 'Client 3 got "ab" and client 4 got "ba": neither is the beginning of the other, and no put between explains that.',
    [append(1, 'a', [0, 20]), append(2, 'b', [1, 21]), get(3, 'ab', [2, 4]), get(4, 'a', [3, 5])]],
  ['kv', 'texts-disagree', ['', 'a', 'ab', 'aba'], [append(1, 'a', [0, 3]), get(2, 'a', [1, 5]), get(3, 'aba', [2, 4])], 'Client 2 got "a" and client 3 got "aba", which goes on from there, but nobody can have appended the rest between, and no put between explains it.',
    [append(1, 'a', [0, 3]), append(4, 'b', [1, null]), get(2, 'ab', [1, 5]), get(3, 'aba', [2, 4])]],
  ['mutex', 'double-acquire', [false], [op(1, 'acquire', null, [0, 1]), op(2, 'acquire', null, [2, 3])], 'Client 1 acquired the lock, and after that client 2 acquired it too, but nobody can have released it between.',
    [op(1, 'acquire', null, [0, 1]), op(1, 'release', null, [2, null]), op(2, 'acquire', null, [3, 4])]],
  ['mutex', 'double-acquire', [false], [op(1, 'acquire', null, [0, 2]), op(2, 'acquire', null, [1, 3])], 'Client 1 and client 2 both acquired the lock, but nobody can have released it between.'],
  ['mutex', 'double-release', [true], [op(1, 'release', null, [0, 1]), op(2, 'release', null, [2, 3])], 'Client 1 released the lock, and after that client 2 released it too, but nobody can have acquired it between.',
    [op(1, 'release', null, [0, 1]), op(3, 'acquire', null, [0, null]), op(2, 'release', null, [2, 3])]],
  ['mutex', 'held-from-start', [false], [op(1, 'release', null, [0, 1]), op(2, 'acquire', null, [2, 3])], 'Client 1 released the lock, but it was free at the start and nobody had acquired it yet.', [op(1, 'release', null, [0, 3]), op(2, 'acquire', null, [2, 4])]],
  ['mutex', 'too-often', [false], [op(1, 'acquire', null, [0, 10]), op(2, 'acquire', null, [1, 11]), op(3, 'acquire', null, [2, 12]), op(4, 'release', null, [3, 13])], 'The lock was acquired 3 times, by client 1, client 2 and client 3, but can have been released only once between.',
    [op(1, 'acquire', null, [0, 10]), op(2, 'acquire', null, [1, 11]), op(4, 'release', null, [3, 13])]],
  ['mutex', 'too-often', [false], [op(1, 'acquire', null, [0, 10]), op(2, 'release', null, [1, 11]), op(3, 'release', null, [2, 12])], 'The lock was free at the start and released twice, by client 2 and client 3, but can have been acquired only once by then.',
    [op(1, 'acquire', null, [0, 10]), op(2, 'release', null, [1, 11]), op(3, 'acquire', null, [2, 12])]],
  ['register', 'new-old-inversion', [null], [write(1, 1, [0, 2]), read(3, 2, [1, 5]), write(2, 2, [3, null]), read(4, 1, [6, 7])],
    'Client 3 read 2, and after that client 4 read 1, but 1 had last been written before anybody began to write 2, by client 1.', [write(1, 1, [0, 4]), read(3, 2, [1, 5]), write(2, 2, [3, null]), read(4, 1, [6, 7])]],
  ['counter', 'count-too-low', [0], [op(1, 'increment', null, [0, 1]), op(2, 'increment', 2, [0, 2]), read(3, 2, [3, 4])], 'Client 3 read 2, but after all that was over before, it can have been no less than 3.', [op(1, 'increment', null, [0, 5]), op(2, 'increment', 2, [0, 2]), read(3, 2, [3, 4])]],
  ['counter', 'count-too-high', [0], [op(1, 'increment', null, [0, 1]), read(3, 2, [3, 4])], 'Client 3 read 2, but with all that had begun by then, it can have been no more than 1.', [op(1, 'increment', null, [0, 1]), op(1, 'increment', null, [2, null]), read(3, 2, [3, 4])]],
  ['counter', 'count-jump', [0], [op(1, 'increment', null, [0, null]), read(2, 1, [1, 2]), read(3, 0, [3, 4])], 'Client 2 read 1, and after that client 3 read 0, but with what can have come between, it can have been no less than 1.', [op(1, 'increment', null, [0, null]), read(2, 0, [1, 2]), read(3, 1, [3, 4])]],
  ['queue', 'thin-air', [[]], [op(1, 'dequeue', null, [0, 1], 5)], 'Client 1 dequeued 5, but nobody had enqueued 5.', [op(2, 'enqueue', 5, [0, null]), op(1, 'dequeue', null, [1, 2], 5)]],
  ['queue', 'read-before-write', [[]], [op(1, 'dequeue', null, [0, 1], 5), op(2, 'enqueue', 5, [2, 3])], 'Client 1 dequeued 5 before anybody began to enqueue it: the first to do so was client 2.', [op(1, 'dequeue', null, [0, 3], 5), op(2, 'enqueue', 5, [2, 4])]],
  ['queue', 'double-dequeue', [[]], [op(1, 'enqueue', 5, [0, 1]), op(2, 'dequeue', null, [2, 3], 5), op(3, 'dequeue', null, [4, 5], 5)], '5 was dequeued twice, by client 2 and client 3, but was in the queue only once by then.',
    [op(1, 'enqueue', 5, [0, 1]), op(1, 'enqueue', 5, [2, null]), op(2, 'dequeue', null, [2, 3], 5), op(3, 'dequeue', null, [4, 5], 5)]],
  ['queue', 'lost-item', [[]], [op(1, 'enqueue', 5, [0, 1]), op(2, 'dequeue', null, [2, 3], null)], "Client 2 found the queue empty, but client 1's enqueue of 5 was over by then, and nobody had taken it out.", [op(1, 'enqueue', 5, [0, 3]), op(2, 'dequeue', null, [2, 4], null)]],
  ['queue', 'lost-item', [[]], [op(1, 'enqueue', 5, [0, 1]), op(2, 'enqueue', 6, [2, 3]), op(3, 'dequeue', null, [4, null]), op(2, 'dequeue', null, [5, 6], null)],
    "Client 2 found the queue empty, but client 1's enqueue of 5 and client 2's enqueue of 6 were over by then, and at most one of them can have been taken out.",
    [op(1, 'enqueue', 5, [0, 1]), op(2, 'enqueue', 6, [2, 3]), op(3, 'dequeue', null, [4, null]), op(4, 'dequeue', null, [4, null]), op(2, 'dequeue', null, [5, 6], null)]],
  ['queue', 'out-of-order', [[]], [op(1, 'enqueue', 5, [0, 1]), op(2, 'enqueue', 6, [2, 3]), op(3, 'dequeue', null, [4, 5], 6), op(4, 'dequeue', null, [6, 7], 5)],
    "Client 3 dequeued 6, but client 1's enqueue of 5 was over before anybody began to enqueue 6, and nobody had taken 5 out.",
    [op(1, 'enqueue', 5, [0, 3]), op(2, 'enqueue', 6, [2, 4]), op(3, 'dequeue', null, [5, 6], 6)]],
]

describe('a break is told in a sentence', () => {
  test.each(told)('%s: %s', (type, shape, from, operations, sentence, ...nearly) => {
    const scene = { operations, from, before: inTime }
    expect(hasOrder(models[type]!.make(from[0]!), operations, from, inTime)).toBe(false)
    expect(explain(type, scene)).toMatchObject({ shape, sentence })
    expect(holds(shape, type, scene)).toBe(true)
    for (const near of nearly) {
      expect(hasOrder(models[type]!.make(from[0]!), near, from, inTime)).toBe(true)
      expect(holds(shape, type, { operations: near, from, before: inTime })).toBe(false)
    }
  })

  test('each shape has its example', () => {
    const shown = new Set(told.map(([type, shape]) => `${type} ${shape}`))
    const all = types.flatMap((type) => Object.keys(shapes[type]!).map((shape) => `${type} ${shape}`))
    // A compare-and-set register tells as a register does; so does a key-value store that nobody appends to.
    expect(all.filter((name) => !shown.has(name) && !shown.has(name.replace(/^(cas-register|kv)/, 'register')))).toEqual([])
  })

  test('with keys, times, and the names of the round', () => {
    const at = (operation: Operation, ...atMs: readonly [number, number]): Operation => ({ ...operation, key: 'x', atMs })
    const operations = [at(write(1, 1, [0, 1]), 60_000, 61_000), at(write(2, 2, [2, 3]), 62_500, 63_000), at(read(3, 1, [4, 5]), 134_999, 136_000)]
    expect(explain('register', { operations, from: [null], before: inTime }, { client: (client) => `customer c${client}` }).sentence)
      .toBe("Customer c3 read 1 from x (at 02:14), but customer c2's write of 2 was over by then (at 01:03), and 1 had last been written before it, by customer c1.")
  })

  test('no order: each operation with its answer, and what was there at the start', () => {
    const operations = [op(1, 'enqueue', 1, [0, 4]), op(2, 'enqueue', 2, [1, 5]), op(3, 'dequeue', null, [6, 7], 2), op(3, 'dequeue', null, [8, 9], null), op(4, 'dequeue', null, [10, 11], 1)]
    const three = [op(1, 'enqueue', 1, [0, null]), op(2, 'dequeue', null, [1, 2])]
    expect(explain('stack', { operations, from: [[]], before: inTime })).toEqual({
      shape: 'no-order', cast: operations,
      sentence: 'No order of these 5 operations explains their answers (at the start: []): client 1 enqueued 1; client 2 enqueued 2; client 3 dequeued 2; client 3 found the queue empty; client 4 dequeued 1.',
    })
    expect(explain('stack', { operations: three, from: [[], [1], [2], [3], [4], [5]], before: inTime }).sentence)
      .toBe('No order of these 2 operations explains their answers, whatever came before: client 1 asked to enqueue 1; client 2 dequeued.')
  })

  test('of several keys each is looked at alone', () => {
    const x = { ...write(1, 1, [0, 1]), key: 'x' }, y = { ...read(2, 1, [2, 3]), key: 'y' }
    expect(explain('register', { operations: [x, y], from: [null], before: inTime })).toMatchObject({ shape: 'thin-air', sentence: 'Client 2 read 1 from y, but nobody had written 1.' })
    const stale = [{ ...write(1, 1, [0, 1]), key: 'x' }, { ...write(1, 2, [2, 3]), key: 'y' }, { ...read(2, 1, [4, 5]), key: 'x' }]
    expect(holds('stale-read', 'register', { operations: stale, from: [null], before: inTime })).toBe(false)
  })
})
