import { RunningPlan } from '../../shared/faults/plan.ts'
import { faults } from '../../shared/faults/index.ts'
import { monkeyPlan } from '../../shared/faults/monkey.ts'
import { settingsFor } from '../../shared/headless.ts'
import { drawBetween } from '../../shared/sim/draws.ts'
import type { Seed } from '../../shared/sim/draws.ts'
import type { Fact, FactKind } from '../../shared/sim/facts.ts'
import { cloneJson } from '../../shared/sim/json.ts'
import { CLOCK_START_MS } from '../../shared/sim/limits.ts'
import { plainMs } from '../../shared/sim/links.ts'
import type { ChaosLimits, Scenario } from '../../shared/sim/scenario.ts'
import { resume, start } from '../../shared/sim/simulation.ts'
import type { Simulation } from '../../shared/sim/simulation.ts'
import { ensure, ensureEqual } from './statistics.ts'
import { ensureNothingLeft } from './traffic.ts'

/** A random plan that is halted in the middle, and what is left of it a second later. */

const PLAN_MS = [2_000, 200_000] as const
const AFTER_MS = 1_000, TWINS_MS = 4_000

export interface Halted {
  sim: Simulation
  facts: Fact[]
  haltedMs: number
  /** How many faults acted when all was halted. */
  acting: number
}

/** A mission, what the monkey may do there, and who plays. */
export interface Stage {
  scenario: Scenario
  limits: ChaosLimits
  /** Clicks between two times; bots act by themselves. */
  hands(sim: Simulation, fromMs: number, untilMs: number): void
  /** How long after the halt to look on: somebody says something in that time. */
  calmMs: number
}

const OF_FAULTS: ReadonlySet<FactKind> = new Set<FactKind>(['fault-started', 'fault-turned', 'fault-ended', 'crashed', 'restarted', 'paused', 'resumed', 'held', 'released', 'clock-bent'])

/** Plays the plan of a seed up to a time of its own, and halts it there; `left`: nobody does, for a test of the test. */
export function halted({ scenario, limits, hands }: Stage, seed: Seed, left = false): Halted {
  const nodes = drawBetween(seed, 'halt nodes', 0, 0, Math.max(3, scenario.nodes.min), Math.min(7, scenario.nodes.max))
  const facts: Fact[] = []
  const settings = settingsFor(scenario, seed, nodes, 600_000, 'L2', Array.from({ length: nodes }, () => 'bot' as const))
  const sim = start({ scenario, faults, sink: (fact) => facts.push(fact) }, seed, settings)
  const plan = new RunningPlan(monkeyPlan(seed, limits, sim.ids, ...PLAN_MS))
  const haltedMs = drawBetween(seed, 'halt', 0, 0, 15_000, 90_000)
  for (let atMs = plan.nextAtMs(); atMs !== null && atMs < haltedMs; atMs = plan.nextAtMs()) {
    hands(sim, sim.world.nowMs, atMs)
    sim.runUntil(atMs)
    for (const input of plan.look({ world: sim.world, ids: sim.ids, leader: null })) sim.submit(input)
  }
  hands(sim, sim.world.nowMs, haltedMs)
  sim.runUntil(haltedMs)
  const acting = sim.world.faults.length
  if (!left) sim.submit({ kind: 'halt', atMs: haltedMs })
  return { sim, facts, haltedMs, acting }
}

/** That a second after the halt all is as if nothing had ever been, but for bent clocks; that these are set right on purpose, and not before. */
export function ensureCalm({ sim, facts, haltedMs }: Halted, { scenario, hands, calmMs }: Stage): void {
  const refused = facts.find((fact) => fact.kind === 'fault-refused')
  ensure(refused === undefined, `the monkey asks for nothing that is refused: ${JSON.stringify(refused)}`)
  sim.runUntil(haltedMs + AFTER_MS)
  ensureNothingLeft(sim)
  const twin = resume({ scenario, faults }, cloneJson(sim.world))
  for (const one of [sim, twin]) {
    hands(one, haltedMs + AFTER_MS, haltedMs + TWINS_MS)
    one.runUntil(haltedMs + TWINS_MS)
  }
  ensureEqual(twin.digest(), sim.digest(), 'a clone of the calm world goes on as it does')
  hands(sim, haltedMs + TWINS_MS, haltedMs + calmMs)
  sim.runUntil(haltedMs + calmMs)
  ensureNothingLeft(sim)
  ensure(facts.every((fact) => fact.atMs <= haltedMs || !OF_FAULTS.has(fact.kind)), 'no fault acts after the halt')
  ensureBaseDelays(sim, facts, haltedMs)
  ensureClocks(sim, facts)
}

/** All that was sent after the halt took what its link draws for it, to the millisecond. */
function ensureBaseDelays(sim: Simulation, facts: readonly Fact[], haltedMs: number): void {
  const sentAtMs = new Map<string, number>()
  const wanted: string[] = []
  for (const fact of facts) {
    if (fact.kind !== 'sent' || fact.atMs <= haltedMs) continue
    sentAtMs.set(fact.message, fact.atMs)
    const ms = plainMs(sim.world, fact.message)
    ensure(fact.arrivals.length === 1 && fact.arrivals[0] === ms, `${fact.message} takes ${JSON.stringify(fact.arrivals)} ms, not ${ms}`)
    if (fact.atMs + ms <= sim.world.nowMs) wanted.push(`${fact.message} after ${ms}`)
  }
  ensure(wanted.length > 0, 'something is said after the halt')
  const found = facts.flatMap((fact) => {
    const sentMs = fact.kind === 'delivered' || fact.kind === 'lost' ? sentAtMs.get(fact.message) : undefined
    return sentMs === undefined ? [] : [fact.kind === 'delivered' ? `${fact.message} after ${fact.atMs - sentMs}` : `${JSON.stringify(fact)}`]
  })
  ensureEqual(found.toSorted(), wanted.toSorted(), 'what was sent after the halt')
}

/** Clocks that no fault bent show what they always did. The button sets the others right, at once and for good. */
function ensureClocks(sim: Simulation, facts: readonly Fact[]): void {
  const { settings, nowMs } = sim.world
  const right = (seat: number): number => nowMs + CLOCK_START_MS + (settings.clockOffsetsMs[seat] ?? 0)
  const bent = new Set(facts.flatMap((fact) => (fact.kind === 'clock-bent' ? [fact.node] : [])))
  sim.ids.forEach((id, seat) => { if (!bent.has(id)) ensureEqual(sim.self(seat).clockMs, right(seat), `the clock of ${id}, which nobody bent`) })
  sim.submit({ kind: 'set-clocks', atMs: nowMs })
  ensureEqual(sim.ids.map((_, seat) => sim.self(seat).clockMs), sim.ids.map((_, seat) => right(seat)), 'the clocks when they were set')
  sim.runUntil(nowMs + 1_000)
  ensureEqual(sim.ids.map((_, seat) => sim.self(seat).clockMs), sim.ids.map((_, seat) => right(seat) + 1_000), 'the clocks a second later')
}
