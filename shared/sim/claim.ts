import type { FactKind, FactOf, Severity } from './facts.ts'
import type { FactNo, Json, NodeId, SimMs, Timings } from './types.ts'

/** What a claim can say while it folds. */
export interface Judge {
  readonly nowMs: SimMs
  /**
   * Reports a breach, once for each `key`. `witness`: the smallest set of facts found that still breaks the claim, in causal
   * order. `values`: what its sentence is made of.
   */
  breach(key: string, witness: readonly FactNo[], values: { readonly [name: string]: Json }): void
  /** Asks for `due(state, key)` at a time: what time alone can break needs a look when nothing happens. */
  checkAt(atMs: SimMs, key: string): void
}

/** What a claim knows of its cluster from the start. */
export interface ClusterInfo { nodes: readonly NodeId[]; timings: Timings; majority: number }

/** One handler for each kind of fact that the claim looks at; constant or logarithmic time each. */
export type Folds<T> = { readonly [K in FactKind]?: (state: T, fact: FactOf<K>, judge: Judge, cluster: ClusterInfo) => void }

/** What a claim says: the part of it that another language has in its own words. */
export interface ClaimWords {
  /** What holds, in words for the class. */
  words: string
  /** The rule that would have prevented a breach. */
  prevention: string
  /** A sentence that explains the breach with this round's names and times; must be true of the witness alone. */
  sentence(values: { readonly [name: string]: Json }): string
}

/**
 * A claim about a round: an online fold over its facts. State is plain JSON, so that checkpoints and forks carry it.
 * `T` is the state's type; a registry holds claims of all sorts, hence the default.
 */
export interface Claim<T = never> extends ClaimWords {
  severity: Severity
  /** Which concept of the lesson it is about. */
  concept: string
  /** State before the first fact. `judge` may be asked for a look at a later time. */
  init(cluster: ClusterInfo, judge: Judge): T
  folds: Folds<T>
  due?(state: T, key: string, judge: Judge, cluster: ClusterInfo): void
}
