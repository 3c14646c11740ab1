import { shownIn } from '../../shared/failure.ts'
import type { Failure, Round } from '../../shared/failure.ts'
import { figureFolds, meets } from '../../shared/figures.ts'
import { playRound } from '../../shared/headless.ts'
import type { RoundPlan } from '../../shared/headless.ts'
import type { Seed } from '../../shared/sim/draws.ts'
import type { FactOf, Severity } from '../../shared/sim/facts.ts'
import type { Figure, Scenario } from '../../shared/sim/scenario.ts'
import type { SimMs } from '../../shared/sim/types.ts'

/** What one round of a swarm came to; plain JSON, small where nothing broke. */
export interface Tally {
  facts: number
  /** Each claim that broke: its first breach, and how many there were. */
  broken: { first: FactOf<'breached'>; breaches: number }[]
  /** Values of the mission's figures at the end, in their order. */
  values: (number | null)[]
  /** The round's misconception missed the figure that it is about, where good rules meet it. */
  exposed: boolean
  /** What the simulation itself complained of; nothing else of the round counts then. */
  error: string | null
}

/** Plays one round. A mistake of ours in it is told, not thrown: the other rounds are worth having. */
export function tallyOf(scenario: Scenario, plan: RoundPlan): Tally {
  try {
    return played(scenario, plan)
  } catch (error) {
    return { facts: 0, broken: [], values: [], exposed: false, error: error instanceof Error ? error.message : String(error) }
  }
}

function played(scenario: Scenario, plan: RoundPlan): Tally {
  const folds = figureFolds(scenario, plan.nodes, plan.level ?? 'L2')
  const broken: Tally['broken'] = []
  const { sim, settings, inputs } = playRound(scenario, plan, (fact) => {
    for (const { figure, state } of folds) figure.fold(state, fact)
    if (fact.kind !== 'breached') return
    const known = broken.find(({ first }) => first.claim === fact.claim)
    if (known === undefined) broken.push({ first: fact, breaches: 1 })
    else known.breaches++
  })
  const values = folds.map(({ figure, state }) => figure.value(state, plan.durationMs))
  const exposed = exposedBy(scenario, plan.rules, { seed: plan.seed, settings, inputs }, folds.map(({ id }, at) => ({ id, value: values[at] ?? null }))) !== null
  return { facts: sim.world.facts, broken, values, exposed, error: null }
}

/** The figure that these rules are about, when it is missed at the end of this round and good rules meet it; null when it is not, or they are about none. */
export function exposedBy(scenario: Scenario, rules: string, round: Round, values: readonly { id: string; value: number | null }[]): Figure | null {
  const { misses } = scenario.misconceptions[rules] ?? {}
  const figure = misses === undefined ? undefined : scenario.figures[misses]
  if (misses === undefined || figure === undefined || !values.some(({ id, value }) => id === misses && meets(figure, value) === false)) return null
  return shownIn(scenario, round, { kind: 'figure', id: misses }) === null ? null : figure
}

/** How often a claim broke, and where it did first. */
export interface ClaimTotal { severity: Severity; seeds: number; breaches: number; first: { seed: Seed; breach: FactOf<'breached'> } | null }
/** The values of a figure over all seeds that had one; `met` of those that were `judged`. */
export interface FigureTotal { values: number[]; met: number; judged: number }
/** The first seed in which something failed. `atMs` is null for a figure. */
export interface FirstFailure { failure: Failure; seed: Seed; atMs: SimMs | null }

/** What many rounds came to. Tallies are added in the order of their seeds, so it is the same however many threads played them. */
export class Totals {
  readonly scenario: Scenario
  readonly rules: string
  seeds = 0
  facts = 0
  /** Seeds in which a claim broke. */
  failingSeeds = 0
  /** Seeds in which the misconception missed its figure, and seeds in which that or a claim failed. */
  exposedSeeds = 0
  shownSeeds = 0
  readonly claims: Map<string, ClaimTotal>
  readonly figures: Map<string, FigureTotal>
  /** Seeds that the simulation could not play, with what it complained of. */
  readonly errors: { seed: Seed; message: string }[] = []
  #exposed: FirstFailure | null = null

  constructor(scenario: Scenario, rules: string) {
    this.scenario = scenario
    this.rules = rules
    this.claims = new Map(Object.entries(scenario.claims).map(([id, { severity }]) => [id, { severity, seeds: 0, breaches: 0, first: null }]))
    this.figures = new Map(Object.keys(scenario.figures).map((id) => [id, { values: [], met: 0, judged: 0 }]))
  }

  add(seed: Seed, { facts, broken, values, exposed, error }: Tally): void {
    this.seeds++
    this.facts += facts
    if (error !== null) this.errors.push({ seed, message: error })
    if (broken.length > 0) this.failingSeeds++
    if (broken.length > 0 || exposed) this.shownSeeds++
    for (const { first, breaches } of broken) {
      const total = this.claims.get(first.claim)
      if (total === undefined) continue
      total.seeds++
      total.breaches += breaches
      total.first ??= { seed, breach: first }
    }
    let at = 0
    for (const [id, total] of this.figures) {
      const value = values[at++] ?? null
      const figure = this.scenario.figures[id]
      if (value === null || figure === undefined) continue
      total.values.push(value)
      const met = meets(figure, value)
      if (met !== null) total.judged++
      if (met === true) total.met++
    }
    if (exposed) {
      this.exposedSeeds++
      this.#exposed ??= { failure: { kind: 'figure', id: this.scenario.misconceptions[this.rules]?.misses ?? '' }, seed, atMs: null }
    }
  }

  /** Whether the misconception did what it is known for, in any seed; good rules are known for nothing. */
  get found(): FirstFailure | null {
    const breaks = this.scenario.misconceptions[this.rules]?.breaks ?? []
    return this.#firstOf(breaks) ?? this.#exposed
  }

  /** The first seed with what the misconception is known for; without that, the first in which anything broke. */
  get first(): FirstFailure | null {
    return this.found ?? this.#firstOf([...this.claims.keys()])
  }

  #firstOf(claims: readonly string[]): FirstFailure | null {
    const firsts = claims.flatMap((id): FirstFailure[] => {
      const first = this.claims.get(id)?.first ?? null
      return first === null ? [] : [{ failure: { kind: 'claim', id }, seed: first.seed, atMs: first.breach.atMs }]
    })
    return firsts.toSorted((a, b) => a.seed - b.seed || (a.atMs ?? 0) - (b.atMs ?? 0))[0] ?? null
  }
}
