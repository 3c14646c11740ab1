import type { Shows } from '../../shared/invariants/shows.ts'
import type { Claim } from '../../shared/sim/claim.ts'
import { nodeIds } from '../../shared/sim/create.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { NodeId, SimMs } from '../../shared/sim/types.ts'
import { judged } from './contract.ts'
import type { Told } from './example.ts'

/** An event that a fact shows, or a fault that begins or ends. */
export type Laid<E> = { atMs: SimMs } & ({ node: NodeId; event: E } | { fault: 'started' | 'ended' })

/** How facts laid by hand show events. */
export const shown = <E>(): Shows<E> => ({ acted: (fact) => (fact.action as unknown as { event: E }).event })

/**
 * Facts laid before a claim by hand, one for each event, numbered as they come, with its breaches after them all. What no round of the
 * simulation would give in a thousand is one line here. Time runs on to `untilMs`.
 */
export function laid<E>(id: string, claim: Claim, events: readonly Laid<E>[], nodes = 3, untilMs: SimMs = 1_000_000): Told {
  const cluster = { nodes: nodeIds(nodes), timings: {}, majority: (nodes >> 1) + 1 }
  const facts: Fact[] = events.map((one, n) => {
    const base = { n, atMs: one.atMs, before: [], because: [] }
    if ('event' in one) return { ...base, kind: 'acted', node: one.node, action: { kind: 'shows', event: one.event }, rule: null, message: null, request: null }
    return one.fault === 'started' ? { ...base, kind: 'fault-started', node: null, fault: 'f', type: 'partition', params: {}, endsAtMs: null, nodes: [], links: [] }
      : { ...base, kind: 'fault-ended', node: null, fault: 'f', type: 'partition', healed: true }
  })
  const breaches = judged(claim, cluster, facts, untilMs).map(({ key, atMs, witness, values }, at): Fact => (
    { kind: 'breached', n: facts.length + at, atMs, node: null, claim: id, key, severity: claim.severity, values, before: [], because: witness }))
  return { cluster, facts: [...facts, ...breaches, { kind: 'ended', n: facts.length + breaches.length, atMs: untilMs, node: null, before: [], because: [] }] }
}
