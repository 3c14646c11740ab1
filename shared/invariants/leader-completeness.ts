import type { Claim, Judge } from '../sim/claim.ts'
import type { FactNo, NodeId } from '../sim/types.ts'
import { termAt } from './log-tree.ts'
import { noteDisk, watchDisks } from './logs.ts'
import type { Committed, DiskLog, DiskLogs } from './logs.ts'
import { foldsOf, joined } from './shows.ts'
import type { OwnWords, Shows } from './shows.ts'
import type { Leads } from './terms.ts'
import { inOrder } from './witness.ts'

/** A node that began to lead, and the log that its disk had then. */
interface Led { node: NodeId; term: number; log: number; shown: FactNo; fact: FactNo }
/** An entry that a leader committed, and the term that it led then. */
interface Commit extends Committed { led: number; leadFact: FactNo; fact: FactNo }
interface State {
  disks: DiskLogs
  /** The latest term that each node led. */
  leading: { [node: NodeId]: { term: number; fact: FactNo } }
  /** By term, ascending. */
  led: Led[]
  /** Each of a later term, and of a higher index, than the one before: the others say nothing that these do not. */
  commits: Commit[]
}

function compare(state: State, commit: Commit, led: Led, judge: Judge): void {
  const instead = termAt(state.disks.tree, led.log, commit.index)
  if (instead === commit.term) return
  judge.breach(`${led.node} term ${led.term} entry ${commit.index} term ${commit.term}`, inOrder(commit.leadFact, commit.fact, led.shown, led.fact), {
    node: led.node, term: led.term, index: commit.index, of: commit.term, by: commit.node, led: commit.led, instead,
  })
}

function keep(commits: Commit[], commit: Commit): void {
  let place = commits.length
  while (place > 0 && (commits[place - 1] as Commit).led > commit.led) place--
  const before = commits[place - 1]
  if (before !== undefined && before.index >= commit.index) return
  const from = before?.led === commit.led ? place - 1 : place
  let to = place
  while (to < commits.length && (commits[to] as Commit).index <= commit.index) to++
  commits.splice(from, to - from, commit)
}

/**
 * Raft's Leader Completeness: an entry committed in a term is in the logs of the leaders of all later terms (Ongaro and Ousterhout, 2014,
 * figure 3 and section 5.4), whichever of the two comes first. Logs are what the disks have; a leader whose disk was never shown is not
 * judged. Of the entries committed before a term the highest stands for all, since it has the others before it (Log Matching); where it does
 * not, a commit was lost, which is `noLostCommit`'s matter. `disks`: the logs; `leads`: who acts as leader; `commits`: what leaders decide.
 * Logarithmic time a fact; a commit by a leader that others have overtaken looks at each of them.
 */
export const leaderCompleteness = (disks: Shows<DiskLog>, leads: Shows<Leads>, commits: Shows<Committed>, own: OwnWords = {}): Claim<State> => ({
  words: 'What was committed in a term is in the log of every leader of a later term.',
  severity: 'severe',
  concept: 'replicated log',
  prevention: 'Vote only for logs that are at least as up to date as your own, and commit by counting copies of entries of your own term only.',
  ...own,
  init: () => ({ disks: watchDisks(), leading: {}, led: [], commits: [] }),
  folds: joined(
    foldsOf<State, DiskLog>(disks, (state, disk, fact) => noteDisk(state.disks, disk, fact.n)),
    foldsOf<State, Leads>(leads, (state, { node, term }, fact, judge) => {
      if (term <= (state.leading[node]?.term ?? -1)) return
      state.leading[node] = { term, fact: fact.n }
      const disk = state.disks.disks[node]
      if (disk === undefined) return
      const led = { node, term, log: disk.log, shown: disk.fact, fact: fact.n }
      state.led.splice(state.led.findLastIndex((one) => one.term <= term) + 1, 0, led)
      const commit = state.commits.findLast((one) => one.led < term)
      if (commit !== undefined) compare(state, commit, led, judge)
    }),
    foldsOf<State, Committed>(commits, (state, { node, index, term }, fact, judge) => {
      const leading = state.leading[node]
      if (leading === undefined) return
      const commit = { node, index, term, led: leading.term, leadFact: leading.fact, fact: fact.n }
      for (let at = state.led.length - 1; at >= 0 && (state.led[at] as Led).term > commit.led; at--) compare(state, commit, state.led[at] as Led, judge)
      keep(state.commits, commit)
    }),
  ),
  sentence: (v) => `${v['node']} led term ${v['term']} without entry ${v['index']} of term ${v['of']}, which ${v['by']} committed as leader of term ${v['led']}: `
    + (v['instead'] === null ? `the log of ${v['node']} ended before it.` : `${v['node']} had one of term ${v['instead']} in its place.`),
})
