import { describe, expect, test } from 'vitest'
import type { History } from '../../shared/consistency/history.ts'
import { sessionChecks } from '../../shared/consistency/sessions.ts'
import { sessionsByEnumeration } from './oracles/sessions.ts'
import type { Guarantee } from './oracles/sessions.ts'
import { replicaHistory } from './oracles/replicas.ts'
import { smallHistory } from './oracles/small.ts'
import { compareWith } from './oracles/witness.ts'
import { written } from './oracles/write.ts'
import { withPlanted } from './planted.ts'
import type { Change } from './planted.ts'

const all: readonly Guarantee[] = ['read-your-writes', 'monotonic-reads', 'monotonic-writes', 'writes-follow-reads']
type Id = keyof typeof sessionChecks
const ids = Object.keys(sessionChecks) as Id[]
const budget = { steps: 1_000_000 }
const make = (seed: number): History => smallHistory(seed, { operations: 6, clients: 3, keys: 2 })
const fine = (id: Id) => (history: History): boolean => sessionsByEnumeration(history, id === 'sessions' ? all : [id])
const verdicts = (history: History): string[] => ids.filter((id) => sessionChecks[id].run(history, budget).verdict === 'violated')

test.each(ids)('%s agrees with the definition on 20,000 small histories, and each witness breaks alone', (id) => {
  const { disagrees, seen } = compareWith(sessionChecks[id], fine(id), make, 0, 20_000)
  expect(disagrees).toBeNull()
  expect(seen['fine']).toBeGreaterThan(5_000)
  expect(seen['thin-air']).toBeGreaterThan(500)
  expect(['circle', 'no-assignment'].filter((shape) => (seen[shape] ?? 0) > 50)).toEqual(id === 'monotonic-writes' ? [] : ['circle', 'no-assignment'])
})

describe('a fault planted in a copy is found', () => {
  test.each<[string, Id, Change]>([
    ['an unanswered write holds back what follows', 'monotonic-writes', { file: 'sessions/edges.ts', from: "if (operations[at]!.status !== 'ok') continue", to: '' }],
    ['of what was read before a write only the latest counts, also where reads may go back', 'writes-follow-reads', { file: 'sessions/edges.ts', from: 'if (readGate !== OPEN) add(readGate, gates, lastRead, at)', to: '' }],
    ['of what was written before a read only the latest counts, also where writes may change places', 'read-your-writes', { file: 'sessions/edges.ts', from: 'if (gateAfter.length > 0) add(gateAfter.at(-1)!, gates, at, at)', to: '' }],
    ['an own write that is read stands before its later ones', 'read-your-writes', { file: 'sessions/edges.ts', from: 'later < writes.length && meter.step()', to: 'later < 0' }],
    ['the initial value may come after a write', 'read-your-writes', { file: 'sessions/edges.ts', from: 'to === INITIAL && from !== INITIAL', to: 'to === INITIAL && from === to' }],
    ['equal values are not told apart', 'sessions', { file: 'registers.ts', from: 'return [...before, ', to: 'return before.length > 0 ? before.slice(0, 1) : [...before, ' }],
    ['a write that failed is read', 'sessions', { file: 'registers.ts', from: "one.status === 'info' && !isRead(one)", to: "!isRead(one)" }],
    ['only the likeliest way to tell values apart is tried', 'sessions', { file: 'reads-from.ts', from: 'next[at]! >= sources[reads[at]!]!.length', to: 'next[at]! >= 1' }],
  ])('%s', async (_name, id, change) => {
    // Monotonic writes alone hardly ever breaks: there the fault shows with all four.
    const shown = id === 'monotonic-writes' ? 'sessions' : id
    const { disagrees } = await withPlanted('sessions.ts', [change], (copy: { sessionChecks: typeof sessionChecks }) => compareWith(copy.sessionChecks[shown], fine(shown), make, 0, 20_000, false))
    expect(disagrees).toMatch(/^seed \d+: /)
  })
})

describe('what each guarantee says', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['an own write is missed', ['c1 w x 1', 'c1 r x 0'], ['read-your-writes', 'sessions']],
    ['a read goes back', ['c1 w x 1', 'c2 r x 1', 'c2 r x 0'], ['monotonic-reads', 'sessions']],
    ['two readers disagree about two writers', ['c1 w x 1', 'c2 w x 2', 'c3 r x 1', 'c3 r x 2', 'c4 r x 2', 'c4 r x 1'], ['monotonic-reads', 'sessions']],
    ['a reader sees the writes of a client the other way round: no guarantee alone, but all together', ['c1 w x 1', 'c1 w x 2', 'c2 r x 2', 'c2 r x 1'], ['sessions']],
    ['a write is seen before what its client had read', ['c1 w x 1', 'c2 r x 1', 'c2 w x 2', 'c3 r x 2', 'c3 r x 1'], ['sessions']],
    ['each of two clients sees its own write overwritten by the other', ['c1 w x 1', 'c2 w x 2', 'c1 r x 2', 'c2 r x 1'], ['read-your-writes', 'sessions']],
    ['a client reads what it writes only later', ['c1 r x 1', 'c1 w x 1'], ['writes-follow-reads', 'sessions']],
    ['other objects do not count', ['c1 w x 1', 'c1 w y 1', 'c2 r y 1', 'c2 r x 0'], []],
    ['an unanswered write may have happened', ['c1 w? x 1', 'c2 r x 1'], []],
    ['an unanswered write holds nothing back', ['c1 w? x 1', 'c1 r x 0', 'c1 w x 2', 'c2 r x 2', 'c2 r x 1'], []],
  ])('%s', (_name, lines, broken) => expect(verdicts(written(...lines))).toEqual(broken))

  test('the circle of a witness names the guarantees, and its sentence the clients', () => {
    const verdict = sessionChecks.sessions.run(written('c1 w x 1', 'c1 w x 2', 'c2 r x 2', 'c2 r x 1', 'c3 r x 2'), budget)
    expect(verdict).toMatchObject({ witness: {
      shape: 'circle', partition: 'x', edges: [{ from: 0, to: 1, why: 'monotonic writes' }, { from: 1, to: 0, why: 'monotonic reads' }],
      sentence: 'Client 1 wrote 1 to x and then 2, so 1 comes before 2 (monotonic writes); client 2 read 2 from x and then 1, so 2 comes before 1 (monotonic reads). No order of the writes to x fits all of that.',
    } })
  })
})

test('5,000 operations of 30 clients: copies that settle keep all guarantees, copies that do not break monotonic reads', () => {
  const room = { clients: 30, operations: 5_000, keys: 10, values: null, lostIn100: 3 }
  expect(verdicts(replicaHistory(1, room, true))).toEqual([])
  expect(verdicts(replicaHistory(1, room, false))).toContain('monotonic-reads')
})

test('what is no register is unknown, and says why', () => {
  const history = written('c1 w x 1', 'c1 r x 1')
  const appended: History = { ...history, operations: [{ ...history.operations[0]!, f: 'append' }, history.operations[1]!] }
  expect(sessionChecks.sessions.run(appended, budget)).toEqual({ verdict: 'unknown', why: expect.stringContaining('operation 0 is an append') as string })
})

test('a budget that ends gives unknown, never fine', () => {
  const history = written('c1 w x 1', 'c2 w x 1', 'c1 w x 2', 'c2 w x 2', 'c3 r x 1', 'c3 r x 2', 'c3 r x 1', 'c3 r x 2', 'c3 r x 1')
  expect(sessionChecks.sessions.run(history, budget).verdict).toBe('violated')
  expect(sessionChecks.sessions.run(history, { steps: 20 }).verdict).toBe('unknown')
})
