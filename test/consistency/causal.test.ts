import { describe, expect, test } from 'vitest'
import { causalChecks } from '../../shared/consistency/causal.ts'
import type { History } from '../../shared/consistency/history.ts'
import { causalByEnumeration } from './oracles/causal.ts'
import { longer } from './oracles/made.ts'
import { replicaHistory } from './oracles/replicas.ts'
import { causalMemoryBySerialization } from './oracles/serial.ts'
import { smallHistory } from './oracles/small.ts'
import { compareWith, expectSmallest } from './oracles/witness.ts'
import { written } from './oracles/write.ts'
import { withPlanted } from './planted.ts'
import type { Change } from './planted.ts'

const levels = { 'weak-causal': 'weak', causal: 'memory', 'causal-convergence': 'convergence' } as const
type Id = keyof typeof levels
const ids = Object.keys(levels) as Id[]
const budget = { steps: 1_000_000 }
const make = (seed: number): History => smallHistory(seed, { operations: 5, clients: 3, keys: 2 })
const fine = (id: Id) => (history: History): boolean => causalByEnumeration(history, levels[id])

test.each(ids)('%s agrees with the definition on 20,000 small histories, and each witness breaks alone', (id) => {
  const { disagrees, seen } = compareWith(causalChecks[id], fine(id), make, 0, 20_000)
  expect(disagrees).toBeNull()
  expect(seen['fine']).toBeGreaterThan(10_000)
  const shapes = ['thin-air-read', 'write-co-read', 'write-co-init-read', 'cyclic-co', 'no-assignment', ...(id === 'causal' ? ['cyclic-hb'] : id === 'causal-convergence' ? ['cyclic-cf'] : [])]
  expect(shapes.filter((shape) => (seen[shape] ?? 0) < 5)).toEqual([])
})

/** What a client reads last shows that it had to have seen a write before it read the initial value. */
const initialReadLate = ['c1 w x 1', 'c1 w y 1', 'c1 w x 3', 'c2 w y 2', 'c2 r x 0', 'c2 r x 3', 'c2 r y 2']

test('causal memory agrees with serializations for each client on 20,000 histories of eight operations, and each witness breaks alone', () => {
  const seen: { [verdict: string]: number } = {}
  for (let seed = 0; seed < 20_000; seed++) {
    const history = longer(seed, 8), expected = causalMemoryBySerialization(history)
    if (expected === null) continue
    const verdict = causalChecks.causal.run(history, budget)
    expect(verdict.verdict, `seed ${seed}`).toBe(expected ? 'fine' : 'violated')
    seen[verdict.verdict] = (seen[verdict.verdict] ?? 0) + 1
    if (verdict.verdict === 'violated') expectSmallest(history, verdict.witness, (one) => causalMemoryBySerialization(one) === true)
  }
  expect(Math.min(seen['fine'] ?? 0, seen['violated'] ?? 0)).toBeGreaterThan(1_000)
})

describe('a fault planted in a copy is found', () => {
  test.each<[string, Id, Change]>([
    ['an unanswered write comes after nothing', 'weak-causal', { file: 'causal/graph.ts', from: 'if (from >= 0) branches.set', to: 'if (from >= operations.length) branches.set' }],
    ['a write that was overwritten before is no matter', 'weak-causal', { file: 'causal/patterns.ts', from: 'newer !== write && comesBefore(order, write, newer)', to: 'newer !== write && comesBefore(order, newer, write) && comesBefore(order, write, newer)' }],
    ['the initial value may be read late', 'weak-causal', { file: 'causal/patterns.ts', from: 'if (write === INITIAL) return', to: 'if (write === INITIAL && newer < 0) return' }],
    ['a circle of causes is no matter', 'weak-causal', { file: 'causal/patterns.ts', from: 'stuck.length > 0', to: 'stuck.length > layout.laneOf.length' }],
    ['overlapping writes may settle either way', 'causal-convergence', { file: 'causal/patterns.ts', from: 'circling.length === 0', to: 'circling.length >= 0' }],
    ['a client may see two writes in both orders', 'causal', { file: 'causal/views.ts', from: "if (comesBefore(this, to, from)) return { kind, order: this.order, inferred: this.inferred }", to: '' }],
    ['all clients have to see writes in one order', 'causal', { file: 'causal/patterns.ts', from: "case 'memory': return clientViews(order, meter)", to: "case 'memory': return oneView(order, meter)" }],
    ['convergence asks for one view of each client', 'causal-convergence', { file: 'causal/patterns.ts', from: "case 'convergence': return unsettled(order)", to: "case 'convergence': return oneView(order, meter)" }],
  ])('%s', async (_name, id, change) => {
    const { disagrees } = await withPlanted('causal.ts', [change], (copy: { causalChecks: typeof causalChecks }) => compareWith(copy.causalChecks[id], fine(id), make, 0, 20_000, false))
    expect(disagrees).toMatch(/^seed \d+: /)
  })

  test('what follows later from a read is forgotten', async () => {
    const change = { file: 'causal/views.ts', from: 'this.due.push(from)', to: '' }
    const { verdict } = await withPlanted('causal.ts', [change], (copy: { causalChecks: typeof causalChecks }) => copy.causalChecks.causal.run(written(...initialReadLate), budget))
    expect(verdict).toBe('fine')
    expect(causalChecks.causal.run(written(...initialReadLate), budget).verdict).toBe('violated')
    expect(causalMemoryBySerialization(written(...initialReadLate))).toBe(false)
  })
})

describe('what each level says', () => {
  const verdicts = (history: History): string[] => ids.filter((id) => causalChecks[id].run(history, budget).verdict === 'violated')
  test.each<[string, readonly string[], readonly Id[]]>([
    ['an effect is seen without its cause', ['c1 w x 1', 'c1 w y 1', 'c2 r y 1', 'c2 r x 0'], ids],
    ['a reply without the question, over two clients', ['c1 w x 1', 'c2 r x 1', 'c2 w y 2', 'c3 r y 2', 'c3 r x 0'], ids],
    ['each of two reads is the cause of the other', ['c1 r x 1', 'c1 w y 1', 'c2 r y 1', 'c2 w x 1'], ids],
    ['a client sees a value come back', ['c1 w x 1', 'c2 w x 2', 'c2 r x 1', 'c2 r x 2'], ['causal', 'causal-convergence']],
    ['two clients see overlapping writes in different orders', ['c1 w x 1', 'c2 w x 2', 'c1 r x 2', 'c2 r x 1'], ['causal-convergence']],
    ['the initial value is read when the client had to have seen a write', initialReadLate, ['causal']],
    ['neither of two clients sees the other write: no cause is missed', ['c1 w x 1', 'c1 r y 0', 'c2 w y 1', 'c2 r x 0'], []],
    ['an unanswered write that was read happened', ['c1 w? x 1', 'c2 r x 1', 'c2 r x 0'], ids],
    ['an unanswered write is no cause of what its client did later', ['c1 w? x 1', 'c1 w y 1', 'c2 r y 1', 'c2 r x 0'], []],
  ])('%s', (_name, lines, broken) => expect(verdicts(written(...lines))).toEqual(broken))

  test('WriteHBInitRead: its witness names the initial value and the way to the write', () => {
    const verdict = causalChecks.causal.run(written(...initialReadLate, 'c3 r y 1'), budget)
    expect(verdict).toMatchObject({ witness: { shape: 'write-hb-init-read', partition: null, operations: [0, 1, 2, 3, 4, 5, 6].map((id) => ({ id })) } })
  })

  test('the sentence tells the chain of causes', () => {
    expect(causalChecks.causal.run(written('c1 w x 1', 'c3 r x 1', 'c2 r x 1', 'c2 w y 2', 'c3 r y 2', 'c3 r x 0'), budget)).toMatchObject({ witness: {
      shape: 'write-co-init-read', sentence: 'Client 3 read 0 from x, the value at the start, but it knew of a write: client 1 asked to write 1 to x; client 3 read 1 from x and then read 0 from x.',
    } })
  })
})

test('5,000 operations of 30 clients, each value written once: copies that settle converge, copies that do not keep causal memory', () => {
  const room = { clients: 30, operations: 5_000, keys: 10, values: null, lostIn100: 3 }
  const verdicts = (settle: boolean): string[] => ids.map((id) => causalChecks[id].run(replicaHistory(1, room, settle), { steps: 20_000_000 }).verdict)
  expect(verdicts(true)[2]).toBe('fine')
  expect(verdicts(false)).toEqual(['fine', 'fine', 'violated'])
})

test('what is no register is unknown, and says why', () => {
  const history = written('c1 w x 1')
  const appended: History = { ...history, operations: [{ ...history.operations[0]!, f: 'append' }] }
  expect(causalChecks.causal.run(appended, budget)).toEqual({ verdict: 'unknown', why: expect.stringContaining('Causal consistency is checked for registers only') as string })
})

test.each(ids)('%s: a budget that ends gives unknown, never fine', (id) => {
  const history = written('c1 w x 1', 'c2 w x 1', 'c1 w x 2', 'c2 w x 2', 'c1 w y 1', 'c2 w z 1', 'c3 r y 1', 'c3 r z 1', 'c3 r x 1')
  expect(causalChecks[id].run(history, budget).verdict).toBe('violated')
  for (let steps = 0; steps < 60; steps++) expect(causalChecks[id].run(history, { steps }).verdict).not.toBe('fine')
  expect(causalChecks[id].run(history, { steps: 12 }).verdict).toBe('unknown')
})
