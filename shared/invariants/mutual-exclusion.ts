import type { Claim } from '../sim/claim.ts'
import type { FactNo, SimMs } from '../sim/types.ts'
import { foldsOf } from './shows.ts'
import type { OwnWords, Shows } from './shows.ts'
import { entryAt, entryOf, setEntry } from './table.ts'
import type { Table } from './table.ts'
import { seconds } from './words.ts'

/**
 * A lock is taken, or left. `untilMs`: the true time at which it falls free by itself, as a lease does (Gray and Cheriton, "Leases", 1989);
 * null for never. Who takes a lock again holds it until the new time.
 */
export type Holding =
  | { change: 'taken'; lock: string; holder: string; untilMs: SimMs | null }
  | { change: 'left'; lock: string; holder: string }

interface Holder { holder: string; fact: FactNo; atMs: SimMs; untilMs: SimMs | null }
interface Holders { locks: Table<Holder[]> }

/**
 * Mutual exclusion of holders: no two hold one lock at once (Dijkstra, "Solution of a problem in concurrent programming control", 1965).
 * A lease that ends in the very millisecond in which the next one begins is over. Reported once for each pair of holders of a lock. Time
 * a fact is linear in those who hold the lock at once: one, until it breaks.
 */
export const oneHolder = (holdings: Shows<Holding>, own: OwnWords = {}): Claim<Holders> => ({
  words: 'No two hold one lock at once.',
  severity: 'severe',
  concept: 'mutual exclusion',
  prevention: 'Give a lock away only when its holder has left it, or when its lease is over on every clock that may matter.',
  ...own,
  init: () => ({ locks: {} }),
  folds: foldsOf(holdings, (state, event, fact, judge) => {
    const { lock, holder } = event
    const others = entryAt(state.locks, lock, () => []).filter((one) => one.holder !== holder && (one.untilMs === null || one.untilMs > fact.atMs))
    setEntry(state.locks, lock, others)
    if (event.change === 'left') return
    for (const one of others) {
      judge.breach(`${lock} ${one.holder} ${holder}`, [one.fact, fact.n], { lock, first: one.holder, firstMs: one.atMs, untilMs: one.untilMs, second: holder, secondMs: fact.atMs })
    }
    setEntry(state.locks, lock, [...others, { holder, fact: fact.n, atMs: fact.atMs, untilMs: event.untilMs }])
  }),
  sentence: (v) => (v['untilMs'] === null
    ? `${v['first']} took ${v['lock']} at ${seconds(v['firstMs'])} and had not left it when ${v['second']} took it at ${seconds(v['secondMs'])}.`
    : `${v['first']} took ${v['lock']} at ${seconds(v['firstMs'])} and held it until ${seconds(v['untilMs'])}; ${v['second']} took it at ${seconds(v['secondMs'])}.`),
})

/** A write lands where it is kept. `grant`: the number of the grant of the lock under which it was made; every grant has its own, and later ones are higher. */
export interface Landed { resource: string; holder: string; grant: number }

interface Write { holder: string; grant: number; fact: FactNo; atMs: SimMs }
interface Places { places: Table<{ latest: Write | null; lastOf: Table<Write> }> }

/**
 * Mutual exclusion of effects: the writes made under one grant are never interrupted by a write made under another. So no write of a holder
 * whose lease expired lands between those of a later holder, whatever each of them believes (Kleppmann, "How to do distributed locking", 2016).
 * An old write that lands before or after all those of the later holder is another claim's matter: `fencingMonotonic`. Reported once for each
 * pair of grants. Constant time a fact.
 */
export const writesApart = (writes: Shows<Landed>, own: OwnWords = {}): Claim<Places> => ({
  words: 'No write of another holder lands between the writes of one holder.',
  severity: 'severe',
  concept: 'mutual exclusion',
  prevention: 'Send the number of your grant with every write, and let the storage refuse a write whose number is lower than one it has seen.',
  ...own,
  init: () => ({ places: {} }),
  folds: foldsOf(writes, (state, { resource, holder, grant }, fact, judge) => {
    const place = entryAt(state.places, resource, () => ({ latest: null, lastOf: {} }))
    const { latest } = place
    const before = entryOf(place.lastOf, String(grant))
    if (latest !== null && latest.grant !== grant && before !== undefined) {
      judge.breach(`${resource} ${grant} around ${latest.grant}`, [before.fact, latest.fact, fact.n], {
        resource, outer: holder, outerGrant: grant, firstMs: before.atMs, againMs: fact.atMs, inner: latest.holder, innerGrant: latest.grant, betweenMs: latest.atMs,
      })
    }
    place.latest = place.lastOf[grant] = { holder, grant, fact: fact.n, atMs: fact.atMs }
  }),
  sentence: (v) => `${v['inner']}'s write under grant ${v['innerGrant']} landed in ${v['resource']} at ${seconds(v['betweenMs'])}, `
    + `between those of ${v['outer']} under grant ${v['outerGrant']} at ${seconds(v['firstMs'])} and ${seconds(v['againMs'])}.`,
})
