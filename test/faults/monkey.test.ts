import { describe, expect, test } from 'vitest'
import { faults } from '../../shared/faults/index.ts'
import { monkeyPlan } from '../../shared/faults/monkey.ts'
import { playRound } from '../../shared/headless.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import { nodeIds } from '../../shared/sim/create.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { FaultParams, FaultRegistry } from '../../shared/sim/fault.ts'
import { notAllowed, wrongDuration, wrongParams } from '../../shared/sim/fault-check.ts'
import type { ChaosLimits, PlanStep, Scenario } from '../../shared/sim/scenario.ts'
import type { NodeId } from '../../shared/sim/types.ts'

const registry: FaultRegistry = faults
const FROM_MS = 5_000, UNTIL_MS = 180_000, SEEDS = 300

/** What in a plan is not within the limits, in words. */
function beyond(plan: readonly PlanStep[], limits: ChaosLimits, mission: Scenario, ids: readonly NodeId[]): string[] {
  const last = plan.at(-1)
  const wrong = last?.do === 'halt' && last.atMs === UNTIL_MS ? [] : ['it does not end with a halt']
  for (const step of plan.slice(0, -1)) {
    if (step.do === 'halt') { wrong.push('a halt in the middle'); continue }
    const { type, params, durationMs, atMs } = step
    const fault = registry[type]
    const limit = limits[type]
    if (fault === undefined || limit === undefined) { wrong.push(`${type} is not allowed`); continue }
    const words = wrongParams(fault, params, ids) ?? wrongDuration(fault, durationMs) ?? notAllowed(fault, params as FaultParams, mission)
    if (words !== null) wrong.push(words)
    if (durationMs === null || atMs < FROM_MS || atMs + durationMs > UNTIL_MS) { wrong.push(`${type} is not over in time`); continue }
    const [least, most] = limit.durationMs ?? [0, Infinity]
    if (durationMs < least || durationMs > most) wrong.push(`${type} lasts ${durationMs} ms`)
    for (const [name, range] of Object.entries(limit.params ?? {})) {
      const value = params[name]
      const fits = typeof value === 'number' ? value >= (range[0] as number) && value <= (range[1] as number) : (range as readonly unknown[]).includes(value)
      if (!fits) wrong.push(`${type}.${name} is ${String(value)}`)
    }
  }
  return wrong
}

const missions = Object.values(scenarios)
const sizes = missions.flatMap((mission) => Array.from({ length: mission.nodes.max - mission.nodes.min + 1 }, (_, at) => [mission.id, mission.nodes.min + at] as const))

describe('a monkey', () => {
  test.each(sizes)('%s with %i nodes: within the limits of the mission, healed at the end, and every fault that it allows is met', (id, nodes) => {
    const mission = scenarios[id] as Scenario
    const ids = nodeIds(nodes)
    const met = new Set<string>()
    for (let seed = 1; seed <= SEEDS; seed++) {
      const plan = monkeyPlan(seed, mission.chaosLimits, ids, FROM_MS, UNTIL_MS)
      expect(beyond(plan, mission.chaosLimits, mission, ids), `seed ${seed}`).toEqual([])
      for (const step of plan) if (step.do === 'fault') met.add(step.type)
    }
    // A ring of majorities is none among three.
    const possible = Object.keys(mission.chaosLimits).filter((type) => type !== 'ring' || nodes > 3)
    expect([...met].toSorted()).toEqual(possible.toSorted())
  })

  test('the look at a plan finds what is beyond the limits', () => {
    const mission = scenarios['election'] as Scenario
    const good = monkeyPlan(4, mission.chaosLimits, nodeIds(5), FROM_MS, UNTIL_MS)
    const fault = (type: string, params: FaultParams, durationMs: number | null, atMs = 10_000): PlanStep => ({ do: 'fault', atMs, type, params: { ...params }, durationMs })
    const bad: [PlanStep, RegExp][] = [
      [fault('clock-bump', { nodes: ['A'], byMs: 4_000 }, 5_000), /not allowed/], [fault('pause', { nodes: ['Q'] }, 5_000), /must list/], [fault('crash', { nodes: ['A'] }, 31_000), /lasts from 1/],
      [fault('loss', { from: ['A'], to: ['B'], share: 90 }, 5_000), /share is 90/], [fault('loss', { from: ['A'], to: ['B'], share: 20 }, 1_000), /lasts 1000/],
      [fault('pause', { nodes: ['A'] }, 5_000, UNTIL_MS - 1_000), /over in time/], [{ do: 'halt', atMs: 9_000 }, /in the middle/],
    ]
    for (const [step, words] of bad) expect(beyond([step, ...good], mission.chaosLimits, mission, nodeIds(5)).join()).toMatch(words)
    expect(beyond(good.slice(0, -1), mission.chaosLimits, mission, nodeIds(5)).join()).toMatch(/does not end/)
  })

  test('the same seed gives the same plan, another one another', () => {
    const mission = scenarios['election'] as Scenario
    const text = (seed: number): string => JSON.stringify(monkeyPlan(seed, mission.chaosLimits, nodeIds(5), FROM_MS, UNTIL_MS))
    const seeds = Array.from({ length: 100 }, (_, n) => n)
    expect(seeds.map(text)).toEqual(seeds.map(text))
    expect(new Set(seeds.map(text)).size).toBe(100)
  })

  test('refuses limits that name a fault that there is not; without any limits it does nothing', () => {
    expect(() => monkeyPlan(1, { earthquake: {} }, nodeIds(5), FROM_MS, UNTIL_MS)).toThrow(/earthquake/)
    expect(monkeyPlan(1, {}, nodeIds(5), FROM_MS, UNTIL_MS)).toEqual([{ do: 'halt', atMs: UNTIL_MS }])
  })

  test('its faults begin as planned, none is refused, and after the halt none acts', () => {
    for (const { id } of missions) {
      const mission = scenarios[id] as Scenario
      for (let seed = 1; seed <= 10; seed++) {
        const facts: Fact[] = []
        const { sim, inputs } = playRound(mission, { seed, nodes: mission.nodes.usual, durationMs: 240_000, rules: 'good', chaos: 'monkey' }, (fact) => facts.push(fact))
        const planned = inputs.flatMap((input) => (input.kind === 'fault' ? [input.id] : []))
        expect(facts.flatMap((fact) => (fact.kind === 'fault-started' ? [fact.fault] : []))).toEqual(planned)
        expect(facts.filter((fact) => fact.kind === 'fault-refused')).toEqual([])
        expect(sim.world.faults).toEqual([])
        expect(sim.world.nodes.every((node) => node.up && node.pausedAtMs === null)).toBe(true)
      }
    }
  })
})
