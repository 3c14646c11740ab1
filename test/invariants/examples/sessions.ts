import { monotonicReads, monotonicWrites, readYourWrites, writesFollowReads } from '../../../shared/invariants/index.ts'
import type { SessionStep } from '../../../shared/invariants/sessions.ts'
import { example } from '../example.ts'
import { noted } from '../stage.ts'
import type { Step } from '../stage.ts'

const steps = noted<SessionStep>('session')
/** A node answers a customer, who read this version of the cart, or made it. Versions are of one order: a count, and who wrote. */
const session = (atMs: number, at: string, customer: string, kind: SessionStep['kind'], version: readonly (number | string)[]): Step =>
  ({ atMs, at, note: { shows: 'session', session: `customer ${customer}`, key: 'the cart', kind, version } })

/** What c0 writes at A reaches B late. c1 reads the older version there, and had seen none. */
const writesAndReads = [session(1_000, 'A', 'c0', 'wrote', [1, 'A']), session(2_000, 'A', 'c0', 'wrote', [2, 'A']), session(3_000, 'B', 'c1', 'read', [1, 'A'])]
const reads = [session(1_000, 'A', 'c0', 'wrote', [1, 'A']), session(2_000, 'A', 'c1', 'read', [1, 'A']), session(3_000, 'B', 'c2', 'read', [])]
/** Each copy counts on from the highest that it knows; of equal counts the one made at A is older. */
const writes = [session(1_000, 'A', 'c0', 'wrote', [1, 'A']), session(2_000, 'A', 'c0', 'wrote', [2, 'A']), session(3_000, 'B', 'c1', 'wrote', [1, 'B'])]
const answers = [session(1_000, 'A', 'c0', 'wrote', [1, 'A']), session(2_000, 'A', 'c0', 'wrote', [2, 'A']), session(3_000, 'A', 'c1', 'read', [2, 'A'])]

export const sessions = [
  example('read-your-writes', 'a customer asks a copy that its write has not reached', readYourWrites(steps),
    [...writesAndReads, session(4_000, 'B', 'c0', 'read', [1, 'A'])], [...writesAndReads, session(4_000, 'B', 'c0', 'read', [2, 'A'])]),
  example('monotonic-reads', 'a customer goes from a fresh copy to one that knows nothing', monotonicReads(steps),
    [...reads, session(4_000, 'B', 'c1', 'read', [])], [...reads, session(4_000, 'B', 'c1', 'read', [1, 'A'])]),
  example('monotonic-writes', 'a copy takes a write without the one before it', monotonicWrites(steps),
    [...writes, session(4_000, 'B', 'c0', 'wrote', [1, 'B'])], [...writes, session(4_000, 'B', 'c0', 'wrote', [2, 'B'])]),
  example('writes-follow-reads', 'an answer is written where the question is not known', writesFollowReads(steps),
    [...answers, session(4_000, 'B', 'c1', 'wrote', [1, 'B'])], [...answers, session(4_000, 'B', 'c1', 'wrote', [3, 'B'])]),
]
