import type { Claim } from '../sim/claim.ts'
import type { FactNo, SimMs } from '../sim/types.ts'
import { foldsOf } from './shows.ts'
import type { OwnWords, Shows } from './shows.ts'
import { entryOf, setEntry } from './table.ts'
import type { Table } from './table.ts'
import { seconds } from './words.ts'

/** A storage saw a write with this token, and accepted it or not. `store`: what keeps one count of tokens, e.g. `C` or `C file-1`. */
export interface Fenced { store: string; token: number; accepted: boolean }

interface State { highest: Table<{ token: number; fact: FactNo; atMs: SimMs }> }

/**
 * Fencing: a storage never accepts a token below the highest that it has seen, so that a holder whose lease ran out while it stood still does
 * no harm (Kleppmann, "How to do distributed locking", 2016; Gray and Cheriton, "Leases", 1989, has the write wait out the lease instead).
 * The highest counts across crashes: a storage that forgets it breaks the claim. Equal tokens pass, since a holder writes
 * more than once: that no two grants have one token is for the lock service to see to. Constant time a fact.
 */
export const fencingMonotonic = (writes: Shows<Fenced>, own: OwnWords = {}): Claim<State> => ({
  words: 'A storage never accepts a token below the highest that it has seen.',
  severity: 'severe',
  concept: 'fencing token',
  prevention: 'Keep the highest token on disk, compare before every write, and refuse what is lower.',
  ...own,
  init: () => ({ highest: {} }),
  folds: foldsOf(writes, (state, { store, token, accepted }, fact, judge) => {
    const highest = entryOf(state.highest, store)
    if (highest === undefined || token > highest.token) setEntry(state.highest, store, { token, fact: fact.n, atMs: fact.atMs })
    else if (accepted && token < highest.token) {
      judge.breach(`${store} ${token} after ${highest.token}`, [highest.fact, fact.n], { store, token, atMs: fact.atMs, highest: highest.token, seenMs: highest.atMs })
    }
  }),
  sentence: (v) => `${v['store']} accepted a write with token ${v['token']} at ${seconds(v['atMs'])}, though it had seen token ${v['highest']} at ${seconds(v['seenMs'])}.`,
})
