import { and } from '../sim/words.ts'
import type { Claim, ClusterInfo, Judge } from '../sim/claim.ts'
import type { FactNo } from '../sim/types.ts'
import { termAt } from './log-tree.ts'
import { noteDisk, watchDisks } from './logs.ts'
import type { Committed, DiskLog, DiskLogs } from './logs.ts'
import { foldsOf, joined } from './shows.ts'
import type { OwnWords, Shows } from './shows.ts'
import { inOrder } from './witness.ts'

interface Commit extends Committed { fact: FactNo }
interface State {
  disks: DiskLogs
  /** What was first committed at each index. */
  commits: { [index: string]: Commit }
  /** The committed entry of the highest index: a disk that has it has those before it (Log Matching). */
  highest: Commit | null
}

function lookForMajority({ disks: { tree, disks } }: State, commit: Commit, judge: Judge, { nodes, majority }: ClusterInfo): void {
  const without = nodes.filter((node) => {
    const disk = disks[node]
    return disk !== undefined && termAt(tree, disk.log, commit.index) !== commit.term
  })
  // So many without it that the others are no majority.
  const needed = nodes.length - majority + 1
  if (without.length < needed) return
  const named = without.slice(0, needed)
  judge.breach(`entry ${commit.index} term ${commit.term}`, inOrder(commit.fact, ...named.map((node) => disks[node]?.fact ?? commit.fact)), {
    index: commit.index, term: commit.term, by: commit.node, without: and(named), most: majority - 1, nodes: nodes.length, majority, instead: null,
  })
}

/**
 * A committed entry stays committed: from then on a majority of disks has it at every moment, and no other is ever committed at its index
 * (after State Machine Safety and section 5.4.2 in Ongaro and Ousterhout, 2014). One disk alone may lose it in a run without fault: a node that
 * had no part in the majority may still take an entry from an earlier leader in its place. A disk counts as one without it only when a
 * fact has shown it so.
 *
 * Every entry is looked for when it is committed, and from then on the highest one alone. Once all disks are shown, that is enough: two entries that
 * a majority has at one time share a disk, so the lower is in the log of the higher (Log Matching) and is lost only with it.
 * `disks`: the logs; `commits`: what leaders decide. Logarithmic time for each node a fact.
 */
export const noLostCommit = (disks: Shows<DiskLog>, commits: Shows<Committed>, own: OwnWords = {}): Claim<State> => ({
  words: 'A committed entry is on the disks of a majority, for ever, and no other takes its place.',
  severity: 'severe',
  concept: 'commit',
  prevention: 'Commit an entry of your own term when a majority has it on disk; acknowledge an entry only when your disk has it.',
  ...own,
  init: () => ({ disks: watchDisks(), commits: {}, highest: null }),
  folds: joined(
    foldsOf<State, DiskLog>(disks, (state, disk, fact, judge, cluster) => {
      noteDisk(state.disks, disk, fact.n)
      if (state.highest !== null) lookForMajority(state, state.highest, judge, cluster)
    }),
    foldsOf<State, Committed>(commits, (state, { node, index, term }, fact, judge, cluster) => {
      const first = (state.commits[index] ??= { node, index, term, fact: fact.n })
      if (first.term !== term) {
        judge.breach(`entry ${index} term ${first.term} and ${term}`, [first.fact, fact.n], { index, term: first.term, by: first.node, instead: term, also: node })
      }
      if (first.fact === fact.n) lookForMajority(state, first, judge, cluster)
      if (state.highest === null || index > state.highest.index) state.highest = first
    }),
  ),
  sentence: (v) => (v['instead'] === null
    ? `${v['by']} committed entry ${v['index']} of term ${v['term']}, but the disks of ${v['without']} did not have it: at most ${v['most']} of ${v['nodes']} had. It takes ${v['majority']}.`
    : `${v['by']} committed entry ${v['index']} of term ${v['term']}, and ${v['also']} committed one of term ${v['instead']} in its place.`),
})
