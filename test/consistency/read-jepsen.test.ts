import { describe, expect, test } from 'vitest'
import type { History, Operation } from '../../shared/consistency/history.ts'
import { checkHistory } from '../../shared/consistency/index.ts'
import { readHistory } from '../../shared/consistency/read/index.ts'
import type { ReadHistory, ReadOptions } from '../../shared/consistency/read/index.ts'
import { STEPS_USUAL } from '../../shared/consistency/verdict.ts'
import { historyOf } from '../../shared/export/history.ts'
import { jepsen } from '../../shared/export/jepsen.ts'
import type { Json } from '../../shared/sim/json.ts'
import { shop, textOf, wildRound } from '../export/shop.ts'
import { needs } from '../needs.ts'
import { outsideMark } from '../tools/count.ts'
import { outsideHistories } from './outside.ts'
import { randomHistory, toys } from './random.ts'

const asItSays: ReadOptions = { model: null, init: undefined, keyed: false }
const read = (text: string, options: Partial<ReadOptions> = {}): ReadHistory => readHistory(text, { ...asItSays, ...options })

function operationsOf(text: string, options: Partial<ReadOptions> = {}): readonly Operation[] {
  const found = read(text, options)
  if (!found.ok) throw new Error(`line ${found.line}: ${found.error}`)
  return found.history.operations
}

/** A map for each event: process, type, f and value, and what else is given. */
const line = (process: number | string, type: string, f: string, value: string, more = ''): string => `{:process ${process}, :type :${type}, :f :${f}, :value ${value}${more}}`
/** An operation that is invoked and completed at once. */
const whole = (process: number, f: string, asked: string, answered: string, type = 'ok'): string => `${line(process, 'invoke', f, asked)}\n${line(process, type, f, answered)}\n`

const sample = [line(0, 'invoke', 'write', '1', ', :time 1500000'), line(1, 'invoke', 'read', 'nil'), line(':nemesis', 'info', 'start', ':all'), line(0, 'ok', 'write', '1', ', :time 2999999, :index 7, :error [:x {}]'), line(1, 'ok', 'read', '1'), line(2, 'invoke', 'cas', '[1 2]'), line(2, 'info', 'cas', '[1 2]'), line(3, 'invoke', 'write', '5')]
const expected = [
  { id: 0, client: 0, f: 'write', key: null, arg: 1, status: 'ok', call: 0, ret: 2, result: undefined, atMs: [1, 2] },
  { id: 1, client: 1, f: 'read', key: null, arg: null, status: 'ok', call: 1, ret: 3, result: 1 },
  { id: 2, client: 2, f: 'cas', key: null, arg: [1, 2], status: 'info', call: 4, ret: null, result: undefined },
  { id: 3, client: 3, f: 'write', key: null, arg: 5, status: 'info', call: 6, ret: null, result: undefined },
]

test.each([
  ['a map a line', sample.join('\n')], ['a vector', `[${sample.join('\n ')}]`], ['a list with comments', `; recorded\n(${sample.join('\n ; next\n')}\n)`],
  ['records', sample.map((one) => `#jepsen.history.Op${one}`).join('\n')], ['one line', sample.join(' ')],
])('%s gives the same operations', (_, text) => {
  expect(read(text)).toMatchObject({ ok: true, notes: ['Model cas-register, by the names of its operations.', start('null')], history: { model: { type: 'cas-register', init: null } } })
  expect(operationsOf(text)).toEqual(expected)
})

/** What is said of a state at the start that was not given. */
const start = (init: string): string => `Taken to begin as ${init}; --init says otherwise.`

test('an operation stands on the line of its invocation', () => {
  const found = read(sample.join('\n'))
  expect(found.ok && [0, 1, 2, 3, 4].map((id) => found.lineOf(id))).toEqual([1, 2, 6, 8, null])
})

describe('values', () => {
  test('a completed read of nil is one whose answer nobody knows, and a failed or lost one says nothing', () => {
    expect(operationsOf(whole(0, 'read', 'nil', 'nil') + whole(0, 'read', 'nil', '3', 'fail') + whole(0, 'read', 'nil', '3', 'info')).map(({ status, result }) => [status, result])).toEqual([['ok', undefined], ['fail', undefined], ['info', undefined]])
  })
  test('a completed cas was done', () => {
    expect(operationsOf(whole(0, 'cas', '[1 2]', '[1 2]') + whole(0, 'cas', '[1 2]', '[1 2]', 'fail')).map(({ status, result }) => [status, result])).toEqual([['ok', true], ['fail', undefined]])
  })
  test('what was asked for may be said at the end alone', () => {
    expect(operationsOf(whole(0, 'write', 'nil', '4') + line(1, 'invoke', 'write', '5') + line(1, 'ok', 'write', 'nil')).map(({ arg }) => arg)).toEqual([4, 5])
  })
  test.each<[f: string, asked: string, answered: string, model: string, call: object]>([
    ['acquire', ':me', ':token', 'mutex', { f: 'acquire', arg: null, result: undefined }],
    ['enqueue', '{:a 1}', '{:a 1}', 'queue', { f: 'enqueue', arg: { ':a': 1 } }], ['dequeue', 'nil', '"x"', 'queue', { f: 'dequeue', arg: null, result: 'x' }], ['dequeue', 'nil', 'nil', 'queue', { f: 'dequeue', arg: null, result: null }],
    ['add', '3', '3', 'counter', { f: 'increment', arg: 3 }], ['increment', 'nil', 'nil', 'counter', { f: 'increment', arg: null }], ['decrement', '2', '2', 'counter', { f: 'decrement', arg: 2 }],
  ])(':%s %s, completed with %s, is of a %s', (f, asked, answered, model, call) => {
    const text = whole(0, f, asked, answered)
    expect(read(text)).toMatchObject({ history: { model: { type: model } } })
    expect(operationsOf(text)).toMatchObject([call])
  })
  test('a read alone is of a register; with a counter\'s add it is of a counter; a model that is named goes before', () => {
    expect(read(whole(0, 'read', 'nil', '1'))).toMatchObject({ history: { model: { type: 'register' } }, notes: ['Model register, by the names of its operations.', start('null')] })
    expect(read(whole(0, 'read', 'nil', '1') + whole(0, 'add', '1', '1'))).toMatchObject({ history: { model: { type: 'counter', init: 0 } } })
    expect(read(whole(0, 'read', 'nil', '1'), { model: 'counter', init: 5 })).toMatchObject({ history: { model: { type: 'counter', init: 5 } }, notes: [] })
  })
})

describe('keys', () => {
  const tuples = whole(0, 'write', '[:x 1]', '[:x 1]') + whole(0, 'read', '["y" nil]', '["y" 2]') + whole(0, 'cas', '[3 [1 2]]', '[3 [1 2]]', 'fail')
  const keyed = [[':x', 1, undefined], ['y', null, 2], ['3', [1, 2], undefined]]
  const parts = (operations: readonly Operation[]): unknown[] => operations.map(({ key, arg, result }) => [key, arg, result])

  test('[key value] is found where every value is a vector of two and every read is called with [key nil]', () => {
    expect(read(tuples)).toMatchObject({ notes: ['Model cas-register, by the names of its operations.', 'Its values were taken as [key value].', start('null')] })
    expect(parts(operationsOf(tuples))).toEqual(keyed)
    expect(parts(operationsOf(tuples.replace('["y" nil]', '#jepsen.independent/tuple ["y" nil]')))).toEqual(keyed)
  })
  test('a cas alone, or a register of pairs, has no keys unless that is said', () => {
    expect(parts(operationsOf(whole(0, 'cas', '[1 2]', '[1 2]')))).toEqual([[null, [1, 2], true]])
    const pairs = whole(0, 'write', '[1 2]', '[1 2]')
    expect(parts(operationsOf(pairs))).toEqual([[null, [1, 2], undefined]])
    expect(parts(operationsOf(pairs, { keyed: true }))).toEqual([['1', 2, undefined]])
    expect(parts(operationsOf(pairs + whole(0, 'read', 'nil', '[1 2]')))).toEqual([[null, [1, 2], undefined], [null, null, [1, 2]]])
  })
  test(':key is a key wherever it stands', () => {
    const text = `${line(0, 'invoke', 'get', 'nil', ', :key "k"')}\n${line(0, 'ok', 'get', '"v"', ', :key "k"')}`
    expect(read(text)).toMatchObject({ history: { model: { type: 'kv' }, operations: [{ f: 'get', key: 'k', arg: null, result: 'v' }] } })
  })
})

describe('what is refused, with its line', () => {
  test.each<[what: string, text: string, line: number | null, error: RegExp, options?: Partial<ReadOptions>]>([
    ['a completion of nothing', `${line(0, 'invoke', 'read', 'nil')}\n${line(1, 'ok', 'read', '1')}`, 2, /process 1 completes :read with :ok: expected an :invoke of it before/],
    ['a completion after a completion', `${whole(0, 'read', 'nil', '1')}${line(0, 'ok', 'read', '1')}`, 3, /expected an :invoke/],
    ['the completion of another operation', `${line(0, 'invoke', 'read', 'nil')}\n${line(0, 'ok', 'write', '1')}`, 2, /completes :write: expected its :read/],
    ['two at a time', `${line(0, 'invoke', 'read', 'nil')}\n\n${line(0, 'invoke', 'write', '1')}`, 3, /process 0 invokes :write before its :read is completed/],
    ['a dead process', `${whole(0, 'read', 'nil', 'nil', 'info')}${line(0, 'invoke', 'read', 'nil')}`, 3, /after its :info: expected another process/],
    ['another value than was asked for', whole(0, 'write', '1', '2'), 2, /expected the value 1 that was invoked, found 2/],
    ['another key', whole(0, 'read', '[1 nil]', '[2 5]'), 2, /expected the key 1 that was invoked, found 2/],
    ['no key where there must be one', whole(0, 'write', '5', '5'), 1, /expected a value \[key value\], found 5/, { keyed: true }],
    ['keys that differ in quotes alone', whole(0, 'read', '[1 nil]', '[1 5]') + whole(0, 'read', '["1" nil]', '["1" 5]'), 3, /expected keys that differ in more than their quotes, found 1 and "1"/],
    ['an unknown type', line(0, 'okay', 'read', 'nil'), 1, /:type to be :invoke, :ok, :fail or :info, found :okay/],
    ['a process of another sort', line(':client', 'invoke', 'read', 'nil'), 1, /:process to be a whole number from 0, or :nemesis, found :client/],
    ['no process', '{:type :invoke, :f :read}', 1, /:process.*found nothing/],
    ['no f', '{:type :invoke, :process 0, :f "read"}', 1, /:f to be a keyword.*found "read"/],
    ['a time that is none', line(0, 'invoke', 'read', 'nil', ', :time "now"'), 1, /:time to be a number of ns, found "now"/],
    ['what is no map', `${line(0, 'invoke', 'read', 'nil')}\n[1 2]`, 2, /expected an operation, a map such as .*; found \[1 2\]/],
    ['a number within a vector', `[${line(0, 'invoke', 'read', 'nil')}\n 7]`, 1, /found 7/],
    ['operations of no model', whole(0, 'txn', '[[:r 1 nil]]', '[[:r 1 2]]'), 1, /expected the operations of one model \(register: read, write; .*\); found txn/],
    ['operations of two models', whole(0, 'read', 'nil', '1') + whole(0, 'acquire', 'nil', 'nil'), 3, /found read, acquire/],
    ['an operation that the named model has not', whole(0, 'cas', '[1 2]', '[1 2]'), 1, /does not fit the model register/, { model: 'register' }],
    ['a cas of one value', whole(0, 'cas', '1', '1'), 1, /does not fit the model cas-register/],
    ['a state that is none', whole(0, 'acquire', 'nil', 'nil'), null, /does not fit the model mutex/, { init: 'x' }],
    ['a cut off file', `[${sample.join('\n')}`, 1, /expected \] at the end of this vector/],
  ])('%s', (_, text, at, error, options) => {
    const found = read(text, options)
    expect(found.ok ? 'read' : [found.line, found.error]).toEqual([at, expect.stringMatching(error)])
  })
})

/** A history as Jepsen would have recorded it. Every value has its key where there is one. */
function printed({ operations }: History): string {
  const edn = (value: Json | undefined): string => (value === null || value === undefined ? 'nil' : Array.isArray(value) ? `[${value.map(edn).join(' ')}]` : JSON.stringify(value))
  const event = (operation: Operation, type: string): string => {
    const { f, key, arg, result } = operation
    const value = edn(arg ?? (type === 'ok' ? result : null))
    // What found another value than it compared with did nothing, which Jepsen calls a failure.
    const how = f === 'cas' && type === 'ok' && result === false ? 'fail' : type
    return line(operation.client, how, f, key === null ? value : `[${edn(key)} ${value}]`)
  }
  const events = operations.flatMap((one) => [{ at: one.call, text: event(one, 'invoke') }, ...(one.ret === null ? [] : [{ at: one.ret, text: event(one, one.status) }])])
  return events.sort((a, b) => a.at - b.at).map(({ text }) => text).join('\n')
}

/** What Jepsen cannot say: that a cas found another value, and that a read found nil, unless it calls that otherwise. */
const asJepsenSays = (history: History, nil = true): History => ({ ...history, operations: history.operations.map((one): Operation =>
  one.f === 'cas' && one.result === false ? { ...one, status: 'fail', result: undefined }
    : nil && (one.f === 'read' || one.f === 'get') && one.result === null ? { ...one, result: undefined } : one) })

const verdictOf = (history: History): string => checkHistory(history, 'linearizable', { steps: STEPS_USUAL }).verdict

test.each(Object.keys(toys))('a %s: histories made from seeds have one verdict, as they are and printed as Jepsen\'s', (type) => {
  const verdicts = new Set<string>()
  for (let seed = 0; seed < 300; seed++) {
    const history = randomHistory(type, seed)
    // Jepsen has no word for an answer that could be any, but for that of a read.
    if (history.operations.some(({ f, status, result }) => (f === 'cas' || f === 'dequeue') && status === 'ok' && result === undefined)) continue
    // One key in every value, or none: what is printed must show which.
    const keyed = history.operations.some(({ key }) => key !== null)
    const found = read(printed(history), { model: type, init: history.model.init, keyed })
    if (!found.ok) throw new Error(`seed ${seed}, line ${found.line}: ${found.error}`)
    const verdict = verdictOf(asJepsenSays(history))
    expect(`seed ${seed}: ${verdictOf(found.history)}`).toBe(`seed ${seed}: ${verdict}`)
    verdicts.add(verdict)
  }
  expect(verdicts.size).toBe(2)
})

test('a reader that took a nil read for one that found null would be found', () => {
  const nilIsNull = (history: History): History => ({ ...history, operations: history.operations.map((one): Operation => (one.f === 'read' && one.status === 'ok' && one.result === undefined ? { ...one, result: null } : one)) })
  const seeds = Array.from({ length: 300 }, (_, seed) => asJepsenSays(randomHistory('register', seed)))
  expect(seeds.filter((history) => verdictOf(history) !== verdictOf(nilIsNull(history))).length).toBeGreaterThan(5)
})

test('a round that was exported is read back as what its customers did, and judged alike', () => {
  const verdicts = new Set<string>()
  for (let seed = 1; seed <= 8; seed++) {
    const round = wildRound(shop, seed, seed % 2 === 0 ? 1_000 : 10_000)
    const { history: spec } = shop
    if (spec === undefined) throw new Error('the shop has lost its history')
    const told = historyOf(round.facts, spec)
    const back = read(textOf(jepsen.write(round, { key: null })))
    if (!back.ok) throw new Error(`seed ${seed}, line ${back.line}: ${back.error}`)
    // The export calls null :null, and gives it to each register first, by one client more.
    const parts = ({ f, key, arg, status, result }: Operation): string => JSON.stringify([f, key, arg, status, f === 'read' && status === 'ok' && result === null ? ':null' : result])
    const setUp = new Set(told.operations.map(({ key }) => key)).size
    expect(back.history.operations.slice(setUp).map(parts)).toEqual(asJepsenSays(told, false).operations.map(parts))
    expect(`seed ${seed}: ${verdictOf(back.history)}`).toBe(`seed ${seed}: ${verdictOf(told)}`)
    verdicts.add(verdictOf(told))
  }
  expect(verdicts.size).toBe(2)
})

test.skipIf(needs('histories'))(`histories recorded elsewhere have their verdict when they are printed as Jepsen's ${outsideMark}`, () => {
  // Those of Porcupine know that a read found null, which Jepsen cannot say.
  for (const { name, text, expected: { linearizable }, model } of outsideHistories().filter((one) => one.name.startsWith('knossos'))) {
    const found = read(text)
    if (!found.ok) throw new Error(name)
    const again = read(printed(found.history), { model: model.type, init: model.init })
    if (!again.ok) throw new Error(`${name}, line ${again.line}: ${again.error}`)
    expect([name, verdictOf(again.history)]).toEqual([name, linearizable === true ? 'fine' : 'violated'])
  }
})
