import { drawBetween } from '../sim/draws.ts'
import type { Seed } from '../sim/draws.ts'
import { assert } from '../sim/assert.ts'
import { nodeIds } from '../sim/create.ts'
import type { Fault, FaultField, FaultRegistry } from '../sim/fault.ts'
import { wrongParams } from '../sim/fault-check.ts'
import type { ChaosLimits, PlannedFault, PlanStep, Scenario } from '../sim/scenario.ts'
import type { Json, NodeId, SimMs } from '../sim/types.ts'
import { faults } from './index.ts'

/** Time between two faults of a monkey, in ms: about one every 12 s, overlapping freely. */
const GAP_MS = [1_000, 24_000] as const
/** How long a fault lasts where the mission says nothing, in ms. */
const LASTS_MS = [2_000, 60_000] as const
/** Tries at parameters that go together; each fault finds some soon, or the mission's limits are wrong. */
const TRIES_MAX = 50
const registry: FaultRegistry = faults

/** A whole number from `least` to `most` for (seed, what, n). */
type Pick = (what: string, n: number, least: number, most: number) => number

function sample(field: FaultField, limit: readonly [number, number] | readonly string[] | undefined, what: string, n: number, pick: Pick, ids: readonly NodeId[]): Json {
  switch (field.type) {
    case 'nodes': {
      const count = pick(`${what} count`, n, 1, field.proper ? ids.length - 1 : ids.length)
      const pool = [...ids]
      const chosen = Array.from({ length: count }, (_, at) => pool.splice(pick(`${what} ${at}`, n, 0, pool.length - 1), 1)[0])
      return ids.filter((id) => chosen.includes(id))
    }
    case 'node': return ids[pick(what, n, 0, ids.length - 1)] ?? ''
    case 'integer': {
      const [least, most] = limit ?? []
      const wide = typeof least === 'number' && typeof most === 'number' ? [Math.max(least, field.least), Math.min(most, field.most)] as const : [field.least, field.most] as const
      return pick(what, n, wide[0], wide[1])
    }
    case 'choice': {
      const options = field.options.filter((option) => limit === undefined || (limit as readonly unknown[]).includes(option))
      return options[pick(what, n, 0, options.length - 1)] ?? ''
    }
  }
}

function paramsFor(type: string, fault: Fault, limits: ChaosLimits, n: number, pick: Pick, ids: readonly NodeId[]): { [name: string]: Json } | null {
  for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
    const params = Object.fromEntries(Object.entries(fault.fields).map(([name, field]): [string, Json] =>
      [name, sample(field, limits[type]?.params?.[name], `${type} ${name} ${attempt}`, n, pick, ids)]))
    if (wrongParams(fault, params, ids) === null) return params
  }
  return null
}

/**
 * A monkey's plan: random faults within a mission's limits between `fromMs` and `untilMs`, every one of them over by then; then all is
 * healed, so that liveness can be asked for. The same seed gives the same plan. Faults that a cluster of this size cannot have are left
 * out. Throws `AssertionFailed` when the limits name a fault that there is not.
 */
export function monkeyPlan(seed: Seed, limits: ChaosLimits, ids: readonly NodeId[], fromMs: SimMs, untilMs: SimMs): PlanStep[] {
  const pick: Pick = (what, n, least, most) => drawBetween(seed, `monkey ${what}`, n, 0, least, most)
  const types = Object.keys(limits)
  const plan: PlanStep[] = []
  let atMs = fromMs
  for (let n = 0; types.length > 0; n++) {
    atMs += pick('gap', n, ...GAP_MS)
    const type = types[pick('type', n, 0, types.length - 1)] ?? ''
    const fault = registry[type]
    assert(fault !== undefined, `the limits name a fault ${type}, and there is none`)
    const [least, most] = limits[type]?.durationMs ?? LASTS_MS
    const durationMs = pick('duration', n, Math.min(least, fault.durationMsMax), Math.min(most, fault.durationMsMax))
    if (atMs + durationMs > untilMs) break
    const params = paramsFor(type, fault, limits, n, pick, ids)
    if (params !== null) plan.push({ do: 'fault', id: `m${n}`, atMs, type, params, durationMs } satisfies PlannedFault)
  }
  return [...plan, { do: 'halt', atMs: untilMs }]
}

/** What a monkey does in a round of this length: faults until three fifths of it are over, then all is healed. */
export function monkeySteps(scenario: Scenario, seed: Seed, nodes: number, durationMs: SimMs): PlanStep[] {
  return monkeyPlan(seed, scenario.chaosLimits, nodeIds(nodes), 5_000, Math.floor(durationMs * 0.6))
}
