import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawWitness } from '../../shared/consistency/draw/index.ts'
import { arrows } from '../../shared/consistency/draw/arrows.ts'
import { layoutOf } from '../../shared/consistency/draw/layout.ts'
import type { Bar } from '../../shared/consistency/draw/layout.ts'
import { Router } from '../../shared/consistency/draw/routes.ts'
import type { Point } from '../../shared/consistency/draw/routes.ts'
import { escaped, wrapped, widthOf } from '../../shared/consistency/draw/text.ts'
import type { History, Operation } from '../../shared/consistency/history.ts'
import { models } from '../../shared/consistency/models/index.ts'
import type { Edge, Witness } from '../../shared/consistency/verdict.ts'
import type { Json } from '../../shared/sim/json.ts'

const operation = (id: number, client: number, f: string, call: number, ret: number | null, value: Json, more: Partial<Operation> = {}): Operation =>
  ({ id, client, f, key: null, arg: f === 'write' ? value : null, status: ret === null ? 'info' : 'ok', call, ret, result: f === 'read' && ret !== null ? value : undefined, ...more })
const historyOf = (operations: readonly Operation[]): History => ({ model: { type: 'register', init: null }, operations: [...operations].sort((a, b) => a.call - b.call) })
const witnessOf = (operations: readonly Operation[], more: Partial<Witness> = {}): Witness =>
  ({ operations, partition: '', from: [null], edges: [], shape: 'stale-read', sentence: 'Client 2 read 1, but 1 is older.', ...more })
const words = { title: 'Linearizability: violated', source: 'history.edn' }

/** Two writes, the second never answered; both values read, the older one last; others around. */
const own = [operation(0, 0, 'write', 0, 1, 1), operation(1, 0, 'write', 4, null, 2), operation(2, 1, 'read', 5, 8, 2), operation(3, 2, 'read', 9, 12, 1)]
const others = [operation(4, 3, 'read', 2, 6, 1), operation(5, 3, 'read', 7, 11, 2), operation(6, 4, 'read', 3, 10, 7, { status: 'fail', result: undefined }), operation(7, 5, 'read', 20, 21, 2)]
const history = historyOf([...own, ...others])

/** Throws when tags do not close in order or an attribute has no quotes. Texts of all elements, by name. */
function elements(svg: string): { name: string; attributes: string; text: string }[] {
  const found: { name: string; attributes: string; text: string }[] = [], open: typeof found = []
  let at = 0
  const tag = /<(\/?)([a-zA-Z]+)((?:\s+[a-zA-Z][a-zA-Z0-9-]*="[^"<>]*")*)\s*(\/?)>|([^<>]+)/y
  while (at < svg.length) {
    tag.lastIndex = at
    const match = tag.exec(svg)
    if (match === null) throw new Error(`no markup: ${svg.slice(at, at + 60)}`)
    at = tag.lastIndex
    const [, closes, name = '', attributes = '', empty, text] = match
    if (text !== undefined) {
      if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(text)) throw new Error(`a bare ampersand: ${text}`)
      for (const one of open) one.text += text
    } else if (closes === '/') {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes another element`)
    } else {
      const element = { name, attributes, text: '' }
      found.push(element)
      if (empty !== '/') open.push(element)
    }
  }
  if (open.length > 0) throw new Error(`<${open[0]?.name}> is not closed`)
  return found
}
const unescaped = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', '\'').replaceAll('&amp;', '&')
const textsOf = (svg: string, name = 'text'): string[] => elements(svg).filter((one) => one.name === name).map(({ text }) => unescaped(text))

test('what is said, who is drawn, and what is not', () => {
  const svg = drawWitness(witnessOf(own), history, words)
  const texts = textsOf(svg)
  for (const text of ['Linearizability: violated', 'history.edn', 'Client 2 read 1, but 1 is older.', 'State at the start: null.', 'client 0', 'client 1', 'client 2', 'client 3', 'write 1', 'write 2', 'no answer', '1', '2', '3', '4']) expect(texts).toContain(text)
  // Client 4 failed, and client 5 came later.
  expect(texts.join(' ')).not.toMatch(/client [45]/)
  expect(texts.filter((text) => text === 'no answer')).toHaveLength(1)
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 1200 /)
  expect(textsOf(svg, 'title')).toContain('3: client 1, read 2, from 5 to 8')
  expect(textsOf(svg, 'desc')).toEqual(['1: client 0, write 1, from 0 to 1. 2: client 0, write 2, from 4 never answered. 3: client 1, read 2, from 5 to 8. 4: client 2, read 1, from 9 to 12.'])
})

test('the state of a later moment is not called that of the start', () => {
  expect(textsOf(drawWitness(witnessOf(own, { from: [null, 7] }), history, words))).toContain('State just before: null or 7.')
  expect(textsOf(drawWitness(witnessOf(own, { from: [7] }), history, words))).toContain('State just before: 7.')
})

test('the witness has numbers and thick edges, others have neither', () => {
  const groups = drawWitness(witnessOf(own), history, words).split('<g>').slice(1)
  expect(groups).toHaveLength(6)
  for (const group of groups) expect([/stroke-width="2.5"/.test(group), /<circle/.test(group)]).toEqual(group.startsWith('<title>client 3') ? [false, false] : [true, true])
})

test('an operation that the witness needs less of is dashed, as long as it was, and explained', () => {
  const [first, , ...rest] = own
  const answered = operation(1, 0, 'write', 4, 6.5, 2)
  const svg = drawWitness(witnessOf([first as Operation, { ...answered, status: 'info', ret: null }, ...rest]), historyOf([...own.filter(({ id }) => id !== 1), answered]), words)
  expect(textsOf(svg, 'title').join()).toContain('2: client 0, write 2, from 4 to 6.5, and may as well happen later')
  expect(svg.match(/stroke-dasharray="6 4"/g)).toHaveLength(1)
  expect(textsOf(svg)).not.toContain('no answer')
  expect(textsOf(svg).join()).toContain('Dashed edge: it is wrong as well if this one took effect later, or never.')
})

test('another key is not around', () => {
  const keyed = history.operations.map((one) => ({ ...one, key: one.client === 3 ? 'y' : 'x' }))
  const svg = drawWitness(witnessOf(keyed.filter(({ id }) => id < 4), { partition: 'x' }), { ...history, operations: keyed }, words)
  expect(textsOf(svg).join()).not.toContain('client 3')
  expect(textsOf(svg).join()).toContain('Only "x" matters here.')
})

test('where several keys matter, each bar names its own, once', () => {
  const keyed = own.map((one): Operation => ({ ...one, key: one.client === 0 ? 'x' : 'y' }))
  expect(textsOf(drawWitness(witnessOf(keyed, { partition: null }), historyOf(keyed), words))).toEqual(expect.arrayContaining(['x', 'y', 'write 1', 'read 2']))
  const store = keyed.map((one): Operation => (one.f === 'write' ? { ...one, f: 'put', arg: 'a' } : { ...one, f: 'get', result: 'a' }))
  expect(textsOf(drawWitness(witnessOf(store, { partition: null, from: [] }), { ...historyOf(store), model: { type: 'kv', init: '' } }, words))).not.toContain('x')
})

test('times stand on the axis where all are known', () => {
  const timed = own.map((one): Operation => ({ ...one, atMs: [61_000 + one.call * 7, one.ret === null ? null : 61_000 + one.ret * 7] }))
  expect(textsOf(drawWitness(witnessOf(timed), historyOf(timed), words))).toEqual(expect.arrayContaining(['01:01.000', 'time, minutes and seconds; not to scale']))
  expect(textsOf(drawWitness(witnessOf(own), history, words))).toEqual(expect.arrayContaining(['0', '12', 'place in the order of events; not to scale']))
})

test('a circle of reasons: an arrow with a letter for each, and its sentence', () => {
  const edges: Edge[] = [{ from: 0, to: 3, why: 'it was read' }, { from: 3, to: 0, why: '<b>old</b>' }, { from: 0, to: 1, why: 'same client' }]
  const svg = drawWitness(witnessOf(own, { edges }), history, words)
  expect(svg.match(/marker-end/g)).toHaveLength(3)
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['1 before 4: it was read', '4 before 1: <b>old</b>', '1 before 2: same client']))
  const letters = elements(svg).filter(({ name, text }) => name === 'text' && /^[abc]$/.test(text)).map(({ text, attributes }) => ({ text, x: Number(/ x="([-\d.]+)/.exec(attributes)?.[1]), y: Number(/ y="([-\d.]+)/.exec(attributes)?.[1]) }))
  expect(letters.map(({ text }) => text)).toEqual(['a', 'b', 'c', 'a', 'b', 'c'])
  for (const a of letters) for (const b of letters) expect(a === b ? 19 : Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y))).toBeGreaterThan(18)
})

test('many short reasons stand in two columns, long ones below one another', () => {
  const columnsOf = (why: string, many: number): number[] => {
    const edges = Array.from({ length: many }, (_, n): Edge => ({ from: n % 4, to: (n + 1) % 4, why }))
    const places = elements(drawWitness(witnessOf(own, { edges }), history, words)).filter(({ name, text }) => name === 'text' && / before \d: /.test(text)).map(({ attributes }) => [Number(/ x="([-\d.]+)/.exec(attributes)?.[1]), Number(/ y="([-\d.]+)/.exec(attributes)?.[1])])
    expect(new Set(places.map(String)).size).toBe(many)
    return [...new Set(places.map(([x]) => x ?? 0))]
  }
  expect(columnsOf('same client', 3)).toHaveLength(1)
  expect(columnsOf('same client', 5)).toHaveLength(2)
  expect(columnsOf('it was read '.repeat(8), 5)).toHaveLength(1)
})

test('a large witness among many others: what is left out is counted', () => {
  const many = Array.from({ length: 100 }, (_, n) => operation(n, n % 10, 'read', 2 * n, 2 * n + 1, n))
  const around = Array.from({ length: 50 }, (_, n) => operation(100 + n, 20 + n, 'write', 0.001 * (n + 1), 500 + n, n))
  const svg = drawWitness(witnessOf(many), historyOf([...many, ...around]), words)
  // Ten clients fill the wall already.
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['And 70 more operations that belong to them.', 'And 50 more operations meanwhile.']))
  expect(svg.match(/<g>/g)).toHaveLength(30)
})

test('others get rows as long as all fit a wall; those of clients that have one, always', () => {
  const strangers = Array.from({ length: 50 }, (_, n) => operation(100 + n, 20 + n, 'write', 2 + 0.001 * (n + 1), 500 + n, n))
  const known = Array.from({ length: 20 }, (_, n) => operation(200 + n, 2, 'read', 8.1 + n * 0.01, 8.105 + n * 0.01, 2))
  const drawn = (around: readonly Operation[]): { rows: string[]; bars: number; more: string | undefined } => {
    const svg = drawWitness(witnessOf(own), historyOf([...own, ...around]), words)
    return { rows: textsOf(svg).filter((text) => /^client \d+$/.test(text)), bars: svg.match(/<g>/g)?.length ?? 0, more: /And \d+ more operations meanwhile/.exec(svg)?.[0] }
  }
  expect(drawn(strangers)).toMatchObject({ rows: { length: 9 }, bars: 10, more: 'And 44 more operations meanwhile' })
  expect(drawn(known)).toMatchObject({ rows: { length: 3 }, bars: 16, more: 'And 8 more operations meanwhile' })
})

describe('whatever the history holds', () => {
  const value = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.constantFrom('</text><script>alert(1)</script>', '" onload="x', ']]>', '&amp;', '\u0000\u202e', '\ud800'), fc.integer(), fc.constant({ a: [null] }))
  const random = fc.array(fc.record({ client: fc.oneof(fc.nat(5), fc.nat(1e9)), write: fc.boolean(), value, long: fc.nat(12), fate: fc.nat(9), own: fc.boolean() }), { minLength: 1, maxLength: 25 })
  const historyFrom = (given: typeof random extends fc.Arbitrary<infer T> ? T : never): { all: Operation[]; witness: Operation[] } => {
    const all = given.map((one, n) => operation(n, one.client, one.write ? 'write' : 'read', n * 2, one.fate === 0 ? null : n * 2 + 1 + 2 * one.long, one.value as Json))
    return { all, witness: all.filter((_, n) => n === 0 || given[n]?.own === true) }
  }

  test('it is well-formed, says only its own markup, and stays on its paper', () => {
    fc.assert(fc.property(random, fc.string({ unit: 'binary' }), (given, sentence) => {
      const { all, witness } = historyFrom(given)
      const edges = witness.map((one, n): Edge => ({ from: one.id, to: witness[(n + 1) % witness.length]?.id ?? 0, why: sentence }))
      const svg = drawWitness(witnessOf(witness, { sentence, edges: all.length % 2 === 0 ? edges : [], partition: null, from: given.map((one) => one.value as Json) }), historyOf(all), { ...words, source: sentence })
      expect(elements(svg).map(({ name }) => name).filter((name) => !['svg', 'title', 'desc', 'defs', 'linearGradient', 'stop', 'marker', 'path', 'rect', 'line', 'text', 'circle', 'g'].includes(name))).toEqual([])
      expect(svg.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\ufffe\uffff]|NaN|undefined|Infinity/u)
      const [, height = ''] = /viewBox="0 0 1200 ([\d.]+)"/.exec(svg) ?? []
      for (const [, x, y] of svg.matchAll(/ (?:x|cx)="([-\d.]+)" (?:y|cy)="([-\d.]+)"/g)) {
        expect(Number(x)).toBeGreaterThanOrEqual(0)
        expect(Number(x)).toBeLessThanOrEqual(1168)
        expect(Number(y)).toBeLessThanOrEqual(Number(height))
      }
    }), { numRuns: 60 })
  })

  test('a text that is not escaped, or an element that is not closed, would be found', () => {
    const svg = drawWitness(witnessOf(own, { sentence: 'a < b & c' }), history, words)
    for (const planted of [svg.replace('a &lt; b', 'a < b'), svg.replace('&amp;', '&'), svg.replace('</g>', ''), svg.replace('"img"', 'img')]) {
      expect(planted).not.toBe(svg)
      expect(() => elements(planted)).toThrow(/no markup|ampersand|close/)
    }
  })

  test('arrows cross no bar but those that they join, and letters cover none', () => {
    const model = models['register']?.make(null)
    if (model === undefined) throw new Error('no register')
    const halfBar = 16
    let straightCrossings = 0
    fc.assert(fc.property(random, fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 8 }), (given, joins) => {
      const { all, witness } = historyFrom(given)
      const layout = layoutOf(witnessOf(witness, { partition: null }), historyOf(all), model, 150, 1_096)
      const middles = new Map<Bar, number>()
      let y = 0
      for (const row of layout.rows) for (let lane = 0; lane < row.lanes; lane++, y += 68) for (const bar of row.bars) if (bar.lane === lane) middles.set(bar, y)
      const crossed = (points: readonly Point[], but: readonly Bar[], room = -0.01): Bar[] => layout.bars.filter((bar) => !but.includes(bar) && points.some((at) => at.x > bar.fromX && at.x < bar.toX && Math.abs(at.y - (middles.get(bar) ?? 0)) < halfBar + room))
      const idOf = (n: number): number => witness[n % witness.length]?.id ?? 0
      const edges = joins.flatMap(([from, to]): Edge[] => (idOf(from) === idOf(to) ? [] : [{ from: idOf(from), to: idOf(to), why: '' }]))
      const router = new Router(layout.bars, middles, halfBar, 140, 1_168)
      for (const { from, to } of edges) {
        const ends = [from, to].map((id) => layout.bars.find((bar) => bar.operation.id === id) as Bar)
        const [a, b] = ends as [Bar, Bar]
        const { points } = router.route(a, b, 0, 1)
        expect(crossed(points, ends)).toEqual([])
        for (const [bar, end] of [[a, points[0]], [b, points.at(-1)]] as const) expect([Math.abs((end?.y ?? 0) - (middles.get(bar) ?? 0)), (end?.x ?? 0) > bar.fromX && (end?.x ?? 0) < bar.toX]).toEqual([halfBar, true])
        const [first, last] = [points[0] as Point, points.at(-1) as Point]
        straightCrossings += crossed(Array.from({ length: 20 }, (_, n) => ({ x: first.x + (last.x - first.x) * n / 20, y: first.y + (last.y - first.y) * n / 20 })), ends).length
      }
      const { letters } = arrows(witnessOf(witness, { edges: edges.slice(0, 3) }), layout, middles, halfBar, 140, 1_168)
      for (const letter of letters) expect(crossed([{ x: Number(/cx="([-\d.]+)/.exec(letter)?.[1]), y: Number(/cy="([-\d.]+)/.exec(letter)?.[1]) }], [], 5)).toEqual([])
    }), { numRuns: 100 })
    // Lines that went straight would be found.
    expect(straightCrossings).toBeGreaterThan(20)
  })

  test('bars of one line never cover each other, and A ends left of B exactly when it was answered before B was called', () => {
    const model = models['register']?.make(null)
    if (model === undefined) throw new Error('no register')
    fc.assert(fc.property(random, (given) => {
      const { all, witness } = historyFrom(given)
      const { bars, rows } = layoutOf(witnessOf(witness, { partition: null }), historyOf(all), model, 100, 1_000)
      for (const row of rows) for (const a of row.bars) for (const b of row.bars) expect(a === b || a.lane !== b.lane || a.toX <= b.fromX || b.toX <= a.fromX).toBe(true)
      for (const a of bars) for (const b of bars) expect(a.ret !== null && a.ret < b.operation.call).toBe(a.ret !== null && a.toX < b.fromX)
      for (const { fromX, toX } of bars) expect(fromX >= 100 && fromX < toX && toX <= 1_000.001).toBe(true)
    }), { numRuns: 100 })
  })
})

test('long texts are wrapped, and cut with an ellipsis', () => {
  const lines = wrapped('word '.repeat(200), 400, 20, 3)
  expect(lines).toHaveLength(3)
  expect(lines[2]).toMatch(/…$/)
  for (const line of lines) expect(widthOf(line, 20)).toBeLessThanOrEqual(400)
  expect(wrapped('x'.repeat(500), 400, 20, 3)[0]).toMatch(/^x+…$/)
  expect(escaped('<a b="c" d=\'e\'>&\u0007\ud800')).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;??')
})
