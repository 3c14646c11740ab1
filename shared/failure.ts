import { faults } from './faults/index.ts'
import { figureFold, meets } from './figures.ts'
import type { FigureFold } from './figures.ts'
import { assert } from './sim/assert.ts'
import type { Seed } from './sim/draws.ts'
import type { Fact } from './sim/facts.ts'
import type { Input } from './sim/inputs.ts'
import type { Scenario } from './sim/scenario.ts'
import { start } from './sim/simulation.ts'
import type { Settings, SimMs } from './sim/types.ts'

/** What a recording says of a round: with its mission, enough to play it again. */
export interface Round { seed: Seed; settings: Settings; inputs: readonly Input[] }

/**
 * What went wrong in a round. `claim`: it broke. `figure`: its objective was missed, while the same round without the misconceptions
 * that its seats hold meets it; what is hard for everybody shows nothing.
 */
export interface Failure { kind: 'claim' | 'figure'; id: string }

/** When a failure first showed, how many inputs had been applied by then, and how many facts the round has up to that millisecond. */
export interface Shown { atMs: SimMs; inputs: number; facts: number }

/** Simulated ms between two points at which a run may stop, and at which figures are looked at. Ticking changes nothing. */
const SLICE_MS = 1_000

/** Plays a round slice by slice. `look` is asked after each slice and each input; the run stops when it says so. */
function play(scenario: Scenario, { seed, settings, inputs }: Round, sink: (fact: Fact) => void, look: (nowMs: SimMs, inputs: number) => boolean): void {
  const sim = start({ scenario, faults, sink }, seed, settings)
  let applied = 0
  const ranTo = (atMs: SimMs): boolean => {
    while (sim.world.nowMs < atMs && !sim.world.ended) {
      sim.runUntil(Math.min(atMs, sim.world.nowMs - (sim.world.nowMs % SLICE_MS) + SLICE_MS))
      if (look(sim.world.nowMs, applied)) return false
    }
    return true
  }
  for (const input of inputs) {
    if (!ranTo(input.atMs)) return
    sim.submit(input)
    if (look(sim.world.nowMs, ++applied)) return
  }
  ranTo(settings.durationMs)
}

function claimShown(scenario: Scenario, round: Round, claim: string): Shown | null {
  let atMs = -1, facts = 0
  let shown: Shown | null = null
  play(scenario, round, (fact) => {
    if (atMs < 0 || fact.atMs === atMs) facts++
    if (atMs < 0 && fact.kind === 'breached' && fact.claim === claim) atMs = fact.atMs
  }, (_nowMs, inputs) => {
    if (atMs >= 0) shown = { atMs, inputs, facts }
    return shown !== null
  })
  return shown
}

/** The values of a figure at the end of every slice of a round, and how many inputs and facts there were. */
function valuesOf(scenario: Scenario, round: Round, { figure, state }: FigureFold): (Shown & { value: number | null })[] {
  const values: (Shown & { value: number | null })[] = []
  let facts = 0
  play(scenario, round, (fact) => { facts++; figure.fold(state, fact) }, (atMs, inputs) => {
    if (atMs % SLICE_MS === 0 || inputs === round.inputs.length) values.push({ atMs, inputs, facts, value: figure.value(state, atMs) })
    return false
  })
  return values
}

function figureShown(scenario: Scenario, round: Round, id: string): Shown | null {
  const figure = scenario.figures[id]
  assert(figure !== undefined, `mission ${scenario.id} has no figure ${id}`)
  const { nodes, level } = round.settings
  const values = (of: Round): ReturnType<typeof valuesOf> => valuesOf(scenario, of, figureFold(scenario, id, figure, nodes, level))
  const wrong = values(round).filter(({ value }) => meets(figure, value) === false)
  if (wrong.length === 0) return null
  const met = new Set(values(believingNothing(round)).flatMap(({ atMs, value }) => (meets(figure, value) === true ? [atMs] : [])))
  return wrong.find(({ atMs }) => met.has(atMs)) ?? null
}

/** The same round with no misconception in it. */
export const believingNothing = (round: Round): Round => ({ ...round, settings: { ...round.settings, beliefs: {} } })

/** Where a failure first shows in a round; null when it does not. Throws `AssertionFailed` where the simulation does. */
export function shownIn(scenario: Scenario, round: Round, failure: Failure): Shown | null {
  return failure.kind === 'claim' ? claimShown(scenario, round, failure.id) : figureShown(scenario, round, failure.id)
}

/** The round, ended right where a failure showed. */
export function cutAt(round: Round, { atMs, inputs }: Shown, durationMsMin: number): Round {
  return {
    seed: round.seed, settings: { ...round.settings, durationMs: Math.max(durationMsMin, atMs) },
    inputs: [...round.inputs.slice(0, inputs).filter((input) => input.kind !== 'end'), { kind: 'end', atMs }],
  }
}
