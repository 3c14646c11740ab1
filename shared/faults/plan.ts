import { assert } from '../sim/assert.ts'
import { drawBetween } from '../sim/draws.ts'
import type { Seed } from '../sim/draws.ts'
import { hashText } from '../sim/hash.ts'
import type { Input } from '../sim/inputs.ts'
import type { PlanCondition, PlannedFault, PlanStep } from '../sim/scenario.ts'
import type { NodeId, SimMs } from '../sim/types.ts'
import type { World } from '../sim/world.ts'
import { faults } from './index.ts'
import { resolve } from './targets.ts'
import type { FaultRegistry } from '../sim/fault.ts'

/** How often a step that waits for a condition looks for it, in simulated ms. */
export const LOOK_MS = 500

type FaultInput = Extract<Input, { kind: 'fault' }>
export type PlanInput = FaultInput | Extract<Input, { kind: 'halt' }>
const registry: FaultRegistry = faults

/** What a plan looks at. */
export interface Scene {
  world: Pick<World, 'nowMs' | 'faults' | 'broken' | 'seed'>
  ids: readonly NodeId[]
  /** Who leads, to the eye from above; null for nobody. */
  leader: NodeId | null
}

/** A step's fault is named by the step, or by its place in the plan. */
export const idOf = (step: PlanStep, place: number): string => (step.do === 'fault' && step.id !== undefined ? step.id : `plan${place}`)

/** The fault input of a planned fault, its words resolved. Without a leader the first node stands in for it. */
export function inputOf(planned: PlannedFault, id: string, { world, ids, leader }: Scene, seed: Seed = world.seed): FaultInput {
  const fault = registry[planned.type]
  const pick = (what: string, least: number, most: number): number => drawBetween(seed, `target ${what}`, hashText(id), 0, least, most)
  const params = fault === undefined ? planned.params : resolve(fault, planned.params, { ids, leader: leader ?? ids[0] ?? '', pick })
  return { kind: 'fault', atMs: world.nowMs, id, type: planned.type, params: { ...params }, durationMs: planned.durationMs }
}

/**
 * A chaos plan as it runs: says when it wants to look at the cluster, and what is to be put in then. It holds no truth: what it put
 * in is in the recording, and one made anew from a recording's inputs goes on where that left off.
 */
export class RunningPlan {
  readonly #waiting: { step: PlanStep; id: string; lookAtMs: SimMs }[]
  /** When each of the plan's faults was first seen to be over; null while it acts. */
  readonly #ended = new Map<string, SimMs | null>()
  #ledSinceMs: SimMs | null = null
  #leaderlessSinceMs: SimMs | null = null

  readonly #seed: Seed | null

  /**
   * `done`: inputs that the round has already; the plan's own among them are not put in again. `fromMs`: when the plan begins. `seed`: for
   * words that leave a choice; the round's own when null. Throws `AssertionFailed` for two steps of one name: check files with `readPlan`.
   */
  constructor(steps: readonly PlanStep[], { done = [], fromMs = 0, seed = null }: { done?: readonly Input[]; fromMs?: SimMs; seed?: Seed | null } = {}) {
    this.#seed = seed
    const names = steps.flatMap((step, place) => (step.do === 'fault' ? [idOf(step, place)] : []))
    assert(new Set(names).size === names.length, `each step of a plan has a name of its own, not ${names.join(', ')}`)
    const faultIds = new Set(done.flatMap((input) => (input.kind === 'fault' ? [input.id] : [])))
    this.#waiting = steps.map((step, place) => ({ step, id: idOf(step, place), lookAtMs: step.atMs + fromMs }))
      .filter(({ step, id }) => step.do === 'halt' || !faultIds.has(id))
      .toSorted((a, b) => a.lookAtMs - b.lookAtMs)
    steps.forEach((step, place) => { if (faultIds.has(idOf(step, place))) this.#ended.set(idOf(step, place), null) })
  }

  /** When the plan wants to look next; null when nothing is left. */
  nextAtMs(): SimMs | null {
    let next: SimMs | null = null
    for (const { lookAtMs } of this.#waiting) if (next === null || lookAtMs < next) next = lookAtMs
    return next
  }

  /** Looks at the cluster at its time, and takes off the plan what is to be put in now. */
  look(scene: Scene): PlanInput[] {
    const { nowMs } = scene.world
    this.#notice(scene)
    const inputs: PlanInput[] = []
    for (const one of [...this.#waiting]) {
      if (one.lookAtMs > nowMs) continue
      const { step, id } = one
      if (step.do === 'fault' && step.when !== undefined && !this.#holds(step.when, scene)) {
        one.lookAtMs = nowMs + LOOK_MS
        continue
      }
      this.#waiting.splice(this.#waiting.indexOf(one), 1)
      if (step.do === 'halt') inputs.push({ kind: 'halt', atMs: nowMs })
      else {
        this.#ended.set(id, null)
        inputs.push(inputOf(step, id, scene, this.#seed ?? scene.world.seed))
      }
    }
    return inputs
  }

  #notice({ world, leader }: Scene): void {
    if (leader === null) { this.#ledSinceMs = null; this.#leaderlessSinceMs ??= world.nowMs }
    else { this.#leaderlessSinceMs = null; this.#ledSinceMs ??= world.nowMs }
    for (const [id, endedMs] of this.#ended) if (endedMs === null && !world.faults.some((fault) => fault.id === id)) this.#ended.set(id, world.nowMs)
  }

  #holds(when: PlanCondition, { world }: Scene): boolean {
    const since = (fromMs: SimMs | null | undefined, ms: number): boolean => fromMs !== null && fromMs !== undefined && world.nowMs - fromMs >= ms
    switch (when.kind) {
      case 'leader': return since(this.#ledSinceMs, when.forMs)
      case 'no-leader': return since(this.#leaderlessSinceMs, when.forMs)
      case 'after': return since(this.#ended.get(when.fault), when.ms)
      case 'breach': return when.claim === null ? Object.values(world.broken).some((keys) => keys.length > 0) : (world.broken[when.claim] ?? []).length > 0
    }
  }
}
