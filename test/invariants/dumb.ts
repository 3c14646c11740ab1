import type { Delivery } from '../../shared/invariants/causal-delivery.ts'
import type { Stamped } from '../../shared/invariants/clock-condition.ts'
import type { Replica } from '../../shared/invariants/convergence.ts'
import type { Fenced } from '../../shared/invariants/fencing-monotonic.ts'
import type { Holding, Landed } from '../../shared/invariants/mutual-exclusion.ts'
import type { VectorStamped } from '../../shared/invariants/vector-exactness.ts'
import { sameJson } from '../../shared/consistency/json.ts'
import type { SimMs } from '../../shared/sim/types.ts'

/**
 * What each claim says, once more, in the words of its definition: all pairs and triples of events are looked at, and nothing is kept. Each
 * takes the events so far and tells whether they break the claim.
 */

type Timed<E> = readonly { atMs: SimMs; event: E }[]

/** Somebody took a lock while another's last taking of it had neither ended nor been followed by one's leaving. */
export function twoHolders(events: Timed<Holding>): boolean {
  return events.some(({ atMs, event: second }, at) => second.change === 'taken' && events.slice(0, at).some(({ event: first }, from) => {
    if (first.change !== 'taken' || first.lock !== second.lock || first.holder === second.holder || (first.untilMs !== null && first.untilMs <= atMs)) return false
    return events.slice(from + 1, at).every(({ event }) => event.lock !== first.lock || event.holder !== first.holder)
  }))
}

/** Of three writes to one place the outer two are of one grant, and the middle one is of another. */
export function interrupted(events: Timed<Landed>): boolean {
  return events.some(({ event: b }, at) => events.slice(0, at).some(({ event: a }) => events.slice(at + 1).some(({ event: c }) =>
    a.resource === b.resource && b.resource === c.resource && a.grant === c.grant && a.grant !== b.grant)))
}

/** A token was accepted after the same storage had seen a higher one. */
export function wentBack(events: Timed<Fenced>): boolean {
  return events.some(({ event: late }, at) => late.accepted && events.slice(0, at).some(({ event: early }) => early.store === late.store && early.token > late.token))
}

/** For each event the places of those before it: the closure of node order and named edges. */
function pasts(events: Timed<{ name: string; node: string; after: readonly string[] }>): Set<number>[] {
  const all: Set<number>[] = []
  for (const [at, { event }] of events.entries()) {
    const past = new Set<number>()
    events.slice(0, at).forEach((other, from) => {
      const isFirst = events.findIndex((one) => one.event.name === other.event.name) === from
      if (other.event.node !== event.node && !(isFirst && event.after.includes(other.event.name))) return
      past.add(from)
      for (const one of all[from] ?? []) past.add(one)
    })
    all.push(past)
  }
  return all
}

/** Of two events the one that happened before does not have the lower stamp. */
export function clockBroken(events: Timed<Stamped>): boolean {
  return pasts(events).some((past, at) => [...past].some((from) => (events[from]?.event.clock ?? 0) >= (events[at]?.event.clock ?? 0)))
}

/** Of any two events, one's vector is below the other's and it did not happen before, or it did and is not. */
export function vectorsBroken(events: Timed<VectorStamped>): boolean {
  const past = pasts(events)
  const seats = [0, 1, 2, 3]
  return events.some(({ event: e }, from) => events.some(({ event: f }, to) => {
    const below = seats.every((seat) => (e.vector[seat] ?? 0) <= (f.vector[seat] ?? 0)) && seats.some((seat) => (e.vector[seat] ?? 0) !== (f.vector[seat] ?? 0))
    return from !== to && below !== (past[to]?.has(from) ?? false)
  }))
}

/** A node applied something before something in its causal past: what its maker had made or applied before, what it came after, and the past of these. */
export function appliedTooEarly(events: Timed<Delivery>): boolean {
  const isApplied = (event: Delivery): boolean => event.change === 'applied' || !event.held
  const firstOf = (node: string, operation: string, until: number): boolean => events.slice(0, until).some(({ event }) => event.node === node && event.operation === operation && isApplied(event))
  const madeAt = (operation: string): number => events.findIndex(({ event }) => event.change === 'made' && event.operation === operation)
  const pastOf = (operation: string, seen = new Set<string>()): Set<string> => {
    const at = madeAt(operation)
    const made = events[at]?.event
    if (made === undefined || made.change === 'applied') return seen
    const direct = [...events.slice(0, at).flatMap(({ event }) => (event.node === made.node ? [event.operation] : [])), ...made.after.filter((name) => madeAt(name) >= 0 && madeAt(name) < at)]
    for (const one of direct) {
      if (one === operation || seen.has(one)) continue
      seen.add(one)
      pastOf(one, seen)
    }
    return seen
  }
  return events.some(({ event }, at) => isApplied(event) && !firstOf(event.node, event.operation, at) && madeAt(event.operation) >= 0 && madeAt(event.operation) <= at
    && [...pastOf(event.operation)].some((one) => !firstOf(event.node, one, at)))
}

/** The same updates, and another state. */
export function diverged(events: Timed<Replica>): boolean {
  return events.some(({ event: a }) => events.some(({ event: b }) =>
    sameJson([...new Set(a.updates)].toSorted(), [...new Set(b.updates)].toSorted()) && !sameJson(a.state, b.state)))
}
