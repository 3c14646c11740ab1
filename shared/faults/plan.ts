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
/** What a plan puts in. */
export type PlanInput = FaultInput | Extract<Input, { kind: 'halt' }>
const registry: FaultRegistry = faults

/** What a plan looks at. */
export interface Scene {
  world: Pick<World, 'nowMs' | 'faults' | 'broken' | 'seed'>
  ids: readonly NodeId[]
  /** Who leads, to the eye from above; null for nobody. */
  leader: NodeId | null
}

/** A step is named by itself, or by its place in the plan. */
export const idOf = (step: PlanStep, place: number): string => (step.do === 'fault' && step.id !== undefined ? step.id : `plan${place}`)

/** The fault input of a planned fault, its words resolved. Without a leader the first node stands in for it. */
export function inputOf(planned: PlannedFault, id: string, { world, ids, leader }: Scene, seed: Seed = world.seed): FaultInput {
  const fault = registry[planned.type]
  const pick = (what: string, least: number, most: number): number => drawBetween(seed, `target ${what}`, hashText(id), 0, least, most)
  const params = fault === undefined ? planned.params : resolve(fault, planned.params, { ids, leader: leader ?? ids[0] ?? '', pick })
  return { kind: 'fault', atMs: world.nowMs, id, type: planned.type, params: { ...params }, durationMs: planned.durationMs }
}

const conditionOf = (step: PlanStep): PlanCondition | null => (step.do === 'fault' ? step.when ?? null : null)

/** A step that is still to come; `dueMs`: its time, the earliest one if it waits for a condition. */
interface Waiting { step: PlanStep; id: string; dueMs: SimMs }

/** What a plan is called, when it began, and what its chance is. */
export interface PlanStart {
  /** Stands before the names of its faults, so that two plans of one round never clash; empty for the round's own. */
  name?: string
  /** When it began: the times of its steps count from here. */
  fromMs?: SimMs
  /** For words that leave a choice; the round's own seed when null. */
  seed?: Seed | null
}

/**
 * A chaos plan as it runs: says when it wants to look at the cluster, and what is to be put in then. It holds no truth: what it put in is in the
 * recording. One that is shown a recording again, by `took`, and by `notice` at the times of `nextLookMs`, goes on where that left off.
 */
export class RunningPlan {
  readonly #name: string
  readonly #fromMs: SimMs
  readonly #seed: Seed | null
  /** What is still to come, by time; steps of one time in the order of the plan. */
  #waiting: Waiting[]
  /** When each of the plan's faults that began was first seen to be over; null while it acts. */
  readonly #ended = new Map<string, SimMs | null>()
  /** When conditions are looked for next: twice a second from the plan's beginning, since they ask for how long. */
  #lookAtMs: SimMs
  #ledSinceMs: SimMs | null = null
  #leaderlessSinceMs: SimMs | null = null

  /** Throws `AssertionFailed` for two steps of one name: check files with `readPlan`. */
  constructor(steps: readonly PlanStep[], { name = '', fromMs = 0, seed = null }: PlanStart = {}) {
    this.#name = name
    this.#fromMs = fromMs
    this.#seed = seed
    this.#lookAtMs = fromMs
    this.#waiting = steps.map((step, place) => ({ step, id: this.#full(idOf(step, place)), dueMs: fromMs + step.atMs })).toSorted((a, b) => a.dueMs - b.dueMs)
    const names = this.#waiting.map(({ id }) => id)
    assert(new Set(names).size === names.length, `each step of a plan has a name of its own, not ${names.join(', ')}`)
  }

  #full(id: string): string { return this.#name === '' ? id : `${this.#name}.${id}` }

  /** When the plan wants to look next; null when nothing is left. */
  nextAtMs(): SimMs | null {
    const atMs = Math.min(this.nextStepMs() ?? Infinity, this.nextLookMs() ?? Infinity)
    return atMs === Infinity ? null : atMs
  }

  /** When the first of the steps that wait for no condition is due; null when there is none. */
  nextStepMs(): SimMs | null {
    return this.#waiting.find(({ step }) => conditionOf(step) === null)?.dueMs ?? null
  }

  /** When conditions are looked for next; null when no step waits for one. */
  nextLookMs(): SimMs | null {
    return this.#waiting.some(({ step }) => conditionOf(step) !== null) ? this.#lookAtMs : null
  }

  /** Looks at the cluster at its time, and takes off the plan what is to be put in now. */
  look(scene: Scene): PlanInput[] {
    const { nowMs } = scene.world
    const looks = nowMs >= this.#lookAtMs
    if (looks) this.notice(scene)
    const inputs: PlanInput[] = []
    const staying: Waiting[] = []
    for (const one of this.#waiting) {
      const { step, id, dueMs } = one
      const when = conditionOf(step)
      if (dueMs > nowMs || (when !== null && !(looks && this.#holds(when, scene)))) staying.push(one)
      else inputs.push(step.do === 'halt' ? { kind: 'halt', atMs: nowMs, step: id } : inputOf(step, id, scene, this.#seed ?? scene.world.seed))
    }
    this.#waiting = staying
    return inputs
  }

  /** An input of the recording was applied: if it is a step of this plan, that is done. */
  took(input: Input): void {
    const id = input.kind === 'fault' ? input.id : input.kind === 'halt' ? input.step : undefined
    if (id === undefined || !this.#isOwn(id)) return
    this.#waiting = this.#waiting.filter((one) => one.id !== id)
    if (input.kind === 'fault') this.#ended.set(id, null)
  }

  /** Takes note of how things are, and puts nothing in. */
  notice({ world, leader }: Scene): void {
    const { nowMs } = world
    if (leader === null) { this.#ledSinceMs = null; this.#leaderlessSinceMs ??= nowMs }
    else { this.#leaderlessSinceMs = null; this.#ledSinceMs ??= nowMs }
    for (const [id, endedMs] of this.#ended) if (endedMs === null && !world.faults.some((fault) => fault.id === id)) this.#ended.set(id, nowMs)
    if (nowMs >= this.#lookAtMs) this.#lookAtMs = this.#fromMs + (Math.floor((nowMs - this.#fromMs) / LOOK_MS) + 1) * LOOK_MS
  }

  #isOwn(id: string): boolean { return this.#name === '' || id.startsWith(`${this.#name}.`) }

  #holds(when: PlanCondition, { world }: Scene): boolean {
    const since = (fromMs: SimMs | null | undefined, ms: number): boolean => fromMs !== null && fromMs !== undefined && world.nowMs - fromMs >= ms
    switch (when.kind) {
      case 'leader': return since(this.#ledSinceMs, when.forMs)
      case 'no-leader': return since(this.#leaderlessSinceMs, when.forMs)
      case 'after': return since(this.#ended.get(this.#full(when.fault)), when.ms)
      case 'breach': return when.claim === null ? Object.values(world.broken).some((keys) => keys.length > 0) : (world.broken[when.claim] ?? []).length > 0
    }
  }
}
