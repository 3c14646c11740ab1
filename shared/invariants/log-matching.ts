import { sameJson } from '../consistency/json.ts'
import type { Claim } from '../sim/claim.ts'
import type { FactNo, Json, NodeId } from '../sim/types.ts'
import { keptSince } from './disks.ts'
import type { DiskLog, LogEntry } from './logs.ts'
import { foldsOf } from './shows.ts'
import type { OwnWords, Shows } from './shows.ts'
import { withSort } from './words.ts'

/** An entry as first seen. `before`: the term of the entry before it, 0 for none. */
interface Seen { command: Json; before: number; node: NodeId; fact: FactNo }
interface State { written: { [node: NodeId]: number }; entries: { [indexAndTerm: string]: Seen } }

/**
 * Raft's Log Matching: two logs with an entry of the same index and term are the same up to there (Ongaro and Ousterhout, 2014, figure 3).
 * Said of each entry alone: its index and term fix its command and the term of the entry before; then the entry before is fixed as
 * well, and so on down to the first. Logs of all times are compared. `disks`: the logs. Constant time for each entry that a disk takes.
 */
export const logMatching = (disks: Shows<DiskLog>, own: OwnWords = {}): Claim<State> => ({
  words: 'Two logs that have an entry of the same index and term are the same up to there.',
  severity: 'severe',
  concept: 'replicated log',
  prevention: 'Take entries only if your log has the one right before them, with the same term; and a leader writes one entry a place.',
  ...own,
  init: () => ({ written: {}, entries: {} }),
  folds: foldsOf<State, DiskLog>(disks, (state, { node, entries }, fact, judge) => {
    const seen = state.written[node] ?? 0
    for (let place = keptSince(entries, seen); place < entries.length; place++) {
      const { term, command } = entries[place] as LogEntry
      const before = entries[place - 1]?.term ?? 0
      const index = place + 1
      const first = (state.entries[`${index} ${term}`] ??= { command, before, node, fact: fact.n })
      if (first.before === before && sameJson(first.command, command)) continue
      judge.breach(`entry ${index} term ${term} ${node}`, [first.fact, fact.n], {
        index, term, first: first.node, second: node, firstBefore: first.before, secondBefore: before, firstCommand: first.command, secondCommand: command,
      })
    }
    state.written[node] = entries.at(-1)?.written ?? 0
  }),
  sentence(v) {
    const both = v['first'] === v['second'] ? `${v['first']} had entry ${v['index']} of term ${v['term']} twice` : `${v['first']} and ${v['second']} both had entry ${v['index']} of term ${v['term']}`
    return v['firstBefore'] === v['secondBefore']
      ? `${both}, but in one it is ${withSort('command', v['firstCommand'])} and in the other ${withSort('command', v['secondCommand'])}.`
      : `${both}, but the entry before it was of term ${v['firstBefore']} in one log and of term ${v['secondBefore']} in the other.`
  },
})
