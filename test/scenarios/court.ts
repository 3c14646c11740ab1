import type { Claim, ClusterInfo } from '../../shared/sim/claim.ts'
import { nodeIds } from '../../shared/sim/create.ts'
import type { Draft, Fact, FactKind, FactOf } from '../../shared/sim/facts.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import type { FactNo, Json, NodeId, Shape, SimMs } from '../../shared/sim/types.ts'
import { ofBreach } from '../invariants/contract.ts'

export interface Verdict { claim: string; key: string; atMs: SimMs; witness: readonly FactNo[]; sentence: string }

/**
 * One claim, before which a test lays facts that it made by hand: what no well-behaved run would give in a thousand rounds
 * is one line here. Scheduled checks come due as time passes. Every breach is held to the contract of all claims.
 */
export interface Court {
  verdicts: Verdict[]
  /** Lays a fact before the claim and returns its number. */
  lay(atMs: SimMs, draft: Draft): FactNo
  /** Lets time pass. */
  wait(untilMs: SimMs): void
  says(atMs: SimMs, from: NodeId, to: NodeId, body: Shape['message'], arrivals?: number[]): FactNo
  hears(atMs: SimMs, node: NodeId, from: NodeId, body: Shape['message']): FactNo
  does(atMs: SimMs, node: NodeId, action: Shape['action'], on?: { message?: string }): FactNo
  answers(atMs: SimMs, node: NodeId, reply: Shape['reply']): FactNo
  crashes(atMs: SimMs, node: NodeId): FactNo
  restarts(atMs: SimMs, node: NodeId): FactNo
  pauses(atMs: SimMs, node: NodeId): FactNo
  wakes(atMs: SimMs, node: NodeId, pausedMs: number): FactNo
  faultStarts(atMs: SimMs, fault: string): FactNo
  faultEnds(atMs: SimMs, fault: string): FactNo
}

const empty = { before: [], because: [] } as const

/** A claim of a mission in a cluster of so many nodes. */
export function court(scenario: Scenario, id: string, nodes = 5): Court {
  const claim = scenario.claims[id] as Claim<unknown> | undefined
  if (claim === undefined) throw new Error(`mission ${scenario.id} has no claim ${id}`)
  const cluster: ClusterInfo = { nodes: nodeIds(nodes), timings: scenario.timings('L2'), majority: (nodes >> 1) + 1 }
  const verdicts: Verdict[] = []
  const facts: Fact[] = []
  const checks: { atMs: SimMs; key: string }[] = []
  let nowMs = 0
  let next = 0
  const judge = {
    get nowMs() { return nowMs },
    breach(key: string, witness: readonly FactNo[], values: { readonly [name: string]: Json }) {
      if (verdicts.some((one) => one.key === key)) return
      verdicts.push({ claim: id, key, atMs: nowMs, witness, sentence: claim.sentence(values) })
      const [complaint] = ofBreach(claim as unknown as Claim, { cluster, facts }, { ...empty, kind: 'breached', n: next, atMs: nowMs, node: null, claim: id, key, severity: claim.severity, values, because: witness })
      if (complaint !== undefined) throw new Error(complaint)
    },
    checkAt(atMs: SimMs, key: string) { checks.push({ atMs, key }) },
  }
  const state = claim.init(cluster, judge)
  const wait = (untilMs: SimMs): void => {
    for (;;) {
      const due = checks.filter((one) => one.atMs <= untilMs).toSorted((a, b) => a.atMs - b.atMs)[0]
      if (due === undefined) break
      checks.splice(checks.indexOf(due), 1)
      nowMs = Math.max(nowMs, due.atMs)
      claim.due?.(state, due.key, judge, cluster)
    }
    nowMs = Math.max(nowMs, untilMs)
  }
  const lay = (atMs: SimMs, draft: Draft): FactNo => {
    wait(atMs)
    const fact = { ...draft, n: next++, atMs } as Fact
    facts.push(fact)
    const fold = claim.folds[fact.kind] as ((state: unknown, fact: FactOf<FactKind>, judge: unknown, cluster: ClusterInfo) => void) | undefined
    fold?.(state, fact, judge, cluster)
    return fact.n
  }
  let letters = 0
  let messages = 0
  return {
    verdicts, lay, wait,
    says: (atMs, from, to, body, arrivals = [2_500]) => lay(atMs, { ...empty, kind: 'sent', node: from, to, body, message: `m${messages++}`, arrivals }),
    hears: (atMs, node, from, body) => lay(atMs, { ...empty, kind: 'delivered', node, from, body, message: `m${messages++}`, letter: ++letters, copy: 0 }),
    does: (atMs, node, action, on = {}) => lay(atMs, { ...empty, kind: 'acted', node, action, rule: null, message: on.message ?? null, request: null }),
    answers: (atMs, node, reply) => lay(atMs, { ...empty, kind: 'replied', node, request: 'c0/1', customer: 0, local: 1, reply, tookMs: 0 }),
    crashes: (atMs, node) => lay(atMs, { ...empty, kind: 'crashed', node, lostWrite: false }),
    restarts: (atMs, node) => lay(atMs, { ...empty, kind: 'restarted', node }),
    pauses: (atMs, node) => lay(atMs, { ...empty, kind: 'paused', node }),
    wakes: (atMs, node, pausedMs) => lay(atMs, { ...empty, kind: 'resumed', node, heldCount: 0, pausedMs }),
    faultStarts: (atMs, fault) => lay(atMs, { ...empty, kind: 'fault-started', node: null, fault, type: 'loss', params: {}, endsAtMs: null, nodes: [], links: [] }),
    faultEnds: (atMs, fault) => lay(atMs, { ...empty, kind: 'fault-ended', node: null, fault, type: 'loss', healed: true }),
  }
}
