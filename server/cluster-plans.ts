import { RunningPlan } from '../shared/faults/plan.ts'
import type { PlanInput, Scene } from '../shared/faults/plan.ts'
import type { Seed } from '../shared/sim/draws.ts'
import type { Input } from '../shared/sim/inputs.ts'
import type { PlanStep } from '../shared/sim/scenario.ts'
import type { SimMs } from '../shared/sim/types.ts'
import type { PlanBegun } from '../shared/wire/messages.ts'

/** The plan that a round has from its start: its steps, what stands before the names of its faults, and its chance. */
export interface OwnPlan { steps: readonly PlanStep[]; name: string; seed: Seed | null }
export const NO_PLAN: OwnPlan = { steps: [], name: '', seed: null }

/** The plans that run in one cluster: the round's own, and those begun by hand. Each is called off when all chaos is halted by hand. */
export class ClusterPlans {
  #plans: RunningPlan[] = []
  /** How each of them began. */
  #begun: readonly PlanBegun[] = []

  constructor({ steps, name, seed }: OwnPlan) {
    if (steps.length > 0) this.#begin({ name, fromMs: 0, steps, seed })
  }

  /** The plans that nobody called off, as they began, those which are over perhaps left out; another list whenever it differs. */
  get begun(): readonly PlanBegun[] { return this.#begun }

  /** Those which have nothing left to do make room. */
  #begin(plan: PlanBegun): void {
    const unfinished = this.#unfinished()
    this.#begun = [...this.#begun.filter((_, at) => unfinished.includes(this.#plans[at] as RunningPlan)), plan]
    this.#plans = [...unfinished, new RunningPlan(plan.steps, plan)]
  }

  /** When one of them wants to look at the cluster; null when nothing is left. */
  nextAtMs(): SimMs | null {
    return this.#earliest((plan) => plan.nextAtMs())
  }

  /** When the first step is due that waits for no condition; null when there is none. */
  nextStepMs(): SimMs | null {
    return this.#earliest((plan) => plan.nextStepMs())
  }

  /** How many have something left to do. */
  get running(): number { return this.#unfinished().length }

  #unfinished(): RunningPlan[] { return this.#plans.filter((plan) => plan.nextAtMs() !== null) }

  /** What is to be put in now. */
  look(scene: Scene): PlanInput[] {
    return this.#plans.flatMap((plan) => plan.look(scene))
  }

  /** An input was applied, now or in the past: a plan begins, beside the others or instead of them, or a step of one is done, or all are called off. */
  took(input: Input): void {
    if (input.kind === 'halt' && input.step === undefined) { this.#plans = []; this.#begun = [] }
    else if (input.kind === 'plan') {
      if (input.instead === true) { this.#plans = []; this.#begun = [] }
      this.#begin({ name: input.id, fromMs: input.atMs, steps: input.steps, seed: input.seed })
    } else for (const plan of this.#plans) plan.took(input)
  }

  /**
   * Goes through the past once more, up to `toMs`, so that conditions know for how long they have held. `sceneAt` runs the cluster to a
   * time and shows it.
   */
  recall(toMs: SimMs, sceneAt: (atMs: SimMs) => Scene): void {
    for (let atMs = this.#nextLookMs(); atMs !== null && atMs <= toMs; atMs = this.#nextLookMs()) {
      const scene = sceneAt(atMs)
      for (const plan of this.#plans) if ((plan.nextLookMs() ?? Infinity) <= atMs) plan.notice(scene)
    }
  }

  #nextLookMs(): SimMs | null {
    return this.#earliest((plan) => plan.nextLookMs())
  }

  #earliest(of: (plan: RunningPlan) => SimMs | null): SimMs | null {
    const atMs = Math.min(...this.#plans.map((plan) => of(plan) ?? Infinity))
    return atMs === Infinity ? null : atMs
  }
}
