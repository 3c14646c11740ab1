import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'
import { assignReads, certainReads, likelyReads } from '../reads-from.ts'
import { registersOf } from '../registers.ts'
import type { Registers } from '../registers.ts'
import type { Edge, Meter } from '../verdict.ts'
import { layoutOf } from './graph.ts'
import { badPattern } from './patterns.ts'
import type { BadPattern, Level } from './patterns.ts'
import { accessesOf, wayOf } from './way.ts'
import type { Step } from './way.ts'

/** What is wrong: a read of what nobody wrote, a bad pattern, or that each way to tell equal values apart has one. */
export type CausalBreak = { kind: 'thin-air-read'; read: number } | BadPattern | { kind: 'no-assignment' }
export type CausalVerdict = { verdict: 'fine' } | { verdict: 'unknown'; why: string } | { verdict: 'violated'; registers: Registers; found: CausalBreak }

/** Words of memory for the clocks of one order: 256 MB. Beyond it the verdict is unknown. */
const WORDS_MAX = 1 << 26
const BUDGET_WHY = 'The budget ended before the search did.'

/** Decides a level. Where all written values differ the patterns decide; else a search over what each read may have read, until the meter is spent. */
export function decideCausal(operations: readonly Operation[], init: Json, level: Level, meter: Meter): CausalVerdict {
  const registers = registersOf({ operations, model: { type: 'register', init } })
  const layout = layoutOf(registers)
  const thin = layout.reads.find((at) => registers.sources[at]!.length === 0)
  if (thin !== undefined) return { verdict: 'violated', registers, found: { kind: 'thin-air-read', read: thin } }
  if (registers.operations.length * registers.lanes.length > WORDS_MAX) return { verdict: 'unknown', why: `There are too many clients for so many operations: ${registers.operations.length} operations of ${registers.lanes.length} clients, each unanswered write counted as one more.` }
  const certain = certainReads(registers)
  const open = layout.reads.filter((at) => registers.sources[at]!.length > 1)
  const broken = badPattern(layout, certain, level, meter)
  if (broken !== null) return { verdict: 'violated', registers, found: broken }
  if (!meter.step()) return { verdict: 'unknown', why: BUDGET_WHY }
  // The likeliest guess is mostly right.
  if (open.length === 0 || (badPattern(layout, likelyReads(registers), level, meter) === null && meter.step())) return { verdict: 'fine' }
  const verdict = assignReads(registers, open, certain, (readsFrom) => badPattern(layout, readsFrom, level, meter) !== null, meter)
  switch (verdict) {
    case 'fine': return { verdict }
    case 'unknown': return { verdict, why: BUDGET_WHY }
    case 'violated': return { verdict, registers, found: { kind: 'no-assignment' } }
  }
}

/** What a break rests on. Only one that needed no guess is small; of others all accesses. */
export function suspectsOf({ operations }: Registers, found: CausalBreak): readonly Operation[] {
  if (found.kind === 'no-assignment') return operations
  if (found.kind === 'thin-air-read') return [operations[found.read]!]
  const on = accessesOf(found)
  return operations.filter((_, at) => on.has(at))
}

/** Why one comes before another, as a label for an arrow. */
const REASONS: { readonly [why in Step['why']]: string } = { session: 'the same client, in order', 'reads-from': 'its value was read there', overwritten: 'known to who read the other', missed: 'it did not see that write' }

/** The way of the pattern as a circle of reasons: a read that is too old comes before the newer write, which it missed. */
export function reasonsOf({ operations }: Registers, found: CausalBreak): Edge[] {
  if (found.kind === 'no-assignment' || found.kind === 'thin-air-read') return []
  const edges: Edge[] = wayOf(found).map(({ from, to, why }) => ({ from: operations[from]!.id, to: operations[to]!.id, why: REASONS[why] }))
  const last = edges.at(-1), first = edges[0]
  if (last === undefined || first === undefined || last.to === first.from) return edges
  // From the write that was read through the newer one to the read: only the newer one is on the circle.
  const from = found.kind === 'write-co-read' ? edges.findIndex((edge) => edge.from === operations[found.newer]!.id) : 0
  return [...edges.slice(from), { from: last.to, to: edges[from]!.from, why: REASONS.missed }]
}
