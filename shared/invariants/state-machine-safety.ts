import { sameJson } from '../consistency/json.ts'
import type { Claim } from '../sim/claim.ts'
import type { FactNo, Json, NodeId } from '../sim/types.ts'
import type { Applied } from './logs.ts'
import { foldsOf } from './shows.ts'
import type { OwnWords, Shows } from './shows.ts'
import { withSort } from './words.ts'

interface State { first: { [index: string]: { command: Json; node: NodeId; fact: FactNo } } }

/**
 * Raft's State Machine Safety: no two nodes ever apply different commands at one index (Ongaro and Ousterhout, 2014, figure 3), nor does one
 * node after a crash. `applies`: commands carried out. Constant time a fact.
 */
export const stateMachineSafety = (applies: Shows<Applied>, own: OwnWords = {}): Claim<State> => ({
  words: 'All nodes apply the same command at the same index.',
  severity: 'severe',
  concept: 'replicated state machine',
  prevention: 'Apply only what is committed, in the order of the log.',
  ...own,
  init: () => ({ first: {} }),
  folds: foldsOf(applies, (state, { node, index, command }, fact, judge) => {
    const first = (state.first[index] ??= { command, node, fact: fact.n })
    if (sameJson(first.command, command)) return
    judge.breach(`entry ${index} ${node}`, [first.fact, fact.n], { index, first: first.node, firstCommand: first.command, second: node, secondCommand: command })
  }),
  sentence(v) {
    const first = `At index ${v['index']}, ${v['first']} applied ${withSort('command', v['firstCommand'])}`, second = withSort('command', v['secondCommand'])
    return v['first'] === v['second'] ? `${first}, and later ${second}.` : `${first}, and ${v['second']} applied ${second}.`
  },
})
