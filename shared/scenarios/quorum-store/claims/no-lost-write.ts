import { joined } from '../../../invariants/shows.ts'
import { inOrder } from '../../../invariants/witness.ts'
import type { Claim } from '../../../sim/claim.ts'
import type { FactNo } from '../../../sim/types.ts'
import { compareVersions } from '../../../invariants/sessions.ts'
import { acknowledged, calmFolds, copyFolds, newCalm, newCopies } from './copies.ts'
import type { Calm, Copies } from './copies.ts'
import type { Version } from '../types.ts'

interface State { copies: Copies; calm: Calm; acked: { [key: string]: { version: Version; fact: FactNo; node: string } } }

/**
 * Durability: once all faults are over and all nodes are up, some node still holds of each object the newest write that a customer was told of, or a newer one.
 * Looked at a few seconds into each calm.
 */
export const noLostWrite: Claim<State> = {
  words: 'Once everything is healed, no write is lost that a customer was told of.',
  severity: 'severe',
  concept: 'durability',
  prevention: 'Acknowledge a write only when it is on your disk, and answer only when enough disks have it.',
  init: () => ({ copies: newCopies(), calm: newCalm(), acked: {} }),
  folds: joined<State>(copyFolds, calmFolds, {
    replied(state, fact) {
      const write = acknowledged(fact.reply)
      if (write === null) return
      const before = state.acked[write.key]
      if (before === undefined || compareVersions(write.version, before.version) > 0) state.acked[write.key] = { version: write.version, fact: fact.n, node: fact.node }
    },
  }),
  due(state, key, judge) {
    if (state.calm.sinceMs === null || String(state.calm.sinceMs) !== key) return
    for (const [name, { version, fact, node }] of Object.entries(state.acked)) {
      const newest = Object.values(state.copies.held).flatMap((kept) => kept[name] ?? []).toSorted((a, b) => compareVersions(b.version, a.version))[0]
      if (newest !== undefined && compareVersions(newest.version, version) >= 0) continue
      judge.breach(`${name} ${version.join(' ')}`, inOrder(fact, state.calm.fact), { key: name, version: version[0], node })
    }
  },
  sentence: (v) => `${v['node']} told a customer that ${v['key']} was stored as version ${v['version']}. When everything was healed, no node had it any more.`,
}
