import { drawBetween } from './sim/draws.ts'
import type { Seed } from './sim/draws.ts'
import type { Fact } from './sim/facts.ts'
import type { Input } from './sim/inputs.ts'
import { CLOCK_OFFSET_MS_MAX } from './sim/limits.ts'
import type { PlanStep, Scenario } from './sim/scenario.ts'
import { SIM_VERSION, start } from './sim/simulation.ts'
import type { Simulation } from './sim/simulation.ts'
import { nodeIds } from './sim/create.ts'
import type { Level, NodeId, PlayedBy, Settings } from './sim/types.ts'
import { faults } from './faults/index.ts'
import { monkeySteps } from './faults/monkey.ts'
import { RunningPlan } from './faults/plan.ts'
import type { Scene } from './faults/plan.ts'
import { FACTS_PER_DIGEST, RECORDING_FORMAT } from './recording.ts'
import type { ChaosPlan } from './plan-file.ts'
import type { Entry, Header, Recording } from './recording.ts'

/** How bots play a round without a room: for the command line, the contract suite and the bench. */
export interface RoundPlan {
  seed: Seed
  nodes: number
  /** Simulated length in ms. */
  durationMs: number
  /** `good`, or the name of a misconception. */
  rules: string
  /** `default`: the mission's plan. `monkey`: hostile, over after three fifths of the round, so that liveness can be asked for. Or a plan from outside, as `readPlan` gives it. */
  chaos: 'none' | 'default' | 'monkey' | ChaosPlan
  level?: Level
}

/** Settings of a round for this mission: clock offsets drawn from the seed within the limit. */
export function settingsFor(scenario: Scenario, seed: Seed, nodes: number, durationMs: number, level: Level, playedBy: readonly PlayedBy[], beliefs: Settings['beliefs'] = {}): Settings {
  return {
    nodes, level, durationMs, beliefs, playedBy, customers: true, syncMs: 30, latency: scenario.latency,
    clockOffsetsMs: Array.from({ length: nodes }, (_, seat) => drawBetween(seed, 'clock offset', seat, 0, -CLOCK_OFFSET_MS_MAX, CLOCK_OFFSET_MS_MAX)),
  }
}

/** Settings of a round that bots play. A misconception is held by one seat, drawn from the seed, or by all. */
export function botSettings(scenario: Scenario, plan: RoundPlan): Settings {
  const { seed, nodes } = plan
  const belief = scenario.misconceptions[plan.rules]
  const holder = drawBetween(seed, 'who believes it', 0, 0, 0, nodes - 1)
  const seats = belief === undefined ? [] : belief.heldBy === 'all' ? Array.from({ length: nodes }, (_, seat) => seat) : [holder]
  return settingsFor(scenario, seed, nodes, plan.durationMs, plan.level ?? 'L2', Array.from({ length: nodes }, () => 'bot' as const),
    Object.fromEntries(seats.map((seat) => [String(seat), plan.rules])))
}

/** Who leads now, to the eye from above: of those whose badge says so, the one in the highest term; null when nobody does. */
export function leaderOf(scenario: Scenario, sim: Simulation): NodeId | null {
  let best: { id: NodeId; tab: number } | null = null
  for (const node of sim.world.nodes) {
    if (!node.up) continue
    const badge = scenario.badge(node.self, node.self)
    const tab = Number(badge.tab.slice(1))
    if (badge.leads && (best === null || tab > best.tab)) best = { id: node.self.id, tab }
  }
  return best?.id ?? null
}

/** What a plan looks at, now. */
export const sceneOf = (scenario: Scenario, sim: Simulation): Scene => ({ world: sim.world, ids: sim.ids, leader: leaderOf(scenario, sim) })

/** The steps that a round's plan stands for. */
export function stepsOf(scenario: Scenario, { chaos, seed, nodes, durationMs }: RoundPlan): readonly PlanStep[] {
  if (chaos === 'none') return []
  if (chaos === 'default') return scenario.chaos
  return chaos === 'monkey' ? monkeySteps(scenario, seed, nodes, durationMs) : chaos.steps
}

/** Plays a whole round. Facts go to `sink` as they happen; the inputs are those that a recording of it holds. */
export function playRound(scenario: Scenario, plan: RoundPlan, sink: (fact: Fact) => void): { sim: Simulation; inputs: Input[]; settings: Settings } {
  const settings = botSettings(scenario, plan)
  const sim = start({ scenario, faults, sink }, plan.seed, settings)
  const inputs: Input[] = []
  const running = new RunningPlan(stepsOf(scenario, plan), { seed: typeof plan.chaos === 'string' ? null : plan.chaos.seed })
  const submit = (input: Input): void => { inputs.push(input); sim.submit(input); running.took(input) }
  for (let atMs = running.nextAtMs(); atMs !== null && atMs < plan.durationMs; atMs = running.nextAtMs()) {
    sim.runUntil(atMs)
    for (const input of running.look(sceneOf(scenario, sim))) submit(input)
  }
  submit({ kind: 'end', atMs: plan.durationMs })
  return { sim, inputs, settings }
}

/** Plays a round and keeps its recording, with digests. */
export function recordRound(scenario: Scenario, plan: RoundPlan, sink: (fact: Fact) => void = () => {}): Recording {
  const { inputs, settings } = playRound(scenario, plan, sink)
  return recordInputs(scenario, plan.seed, settings, inputs)
}

/** The recording of a round with these inputs, which are played for its digests. */
export function recordInputs(scenario: Scenario, seed: Seed, settings: Settings, inputs: readonly Input[]): Recording {
  const entries: Entry[] = []
  const sim = start({ scenario, faults, sink: (fact) => {
    if ((fact.n + 1) % FACTS_PER_DIGEST === 0) entries.push({ t: 'digest', fact: fact.n, digest: sim.digest() })
  } }, seed, settings)
  // The input first: a digest must never stand before an input that its facts depend on, or a file cut off between them would lie.
  for (const input of inputs) { entries.push({ t: 'input', input }); sim.submit(input) }
  entries.push({ t: 'closed', atMs: sim.world.nowMs, facts: sim.world.facts, digest: sim.digest() })
  return { header: headerOf(scenario, seed, settings, 'Headless', 1), entries }
}

/** The header of a recording of this mission. */
export function headerOf(scenario: Scenario, seed: Seed, settings: Settings, cluster: string, round: number): Header {
  return {
    format: RECORDING_FORMAT, simVersion: SIM_VERSION, scenario: scenario.id, scenarioVersion: scenario.version, seed, settings,
    nodes: nodeIds(settings.nodes), cluster, round,
  }
}

