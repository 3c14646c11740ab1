import { clockAt, trueAt } from './clocks.ts'
import type { Claim, ClusterInfo, Judge } from './claim.ts'
import { digestFact } from './digest.ts'
import type { Fact } from './facts.ts'
import type { FaultRegistry } from './fault.ts'
import { fail } from './assert.ts'
import type { Openings } from './identity.ts'
import { FACTS_MAX, FIRED_MAX } from './limits.ts'
import type { LinkTable } from './links.ts'
import { push } from './queue.ts'
import type { Dice, Out, Rule, Scenario } from './scenario.ts'
import type { FactNo, NodeId, Shape, SimMs } from './types.ts'
import type { NodeWorld, ScheduledEvent, World } from './world.ts'

/** One claim with what it needs at hand. */
export interface Seated { id: string; claim: Claim; judge: Judge }
/** A claim's handler of one kind of fact, with the state that it folds into. */
export interface Folding { fold(state: unknown, fact: Fact, judge: Judge, cluster: ClusterInfo): void; state: unknown; judge: Judge }
type Ruled = readonly { id: string; rule: Rule<never> }[]
/** The rules of one node by what triggers them. */
export interface RuleBook { message: ReadonlyMap<string, Ruled>; alarm: ReadonlyMap<string, Ruled>; request: Ruled; start: Ruled }

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
  /** Handlers of all claims by the kind of fact they fold. */
  readonly folds: ReadonlyMap<string, readonly Folding[]>
  readonly cluster: ClusterInfo
  readonly claims: ReadonlyMap<string, Seated>
  /** Effects of the active faults on each link, or null while none acts. */
  links: LinkTable | null
  /** True time at which each node's next alarm goes off; Infinity for none. */
  readonly alarmAtMs: number[]
  readonly rules: (RuleBook | null)[]
  /** What each seat acts through, and its dice. */
  readonly outs: Out<Shape>[]
  readonly dice: Dice[]
  readonly customerDice: Dice[]
  readonly openings: Openings
}

/** Numbers a fact, stamps it, folds it into digest and claims, and hands it out. Returns its number. */
export function emit(run: Run, fact: Fact): FactNo {
  const world = run.world
  if (world.facts >= FACTS_MAX) fail(`a round has at most ${FACTS_MAX} facts`)
  const n = world.facts++
  fact.n = n
  fact.atMs = world.nowMs
  digestFact(world.digest, fact)
  run.sink(fact)
  const foldings = run.folds.get(fact.kind)
  if (foldings !== undefined) for (const one of foldings) one.fold(one.state, fact, one.judge, run.cluster)
  return n
}

/** `emit` for a fact of a node: it becomes the node's latest. */
export function emitAt(run: Run, node: NodeWorld, fact: Fact): FactNo {
  const n = emit(run, fact)
  node.lastFact = n
  return n
}

/** The happened-before causes of a node's next fact: its latest one, and `also` if that is another. */
export function since(node: NodeWorld, also = -1): FactNo[] {
  return also < 0 || also === node.lastFact ? (node.lastFact < 0 ? [] : [node.lastFact]) : node.lastFact < 0 ? [also] : [node.lastFact, also]
}

/** Puts an event into the queue. */
export function schedule(run: Run, atMs: SimMs, event: ScheduledEvent): void {
  push(run.world.queue, { atMs, order: run.world.order++, event })
}

/** The node of a seat. */
export function nodeAt(run: Run, seat: number): NodeWorld {
  const node = run.world.nodes[seat]
  if (node === undefined) fail(`no seat ${seat}`)
  return node
}

/** Reads the node's clock into `self`, before anything on the node looks at it. */
export function wind(run: Run, node: NodeWorld): void {
  node.self.clockMs = clockAt(node.clock, run.world.nowMs)
}

/** Whether an alarm went off for this due time since the node started, as far as it is remembered. */
export function hasFired(node: NodeWorld, name: string, dueMs: number): boolean {
  const times = node.fired[name]
  if (times === undefined) return false
  // They ascend, and what is asked for is mostly later than all.
  let at = times.length - 1
  while (at >= 0 && (times[at] as number) > dueMs) at--
  return at >= 0 && times[at] === dueMs
}

/** Remembers that an alarm went off. Of too many times the earliest is forgotten; the latest, if this one is the earliest. */
export function noteFired(node: NodeWorld, name: string, dueMs: number): void {
  const times = (node.fired[name] ??= [])
  let at = times.length
  while (at > 0 && (times[at - 1] as number) > dueMs) at--
  if (at === times.length) times.push(dueMs)
  else times.splice(at, 0, dueMs)
  if (times.length <= FIRED_MAX) return
  if (at > 0) times.shift()
  else times.pop()
}

/** Finds when the node's next alarm goes off. Called after every step of the node. */
export function refreshAlarms(run: Run, seat: number): void {
  const node = nodeAt(run, seat)
  let earliest = Infinity
  // One that restarts slowly has not begun yet.
  const starting = node.workMs > 0 && node.held[0]?.kind === 'start'
  if (node.up && node.pausedAtMs === null && !starting) {
    const alarms = run.scenario.alarms(node.self)
    for (const name in alarms) {
      const due = alarms[name]
      if (due === null || due === undefined) continue
      // A slow node is late for its alarms too; for those that it missed, from its waking.
      const dueAtMs = trueAt(node.clock, due)
      const at = node.workMs === 0 ? dueAtMs : Math.max(dueAtMs, node.runsSinceMs) + node.workMs
      if (at < earliest && !hasFired(node, name, due)) earliest = at
    }
  }
  run.alarmAtMs[seat] = earliest
}
