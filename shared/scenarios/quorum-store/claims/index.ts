import { linearizable, monotonicReads, monotonicWrites, readYourWrites, writesFollowReads } from '../../../invariants/index.ts'
import type { SessionStep } from '../../../invariants/sessions.ts'
import type { Shows } from '../../../invariants/shows.ts'
import { customerName } from '../../../invariants/words.ts'
import type { Claim } from '../../../sim/claim.ts'
import type { HistorySpec } from '../../../sim/scenario.ts'
import type { QuorumStore, Reply } from '../types.ts'
import { noLostWrite } from './no-lost-write.ts'
import { quorumBeforeAck } from './quorum-before-ack.ts'

/** Each key is one register. An answer that it failed is sure only where nothing was sent to be stored. */
export const history: HistorySpec<QuorumStore> = {
  model: 'register',
  init: null,
  call: (operation) => (operation.kind === 'write' ? { f: 'write', key: operation.key, arg: operation.value } : { f: 'read', key: operation.key, arg: null }),
  answer(_operation, reply) {
    switch (reply.kind) {
      case 'stored': return { status: 'ok', result: undefined }
      case 'value': return { status: 'ok', result: reply.value }
      case 'failed': return { status: reply.sure ? 'fail' : 'info', result: undefined }
    }
  },
}

/** What a customer's answers show of the versions that it read and made. */
const steps: Shows<SessionStep> = {
  replied(fact) {
    const reply = fact.reply as Reply
    return reply.kind === 'failed' ? null : { session: customerName(fact.customer), key: reply.key, kind: reply.kind === 'stored' ? 'wrote' : 'read', version: reply.version }
  },
}

/** All claims of the mission, in the order in which the cockpit shows them. */
export const claims = {
  linearizable: linearizable(history) as unknown as Claim,
  'no-lost-write': noLostWrite as unknown as Claim,
  'read-your-writes': readYourWrites(steps) as unknown as Claim,
  'monotonic-reads': monotonicReads(steps) as unknown as Claim,
  'monotonic-writes': monotonicWrites(steps) as unknown as Claim,
  'writes-follow-reads': writesFollowReads(steps) as unknown as Claim,
  'quorum-before-ack': quorumBeforeAck as unknown as Claim,
} as const satisfies { readonly [id: string]: Claim }
export type ClaimId = keyof typeof claims
