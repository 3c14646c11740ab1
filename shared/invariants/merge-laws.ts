import { sameJson } from '../consistency/json.ts'
import type { Claim } from '../sim/claim.ts'
import { drawBetween } from '../sim/draws.ts'
import type { FactNo, Json, NodeId } from '../sim/types.ts'
import { foldsOf } from './shows.ts'
import type { OwnWords, Shows } from './shows.ts'
import { entryAt } from './table.ts'
import type { Table } from './table.ts'
import { briefly } from './words.ts'

/** A node merges a state that came (`right`) into its own (`left`), with the merge function of this name: the one that its team picked. */
export interface Merged { node: NodeId; by: string; left: Json; right: Json }

/** Merges two states; changes neither. */
export type Merge = (left: Json, right: Json) => Json

/** States that came earlier, of which triples are made. */
const KEPT_MAX = 8

interface Kept { state: Json; fact: FactNo }
interface State { merges: Table<{ count: number; kept: Kept[] }> }

type Law = 'commutative' | 'idempotent' | 'inflationary' | 'associative'
/** What was computed, and what each of two ways gave. */
interface Broken { law: Law; states: readonly Json[]; gave: readonly [Json, Json] }

/** The first broken law of two states, of each sort but the last. */
function lawsOfTwo(merge: Merge, left: Json, right: Json): Broken[] {
  const whole = merge(left, right), turned = merge(right, left)
  const broken: Broken[] = sameJson(whole, turned) ? [] : [{ law: 'commutative', states: [left, right], gave: [whole, turned] }]
  const twice = [left, right, whole].find((one) => !sameJson(merge(one, one), one))
  if (twice !== undefined) broken.push({ law: 'idempotent', states: [twice], gave: [merge(twice, twice), twice] })
  // In a join semilattice a state is below another exactly if both merge to the other.
  const outside = [left, right].find((one) => !sameJson(merge(one, whole), whole))
  if (outside !== undefined) broken.push({ law: 'inflationary', states: [left, right, outside], gave: [whole, merge(outside, whole)] })
  return broken
}

/** Where the law of three breaks, with the third state last or in the middle: with the law of two, that is every order. */
function lawOfThree(merge: Merge, left: Json, right: Json, third: Json): Broken | null {
  for (const [a, b, c] of [[left, right, third], [left, third, right]] as const) {
    const one = merge(merge(a, b), c), other = merge(a, merge(b, c))
    if (!sameJson(one, other)) return { law: 'associative', states: [a, b, c], gave: [one, other] }
  }
  return null
}

const said = (value: Json | undefined): string => (value === undefined ? '' : briefly(value) ?? 'a long state')

/**
 * The laws of a merge function: commutative, associative, idempotent, and inflationary, which make it the join of a semilattice, so that replicas
 * converge (Shapiro, Preguiça, Baquero and Zawirski, "Conflict-free replicated data types", 2011). They are tried on the states of this very
 * round: the first three laws on both states of each merge, the last on those and on up to eight states that came earlier, an even sample of
 * all, chosen without chance. So a law that breaks only on states that never met is not found; what is reported is broken. Each law is
 * reported once for each function. Time: a fixed number of merges for each merge shown, of states as large as those.
 */
export const mergeLaws = (shows: Shows<Merged>, merges: { readonly [by: string]: Merge }, own: OwnWords = {}): Claim<State> => ({
  words: 'Merging is commutative, associative and idempotent, and loses nothing.',
  severity: 'severe',
  concept: 'merge',
  prevention: 'Merge with a least upper bound: the union of sets, the maximum of each entry, the later of two that have an order.',
  ...own,
  init: () => ({ merges: {} }),
  folds: foldsOf(shows, (state, { node, by, left, right }, fact, judge) => {
    const merge = Object.hasOwn(merges, by) ? merges[by] : undefined
    if (merge === undefined) return
    const breach = ({ law, states, gave }: Broken, witness: readonly FactNo[]): void => judge.breach(`${by} ${law}`, witness, {
      by, law, node, a: said(states[0]), b: said(states[1]), c: said(states[2]), one: said(gave[0]), other: said(gave[1]),
    })
    for (const one of lawsOfTwo(merge, left, right)) breach(one, [fact.n])
    const sample = entryAt(state.merges, by, () => ({ count: 0, kept: [] }))
    for (const third of [left, right]) {
      const broken = lawOfThree(merge, left, right, third)
      if (broken !== null) breach(broken, [fact.n])
    }
    for (const { state: third, fact: earlier } of sample.kept) {
      const broken = lawOfThree(merge, left, right, third)
      if (broken !== null) breach(broken, [earlier, fact.n])
    }
    // Vitter's Algorithm R ("Random sampling with a reservoir", 1985), with draws that depend on the count alone.
    const slot = sample.count < KEPT_MAX ? sample.count : drawBetween(0, 'merge laws', 0, sample.count, 0, sample.count)
    if (slot < KEPT_MAX) sample.kept[slot] = { state: right, fact: fact.n }
    sample.count++
  }),
  sentence(v) {
    const { by, a, b, c, one, other } = v
    switch (v['law'] as Law) {
      case 'commutative': return `With ${by}, merging ${a} with ${b} gives ${one}, and the other way round it gives ${other}.`
      case 'idempotent': return `With ${by}, merging ${a} with itself gives ${one}.`
      case 'inflationary': return `With ${by}, merging ${a} with ${b} gives ${one}, but merging ${c} with that gives ${other}.`
      case 'associative': return `With ${by}, merging ${a} with ${b} and then with ${c} gives ${one}, but merging ${a} with what ${b} and ${c} give makes ${other}.`
    }
  },
})
