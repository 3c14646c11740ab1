import { describe, expect, test } from 'vitest'
import { playRound } from '../../../shared/headless.ts'
import { logicalClocks } from '../../../shared/scenarios/logical-clocks/index.ts'
import { nextAtMs } from '../../../shared/scenarios/logical-clocks/rules.ts'
import type { Action, LogicalClocks, Message, Operation, Reply, Self } from '../../../shared/scenarios/logical-clocks/types.ts'
import { scenarios } from '../../../shared/scenarios/index.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import type { Letter, NodeEvent, OpenRequest } from '../../../shared/sim/types.ts'
import { compare, decides, entry, got, node, op, place } from './laid.ts'

/** When a node that plays well acts, what it chooses, and which choices the judge of decisions lets pass. */
type Event = NodeEvent<LogicalClocks>
const came = (letter: Letter<Message>): Event => ({ on: 'message', letter })
const asked = (request: OpenRequest<Operation>): Event => ({ on: 'request', request })
const rang = (name: string): Event => ({ on: 'alarm', name, dueMs: 100_000 })

const A1 = entry('A1', [1, 1, 0, 0]), B1 = entry('B1', [4, 0, 4, 0]), C1 = entry('C1', [7, 0, 4, 3], { rests: [0, 1, 0] })
const before = { name: 'B1', stamp: B1.stamp }

describe('a bot', () => {
  test('holds back what rests on something that it lacks, and applies it once that is there', () => {
    const self = node({ inbox: [op(1, 'C', C1)] })
    expect(decides(self, 'apply', came(op(1, 'C', C1)))).toBeNull()
    self.inbox.push(op(2, 'B', B1))
    expect(decides(self, 'apply', came(op(2, 'B', B1)))).toEqual([{ kind: 'apply', letter: 2, stamp: [5, 1, 4, 0] }])
    self.disk = { ...self.disk, stamp: [5, 1, 4, 0], log: [B1] }
    expect(decides(self, 'apply', rang('next'))).toEqual([{ kind: 'apply', letter: 1, stamp: [8, 2, 4, 3] }])
  })

  test('applies no answered letter and nothing twice; what comes again it acknowledges', () => {
    const self = node({ log: [B1], inbox: [op(1, 'B', B1), op(2, 'C', entry('C2', [1, 0, 0, 1], { nth: 1 }), { handled: true })] })
    expect(decides(self, 'apply', rang('next'))).toBeNull()
    expect(decides(self, 'ack', came(op(1, 'B', B1)))).toEqual([{ kind: 'ack', letter: 1 }])
    expect(decides(node(), 'ack', came(op(1, 'B', B1)))).toBeNull()
  })

  test('lets a customer wait for what it builds on, and files it then with a stamp above what it brought', () => {
    const self = node({ requests: [place(1, before), place(2)] }), [waits, free] = self.requests as [OpenRequest<Operation>, OpenRequest<Operation>]
    expect(decides(self, 'stamp', asked(waits))).toBeNull()
    expect(decides(self, 'stamp', asked(free))).toEqual([{ kind: 'stamp', request: 2, stamp: [1, 1, 0, 0] }])
    self.disk = { ...self.disk, stamp: [3, 1, 1, 0], log: [B1] }
    expect(decides(self, 'stamp', rang('next'))).toEqual([{ kind: 'stamp', request: 1, stamp: [5, 2, 4, 0] }])
  })

  test('answers by the vectors, in all three ways, and says so when it knows too few', () => {
    const told = (log: Self['disk']['log']): unknown => { const self = node({ log, requests: [compare(1)] }); return decides(self, 'answer', asked(compare(1))) }
    expect(told([B1, C1])).toEqual([{ kind: 'answer', request: 1, relation: 'before' }])
    expect(told([A1, B1])).toEqual([{ kind: 'answer', request: 1, relation: 'concurrent' }])
    // Where somebody stamped wrongly, the log may have a cause behind its effect.
    expect(told([entry('C1', [2, 0, 4, 3]), B1])).toEqual([{ kind: 'answer', request: 1, relation: 'after' }])
    expect(told([B1])).toEqual([{ kind: 'too-few', request: 1 }])
  })

  test('sends again 8 s after it last did, 16 s where all is done by hand, and only while something is not everywhere', () => {
    const waiting = node({ log: [A1], outbox: [{ name: 'A1', acks: [] }], sentAtMs: 92_000 })
    expect(logicalClocks.alarms(waiting)).toMatchObject({ repeat: 100_000 })
    expect(decides(waiting, 'repeat', rang('repeat'))).toEqual([{ kind: 'repeat' }])
    expect(decides({ ...waiting, clockMs: 99_999 }, 'repeat', rang('repeat'))).toBeNull()
    expect(logicalClocks.alarms({ ...waiting, timings: logicalClocks.timings('L0') })).toMatchObject({ repeat: 108_000 })
    expect(logicalClocks.alarms(node())).toEqual({ repeat: null, next: null })
  })

  test('looks again shortly after something came that can go on, and not for what cannot', () => {
    expect(nextAtMs(node({ inbox: [op(7, 'C', C1)], requests: [place(1, before)] }))).toBeNull()
    expect(nextAtMs(node({ inbox: [op(7, 'C', C1), op(8, 'B', B1)] }))).toBe(90_108)
    expect(nextAtMs(node({ log: [B1], requests: [place(3, before)] }))).toBe(90_103)
    expect(nextAtMs(node({ requests: [compare(4)] }))).toBe(90_104)
  })
})

test('chores run by themselves from L1, the applying from L2; stamps and answers are a student\'s until L3', () => {
  expect(logicalClocks.levels).toEqual({ L0: [], L1: ['ack', 'note', 'repeat'], L2: ['ack', 'note', 'repeat', 'apply'], L3: ['apply', 'ack', 'note', 'stamp', 'answer', 'repeat'] })
})

describe('a decision', () => {
  const allows = (self: Self, event: Event, action: Action | 'nothing'): boolean => logicalClocks.allows(self, event, action)
  /** The right stamp, and every one that has one of its numbers by one too high or too low. */
  const wrong = (right: readonly number[]): number[][] => right.flatMap((_, at) => [-1, 1].map((by) => right.map((value, place) => (place === at ? value + by : value))))

  test('to stamp is good with the next stamp alone: off by one in any number is not', () => {
    const self = node({ stamp: [5, 1, 4, 2], log: [B1], requests: [place(1, before)] }), event = asked(place(1, before))
    expect(allows(self, event, { kind: 'stamp', request: 1, stamp: [6, 2, 4, 2] })).toBe(true)
    expect(wrong([6, 2, 4, 2]).filter((stamp) => allows(self, event, { kind: 'stamp', request: 1, stamp }))).toEqual([])
    expect(allows({ ...self, requests: [] }, event, { kind: 'stamp', request: 1, stamp: [6, 2, 4, 2] })).toBe(false)
  })

  test('to apply is good with the maximum plus one: the own count alone, or the one that was told, is not', () => {
    const self = node({ stamp: [5, 5, 0, 2], inbox: [op(1, 'B', B1)] }), event = came(op(1, 'B', B1))
    expect(allows(self, event, { kind: 'apply', letter: 1, stamp: [6, 6, 4, 2] })).toBe(true)
    expect([...wrong([6, 6, 4, 2]), [6, 6, 0, 2], [4, 0, 4, 0], [5, 5, 0, 2]].filter((stamp) => allows(self, event, { kind: 'apply', letter: 1, stamp }))).toEqual([])
  })

  test('to apply too early, or once more, is not good however well it is stamped', () => {
    const early = node({ inbox: [op(1, 'C', C1)] }), again = node({ stamp: [5, 1, 4, 0], log: [B1], inbox: [op(1, 'B', B1)] })
    expect(allows(early, came(op(1, 'C', C1)), { kind: 'apply', letter: 1, stamp: [8, 1, 4, 3] })).toBe(false)
    expect(allows(again, came(op(1, 'B', B1)), { kind: 'apply', letter: 1, stamp: [6, 2, 4, 0] })).toBe(false)
  })

  test('to do nothing is good for what must be held back, and for nothing that can go on', () => {
    expect(allows(node({ inbox: [op(1, 'C', C1)] }), came(op(1, 'C', C1)), 'nothing')).toBe(true)
    expect(allows(node({ inbox: [op(1, 'B', B1)] }), came(op(1, 'B', B1)), 'nothing')).toBe(false)
    expect(allows(node(), came(got(1, 'B', 'A1')), 'nothing')).toBe(true)
    expect(allows(node({ requests: [place(1, before)] }), asked(place(1, before)), 'nothing')).toBe(true)
    expect(allows(node({ log: [B1], requests: [place(1, before)] }), asked(place(1, before)), 'nothing')).toBe(false)
    expect(allows(node({ requests: [compare(1)] }), asked(compare(1)), 'nothing')).toBe(false)
    expect([allows(node(), rang('next'), 'nothing'), allows(node({ inbox: [op(1, 'B', B1)] }), rang('next'), 'nothing')]).toEqual([true, false])
  })

  test('to answer is good with the truth of the vectors alone, and "too few" only where it is so', () => {
    const self = node({ log: [A1, B1], requests: [compare(1)] }), event = asked(compare(1))
    expect((['before', 'after', 'concurrent'] as const).map((relation) => allows(self, event, { kind: 'answer', request: 1, relation }))).toEqual([false, false, true])
    expect(allows(self, event, { kind: 'too-few', request: 1 })).toBe(false)
    expect(allows(node({ log: [A1], requests: [compare(1)] }), event, { kind: 'too-few', request: 1 })).toBe(true)
  })
})

test('a customer brings along the operation that it placed last, with its stamp, over whatever was asked since', () => {
  const last = new Map<number, object>()
  const seen = { nothing: 0, carried: 0, questions: 0 }
  for (let seed = 1; seed <= 10; seed++) {
    last.clear()
    playRound(scenarios['logical-clocks'] as Scenario, { seed, nodes: 5, durationMs: 300_000, rules: 'good', chaos: 'default' }, (fact) => {
      if (fact.kind === 'replied') { const reply = fact.reply as Reply; if (reply.kind === 'placed') last.set(fact.customer, { name: reply.entry.name, stamp: reply.entry.stamp }) }
      if (fact.kind !== 'requested') return
      const operation = fact.operation as Operation
      if (operation.kind === 'compare') { seen.questions++; return }
      seen[operation.after === null ? 'nothing' : 'carried']++
      expect(operation.after).toEqual(last.get(fact.customer) ?? null)
    })
  }
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(20)
})
