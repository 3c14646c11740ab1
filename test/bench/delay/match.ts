import { clockAt, trueClock } from '../../../shared/sim/clocks.ts'
import type { Fact, FactOf } from '../../../shared/sim/facts.ts'
import type { NodeId } from '../../../shared/sim/types.ts'
import type { Seen } from '../../../shared/visibility.ts'

/** What a student's page was told of letters: what, when the frame came, on one clock for all pages, and how much too late that may be. */
export interface Told { node: NodeId; seen: Extract<Seen, { kind: 'sent' | 'delivered' }>; atMs: number; doubtMs: number }
/** All of one cluster: its facts as the instructor's page got them, and what its students' pages were told. */
export interface Observed { facts: readonly Fact[]; clockOffsetsMs: { readonly [node: NodeId]: number }; told: readonly Told[] }
/** One delivery: what was asked of the network, what came of it on two pages, when it was sent, and the larger doubt of the two stamps; in wall ms. */
export interface Delivery { requestedMs: number; measuredMs: number; sentAtMs: number; doubtMs: number }
/** `deferred`: the receiver stood still or was down when it was due, by the facts. `untold`: one of the two has no page, or was told otherwise than by a step. */
export interface Matched { deliveries: Delivery[]; deferred: number; untold: number }

/**
 * Pairs the frames of two pages through the facts. A fact and what a page sees of it share the node, its clock and the message, so
 * nothing is guessed; of two that are alike in all of that the first was told first. What was not delivered at the planned time by
 * the facts themselves (a paused node) is left out, whatever its pages say.
 */
export function match({ facts, clockOffsetsMs, told }: Observed, speed: number): Matched {
  const frames = new Map<string, Stamp[]>()
  for (const { node, seen, atMs, doubtMs } of told) {
    const key = keyOf(node, seen)
    const known = frames.get(key)
    if (known === undefined) frames.set(key, [{ atMs, doubtMs }])
    else known.push({ atMs, doubtMs })
  }
  const toldAt = (fact: FactOf<'sent'> | FactOf<'delivered'>): Stamp | null => {
    const atMs = clockAt(trueClock(clockOffsetsMs[fact.node] ?? 0), fact.atMs)
    return frames.get(keyOf(fact.node, { ...fact, atMs }))?.shift() ?? null
  }
  const sent = new Map<string, { fact: FactOf<'sent'>; from: Stamp | null }>()
  const matched: Matched = { deliveries: [], deferred: 0, untold: 0 }
  for (const fact of facts) {
    if (fact.kind === 'sent') sent.set(fact.message, { fact, from: toldAt(fact) })
    if (fact.kind !== 'delivered') continue
    const known = sent.get(fact.message), to = toldAt(fact)
    if (known === undefined) throw new Error(`${fact.message} arrived and was never sent`)
    const arrivalMs = known.fact.arrivals[fact.copy]
    if (arrivalMs === undefined || known.fact.atMs + arrivalMs !== fact.atMs) matched.deferred++
    else if (known.from === null || to === null) matched.untold++
    else matched.deliveries.push({ requestedMs: arrivalMs / speed, measuredMs: to.atMs - known.from.atMs, sentAtMs: known.from.atMs, doubtMs: Math.max(to.doubtMs, known.from.doubtMs) })
  }
  return matched
}

type Stamp = Pick<Told, 'atMs' | 'doubtMs'>
type Keyed = { kind: 'sent'; atMs: number; to: NodeId; body: object } | { kind: 'delivered'; atMs: number; letter: number }

function keyOf(node: NodeId, one: Keyed): string {
  return one.kind === 'delivered' ? `${node} got ${one.letter} ${one.atMs}` : `${node} sent ${one.to} ${one.atMs} ${JSON.stringify(one.body)}`
}
