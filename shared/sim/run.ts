import { clockAt, trueAt } from './clocks.ts'
import type { Claim, Judge } from './claim.ts'
import { digestFact } from './digest.ts'
import type { Fact } from './facts.ts'
import type { FaultRegistry } from './fault.ts'
import { assert } from './assert.ts'
import { FACTS_MAX } from './limits.ts'
import type { LinkTable } from './links.ts'
import { push } from './queue.ts'
import type { Rule, Scenario } from './scenario.ts'
import type { FactNo, NodeId, SimMs } from './types.ts'
import type { NodeWorld, Scheduled, ScheduledEvent, World } from './world.ts'

/** One claim with what it needs at hand. */
export interface Seated { id: string; claim: Claim; judge: Judge }
/** The rules of one node by trigger. */
export type RuleBook = ReadonlyMap<string, readonly { id: string; rule: Rule<never> }[]>

/**
 * A world and what is derived from it. Nothing here but `world` is state: all the rest is rebuilt from it, so a run made
 * from a cloned world goes on exactly as the original does.
 */
export interface Run {
  readonly world: World
  readonly scenario: Scenario
  readonly faults: FaultRegistry
  readonly ids: readonly NodeId[]
  readonly seatOf: ReadonlyMap<NodeId, number>
  readonly sink: (fact: Fact) => void
  /** Claims by the kind of fact they fold. */
  readonly folds: ReadonlyMap<string, readonly Seated[]>
  readonly claims: ReadonlyMap<string, Seated>
  /** Effects of the active faults on each link, or null while none acts. */
  links: LinkTable | null
  /** True time at which each node's next alarm goes off; Infinity for none. */
  readonly alarmAtMs: number[]
  readonly rules: (RuleBook | null)[]
}

/** Numbers a fact, stamps it, folds it into digest and claims, and hands it out. Returns its number. */
export function emit(run: Run, fact: Fact): FactNo {
  const world = run.world
  assert(world.facts < FACTS_MAX, `a round has at most ${FACTS_MAX} facts`)
  fact.n = world.facts++
  fact.atMs = world.nowMs
  digestFact(world.digest, fact)
  run.sink(fact)
  const seated = run.folds.get(fact.kind)
  if (seated !== undefined) {
    for (const one of seated) {
      const fold = (one.claim.folds as { [kind: string]: (state: unknown, fact: Fact, judge: Judge, cluster: unknown) => void })[fact.kind]
      fold?.(world.claims[one.id], fact, one.judge, clusterOf(run))
    }
  }
  return fact.n
}

/** `emit` for a fact of a node: it becomes the node's latest. */
export function emitAt(run: Run, node: NodeWorld, fact: Fact): FactNo {
  const n = emit(run, fact)
  node.lastFact = n
  return n
}

/** What claims know of the cluster. */
export function clusterOf(run: Run): { nodes: readonly NodeId[]; timings: World['nodes'][number]['self']['timings']; majority: number } {
  return { nodes: run.ids, timings: (run.world.nodes[0] as NodeWorld).self.timings, majority: (run.ids.length >> 1) + 1 }
}

/** The happened-before causes of a node's next fact: its latest one, and `also` if that is another. */
export function since(node: NodeWorld, also = -1): FactNo[] {
  return also < 0 || also === node.lastFact ? (node.lastFact < 0 ? [] : [node.lastFact]) : node.lastFact < 0 ? [also] : [node.lastFact, also]
}

/** Puts an event into the queue. */
export function schedule(run: Run, atMs: SimMs, event: ScheduledEvent): void {
  push(run.world.queue, { atMs, order: run.world.order++, ...event } as Scheduled)
}

/** The node of a seat. */
export function nodeAt(run: Run, seat: number): NodeWorld {
  const node = run.world.nodes[seat]
  assert(node !== undefined, `no seat ${seat}`)
  return node
}

/** Reads the node's clock into `self`, before anything on the node looks at it. */
export function wind(run: Run, node: NodeWorld): void {
  node.self.clockMs = clockAt(node.clock, run.world.nowMs)
}

/** Finds when the node's next alarm goes off. Called after every step of the node. */
export function refreshAlarms(run: Run, seat: number): void {
  const node = nodeAt(run, seat)
  let earliest = Infinity
  if (node.up && node.pausedAtMs === null) {
    const alarms = run.scenario.alarms(node.self)
    for (const name in alarms) {
      const due = alarms[name]
      if (due === null || due === undefined || node.fired[name] === due) continue
      const at = trueAt(node.clock, due)
      if (at < earliest) earliest = at
    }
  }
  run.alarmAtMs[seat] = earliest
}
