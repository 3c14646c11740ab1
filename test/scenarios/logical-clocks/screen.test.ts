import { describe, expect, test } from 'vitest'
import { deskOf } from '../../../client/model/choices.ts'
import type { Choice } from '../../../client/model/choices.ts'
import { logicalClocks } from '../../../shared/scenarios/logical-clocks/index.ts'
import type { Self } from '../../../shared/scenarios/logical-clocks/types.ts'
import { scenarios } from '../../../shared/scenarios/index.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import type { Level } from '../../../shared/sim/types.ts'
import { compare, entry, got, node, op, place } from './laid.ts'

/** What a student reads and can press. */
const A1 = entry('A1', [1, 1, 0, 0]), B1 = entry('B1', [4, 0, 4, 0], { verb: 'pay' }), C1 = entry('C1', [7, 0, 4, 3], { rests: [0, 1, 0] })
const before = { name: 'B1', stamp: B1.stamp }

describe('the page', () => {
  test('has the clock, the orders and what is not everywhere on its plate, and all of it is on disk', () => {
    const { plate, role } = logicalClocks.view(node({ stamp: [5, 2, 4, 0], log: [A1, B1], outbox: [{ name: 'A1', acks: ['B'] }] }))
    expect(role).toBe('2 in the book')
    expect(plate.map(({ label, value }) => `${label}: ${value}`)).toEqual(['Your clock: 5', 'Order 1: paid', 'Order 2: none', 'Order 3: none', 'Not everywhere: 1'])
    expect(plate.every(({ where }) => where === 'disk')).toBe(true)
  })

  test('shows the vector with a counter for each node in the order of the stamp, its own marked', () => {
    const of = (self: Self): unknown => logicalClocks.view(self).panels?.find(({ kind }) => kind === 'vector')
    expect(of(node({ id: 'B', stamp: [9, 2, 5, 1] }))).toEqual({ kind: 'vector', title: 'Your vector', of: [{ node: 'A', value: 2, own: false }, { node: 'B', value: 5, own: true }, { node: 'C', value: 1, own: false }] })
  })

  test('shows the newest eight of the book, newest first, with their makers\' stamps', () => {
    const log = Array.from({ length: 10 }, (_, at) => entry(`A${at + 1}`, [at + 1, at + 1, 0, 0]))
    const panel = logicalClocks.view(node({ log })).panels?.find(({ kind }) => kind === 'table')
    const rows = panel?.kind === 'table' ? panel.rows : []
    expect(rows.map(({ key }) => key)).toEqual(['A10', 'A9', 'A8', 'A7', 'A6', 'A5', 'A4', 'A3'])
    expect(rows[0]?.cells).toEqual(['A10', 'create order 1', '10 [10 0 0]'])
  })

  test('says of each peer what it may lack, and when an own operation is sent again', () => {
    const { peers, ring } = logicalClocks.view(node({ log: [A1], outbox: [{ name: 'A1', acks: ['B'] }, { name: 'A2', acks: [] }], inbox: [got(1, 'B', 'A1')] }))
    expect([peers['B'], peers['C']]).toMatchObject([{ note: 'may lack 1', belief: 'alive', heardAtMs: 90_000 }, { note: 'may lack 2', belief: 'silent', heardAtMs: null }])
    expect(ring).toEqual({ label: 'send again', fromMs: 99_000, dueMs: 107_000 })
    expect(logicalClocks.view(node())).toMatchObject({ role: 'an empty book', ring: null, now: null })
  })

  test('counts what waits to be applied, not what is there already or was answered', () => {
    const inbox = [op(1, 'B', B1), op(2, 'C', C1), op(3, 'C', entry('C2', [9, 0, 4, 4]), { handled: true })]
    expect(logicalClocks.view(node({ inbox })).now).toBe('2 operations wait to be applied.')
    expect(logicalClocks.view(node({ inbox, log: [B1] })).now).toBe('1 operation waits to be applied.')
  })
})

describe('a card', () => {
  test('has the maker\'s stamp, and says when it rests on something that is missing, or is there already', () => {
    const told = (self: Self, one = C1): string | null => logicalClocks.tellLetter(self, op(1, 'C', one)).why
    expect([told(node()), told(node({ log: [B1] })), told(node({ log: [B1, C1] }))]).toEqual(['Stamped 7 [0 4 3]. It rests on something that you lack.', 'Stamped 7 [0 4 3].', 'You have it already.'])
  })

  test('of an acknowledgement is old once the operation is everywhere', () => {
    const told = (self: Self): object => logicalClocks.tellLetter(self, got(1, 'B', 'A1'))
    expect([told(node({ outbox: [{ name: 'A1', acks: [] }] })), told(node())]).toMatchObject([{ text: 'B has A1', stale: false }, { stale: true }])
  })
})

describe('a request', () => {
  const told = (self: Self, of: ReturnType<typeof place>): object => logicalClocks.tellRequest(self, of)
  test('has the stamp that its customer brings along, or says that it is not known here', () => {
    expect(told(node(), place(1))).toEqual({ command: 'pay order 2', hold: 'It brings nothing along.' })
    expect(told(node({ log: [B1] }), place(1, before))).toEqual({ command: 'pay order 2', hold: 'After B1, stamped 4 [0 4 0].' })
    expect(told(node(), place(1, before))).toEqual({ command: 'pay order 2', hold: 'After B1, which you do not have yet.' })
  })

  test('that asks which came first has both stamps, so that it can be answered from the page', () => {
    expect(told(node({ log: [A1, B1] }), compare(1))).toEqual({ command: 'A1 or B1 first?', hold: 'A1, create order 1: 1 [1 0 0]\nB1, pay order 1: 4 [0 4 0]' })
    expect(told(node(), compare(1))).toEqual({ command: 'which came first?', hold: 'too few operations are known' })
  })
})

describe('the keys', () => {
  const mission = scenarios['logical-clocks'] as Scenario
  const keys = (self: Self, level: Level): Choice[] => {
    const { cards, tickets, dock } = deskOf(mission, self as never, level, { letter: null, request: null, taken: null, last: null }, null)
    return [...cards.flatMap(({ choices }) => choices), ...tickets.flatMap(({ choices }) => choices), ...dock]
  }
  const key = (self: Self, level: Level, kind: string): Choice | undefined => keys(self, level).find(({ action }) => action.kind === kind)

  test('ask for every number of a stamp at L0, and fill it in from L1 on', () => {
    const self = node({ stamp: [5, 1, 4, 0], log: [B1], inbox: [op(1, 'C', C1)], requests: [place(2, before)] })
    expect(['apply', 'stamp'].map((kind) => key(self, 'L0', kind)?.asks.map(({ name }) => name))).toEqual([['stamp'], ['stamp']])
    expect(key(self, 'L1', 'apply')).toMatchObject({ asks: [], action: { kind: 'apply', letter: 1, stamp: [8, 2, 4, 3] } })
    expect(key(self, 'L1', 'stamp')).toMatchObject({ asks: [], action: { kind: 'stamp', request: 2, stamp: [6, 2, 4, 0] } })
  })

  test('warn of what is applied too early at L1 and L2, never at L0, and never refuse it', () => {
    const self = node({ inbox: [op(1, 'C', C1)] })
    for (const level of ['L1', 'L2'] as const) expect(key(self, level, 'apply')).toMatchObject({ refusal: null, warning: 'C1 rests on operations that you lack. Press once more to apply it all the same.' })
    expect(key(self, 'L0', 'apply')).toMatchObject({ refusal: null, warning: null })
    expect(key(node({ log: [B1], inbox: [op(1, 'C', C1)] }), 'L1', 'apply')?.warning).toBeNull()
  })

  test('are refused where a customer builds on what is not in the book', () => {
    expect(key(node({ requests: [place(1, before)] }), 'L1', 'stamp')?.refusal).toBe('It builds on B1, which is not in your book yet.')
  })

  test('of chores are there at L0 alone', () => {
    const self = node({ log: [A1, B1], outbox: [{ name: 'A1', acks: [] }], inbox: [got(1, 'B', 'A1'), op(2, 'B', B1)] })
    expect(keys(self, 'L0').map(({ action }) => action.kind).toSorted()).toEqual(['ack', 'note', 'repeat'])
    expect(keys(self, 'L1')).toEqual([])
  })
})
