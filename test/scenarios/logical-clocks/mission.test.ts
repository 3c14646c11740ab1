import { describe, expect, test } from 'vitest'
import { compare, entry, filled, got, names, node, offers, op, perform, place, refusal, warning } from './laid.ts'
import type { Done } from './laid.ts'

/** The verbs of the mission: what each does, what physics refuses, and what is only a slip. */
const B1 = entry('B1', [4, 0, 4, 0]), C1 = entry('C1', [7, 0, 4, 3], { rests: [0, 1, 0] })

describe('the next stamp', () => {
  test('counts one event: the clock and the own entry, nothing else', () => {
    expect(filled(node({ stamp: [6, 3, 2, 1] }), 'stamp', place(1))).toEqual({ stamp: [7, 4, 2, 1] })
    expect(filled(node({ id: 'C', stamp: [6, 3, 2, 1] }), 'stamp', place(1))).toEqual({ stamp: [7, 3, 2, 2] })
  })

  test('takes the maximum of each number first, of what it was told and what it has', () => {
    const higher = op(1, 'B', entry('B1', [9, 1, 5, 2])), lower = op(1, 'B', entry('B1', [2, 1, 1, 0]))
    expect(filled(node({ stamp: [6, 3, 2, 4] }), 'apply', higher)).toEqual({ stamp: [10, 4, 5, 4] })
    expect(filled(node({ stamp: [6, 3, 2, 4] }), 'apply', lower)).toEqual({ stamp: [7, 4, 2, 4] })
  })

  test('counts what the customer brings along as told, also where an earlier slip left the node below it', () => {
    expect(filled(node({ stamp: [3, 2, 0, 0], log: [B1] }), 'stamp', place(1, { name: 'B1', stamp: B1.stamp }))).toEqual({ stamp: [5, 3, 4, 0] })
  })
})

describe('stamp', () => {
  const typed = [8, 3, 4, 0]
  const filing = (): ReturnType<typeof node> => node({ stamp: [5, 2, 4, 0], log: [entry('A1', [1, 1, 0, 0]), B1], requests: [place(3)] })

  test('is on disk before anybody hears of it: the write first, then the peers, then the customer', () => {
    const self = filing()
    const made = entry('A3', [8, 3, 4, 0], { nth: 2, verb: 'pay', order: 2, rests: [1, 1, 0] })
    expect(perform(self, { kind: 'stamp', request: 3, stamp: typed })).toEqual<Done[]>(['sync', ['B', { kind: 'op', entry: made }], ['C', { kind: 'op', entry: made }], [3, { kind: 'placed', entry: made }]])
    expect(self.disk).toEqual({ stamp: typed, log: [entry('A1', [1, 1, 0, 0]), B1, made], outbox: [{ name: 'A3', acks: [] }] })
  })

  test('writes what was typed: a wrong stamp is the student\'s own, and the judge\'s matter', () => {
    const self = filing()
    expect(refusal(self, { kind: 'stamp', request: 3, stamp: [1, 0, 0, 0] })).toBeNull()
    perform(self, { kind: 'stamp', request: 3, stamp: [1, 0, 0, 0] })
    expect(self.disk.stamp).toEqual([1, 0, 0, 0])
    expect(names(self)).toEqual(['A1', 'A3', 'B1'])
  })

  test('does not put off the repetition of what has waited longer, and begins the wait of what waits alone', () => {
    const alone = filing(), behind = filing()
    behind.disk.outbox = [{ name: 'A1', acks: ['B'] }]
    perform(alone, { kind: 'stamp', request: 3, stamp: typed })
    perform(behind, { kind: 'stamp', request: 3, stamp: typed })
    expect([alone.memory.sentAtMs, behind.memory.sentAtMs]).toEqual([100_000, 99_000])
  })

  test('is refused, in words, while what the customer builds on is not in the book; once it is, it is not', () => {
    const waits = node({ requests: [place(1, { name: 'B1', stamp: B1.stamp })] })
    expect(refusal(waits, { kind: 'stamp', request: 1, stamp: [1, 1, 0, 0] })).toBe('It builds on B1, which is not in your book yet.')
    waits.disk.log.push(B1)
    expect(refusal(waits, { kind: 'stamp', request: 1, stamp: [1, 1, 0, 0] })).toBeNull()
  })

  test('is offered for orders alone: a question is not filed, whoever forces it', () => {
    const self = node({ requests: [compare(1)] })
    expect(offers(self, self.requests[0] ?? null)).toEqual(['too-few'])
    expect(refusal(self, { kind: 'stamp', request: 1, stamp: [1, 1, 0, 0] })).toBe('This customer asks which came first.')
    expect(perform(self, { kind: 'stamp', request: 1, stamp: [1, 1, 0, 0] })).toEqual([])
    expect(self.disk.log).toEqual([])
  })
})

describe('apply', () => {
  test('puts the operation at the place of its stamp, writes the typed stamp, and says so only when it is on disk', () => {
    const self = node({ stamp: [9, 2, 4, 3], log: [B1, entry('A2', [9, 2, 4, 3])], inbox: [op(1, 'B', C1)] })
    expect(perform(self, { kind: 'apply', letter: 1, stamp: [10, 3, 4, 3] })).toEqual<Done[]>(['sync', ['B', { kind: 'got', name: 'C1' }]])
    expect(names(self)).toEqual(['B1', 'C1', 'A2'])
    expect(self.disk.stamp).toEqual([10, 3, 4, 3])
  })

  test('of what is in the book already is refused, and changes nothing: a second copy counts no second time', () => {
    const self = node({ stamp: [5, 1, 4, 0], log: [B1], inbox: [op(1, 'B', B1)] })
    expect(offers(self, self.inbox[0] ?? null)).toEqual(['ack'])
    expect(refusal(self, { kind: 'apply', letter: 1, stamp: [6, 2, 4, 0] })).toBe('It is in your book already.')
    expect(perform(self, { kind: 'apply', letter: 1, stamp: [6, 2, 4, 0] })).toEqual([])
    expect(self.disk).toMatchObject({ stamp: [5, 1, 4, 0], log: [B1] })
  })

  test('before what it rests on is a slip: named, never refused, and done', () => {
    const self = node({ inbox: [op(1, 'C', C1)] })
    const action = { kind: 'apply', letter: 1, stamp: [8, 1, 4, 3] } as const
    expect(refusal(self, { ...action, stamp: [...action.stamp] })).toBeNull()
    expect(warning(self, { ...action, stamp: [...action.stamp] })).toBe('C1 rests on operations that you lack. Press once more to apply it all the same.')
    perform(self, { ...action, stamp: [...action.stamp] })
    expect(names(self)).toEqual(['C1'])
  })

  test.each([
    ['what it rests on', { rests: [0, 1, 0] }, [B1], true],
    ['more than it rests on', { rests: [0, 1, 0] }, [B1, entry('B2', [6, 0, 5, 0])], true],
    ['the right number of another node', { rests: [0, 1, 0] }, [entry('A1', [1, 1, 0, 0])], false],
    ['one of two', { rests: [0, 2, 0] }, [B1], false],
    ['the maker\'s earlier ones', { nth: 2, rests: [0, 0, 0] }, [entry('C1', [1, 0, 0, 1])], true],
    ['none of the maker\'s earlier ones', { nth: 2, rests: [0, 0, 0] }, [B1], false],
  ] as const)('with %s in the book: warned of or not', (_what, change, log, ready) => {
    const late = entry('C3', [9, 0, 4, 5], { nth: 1, ...change, rests: [...change.rests] })
    expect(warning(node({ log: [...log], inbox: [op(1, 'C', late)] }), { kind: 'apply', letter: 1, stamp: [10, 1, 4, 5] }) === null).toBe(ready)
  })

  test('of a letter that was answered is offered no more', () => {
    expect(offers(node(), op(1, 'B', B1, { handled: true }))).toEqual([])
  })
})

describe('acknowledgements', () => {
  test('say only what is true: a node that lacks the operation acknowledges nothing', () => {
    const has = node({ log: [B1], inbox: [op(1, 'C', B1)] }), lacks = node({ inbox: [op(1, 'C', B1)] })
    expect(perform(has, { kind: 'ack', letter: 1 })).toEqual<Done[]>(['sync', ['C', { kind: 'got', name: 'B1' }]])
    expect(perform(lacks, { kind: 'ack', letter: 1 })).toEqual([])
    expect(offers(lacks, lacks.inbox[0] ?? null)).toEqual(['apply'])
  })

  test('are counted once a peer, and the operation leaves the outbox when every peer has it', () => {
    const self = node({ outbox: [{ name: 'A1', acks: [] }, { name: 'A2', acks: [] }], inbox: [got(1, 'B', 'A1'), got(2, 'B', 'A1'), got(3, 'C', 'A1'), got(4, 'C', 'A9')] })
    perform(self, { kind: 'note', letter: 1 })
    perform(self, { kind: 'note', letter: 2 })
    expect(self.disk.outbox).toEqual([{ name: 'A1', acks: ['B'] }, { name: 'A2', acks: [] }])
    perform(self, { kind: 'note', letter: 3 })
    perform(self, { kind: 'note', letter: 4 })
    expect(self.disk.outbox).toEqual([{ name: 'A2', acks: [] }])
  })
})

describe('repeat', () => {
  test('sends each operation to whom has not acknowledged it, and to nobody else; the wait begins anew', () => {
    const A1 = entry('A1', [1, 1, 0, 0]), A2 = entry('A2', [2, 2, 0, 0])
    const self = node({ log: [A1, A2], outbox: [{ name: 'A1', acks: ['B'] }, { name: 'A2', acks: [] }] })
    expect(perform(self, { kind: 'repeat' })).toEqual<Done[]>(['sync', ['C', { kind: 'op', entry: A1 }], ['B', { kind: 'op', entry: A2 }], ['C', { kind: 'op', entry: A2 }]])
    expect(self.memory.sentAtMs).toBe(100_000)
  })

  test('is offered while something is not everywhere', () => {
    expect(offers(node(), null)).toEqual([])
    expect(offers(node({ outbox: [{ name: 'A1', acks: ['B'] }] }), null)).toEqual(['repeat'])
  })
})

describe('a question', () => {
  const asked = (log: Parameters<typeof entry>[]): ReturnType<typeof node> => node({ log: log.map((one) => entry(...one)), requests: [compare(1)] })

  test('is about the newest operation and the newest before it of another node', () => {
    const self = asked([['A1', [1, 1, 0, 0]], ['B1', [4, 0, 4, 0]], ['C1', [5, 0, 4, 1]], ['C2', [6, 0, 4, 2]]])
    expect(perform(self, { kind: 'answer', request: 1, relation: 'before' })).toEqual<Done[]>([[1, { kind: 'relation', first: 'B1', second: 'C2', relation: 'before' }]])
    expect(self.requests).toEqual([])
  })

  test('may be answered wrongly: what was said goes out, right or not', () => {
    const self = asked([['B1', [4, 0, 4, 0]], ['C1', [5, 0, 4, 1]]])
    expect(refusal(self, { kind: 'answer', request: 1, relation: 'concurrent' })).toBeNull()
    expect(perform(self, { kind: 'answer', request: 1, relation: 'concurrent' })).toEqual<Done[]>([[1, { kind: 'relation', first: 'B1', second: 'C1', relation: 'concurrent' }]])
  })

  test.each([['no operations', []], ['one', [['B1', [4, 0, 4, 0]]]], ['two of one node', [['B1', [4, 0, 4, 0]], ['B2', [5, 0, 5, 0]]]]] as [string, Parameters<typeof entry>[]][])(
    'is too early with %s: that is what can be said, and no relation', (_what, log) => {
      const self = asked(log)
      expect(offers(self, self.requests[0] ?? null)).toEqual(['too-few'])
      expect(refusal(self, { kind: 'answer', request: 1, relation: 'before' })).toBe('two operations of two nodes are needed')
      expect(perform(self, { kind: 'too-few', request: 1 })).toEqual<Done[]>([[1, { kind: 'too-few' }]])
    })

  test('is no order, and an order no question', () => {
    const self = node({ log: [B1, C1], requests: [place(1), compare(2)] })
    expect(self.requests.map((one) => offers(self, one))).toEqual([['stamp'], ['answer']])
    for (const action of [{ kind: 'answer', request: 1, relation: 'before' }, { kind: 'too-few', request: 1 }] as const) expect(refusal(self, action)).toBe('This customer places an order.')
  })
})
