import { describe, expect, test } from 'vitest'
import { appliedEverywhere, causalDelivery, clockCondition, fencingMonotonic, mergeLaws, oneHolder, strongConvergence, vectorExactness, writesApart } from '../../shared/invariants/index.ts'
import { hashOf } from '../../shared/consistency/json.ts'
import type { Delivery } from '../../shared/invariants/causal-delivery.ts'
import type { Stamped } from '../../shared/invariants/clock-condition.ts'
import type { Replica } from '../../shared/invariants/convergence.ts'
import type { Fenced } from '../../shared/invariants/fencing-monotonic.ts'
import type { Merged } from '../../shared/invariants/merge-laws.ts'
import type { Holding, Landed } from '../../shared/invariants/mutual-exclusion.ts'
import type { VectorStamped } from '../../shared/invariants/vector-exactness.ts'
import type { Claim } from '../../shared/sim/claim.ts'
import { mixValue } from '../../shared/sim/digest.ts'
import { draw } from '../../shared/sim/draws.ts'
import { finish, hashText } from '../../shared/sim/hash.ts'
import type { SimMs } from '../../shared/sim/types.ts'
import { complaints } from './contract.ts'
import { laid, shown } from './laid.ts'
import { heard, script } from './stage.ts'
import type { Step } from './stage.ts'

/** Sentences of the breaches of these events, one a second, each held to the contract. */
function said<E>(claim: unknown, events: readonly E[], { at = [], nodes = 3 }: { at?: readonly SimMs[]; nodes?: number } = {}): string[] {
  const judge = claim as Claim
  const told = laid('claim', judge, events.map((event, n) => ({ atMs: at[n] ?? 1_000 * (n + 1), node: 'A', event })), nodes)
  expect(complaints('claim', judge, told)).toEqual([])
  return told.facts.flatMap((fact) => (fact.kind === 'breached' ? [judge.sentence(fact.values)] : []))
}

describe('one-holder', () => {
  const claim = oneHolder(shown<Holding>())
  const taken = (holder: string, untilMs: SimMs | null, lock = 'l'): Holding => ({ change: 'taken', lock, holder, untilMs })
  test('a lease that ends in the millisecond in which the next begins is over, and one that ends a millisecond later is not', () => {
    expect(said(claim, [taken('x', 2_000), taken('y', 9_000)])).toEqual([])
    expect(said(claim, [taken('x', 2_001), taken('y', 9_000)])).toEqual(['x took l at 1 s and held it until 2.001 s; y took it at 2 s.'])
  })
  test('each pair of holders is named, the last renewal counts, and only the holder can leave', () => {
    expect(said(claim, [taken('x', 2_500), taken('x', null), { change: 'left', lock: 'l', holder: 'y' }, taken('y', null), taken('z', null)])).toEqual([
      'x took l at 2 s and had not left it when y took it at 4 s.', 'x took l at 2 s and had not left it when z took it at 5 s.', 'y took l at 4 s and had not left it when z took it at 5 s.',
    ])
    expect(said(claim, [taken('x', null), taken('x', 2_500), taken('y', null)])).toEqual([])
  })
  test('locks are apart, whatever they are called', () => expect(said(claim, [taken('x', null), taken('y', null, 'constructor'), { change: 'left', lock: 'toString', holder: 'x' }])).toEqual([]))
})

describe('writes-apart', () => {
  const claim = writesApart(shown<Landed>())
  const write = (holder: string, grant: number, resource = 'r'): Landed => ({ resource, holder, grant })
  test('a late write before or after all those of the later holder interrupts nobody', () => {
    expect(said(claim, [write('x', 1), write('y', 2), write('y', 2)])).toEqual([])
    expect(said(claim, [write('y', 2), write('y', 2), write('x', 1)])).toEqual([])
  })
  test('one holder under two grants is two holders; resources are apart', () => {
    expect(said(claim, [write('x', 2), write('x', 1), write('x', 2)])).toEqual(["x's write under grant 1 landed in r at 2 s, between those of x under grant 2 at 1 s and 3 s."])
    expect(said(claim, [write('x', 2), write('y', 1, 's'), write('x', 2)])).toEqual([])
  })
  test('a copy of a write that the network made arrives late, and counts', () => {
    const says = (holder: string, grant: number) => ({ shows: 'write', resource: 'r', holder, grant })
    const fromA = { from: ['A'], to: ['C'] }
    const steps: Step[] = [
      { atMs: 1_000, fault: 'l', type: 'latency', params: { ...fromA, extraMs: 2_000, spreadMs: 2_000, share: 100, shape: 'exponential', correlation: 0 }, durationMs: 5_000 },
      { atMs: 1_000, fault: 'd', type: 'duplicate', params: { ...fromA, share: 100 }, durationMs: 5_000 },
      { atMs: 2_000, at: 'A', tell: 'C', says: says('A', 1) },
      ...Array.from({ length: 20 }, (_, at): Step => ({ atMs: 2_100 + 500 * at, at: 'B', tell: 'C', says: says('B', 2) })),
    ]
    const copiesIn = (played: readonly Step[]): number[] => {
      const { breaches, facts } = script({ 'writes-apart': writesApart(heard<Landed>('write')) as unknown as Claim }, played)
      return breaches.flatMap(({ because }) => because.map((n) => facts[n])).flatMap((fact) => (fact?.kind === 'delivered' && fact.from === 'A' ? [fact.copy] : []))
    }
    expect(copiesIn(steps)).toEqual(expect.arrayContaining([0, 1]))
    expect(copiesIn(steps.filter((step) => !('fault' in step)))).toEqual([])
  })
})

describe('fencing-monotonic', () => {
  const claim = fencingMonotonic(shown<Fenced>())
  test('an equal token passes, a lower one that is refused too; stores are apart; what was refused has been seen', () => {
    expect(said(claim, [{ store: 'C', token: 2, accepted: true }, { store: 'C', token: 2, accepted: true }, { store: 'C', token: 1, accepted: false }, { store: 'D', token: 1, accepted: true }])).toEqual([])
    expect(said(claim, [{ store: 'C', token: 2, accepted: false }, { store: 'C', token: 2, accepted: true }, { store: 'C', token: 1, accepted: true }])).toEqual(['C accepted a write with token 1 at 3 s, though it had seen token 2 at 1 s.'])
  })
})

describe('clock-condition', () => {
  const claim = clockCondition(shown<Stamped>())
  const event = (node: string, name: string, clock: number, ...after: string[]): Stamped => ({ node, name, clock, after })
  test('equal stamps of events that do not know each other pass; a name that nobody showed is no edge', () => {
    expect(said(claim, [event('A', 'a', 1), event('B', 'b', 1), event('C', 'c', 1, 'constructor', 'z')])).toEqual([])
  })
  test('both edges of one event are named; an event that follows another in two ways, once', () => {
    expect(said(claim, [event('A', 'a', 5), event('B', 'b', 5), event('B', 'c', 5, 'a')])).toEqual([
      '"b" at B (2 s) happened before "c" at B (3 s), yet their stamps are 5 and 5.', '"a" at A (1 s) happened before "c" at B (3 s), yet their stamps are 5 and 5.',
    ])
    expect(said(claim, [event('A', 'a', 5), event('A', 'b', 4, 'a')])).toHaveLength(1)
  })
  test('of two events with one name the first is meant', () => expect(said(claim, [event('A', 'a', 1), event('B', 'a', 5), event('C', 'c', 3, 'a')])).toEqual([]))
  test('a slip that a later stamp hides is found at the edge: the ends of the path are right', () => {
    expect(said(claim, [event('A', 'a', 3), event('B', 'b', 2, 'a'), event('C', 'c', 9, 'b')])).toEqual(['"a" at A (1 s) happened before "b" at B (2 s), yet their stamps are 3 and 2.'])
  })
})

describe('vector-exactness', () => {
  const claim = vectorExactness(shown<VectorStamped>())
  const event = (node: string, name: string, vector: number[], ...after: string[]): VectorStamped => ({ node, name, vector, after })
  test('only the order counts: counting by twos passes, and entries that are missing are 0', () => {
    expect(said(claim, [event('A', 'a', [2]), event('B', 'b', [0, 4]), event('C', 'c', [2, 0, 2], 'a'), event('C', 'd', [2, 4, 4], 'b')])).toEqual([])
  })
  test('of events that arrive out of order each is compared with the last of every other node, and the first that it does not know', () => {
    // B was told of a1 only, and claims a2; A's third event comes later.
    expect(said(claim, [event('A', 'a1', [1, 0]), event('A', 'a2', [2, 0]), event('A', 'a3', [3, 0]), event('B', 'b', [2, 1], 'a1')])).toEqual([
      'Neither of "a2" at A (2 s) and "b" at B (4 s) happened before the other, yet the vector of the first, [2, 0], is below that of the second, [2, 1].',
    ])
  })
  test('of two events with one name the first is meant', () => {
    expect(said(claim, [event('A', 'a', [1]), event('B', 'a', [0, 1]), event('C', 'c', [1, 0, 1], 'a')])).toEqual([])
  })
  test('a path through a third node makes the past, and a crash does not end it', () => {
    expect(said(claim, [event('A', 'a', [1, 0, 0]), event('B', 'b', [1, 1, 0], 'a'), event('C', 'c', [1, 1, 1], 'b')])).toEqual([])
    expect(said(claim, [event('A', 'a', [1, 0, 0]), event('B', 'b', [1, 1, 0], 'a'), event('C', 'c', [0, 1, 1], 'b')])).toEqual([
      '"b" at B (2 s) happened before "c" at C (3 s), yet its vector [1, 1, 0] is not below [0, 1, 1].',
    ])
  })
})

describe('causal-delivery', () => {
  const claim = causalDelivery(shown<Delivery>())
  const made = (node: string, operation: string, after: string[] = [], held = false): Delivery => ({ change: 'made', node, operation, after, held })
  const applied = (node: string, operation: string): Delivery => ({ change: 'applied', node, operation })
  test('what nobody made has no past; what is applied twice counts once; the maker need not apply its own', () => {
    expect(said(claim, [applied('A', 'x'), made('A', 'y'), applied('B', 'x'), applied('B', 'y'), applied('B', 'y'), applied('A', 'y')])).toEqual([])
  })
  test('of a log that a node lacks the first is named, once, and the next when it has that', () => {
    const four = ['w', 'x', 'y', 'z'].map((name) => made('A', name))
    expect(said(claim, [...four, applied('B', 'y'), applied('B', 'z')])).toHaveLength(1)
    expect(said(claim, [...four, applied('B', 'y'), applied('B', 'w'), applied('B', 'z')])).toEqual([
      '"w" (1 s) came before A made "y" (3 s), and B applied "y" at 5 s without having applied "w".', '"x" (2 s) came before A made "z" (4 s), and B applied "z" at 7 s without having applied "x".',
    ])
    expect(said(claim, [made('A', 'x'), made('A', 'y'), made('A', 'z'), applied('B', 'z'), applied('B', 'z'), applied('B', 'x'), applied('C', 'y')])).toEqual([
      '"x" (1 s) came before A made "z" (3 s), and B applied "z" at 4 s without having applied "x".', '"x" (1 s) came before A made "y" (2 s), and C applied "y" at 7 s without having applied "x".',
    ])
  })
  test('a maker that holds its own operation back must apply it before a later one; what a customer knew is looked for, if anybody made it', () => {
    expect(said(claim, [made('A', 'x', ['nobody'], true), made('A', 'y')])).toEqual(['"x" (1 s) came before A made "y" (2 s), and A applied "y" at 2 s without having applied "x".'])
    expect(said(claim, [made('A', 'x'), made('B', 'y', ['x'], true), applied('C', 'y'), applied('A', 'y')])).toEqual(['"x" (1 s) came before B made "y" (2 s), and C applied "y" at 3 s without having applied "x".'])
  })
  test('nothing comes after what is made later', () => expect(said(claim, [made('B', 'y', ['x']), made('A', 'x'), applied('C', 'y'), applied('C', 'x')])).toEqual([]))
  test('what its maker learns only after making it is no part of its past', () => expect(said(claim, [made('A', 'x'), made('B', 'y'), applied('B', 'x'), applied('C', 'y'), applied('C', 'x')])).toEqual([]))
})

describe('strong-convergence', () => {
  const claim = strongConvergence(shown<Replica>())
  const replica = (node: string, updates: string[], state: Replica['state']): Replica => ({ node, updates, state })
  test('neither the order of updates nor that of keys makes a difference; other updates may give the same state', () => {
    expect(said(claim, [replica('A', ['x', 'y'], { a: 1, b: 2 }), replica('B', ['y', 'x', 'x'], { b: 2, a: 1 }), replica('C', ['z'], { a: 1, b: 2 })])).toEqual([])
  })
  test('all are compared with the first that had the updates; long states and many updates are not spelt out', () => {
    const long = Array.from({ length: 40 }, (_, at) => at)
    expect(said(claim, [replica('A', [], 0), replica('B', [], long), replica('C', [], 1)])).toEqual(['A at 1 s and B at 2 s had the same updates (none), but not the same state.', 'A at 1 s and C at 3 s had the same updates (none), but the states 0 and 1.'])
    expect(said(claim, [replica('A', ['d', 'c', 'b', 'a'], 0), replica('B', ['a', 'b', 'c', 'd'], 1)])).toEqual(['A at 1 s and B at 2 s had the same updates (a, b, c and 1 more), but the states 0 and 1.'])
  })
})

describe('names and states whose hashes collide', () => {
  const claim = strongConvergence(shown<Replica>())
  /** Two texts with the same 32 bits: among a hundred thousand there is mostly a pair. */
  const pairOf = (hash: (text: string) => number): [string, string] => {
    const seen = new Map<number, string>()
    for (let n = 0; ; n++) {
      const text = `${draw(0, 'collision', 0, n)} ${draw(0, 'collision', 1, n)}`, bits = hash(text) | 0, other = seen.get(bits)
      if (other !== undefined) return [other, text]
      seen.set(bits, text)
    }
  }
  test.each([['one hash', hashText], ['the other hash', hashOf]] as const)('are told apart where only %s is the same', (_which, hash) => {
    const [one, other] = pairOf(hash)
    expect(said(claim, [{ node: 'A', updates: [one], state: 1 }, { node: 'B', updates: [other], state: 2 }])).toEqual([])
  })
  test.each([['one hash', (text: string) => finish(mixValue(0, text))], ['the other hash', hashOf]] as const)('as states, where only %s is the same', (_which, hash) => {
    const [one, other] = pairOf(hash)
    expect(said(claim, [{ node: 'A', updates: [], state: one }, { node: 'B', updates: [], state: other }])).toHaveLength(1)
  })
})

describe('applied-everywhere', () => {
  test('a cluster of one has nobody to tell, and an update called like a heal is an update', () => {
    const claim = appliedEverywhere(shown<Delivery>(), 1_000)
    expect(said(claim, [{ change: 'made', node: 'A', operation: 'x', after: [], held: false }], { nodes: 1 })).toEqual([])
    expect(said(claim, [{ change: 'made', node: 'A', operation: 'healed null', after: [], held: false }, { change: 'applied', node: 'C', operation: 'healed null' }], { at: [500, 600] })).toEqual(['A made "healed null" at 0.5 s; 1 s later B had not applied it.'])
  })
})

describe('merge-laws', () => {
  test('what two states give is merged with itself too', () => {
    const claim = mergeLaws(shown<Merged>(), { odd: (left, right) => (left === right ? (left === 3 ? 4 : left) : 3) })
    expect(said(claim, [{ node: 'A', by: 'odd', left: 1, right: 2 }])[0]).toBe('With odd, merging 3 with itself gives 4.')
  })
  test('a function that the mission does not know is not judged; long states are not spelt out', () => {
    const claim = mergeLaws(shown<Merged>(), { append: (left, right) => [...(left as number[]), ...(right as number[])] })
    expect(said(claim, [{ node: 'A', by: 'toString', left: [1], right: [2] }])).toEqual([])
    const [commutative, ...others] = said(claim, [{ node: 'A', by: 'append', left: Array.from({ length: 60 }, () => 1), right: [2] }])
    expect(commutative).toBe('With append, merging a long state with [2] gives a long state, and the other way round it gives a long state.')
    expect(others).toHaveLength(2)
  })
})

describe.each(['constructor', '__proto__'])('what is called %s is judged like what is called anything else', (name) => {
  /** How many breaches there are when what matters has this name, and when it is called x. */
  const counts = <E>(claim: unknown, eventsOf: (name: string) => readonly E[]): void => {
    const usual = said(claim, eventsOf('x'), { at: [0, 0, 0, 0] }).length
    expect(usual).toBeGreaterThan(0)
    expect(said(claim, eventsOf(name), { at: [0, 0, 0, 0] })).toHaveLength(usual)
  }
  test('a lock', () => counts(oneHolder(shown<Holding>()), (lock) => ['A', 'B'].map((holder) => ({ change: 'taken', lock, holder, untilMs: null }))))
  test('a place of writes', () => counts(writesApart(shown<Landed>()), (resource) => [1, 2, 1].map((grant) => ({ resource, holder: `h${grant}`, grant }))))
  test('a storage', () => counts(fencingMonotonic(shown<Fenced>()), (store) => [2, 1].map((token) => ({ store, token, accepted: true }))))
  test('an event with a stamp', () => counts(clockCondition(shown<Stamped>()), (event) => [{ name: event, node: 'A', after: [], clock: 2 }, { name: 'y', node: 'B', after: [event], clock: 1 }]))
  test('an event with a vector', () => counts(vectorExactness(shown<VectorStamped>()), (event) => [{ name: event, node: 'A', after: [], vector: [1, 0, 0] }, { name: 'y', node: 'B', after: [event], vector: [0, 1, 0] }]))
  test('an operation', () => {
    const events = (operation: string): Delivery[] => [{ change: 'made', operation, node: 'A', after: [], held: false }, { change: 'made', operation: 'y', node: 'A', after: [], held: false }, { change: 'applied', operation: 'y', node: 'B' }]
    counts(causalDelivery(shown<Delivery>()), events)
    counts(appliedEverywhere(shown<Delivery>(), 1_000), events)
  })
})
