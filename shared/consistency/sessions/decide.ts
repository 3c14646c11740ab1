import type { Json } from '../../sim/json.ts'
import { grouped } from '../grouped.ts'
import type { Operation } from '../history.ts'
import { assignReads, certainReads, likelyReads } from '../reads-from.ts'
import type { ReadsFrom } from '../reads-from.ts'
import { isRead, registersOf } from '../registers.ts'
import type { Registers } from '../registers.ts'
import type { Meter } from '../verdict.ts'
import { shortestCycle, versionEdges } from './edges.ts'
import type { Guarantee, VersionEdge } from './edges.ts'

/** What is wrong with the accesses to one object: a read of what nobody wrote, a circle of versions, or that each way to tell equal values apart ends in one. */
export type SessionBreak =
  | { kind: 'thin-air'; read: number }
  | { kind: 'circle'; edges: readonly VersionEdge[] }
  | { kind: 'no-assignment' }

export type SessionVerdict = { verdict: 'fine' } | { verdict: 'unknown' } | { verdict: 'violated'; registers: Registers; found: SessionBreak }

/**
 * Whether some order of the versions of one object, the initial one first, keeps the chosen guarantees. Where all written values differ that is one
 * look for a circle; else a search over what each read may have read.
 */
export function decideSessions(operations: readonly Operation[], init: Json, chosen: ReadonlySet<Guarantee>, meter: Meter): SessionVerdict {
  const registers = registersOf({ operations, model: { type: 'register', init } })
  const thin = registers.sources.findIndex((from, at) => from.length === 0 && isRead(registers.operations[at]!))
  if (thin >= 0) return { verdict: 'violated', registers, found: { kind: 'thin-air', read: thin } }
  const sessions = [...grouped(registers.operations.keys(), (at) => registers.operations[at]!.client).values()]
  const circle = (readsFrom: ReadsFrom, sparse: boolean): VersionEdge[] | null => shortestCycle(versionEdges(registers, sessions, readsFrom, chosen, sparse))
  if (circle(likelyReads(registers), true) === null) return { verdict: 'fine' }
  const certain = certainReads(registers)
  if (circle(certain, true) !== null) return { verdict: 'violated', registers, found: { kind: 'circle', edges: circle(certain, false)! } }
  const open = [...registers.sources.keys()].filter((at) => registers.sources[at]!.length > 1)
  const verdict = assignReads(registers, open, certain, (readsFrom) => circle(readsFrom, true) !== null, meter)
  return verdict === 'violated' ? { verdict, registers, found: { kind: 'no-assignment' } } : { verdict }
}
