import { and } from '../sim/words.ts'
import type { Claim } from '../sim/claim.ts'
import type { FactNo, NodeId } from '../sim/types.ts'
import { keptSince } from './disks.ts'
import type { Disk, Written } from './disks.ts'
import { foldsOf, joined } from './shows.ts'
import type { OwnWords, Shows } from './shows.ts'
import { entryAt, entryOf } from './table.ts'
import type { Table } from './table.ts'
import { inOrder } from './witness.ts'

/** A node answers a customer. `rests`: on which entry the answer rests, as `nameOf` names it; null if on none. */
export interface Answered { node: NodeId; rests: string | null }

/** How a mission shows what lies on disks. `nameOf`: words that name an entry, the same on every disk and for no other, e.g. `entry 3 of term 2`. */
export interface Stores<E extends Written> { disks: Shows<Disk<E>>; nameOf(entry: E, place: number): string }

interface State { written: { [node: NodeId]: number }; stored: Table<{ [node: NodeId]: FactNo }> }

/**
 * A customer is answered only after a majority of disks took what the answer rests on (Gifford, "Weighted voting for replicated data", 1979;
 * Ongaro and Ousterhout, 2014, section 5.3). A disk counts once its write was done, whatever crashed since; a node's word does not
 * count. `stores`: what lies on disks; `answers`: answers to customers. Constant time for each entry that a disk takes, linear in the nodes an
 * answer.
 */
export const quorumBeforeAck = <E extends Written>({ disks, nameOf }: Stores<E>, answers: Shows<Answered>, own: OwnWords = {}): Claim<State> => ({
  words: 'A customer is answered only after more than half of all disks took what the answer rests on.',
  severity: 'minor',
  concept: 'quorum',
  prevention: 'Write to disk, then acknowledge; wait for a majority of acknowledgements, then answer.',
  ...own,
  init: () => ({ written: {}, stored: {} }),
  folds: joined(
    foldsOf<State, Disk<E>>(disks, (state, { node, entries }, fact) => {
      const seen = state.written[node] ?? 0
      for (let place = keptSince(entries, seen); place < entries.length; place++) {
        entryAt(state.stored, nameOf(entries[place] as E, place), () => ({}))[node] ??= fact.n
      }
      state.written[node] = entries.at(-1)?.written ?? 0
    }),
    foldsOf<State, Answered>(answers, (state, { node, rests }, fact, judge, cluster) => {
      if (rests === null) return
      const stored = entryOf(state.stored, rests) ?? {}
      const holders = Object.keys(stored).toSorted()
      if (holders.length >= cluster.majority) return
      judge.breach(`${node} ${rests}`, inOrder(...Object.values(stored), fact.n), {
        node, rests, count: holders.length, nodes: cluster.nodes.length, majority: cluster.majority, holders: and(holders),
      })
    }),
  ),
  sentence: (v) => `${v['node']} answered a customer when ${v['count']} of ${v['nodes']} disks had taken ${v['rests']}${v['count'] === 0 ? '' : `: ${v['holders']}`}. It takes ${v['majority']}.`,
})
