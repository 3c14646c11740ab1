import { joined } from '../../../invariants/shows.ts'
import { inOrder } from '../../../invariants/witness.ts'
import type { Claim } from '../../../sim/claim.ts'
import { isNewer } from '../state.ts'
import type { Action } from '../types.ts'
import { acknowledged, copyFolds, newCopies } from './copies.ts'
import type { Copies } from './copies.ts'
import type { FactNo } from '../../../sim/types.ts'

interface State { copies: Copies; quorum: { [node: string]: { write: number; fact: FactNo } } }

/**
 * A write is acknowledged to a customer only after as many disks took it, or a newer one, as its coordinator's own write quorum asks for (Gifford, "Weighted voting for
 * replicated data", 1979). A disk counts once its write was done.
 */
export const quorumBeforeAck: Claim<State> = {
  words: 'A write is answered only after as many disks took it as W says.',
  severity: 'minor',
  concept: 'quorum',
  prevention: 'Count acknowledgements, your own disk among them, and answer at W, not before.',
  init: () => ({ copies: newCopies(), quorum: {} }),
  folds: joined<State>(copyFolds, {
    acted(state, fact) {
      const action = fact.action as Action
      if (action.kind === 'set-quorum') state.quorum[fact.node] = { write: action.write, fact: fact.n }
    },
    crashed(state, fact) { delete state.quorum[fact.node] },
    replied(state, fact, judge, cluster) {
      const write = acknowledged(fact.reply)
      if (write === null) return
      const having = Object.entries(state.copies.durable).flatMap(([node, kept]) => { const held = kept[write.key]; return held === undefined || isNewer(write.version, held.version) ? [] : [{ node, fact: held.fact }] })
      const own = state.quorum[fact.node], wanted = own?.write ?? cluster.majority
      if (having.length >= wanted) return
      judge.breach(`${fact.node} ${write.version.join(' ')}`, inOrder(...own === undefined ? [] : [own.fact], ...having.map((one) => one.fact), fact.n), { node: fact.node, key: write.key, version: write.version[0], count: having.length, wanted, nodes: cluster.nodes.length })
    },
  }),
  sentence: (v) => `${v['node']} told a customer that version ${v['version']} of ${v['key']} was stored, when ${v['count']} of ${v['nodes']} disks had it. Its W is ${v['wanted']}.`,
}
