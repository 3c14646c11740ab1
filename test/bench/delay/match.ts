import { clockAt } from '../../../shared/sim/clocks.ts'
import type { Fact, FactOf } from '../../../shared/sim/facts.ts'
import type { NodeId } from '../../../shared/sim/types.ts'
import type { Seen } from '../../../shared/visibility.ts'

/** What a student's page was told of letters: what, and when the frame came, on one clock for all pages. */
export interface Told { node: NodeId; seen: Extract<Seen, { kind: 'sent' | 'delivered' }>; atMs: number }
/** All of one cluster: its facts as the instructor's page got them, and what its students' pages were told. */
export interface Observed { facts: readonly Fact[]; clockOffsetsMs: { readonly [node: NodeId]: number }; told: readonly Told[] }
/** One delivery: what was asked of the network, what came of it on two pages, and when it was sent; in wall ms. */
export interface Delivery { requestedMs: number; measuredMs: number; sentAtMs: number }
/** `deferred`: the receiver stood still or was down when it was due, by the facts. `untold`: one of the two has no page, or was told otherwise than by a step. */
export interface Matched { deliveries: Delivery[]; deferred: number; untold: number }

/**
 * Pairs the frames of two pages through the facts. A fact and what a page sees of it share the node, its clock and the message, so
 * nothing is guessed; of two that are alike in all of that the first was told first. What was not delivered at the planned time by
 * the facts themselves (a paused node) is left out, whatever its pages say.
 */
export function match({ facts, clockOffsetsMs, told }: Observed, speed: number): Matched {
  const frames = new Map<string, number[]>()
  for (const { node, seen, atMs } of told) {
    const key = keyOf(node, seen)
    const known = frames.get(key)
    if (known === undefined) frames.set(key, [atMs])
    else known.push(atMs)
  }
  const toldAt = (fact: FactOf<'sent'> | FactOf<'delivered'>): number | null => {
    const atMs = clockAt({ offsetMs: clockOffsetsMs[fact.node] ?? 0 }, fact.atMs)
    return frames.get(keyOf(fact.node, { ...fact, atMs }))?.shift() ?? null
  }
  const sent = new Map<string, { fact: FactOf<'sent'>; toldAtMs: number | null }>()
  const matched: Matched = { deliveries: [], deferred: 0, untold: 0 }
  for (const fact of facts) {
    if (fact.kind === 'sent') sent.set(fact.message, { fact, toldAtMs: toldAt(fact) })
    if (fact.kind !== 'delivered') continue
    const from = sent.get(fact.message), toldAtMs = toldAt(fact)
    if (from === undefined) throw new Error(`${fact.message} arrived and was never sent`)
    const arrivalMs = from.fact.arrivals[fact.copy]
    if (arrivalMs === undefined || from.fact.atMs + arrivalMs !== fact.atMs) matched.deferred++
    else if (from.toldAtMs === null || toldAtMs === null) matched.untold++
    else matched.deliveries.push({ requestedMs: arrivalMs / speed, measuredMs: toldAtMs - from.toldAtMs, sentAtMs: from.toldAtMs })
  }
  return matched
}

type Keyed = { kind: 'sent'; atMs: number; to: NodeId; body: object } | { kind: 'delivered'; atMs: number; letter: number }

function keyOf(node: NodeId, one: Keyed): string {
  return one.kind === 'delivered' ? `${node} got ${one.letter} ${one.atMs}` : `${node} sent ${one.to} ${one.atMs} ${JSON.stringify(one.body)}`
}
