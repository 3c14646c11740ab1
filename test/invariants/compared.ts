import { causalDelivery, clockCondition, fencingMonotonic, oneHolder, strongConvergence, vectorExactness, writesApart } from '../../shared/invariants/index.ts'
import type { Delivery } from '../../shared/invariants/causal-delivery.ts'
import type { Shows } from '../../shared/invariants/shows.ts'
import type { VectorStamped } from '../../shared/invariants/vector-exactness.ts'
import type { Claim } from '../../shared/sim/claim.ts'
import { nodeIds } from '../../shared/sim/create.ts'
import type { NodeId, SimMs } from '../../shared/sim/types.ts'
import { chanceOf } from '../sim/wild.ts'
import type { Chance } from '../sim/wild.ts'
import { complaints } from './contract.ts'
import { appliedTooEarly, clockBroken, diverged, interrupted, twoHolders, vectorsBroken, wentBack } from './dumb.ts'
import { laid, shown } from './laid.ts'

interface Timed<E> { atMs: SimMs; node: NodeId; event: E }
interface Compared<E> {
  id: string
  make(shows: Shows<E>): unknown
  events(chance: Chance): Timed<E>[]
  broken(events: readonly Timed<E>[]): boolean
  /** Ways to be told a little less than what happened: slips that the comparison must find. */
  deaf: readonly ((event: E) => E | null)[]
}

/** The first event with which the claim breaks, by definition: null for none. */
function firstBroken<E>({ broken }: Compared<E>, events: readonly Timed<E>[]): number | null {
  const at = events.findIndex((_, last) => broken(events.slice(0, last + 1)))
  return at < 0 ? null : at
}

/** Where claim and definition part, or where a breach does not keep the contract: the first of many random rounds, in words; null when there is none. */
function search<E>(compared: Compared<E>, shows: Shows<E>, seeds: number): { wrong: string | null; brokenRounds: number } {
  const { id } = compared
  const claim = compared.make(shows) as Claim
  let brokenRounds = 0
  for (let seed = 1; seed <= seeds; seed++) {
    const events = compared.events(chanceOf(seed, id))
    const told = laid(id, claim, events, 4)
    const reported = told.facts.flatMap((fact) => (fact.kind === 'breached' ? [fact.because[fact.because.length - 1] ?? -1] : []))
    const first = reported.length === 0 ? null : Math.min(...reported)
    const expected = firstBroken(compared, events)
    if (first !== expected) return { wrong: `seed ${seed}: the claim breaks at ${first}, by definition at ${expected}`, brokenRounds }
    const [complaint] = complaints(id, claim, told)
    if (complaint !== undefined) return { wrong: `seed ${seed}: ${complaint}`, brokenRounds }
    if (first !== null) brokenRounds++
  }
  return { wrong: null, brokenRounds }
}

/** A claim and its definition, to be compared over random rounds of the seeds from 1 on. */
export interface Comparison {
  id: string
  /** What is wrong first, or null, and in how many rounds something broke. */
  search(seeds: number): { wrong: string | null; brokenRounds: number }
  /** Slips that go unnoticed in these rounds. */
  unnoticed(seeds: number): string[]
}

function compare<E>(compared: Compared<E>): Comparison {
  const all = shown<E>().acted
  return {
    id: compared.id,
    search: (seeds) => search(compared, shown<E>(), seeds),
    unnoticed: (seeds) => compared.deaf.filter((deaf) => search(compared, { acted: (fact) => { const event = all?.(fact) ?? null; return event === null ? null : deaf(event) } }, seeds).wrong === null).map(String),
  }
}

const ids = nodeIds(4)
const nodeOf = (chance: Chance): NodeId => ids[chance(0, 3)] as NodeId
const oneOf = <T>(chance: Chance, list: readonly T[]): T => list[chance(0, list.length - 1)] as T
const many = <E>(chance: Chance, most: number, make: (at: number, atMs: SimMs) => { node: NodeId; event: E } | null): Timed<E>[] =>
  Array.from({ length: chance(1, most) }, (_, at) => ({ at, atMs: 1_000 * (at + 1) })).flatMap(({ at, atMs }) => { const one = make(at, atMs); return one === null ? [] : [{ ...one, atMs }] })

/** Events that follow one another at random, with the stamps that a protocol without a slip gives them: `make` may spoil them. */
function stamps<E>(chance: Chance, most: number, make: (name: string, node: NodeId, after: string[], vector: number[], clock: number) => E): Timed<E>[] {
  const vectors = new Map<string, number[]>(), clocks = new Map<string, number>()
  return many(chance, most, (at) => {
    const node = nodeOf(chance), name = `e${at}`
    const named = Array.from({ length: at }, (_, n) => `e${n}`)
    const after = chance(0, 1) === 0 && at > 0 ? [oneOf(chance, named)] : []
    const before = [node, ...after]
    const vector = ids.map((id, seat) => Math.max(...before.map((one) => vectors.get(one)?.[seat] ?? 0)) + (id === node ? 1 : 0))
    const clock = Math.max(...before.map((one) => clocks.get(one) ?? 0)) + 1
    for (const one of [node, name]) { vectors.set(one, vector); clocks.set(one, clock) }
    return { node, event: make(name, node, after, vector, clock) }
  })
}

export const comparisons: readonly Comparison[] = [
  compare({
    id: 'one-holder', make: oneHolder, broken: twoHolders, deaf: [(event) => (event.change === 'left' ? null : event)],
    events: (chance) => many(chance, 8, (_at, atMs) => {
      const lock = oneOf(chance, ['l', 'm']), holder = oneOf(chance, ['x', 'y', 'z'])
      return { node: 'A', event: chance(0, 1) === 0 ? { change: 'left', lock, holder } : { change: 'taken', lock, holder, untilMs: chance(0, 2) === 0 ? null : atMs + 1_000 * chance(1, 3) } }
    }),
  }),
  compare({
    id: 'writes-apart', make: writesApart, broken: interrupted, deaf: [(event) => (event.holder === 'x' ? null : event)],
    events: (chance) => many(chance, 7, () => { const grant = chance(1, 4); return { node: 'A', event: { resource: oneOf(chance, ['r', 's']), holder: oneOf(chance, ['x', 'y']), grant } } }),
  }),
  compare({
    id: 'fencing-monotonic', make: fencingMonotonic, broken: wentBack, deaf: [(event) => (event.accepted ? event : null)],
    events: (chance) => many(chance, 5, () => ({ node: 'A', event: { store: oneOf(chance, ['r', 's']), token: chance(1, 4), accepted: chance(0, 1) === 0 } })),
  }),
  compare({
    id: 'clock-condition', make: clockCondition, broken: clockBroken, deaf: [(event) => ({ ...event, after: [] })],
    events: (chance) => stamps(chance, 12, (name, node, after, _vector, clock) => ({ name, node, after, clock: clock + (chance(0, 14) === 0 ? oneOf(chance, [-1, 1, 2]) : 0) })),
  }),
  compare<VectorStamped>({
    id: 'vector-exactness', make: vectorExactness, broken: vectorsBroken, deaf: [(event) => ({ ...event, after: [] })],
    events: (chance) => {
      const step = chance(1, 2)
      return stamps(chance, 14, (name, node, after, vector) => ({
        name, node, after, vector: vector.map((count) => Math.max(0, step * count + (chance(0, 60) === 0 ? oneOf(chance, [-1, 1, 2]) : 0))),
      }))
    },
  }),
  compare<Delivery>({
    id: 'causal-delivery', make: causalDelivery, broken: appliedTooEarly,
    deaf: [(event) => (event.operation === 'o1' ? null : event), (event) => (event.change === 'made' ? { ...event, after: [] } : event), (event) => (event.change === 'made' ? { ...event, held: false } : event)],
    events: (chance) => {
      const made: string[] = []
      return many<Delivery>(chance, 12, (at) => {
        const node = nodeOf(chance)
        if (made.length > 0 && chance(0, 2) > 0) return { node, event: { change: 'applied', operation: oneOf(chance, made), node } }
        const after = made.length > 0 && chance(0, 2) === 0 ? [oneOf(chance, made)] : []
        made.push(`o${at}`)
        return { node, event: { change: 'made', operation: `o${at}`, node, after, held: chance(0, 2) === 0 } }
      })
    },
  }),
  compare({
    id: 'strong-convergence', make: strongConvergence, broken: diverged, deaf: [(event) => ({ ...event, updates: event.updates.slice(1) })],
    events: (chance) => many(chance, 6, () => {
      const node = nodeOf(chance)
      const updates = ['x', 'y', 'z'].filter(() => chance(0, 1) === 0)
      return { node, event: { node, updates: chance(0, 1) === 0 ? updates : [...updates.toReversed(), ...updates], state: chance(0, 5) === 0 ? 'odd' : updates.length } }
    }),
  }),
]
