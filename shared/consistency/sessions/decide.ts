import type { Json } from '../../sim/json.ts'
import { grouped } from '../grouped.ts'
import type { Operation } from '../history.ts'
import { assignReads, certainReads, likelyReads } from '../reads-from.ts'
import type { ReadsFrom } from '../reads-from.ts'
import { isRead, registersOf } from '../registers.ts'
import type { Registers } from '../registers.ts'
import { Meter } from '../verdict.ts'
import { allEdges, fewEdges, hasCircle, shortestCircle, withoutGates } from './edges.ts'
import type { Guarantee, Sessions, VersionEdge } from './edges.ts'

/** Steps to list edges, and to find a short circle of them once it is known that there is one. */
const STEPS_CIRCLE = 500_000

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
  const sessions: Sessions = { registers, each: [...grouped(registers.operations.keys(), (at) => registers.operations[at]!.client).values()] }
  const breaks = (readsFrom: ReadsFrom): boolean => {
    const edges = fewEdges(sessions, readsFrom, chosen, meter)
    return meter.take(edges.length) && hasCircle(edges)
  }
  const likely = breaks(likelyReads(registers))
  if (!meter.step()) return { verdict: 'unknown' }
  if (!likely) return { verdict: 'fine' }
  const certain = certainReads(registers)
  if (breaks(certain)) {
    const own = (): Meter => new Meter({ steps: STEPS_CIRCLE })
    const edges = shortestCircle(allEdges(sessions, certain, chosen, own()), own()) ?? withoutGates(sessions, shortestCircle(fewEdges(sessions, certain, chosen, new Meter({ steps: Infinity })), own())!)
    return { verdict: 'violated', registers, found: { kind: 'circle', edges } }
  }
  const open = [...registers.sources.keys()].filter((at) => registers.sources[at]!.length > 1)
  const verdict = assignReads(registers, open, certain, breaks, meter)
  return verdict === 'violated' ? { verdict, registers, found: { kind: 'no-assignment' } } : { verdict }
}
