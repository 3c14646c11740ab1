import type { ClusterInfo, Folds, Judge } from '../sim/claim.ts'
import type { Fact, FactKind, FactOf } from '../sim/facts.ts'

/**
 * How a mission's facts show events of one sort, such as "a node leads a term": for each kind of fact that can show one, the event, or null.
 * A claim that several missions share is made from such readers, and knows nothing of their messages.
 */
export type Shows<E> = { readonly [K in FactKind]?: (fact: FactOf<K>) => E | null }

/** Folds that hand each event shown by a fact to `take`. As fast as hand-written ones: only the kinds of facts that show something are looked at. */
export function foldsOf<T, E>(shows: Shows<E>, take: (state: T, event: E, fact: Fact, judge: Judge, cluster: ClusterInfo) => void): Folds<T> {
  return Object.fromEntries(Object.entries(shows).map(([kind, show]) => {
    const shown = show as (fact: Fact) => E | null
    return [kind, (state: T, fact: Fact, judge: Judge, cluster: ClusterInfo) => {
      const event = shown(fact)
      if (event !== null) take(state, event, fact, judge, cluster)
    }]
  })) as Folds<T>
}

/** Folds of several sorts of events over one state; of one fact, the events of the first come first. */
export function joined<T>(...all: readonly Folds<T>[]): Folds<T> {
  type Fold = (state: T, fact: Fact, judge: Judge, cluster: ClusterInfo) => void
  const merged: { [kind: string]: Fold } = {}
  for (const folds of all) {
    for (const [kind, fold] of Object.entries(folds) as [string, Fold][]) {
      const before = merged[kind]
      merged[kind] = before === undefined ? fold : (state, fact, judge, cluster) => {
        before(state, fact, judge, cluster)
        fold(state, fact, judge, cluster)
      }
    }
  }
  return merged as Folds<T>
}

/** What a mission may say in its own words about a claim that it shares with others. */
export interface OwnWords { words?: string; concept?: string; prevention?: string }
