import { describe, expect, test } from 'vitest'
import type { FactNo } from '../../shared/sim/types.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { court as courtOf } from '../scenarios/court.ts'
import type { Court } from '../scenarios/court.ts'
import { raftLog } from './raft-log/index.ts'
import type { RaftLog } from './raft-log/types.ts'

/** What no round of the mission gives in a few lines: events in an unusual order, and disks made by hand. */
const court = (id: string): Court => courtOf(raftLog() as unknown as Scenario, id)
type Entry = RaftLog['disk']['log'][number]

/** Entries of these terms. `written` goes on from `from`; a command is 10 times its term, plus its index. */
const entries = (terms: readonly number[], from = 1): Entry[] => terms.map((term, at) => ({ term, command: term * 10 + at + 1, written: from + at }))
const stores = (one: Court, node: string, log: readonly Entry[]): FactNo =>
  one.lay(0, { kind: 'stored', node, disk: { term: 1, votedFor: null, log, writes: 0 }, before: [], because: [] })
const leads = (one: Court, node: string, term: number): FactNo =>
  one.says(0, node, 'Z', { kind: 'append', term } as { kind: string })
const does = (one: Court, node: string, action: RaftLog['action']): FactNo => one.does(0, node, action)

describe('log-matching', () => {
  test('breaks when two leaders write different commands under one index and term, and names both', () => {
    const one = court('log-matching')
    const first = stores(one, 'A', entries([1, 2]))
    const second = stores(one, 'B', [...entries([1]), { term: 2, command: 7, written: 2 }])
    expect(one.verdicts).toMatchObject([{ witness: [first, second], sentence: 'A and B both had entry 2 of term 2, but in one it is command 22 and in the other command 7.' }])
  })

  test('breaks when one node changes an entry and keeps its term', () => {
    const one = court('log-matching')
    const first = stores(one, 'A', entries([1, 2]))
    const second = stores(one, 'A', [...entries([1]), { term: 2, command: 7, written: 3 }])
    expect(one.verdicts).toMatchObject([{ witness: [first, second], sentence: 'A had entry 2 of term 2 twice, but in one it is command 22 and in the other command 7.' }])
  })

  test('breaks at the entry after a difference, and not again at those behind it', () => {
    const one = court('log-matching')
    stores(one, 'A', entries([1, 2, 4, 4, 4]))
    stores(one, 'B', entries([1, 3, 4, 4, 4]))
    expect(one.verdicts.map((verdict) => verdict.sentence)).toEqual(['A and B both had entry 3 of term 4, but the entry before it was of term 2 in one log and of term 3 in the other.'])
  })

  test('holds when logs differ behind the last that they share, when one is overwritten, and when the same comes back', () => {
    const one = court('log-matching')
    stores(one, 'A', entries([1, 2, 2]))
    stores(one, 'B', entries([1, 3]))
    stores(one, 'B', entries([1]))
    stores(one, 'B', [...entries([1]), ...entries([1, 2, 2], 3).slice(1)])
    stores(one, 'A', entries([1, 2, 2]))
    expect(one.verdicts).toEqual([])
  })
})

test.each(['log-matching', 'leader-completeness', 'no-lost-commit', 'quorum-before-ack'])('%s looks at what is new on a disk only, however long the log', (id) => {
  const one = court(id)
  const log = entries(Array.from({ length: 20_000 }, () => 1))
  let looks = 0
  const counted = (of: Entry[]): Entry[] => new Proxy(of, { get: (target, at) => { if (typeof at === 'string' && /^\d+$/.test(at)) looks++; return Reflect.get(target, at) as unknown } })
  stores(one, 'A', counted(log))
  expect(looks).toBeGreaterThanOrEqual(20_000)
  does(one, 'A', { kind: 'commit', index: 20_000, term: 1 })
  looks = 0
  stores(one, 'A', counted([...log, { term: 1, command: 0, written: 20_001 }]))
  stores(one, 'A', counted(log.slice(0, 10_000)))
  expect(looks).toBeLessThanOrEqual(12)
})

describe('leader-completeness', () => {
  /** A leads term 2 and commits its entry 2; B has another one at that place. */
  const begin = (): { one: Court; lead: FactNo; shown: FactNo } => {
    const one = court('leader-completeness')
    stores(one, 'A', entries([1, 2]))
    const lead = leads(one, 'A', 2)
    return { one, lead, shown: stores(one, 'B', entries([1])) }
  }

  test('breaks when a later leader has a shorter log', () => {
    const { one, lead, shown } = begin()
    const commit = does(one, 'A', { kind: 'commit', index: 2, term: 2 })
    const led = leads(one, 'B', 3)
    expect(one.verdicts).toMatchObject([{ witness: [lead, commit, shown, led].toSorted((a, b) => a - b), sentence: 'B led term 3 without entry 2 of term 2, which A committed as leader of term 2: the log of B ended before it.' }])
  })

  test('breaks when the later leader comes first, and the overtaken one commits after it', () => {
    const { one, lead, shown } = begin()
    const led = leads(one, 'B', 3)
    const commit = does(one, 'A', { kind: 'commit', index: 2, term: 2 })
    expect(one.verdicts).toMatchObject([{ witness: [lead, shown, led, commit] }])
  })

  test('breaks for every later leader without the entry, in whichever order they showed themselves', () => {
    const { one } = begin()
    stores(one, 'C', entries([1]))
    leads(one, 'C', 5)
    leads(one, 'B', 3)
    leads(one, 'B', 1)
    does(one, 'A', { kind: 'commit', index: 2, term: 2 })
    expect(one.verdicts.map((verdict) => verdict.key)).toEqual(['C term 5 entry 2 term 2', 'B term 3 entry 2 term 2'])
  })

  test('judges the log that a leader had when it was elected, not what became of it', () => {
    const { one } = begin()
    stores(one, 'B', entries([1, 2]))
    leads(one, 'B', 3)
    stores(one, 'B', entries([1]))
    does(one, 'A', { kind: 'commit', index: 2, term: 2 })
    expect(one.verdicts).toEqual([])
  })

  test('holds for leaders of earlier terms, for the committer itself, for one whose disk nobody saw, and when one that never led says commit', () => {
    const { one } = begin()
    leads(one, 'B', 1)
    leads(one, 'E', 4)
    does(one, 'D', { kind: 'commit', index: 2, term: 3 })
    does(one, 'A', { kind: 'commit', index: 2, term: 2 })
    leads(one, 'A', 5)
    expect(one.verdicts).toEqual([])
  })

  test('holds for another leader of the same term: that is a matter of votes', () => {
    const { one } = begin()
    does(one, 'A', { kind: 'commit', index: 2, term: 2 })
    leads(one, 'B', 2)
    expect(one.verdicts).toEqual([])
  })

  test('a commit is of the latest term that its leader led, even when a message of an earlier one leaves late', () => {
    const { one } = begin()
    leads(one, 'A', 4)
    leads(one, 'A', 2)
    does(one, 'A', { kind: 'commit', index: 2, term: 2 })
    leads(one, 'B', 3)
    expect(one.verdicts).toEqual([])
  })

  test('an entry that was committed stays so when its leader says less again', () => {
    const one = court('leader-completeness')
    stores(one, 'A', entries([1, 2, 2]))
    stores(one, 'B', entries([1, 2]))
    leads(one, 'A', 2)
    does(one, 'A', { kind: 'commit', index: 3, term: 2 })
    does(one, 'A', { kind: 'commit', index: 2, term: 2 })
    leads(one, 'B', 3)
    expect(one.verdicts.map((verdict) => verdict.key)).toEqual(['B term 3 entry 3 term 2'])
  })

  test('what an overtaken leader commits late counts for the leaders after it, though a later term had committed less', () => {
    const one = court('leader-completeness')
    stores(one, 'A', entries([1, 2, 2]))
    stores(one, 'B', entries([1, 2]))
    stores(one, 'C', entries([1, 2]))
    leads(one, 'A', 2)
    leads(one, 'B', 4)
    does(one, 'B', { kind: 'commit', index: 2, term: 2 })
    does(one, 'A', { kind: 'commit', index: 3, term: 2 })
    leads(one, 'C', 5)
    expect(one.verdicts.map((verdict) => verdict.key)).toEqual(['B term 4 entry 3 term 2', 'C term 5 entry 3 term 2'])
  })

  test('a leader needs what was committed before its term, not what a later term commits', () => {
    const one = court('leader-completeness')
    stores(one, 'A', entries([1, 2, 4]))
    stores(one, 'B', entries([1, 2]))
    leads(one, 'A', 2)
    does(one, 'A', { kind: 'commit', index: 2, term: 2 })
    leads(one, 'A', 4)
    does(one, 'A', { kind: 'commit', index: 3, term: 4 })
    leads(one, 'B', 3)
    expect(one.verdicts).toEqual([])
    leads(one, 'B', 5)
    expect(one.verdicts.map((verdict) => verdict.key)).toEqual(['B term 5 entry 3 term 4'])
  })
})

describe('state-machine-safety', () => {
  test('breaks when one node applies another command after a crash', () => {
    const one = court('state-machine-safety')
    const first = does(one, 'A', { kind: 'apply', index: 1, command: 5 })
    one.crashes(0, 'A')
    one.restarts(0, 'A')
    does(one, 'A', { kind: 'apply', index: 2, command: 6 })
    const second = does(one, 'A', { kind: 'apply', index: 1, command: 6 })
    expect(one.verdicts).toMatchObject([{ witness: [first, second], sentence: 'At index 1, A applied command 5, and later command 6.' }])
  })

  test('spells no long command out', () => {
    const one = court('state-machine-safety')
    does(one, 'A', { kind: 'apply', index: 1, command: 5 })
    does(one, 'B', { kind: 'apply', index: 1, command: 'x'.repeat(100) as unknown as number })
    expect(one.verdicts[0]?.sentence).toBe('At index 1, A applied command 5, and B applied a long command.')
  })

  test('holds when all apply the same, again and again, and one lags behind', () => {
    const one = court('state-machine-safety')
    for (const node of ['A', 'B', 'A']) for (const index of [1, 2, 3]) does(one, node, { kind: 'apply', index, command: index * 7 })
    does(one, 'C', { kind: 'apply', index: 1, command: 7 })
    expect(one.verdicts).toEqual([])
  })
})
