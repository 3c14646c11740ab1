import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { readHistory } from '../../shared/consistency/read/index.ts'
import type { ReadHistory, ReadOptions } from '../../shared/consistency/read/index.ts'
import { readJson } from '../../shared/consistency/read/json-text.ts'
import { Unreadable } from '../../shared/consistency/read/text.ts'
import { needs } from '../needs.ts'
import { outsideMark } from '../tools/count.ts'
import { outsideHistories } from './outside.ts'

const asItSays: ReadOptions = { model: null, init: undefined, keyed: false }
const read = (text: string, options: Partial<ReadOptions> = {}): ReadHistory => readHistory(text, { ...asItSays, ...options })
/** The line and the words of a refusal. */
const refusal = (text: string, options: Partial<ReadOptions> = {}): [line: number | null, error: string] | 'read' => {
  const found = read(text, options)
  return found.ok ? 'read' : [found.line, found.error]
}

const right = { id: 0, client: 0, f: 'read', status: 'ok', call: 0, ret: 1, result: null }
/** A history of these operations, the first of which stands on line 3. */
const file = (ops: readonly (object | string)[], model: object = { type: 'register', init: null }): string =>
  `{"format":"history/1",\n"model":${JSON.stringify(model)},"ops":[\n${ops.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(',\n')}\n]}\n`

test('operations, in the order of their calls, with what is absent put in', () => {
  const found = read(file([{ ...right, id: 7, client: 1, call: 5, ret: 9, callTime: 5_999_999 }, { id: 3, client: 2, f: 'write', arg: { a: [1] }, status: 'info', call: 2, ret: null }]))
  expect(found).toMatchObject({ ok: true, notes: [], history: { model: { type: 'register', init: null }, operations: [
    { id: 3, client: 2, f: 'write', key: null, arg: { a: [1] }, status: 'info', call: 2, ret: null, result: undefined },
    { id: 7, client: 1, f: 'read', key: null, arg: null, status: 'ok', call: 5, ret: 9, result: null, atMs: [5, null] },
  ] } })
  if (!found.ok) return
  expect([found.lineOf(7), found.lineOf(3), found.lineOf(4)]).toEqual([3, 4, null])
})

test('a model and a state from outside go before those of the file; the file\'s state is for its own model alone', () => {
  const text = file([right], { type: 'register', init: 5 })
  expect(read(text, { model: 'cas-register' })).toMatchObject({ history: { model: { type: 'cas-register', init: null } }, notes: ['Taken for the model cas-register; the file says register.', 'Taken to begin as null; --init says otherwise.'] })
  expect(read(text, { init: 0 })).toMatchObject({ history: { model: { type: 'register', init: 0 } } })
  expect(read(text)).toMatchObject({ history: { model: { init: 5 } }, notes: [] })
  expect(read(file([right], { type: 'register' }))).toMatchObject({ history: { model: { init: null } }, notes: ['Taken to begin as null; --init says otherwise.'] })
})

test('a client whose operation was never answered may go on', () => {
  expect(refusal(file([{ ...right, status: 'info', ret: null, result: undefined }, { ...right, id: 1, call: 4, ret: 5 }]))).toBe('read')
})

describe('what is refused, with its line, what was found and what was expected', () => {
  test.each<[what: string, text: string, line: number | null, error: RegExp]>([
    ['nothing', '', null, /^expected a history, found nothing\.$/],
    ['blanks', ' \n\n', null, /found nothing/],
    ['what is no text', '\u0000\u0001\u0002', null, /no text/],
    ['bytes that are not UTF-8', '{"format\ufffd', null, /UTF-8/],
    ['prose', '\n\nHello', 3, /expected \{, \[ or \(.*found Hello/],
    ['an empty object', '{}', 1, /expected "format": "history\/1", found nothing/],
    ['an array', '[\n {"a": 1}]', 1, /expected an object of format history\/1/],
    ['another format', '{"format":"history/2"}', 1, /found "history\/2"/],
    ['no model', '{"format":"history/1","ops":[]}', 1, /expected "model"/],
    ['no operations', '{"format":"history/1","model":{"type":"register"}}', 1, /expected "ops"/],
    ['an unknown model', file([], { type: 'stack' }), 2, /expected a model, one of register, .*; found "stack"/],
    ['a model by the name of a method', file([], { type: 'constructor' }), 2, /found "constructor"/],
    ['a state that is none', file([], { type: 'counter', init: 'x' }), 2, /does not fit the model counter: .*; found "x"/],
    ['a cut off file', file([right, right]).slice(0, -20), 4, /found the end/],
    ['a number that is none', file(['{"id":NaN}']), 3, /expected a JSON value, found NaN/],
    ['a number with a zero in front', file(['{"id":01}']), 3, /found 01/],
    ['a number that would lose digits', file([{ ...right, f: 'write' }, '{"id":1,"client":0,"f":"write","arg":12345678901234567890}']), 4, /12345678901234567890 has more digits than a number keeps/],
    ['a fraction that would lose digits', file(['{"id":0.123456789012345678}']), 3, /more digits than a number keeps/],
    ['a number beyond all', file(['{"id":1e999}']), 3, /1e999 is too large/],
    ['a name twice', file(['{"id":0,"client":0,"id":1}']), 3, /the name "id" stands twice/],
    ['a comma too many', file([right, '']), 5, /expected a JSON value, found ]/],
    ['no comma', '{"format":"history/1" "ops":[]}', 1, /expected a comma or a closing brace, found "/],
    ['an end of line in a text', '{"format":"his\ntory/1"}', 1, /no control character/],
    ['an unknown escape', String.raw`{"format":"\q"}`, 1, /after a backslash, found q/],
    ['something after the end', `${file([])}\n{}`, 6, /nothing after the JSON value/],
    ['an operation that is none', file([right, '7']), 2, /number 2 of "ops"/],
    ['a misspelt field', file([right, { ...right, id: 1, resutl: 5 }]), 4, /operation 1: expected only id, client.*found "resutl"/],
    ['no id', file([{ ...right, id: undefined }]), 3, /number 1 of "ops": expected "id" to be a whole number from 0, found nothing/],
    ['a negative client', file([{ ...right, client: -1 }]), 3, /operation 0: expected "client" to be a whole number from 0, found -1/],
    ['an f that is no text', file([{ ...right, f: 3 }]), 3, /expected "f"/],
    ['a key that is no text', file([{ ...right, key: 3 }]), 3, /expected "key" to be a text, null or absent, found 3/],
    ['an unknown status', file([{ ...right, status: 'lost' }]), 3, /"ok", "fail" or "info", found "lost"/],
    ['half a position', file([{ ...right, call: 0.5 }]), 3, /expected "call"/],
    ['an answer before its call', file([right, { ...right, id: 1, call: 9, ret: 4 }]), 4, /operation 1: expected "ret" to be later than its call at 9, found 4/],
    ['ok without an answer', file([{ ...right, ret: null }]), 3, /expected "ret" to be a whole number, since its status is ok, found null/],
    ['fail without an answer', file([{ ...right, status: 'fail', ret: null }]), 3, /since its status is fail/],
    ['info with an answer', file([{ ...right, status: 'info' }]), 3, /expected "ret" to be null, since its status is info, found 1/],
    ['a time that is none', file([{ ...right, callTime: '1' }]), 3, /expected "callTime" to be a number of ns/],
    ['an id twice', file([right, { ...right, client: 1, call: 2, ret: 3 }]), 4, /expected every id once, found 0 twice/],
    ['a position twice', file([right, { ...right, id: 1, client: 1, call: 1, ret: 3 }]), 4, /found 1 in the operations 0 and 1/],
    ['two at a time by one client', file([{ ...right, ret: 5 }, { ...right, id: 1, call: 3, ret: 6 }]), 4, /client 0 calls operation 1 at 3, before its operation 0 is answered at 5: expected one at a time/],
    ['an operation of another model', file([{ ...right, f: 'pop' }]), 3, /operation 0 does not fit the model register: f must be .*; found f "pop"/],
    ['far too deep', `${'['.repeat(200_000)}{"`, 1, /at most 100 values within one another/],
  ])('%s', (_, text, line, error) => {
    const found = refusal(text)
    expect(found).toEqual([line, expect.stringMatching(error)])
    expect(found[1]).toMatch(/\.$/)
  })

  test('nothing in a refusal moves a cursor or turns the direction of writing, and it stays short', () => {
    const found = refusal(file([{ ...right, f: `\u001b[2J\u202e${'x'.repeat(100_000)}` }]))
    expect(found[1]).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(found[1]?.length).toBeLessThan(500)
  })
})

describe('the reader of JSON', () => {
  const valueOf = (text: string): unknown => readJson(text, new Set()).value

  /** There is one zero. */
  const parse = (text: string): unknown => JSON.parse(text, (_, value: unknown) => (value === 0 ? 0 : value))

  test('any JSON is read as JSON.parse does', () => {
    fc.assert(fc.property(fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.string({ unit: 'binary' })), fc.nat(4), (value, indent) => {
      const text = JSON.stringify(value, (_, one: unknown) => (Number.isInteger(one) && !Number.isSafeInteger(one) ? 0.5 : one), indent)
      expect(valueOf(text)).toEqual(parse(text))
    }), { numRuns: 100 })
  })

  test('a damaged text is read as JSON.parse reads it, or refused; nothing else is thrown', () => {
    const marks = fc.constantFrom(...'{}[]",:\\ \n0123456789-+.eEtrufalsn\u0000\ud800', '"a":', '\\u00')
    fc.assert(fc.property(fc.jsonValue(), fc.nat(), fc.nat(3), marks, (value, where, gone, put) => {
      const text = JSON.stringify(value), at = where % (text.length + 1)
      const damaged = text.slice(0, at) + put + text.slice(at + gone)
      let mine: unknown = 'refused', theirs: unknown = 'refused'
      try { mine = valueOf(damaged) } catch (error) { if (!(error instanceof Unreadable)) throw error }
      try { theirs = parse(damaged) } catch { /* refused */ }
      // What JSON.parse takes and this does not: a name twice, and digits that are lost.
      expect(mine === 'refused' && theirs !== 'refused' ? theirs : mine).toEqual(theirs)
    }), { numRuns: 1_000 })
  })

  test('"__proto__" is a name like any other', () => expect(Object.keys(valueOf('{"__proto__":1}') as object)).toEqual(['__proto__']))

  test('ten million characters of one text, and of numbers, are read', () => {
    const long = 'x'.repeat(9_000_000)
    expect(valueOf(JSON.stringify(long)) === long).toBe(true)
    expect(valueOf(`[${'1,'.repeat(500_000)}1]`)).toHaveLength(500_001)
  })
})

test.skipIf(needs('histories'))(`every history recorded elsewhere is read, operation by operation ${outsideMark}`, () => {
  const files = outsideHistories()
  expect(files.length).toBeGreaterThan(50)
  for (const { name, text, model } of files) {
    const found = read(text), { ops } = JSON.parse(text) as { ops: { id: number }[] }
    expect([name, found.ok && found.history.model, found.ok && found.history.operations.length]).toEqual([name, model, ops.length])
  }
})
