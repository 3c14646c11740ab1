import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formats } from '../../shared/export/index.ts'
import { rowText } from '../../shared/export/csv.ts'
import { partsOf, plainJson } from '../../shared/export/format.ts'
import { edn } from '../../shared/export/edn.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { readEdn } from './edn-reader.ts'
import { shop, textOf, wildRound } from './shop.ts'

const election = scenarios['election'] as Scenario

/** Reads a table by the grammar of RFC 4180, and throws where it is broken. */
function readCsv(text: string): string[][] {
  const rows: string[][] = []
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y
  for (let row: string[] = []; cell.lastIndex < text.length;) {
    const at = cell.lastIndex
    const found = cell.exec(text)
    if (found === null) throw new Error(`no cell at ${JSON.stringify(text.slice(at, at + 30))}`)
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '')
    if (found[3] === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}

describe('a CSV table', () => {
  test('has one row a fact, with as many cells as columns, read back by the grammar', () => {
    for (const round of [wildRound(election, 6, 60_000), wildRound(shop, 6)]) {
      const [head = [], ...rows] = readCsv(textOf(formats.csv.write(round, { key: null })))
      expect(rows).toHaveLength(round.facts.length)
      expect(rows.filter((row) => row.length !== head.length)).toEqual([])
      const column = (name: string): (string | undefined)[] => rows.map((row) => row[head.indexOf(name)])
      expect(column('fact')).toEqual(round.facts.map(({ n }) => String(n)))
      expect(column('node')).toEqual(round.facts.map(({ node }) => node ?? ''))
      expect(column('before')).toEqual(round.facts.map(({ before }) => before.join(' ')))
      expect(column('words').every((words) => words !== '')).toBe(true)
    }
  })

  const hostile = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('=1+1', '+1', '-1', '@SUM(A1)', '\uff1d1+1', ' \uff20SUM(A1)', '\t=1', '\r=1', ' =1', '\u00a0=1', 'a,b', '"', '""', '\n', 'a\r\nb', ' ', '\u001b[2J', '\u009b2J', '\u0000'), fc.tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', ' '), fc.string()).map((two) => two.join('')))
  test('whatever the words, a row stays a row, and no text begins as a formula', () => {
    fc.assert(fc.property(fc.array(fc.oneof(hostile, fc.integer(), fc.constant(null)), { minLength: 1, maxLength: 5 }), (cells) => {
      const row = rowText(cells)
      expect(row).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
      const [read] = readCsv(`${row}\r\n`)
      expect(read).toHaveLength(cells.length)
      const wrong = cells.filter((cell, at) => (typeof cell === 'string' ? /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(read?.[at] ?? '=') : read?.[at] !== (cell === null ? '' : String(cell))))
      expect(wrong).toEqual([])
    }), { numRuns: 2_000 })
  })
  test('text that is harmless stays as it is', () => expect(rowText(['A sends to B.', 'a,b', 'say "x"', "C's timer", -5, null])).toBe('A sends to B.,"a,b","say ""x""",C\'s timer,-5,'))
  test('a broken table is found by the reader', () => expect(() => readCsv('a,"b\r\n')).toThrow('no cell'))
})

test('JSON and EDN carry any text through, without a control character', () => {
  fc.assert(fc.property(fc.oneof(fc.jsonValue({ maxDepth: 3, noUnicodeString: false }), hostileText()), (value) => {
    const given = JSON.parse(JSON.stringify(value)) as Parameters<typeof edn>[0]
    expect(plainJson(given)).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
    expect(JSON.parse(plainJson(given))).toEqual(given)
    const text = edn(given)
    expect(text).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
    expect(asJson(readEdn(text))).toEqual(given)
  }), { numRuns: 2_000 })
})

function hostileText(): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom('\u0000', '\u001b', '\u007f', '\u009b', '\u2028', '"', '\\', ':a', '{', ';', '#_', 'x')).map((parts) => parts.join(''))
}

/** EDN that was JSON, as JSON again. */
function asJson(value: ReturnType<typeof readEdn>): unknown {
  if (Array.isArray(value)) return value.map(asJson)
  return value instanceof Map ? Object.fromEntries([...value].map(([key, one]) => [JSON.parse(key) as string, asJson(one)])) : value
}

test('parts hold the same lines as one text, none much longer than the others', () => {
  const lines = Array.from({ length: 20_000 }, (_, n) => `line ${n}`)
  const parts = [...partsOf(lines)]
  expect(parts.join('')).toBe(`${lines.join('\n')}\n`)
  expect(parts.length).toBeGreaterThan(2)
  expect(Math.max(...parts.map((part) => part.length))).toBeLessThan(70_000)
  expect([...partsOf([])]).toEqual([])
})
