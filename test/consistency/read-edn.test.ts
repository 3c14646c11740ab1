import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { ednJson, ednText } from '../../shared/consistency/read/edn-json.ts'
import { readEdn } from '../../shared/consistency/read/edn.ts'
import type { Edn } from '../../shared/consistency/read/edn.ts'
import { Unreadable } from '../../shared/consistency/read/text.ts'

/** The JSON of every value of a text. */
const jsonOf = (text: string): unknown[] => readEdn(text).map(({ value }) => ednJson(value))
/** Why a text is refused. */
function refusal(text: string): string {
  try {
    readEdn(text)
  } catch (error) {
    if (error instanceof Unreadable) return error.message
    throw error
  }
  return 'read'
}

test.each<[text: string, value: unknown]>([
  ['nil', null], ['true', true], ['false', false],
  ['0', 0], ['-0', 0], ['+7', 7], ['-42', -42], ['42N', 42], ['0x1F', 31], ['9007199254740991', 9007199254740991],
  ['9007199254740993', '#9007199254740993'], ['-9007199254740993N', '#-9007199254740993'],
  ['1.5', 1.5], ['-2.5e-3', -0.0025], ['1.0', '#1.0'], ['+1e3', '#1000.0'], ['1000.0', '#1000.0'], ['-0.0', '#0.0'], ['1.50M', '#1.50M'], ['3M', '#3M'], ['2/3', '#2/3'], ['##NaN', '###NaN'],
  ['"a\\n\\"\\\\\\u00e9\\101"', 'a\n"\\éA'], ['"two\nlines"', 'two\nlines'], ['""', ''],
  [':key', ':key'], [':a.b/c-d*', ':a.b/c-d*'], ['sym', '\'sym'], ['-', '\'-'], ['nil?', '\'nil?'],
  ['\\a', '\\a'], ['\\newline', '\\\n'], ['\\u00e9', '\\é'], ['\\(', '\\('], ['\\"', '\\"'], ['\\😀', '\\😀'],
  ['[1 2,3]', [1, 2, 3]], ['(1 (2))', [1, [2]]], ['[]', []], ['{}', {}], ['{:a 1 "b" [2] 3 4}', { ':a': 1, b: [2], '#3': 4 }],
  ['#{2 1}', { '#set': ['1', '2'] }], ['#inst "2026-01-01"', { '#inst': '2026-01-01' }], ['#a #b 1', { '#a': { '#b': 1 } }], ['#user.Point{:x 1}', { '#user.Point': { ':x': 1 } }],
  ['#_ 1 2', 2], ['[1 #_ 2 3]', [1, 3]], ['#_ #_ 1 2 3', 3], ['[#_{:a [}] ; not this }\n4]'.replace('[}]', '[]}'), [4]], ['; only this\n5', 5], ['\ufeff1', 1],
  ['":a"', '":a"'], ['"#1.0"', '"#1.0"'], ['"\\\\a"', '"\\\\a"'], ['"\'s"', '"\'s"'], ['{"__proto__" 1}', JSON.parse('{"__proto__":1}') as unknown],
])('%s is read', (text, value) => expect(jsonOf(text)).toEqual([value]))

test('many values, each with the character at which it begins', () => {
  expect(readEdn('1 ; one\n [2]\n\n:c').map(({ at }) => at)).toEqual([0, 9, 14])
  expect(readEdn(' ; nothing\n#_ 1')).toEqual([])
})

test('values that Clojure tells apart stay apart, and others do not', () => {
  const texts = ['nil', '"nil"', 'x', '"x"', ':x', '":x"', '\\x', '"\\\\x"', '1', '"1"', '1.0', '"#1.0"', '1M', '"#1M"', '[1]', '#{1}', '{1 2}', '{"1" 2}', '{"#1" 2}', '#a 1', '9007199254740992', '9007199254740993', '0.1', '"\'x"', '{"#set" ["1"]}']
  expect(new Set(texts.map((text) => JSON.stringify(jsonOf(text)[0]))).size).toBe(texts.length)
  for (const [a, b] of [['[1 2]', '(1, 2)'], ['{:a 1 :b 2}', '{:b 2 :a 1}'], ['#{1 2}', '#{2 1}'], ['10', '10N'], ['1.5', '1.50'], ['#{{:a 1 :b 2}}', '#{{:b 2 :a 1}}']] as const) {
    expect(JSON.stringify(jsonOf(a))).toBe(JSON.stringify(jsonOf(b)))
  }
})

test.each<[text: string, error: RegExp]>([
  ['[1 2', /expected \] at the end of this vector, found the end/], ['{:a', /expected } at the end of this map/], ['(', /this list/], ['#{1', /this set/],
  ['[1 }', /expected a value or \], found }/], [']', /expected a value, found \]/], ['{:a 1 :b}', /a value for each key/], ['{:a 1 :a 2}', /:a stands twice/], ['{"a" 1 "a" 2}', /"a" stands twice/],
  ['"abc', /closing quote/], ['"\\q"', /after a backslash, found q/], ['"\\u12"', /four hexadecimal digits/], ['\\', /a character after the backslash/], ['\\abc', /found abc/],
  ['1x', /expected a number, found 1x/], ['01', /found 01/], ['1/0', /found 1\/0/], ['1.2.3', /found 1.2.3/], ['--', /^read$/], ['-1-', /found -1-/],
  [':', /a name after the colon/], ['@a', /a value of EDN, found @a/], ['^{:a 1} b', /a value of EDN/], ['#', /a value of EDN/], ['#"regex"', /a value of EDN/], ['#_', /a value to discard/], ['[#_]', /a value to discard/], ['#a', /a value after the tag #a/], ['[#a]', /after the tag/],
])('%s is refused', (text, error) => expect(refusal(text)).toMatch(error))

describe('hostile texts', () => {
  test.each(['[', '(', '{', '#{', '#_', '#a ', '{1 '])('a hundred thousand times %s is refused, without the stack', (text) => expect(refusal(text.repeat(100_000))).toMatch(/at most 100 values within one another/))
  test('ten million characters are read: one text, comments, blanks, one keyword', () => {
    const many = 10_000_000
    expect(readEdn(`"${'x'.repeat(many / 2)}" ${' '.repeat(many / 4)}:${'k'.repeat(many / 4)}`)).toHaveLength(2)
    expect(readEdn(`${';;\n'.repeat(100_000)} 1`)).toHaveLength(1)
  })
  test('a name that is a method of objects is no character', () => expect(refusal('\\constructor')).toMatch(/found constructor/))
})

/** Values of all sorts, as the reader gives them. Doubles are written by JavaScript, as Clojure would read them. */
const atoms: fc.Arbitrary<Edn> = fc.oneof(
  fc.constantFrom(null, true, false), fc.maxSafeInteger(), fc.string({ unit: 'binary' }),
  fc.tuple(fc.constantFrom('keyword' as const, 'symbol' as const), fc.stringMatching(/^[a-z][a-z0-9*+!_?<>=.-]{0,8}$/)).filter(([, text]) => !['nil', 'true', 'false'].includes(text)).map(([kind, text]) => ({ kind, text })),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }).filter((text) => [...text].length === 1 && /[^\s\p{Cs}]/u.test(text)).map((text) => ({ kind: 'char' as const, text })),
  fc.constantFrom('1.0', '1.5M', '2/3', '##Inf', '123456789012345678901234567890', '-2.5e-7').map((text) => ({ kind: 'number' as const, text })),
)
const values: fc.Arbitrary<Edn> = fc.letrec<{ value: Edn }>((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, atoms,
    fc.tuple(fc.constantFrom('list' as const, 'vector' as const, 'set' as const), fc.array(tie('value'), { maxLength: 4 })).map(([kind, items]) => ({ kind, items, at: 0 })),
    fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 4 }).map((entries) => ({ kind: 'map' as const, at: 0, entries: entries.filter(([key], n) => entries.findIndex(([other]) => ednText(other) === ednText(key)) === n) })),
    tie('value').map((value) => ({ kind: 'tagged' as const, tag: 'my/tag', value, at: 0 }))),
})).value

/** Prints with whatever may stand between values. `n` picks what. */
function printed(value: Edn, n: number): string {
  const between = [' ', ',', '\n', ' ; a comment ]}\n', ' #_ {:gone [1 2]} ', ' #_#_ 1 "2" '][n % 6] ?? ' '
  const all = (items: readonly Edn[]): string => items.map((item, at) => printed(item, n + at + 1)).join(between)
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? JSON.stringify(value) : ednText(value)
  switch (value.kind) {
    case 'list': return `(${all(value.items)})`
    case 'vector': return `[${between}${all(value.items)}]`
    case 'set': return `#{${all(value.items)}${between}}`
    case 'map': return `{${all(value.entries.flat())}}`
    case 'tagged': return `#${value.tag}${between}${printed(value.value, n + 1)}`
    default: return ednText(value)
  }
}

test('any value that is printed, with anything between its parts, is read back', () => {
  fc.assert(fc.property(fc.array(values, { maxLength: 4 }), fc.nat(5), (all, n) => {
    const found = readEdn(all.map((one) => printed(one, n)).join('\n'))
    expect(found.map(({ value }) => ednText(value))).toEqual(all.map(ednText))
    expect(found.map(({ value }) => ednJson(value))).toEqual(all.map(ednJson))
  }), { numRuns: 300 })
})

test('a damaged text is read or refused; nothing else is thrown', () => {
  let read = 0, refused = 0
  const marks = fc.constantFrom(...'()[]{}#_:;"\\ ,\n019.-+/MN^@\'nilu\u0000\ud800', '#{', '#_', '\\u')
  fc.assert(fc.property(fc.array(values, { minLength: 1, maxLength: 3 }), fc.nat(5), fc.array(fc.tuple(fc.nat(), fc.nat(3), marks), { minLength: 1, maxLength: 3 }), (all, n, damages) => {
    let text = all.map((one) => printed(one, n)).join('\n')
    for (const [where, gone, put] of damages) {
      const at = where % (text.length + 1)
      text = text.slice(0, at) + put + text.slice(at + gone)
    }
    if (refusal(text) === 'read') read++
    else refused++
  }), { numRuns: 700 })
  expect(Math.min(read, refused)).toBeGreaterThan(100)
})
