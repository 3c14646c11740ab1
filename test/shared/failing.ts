import { faults } from '../../shared/faults/index.ts'
import { shownIn } from '../../shared/failure.ts'
import type { Failure, Round } from '../../shared/failure.ts'
import { playRound } from '../../shared/headless.ts'
import type { Seed } from '../../shared/sim/draws.ts'
import type { Input } from '../../shared/sim/inputs.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { start } from '../../shared/sim/simulation.ts'
import { wrongWith } from '../../shared/shrink.ts'
import type { Shrunk } from '../../shared/shrink.ts'

/** What a misconception is known for: the claims that it breaks, or the figure that it misses. */
export function failuresOf(scenario: Scenario, rules: string): Failure[] {
  const { breaks = [], misses } = scenario.misconceptions[rules] ?? {}
  return [...breaks.map((id): Failure => ({ kind: 'claim', id })), ...(misses === undefined ? [] : [{ kind: 'figure' as const, id: misses }])]
}

/** The round of a monkey's chaos with this seed. */
export function monkeyRound(scenario: Scenario, rules: string, seed: Seed, nodes = scenario.nodes.usual): Round {
  const { settings, inputs } = playRound(scenario, { seed, nodes, durationMs: 300_000, rules, chaos: 'monkey' }, () => {})
  return { seed, settings, inputs }
}

/** The first round from this seed on that fails so. */
export function firstFailing(scenario: Scenario, rules: string, failure: Failure, from: Seed = 1, nodes?: number): Round {
  for (let seed = from; seed < from + 1_000; seed++) {
    const round = monkeyRound(scenario, rules, seed, nodes)
    if (shownIn(scenario, round, failure) !== null) return round
  }
  throw new Error(`no seed from ${from} on shows ${failure.id} with ${rules}`)
}

/** Facts of a round, and when it ends, found without any of what shrinking uses. */
function lengthOf(scenario: Scenario, { seed, settings, inputs }: Round): { facts: number; ms: number } {
  let facts = 0
  const sim = start({ scenario, faults, sink: () => { facts++ } }, seed, settings)
  for (const input of inputs) sim.submit(input)
  return { facts, ms: sim.world.nowMs }
}

/** What two lists of inputs hold of the same sort: how long faults last in all, and how many nodes they name. */
function faultTotals(inputs: readonly Input[]): { durationMs: number; named: number } {
  const durations = inputs.map((input) => (input.kind === 'fault' ? (input.durationMs ?? Infinity) : 0))
  const named = inputs.map((input) => (input.kind === 'fault' ? Object.values(input.params as object).filter(Array.isArray).flat().length : 0))
  return { durationMs: durations.reduce((sum, one) => sum + one, 0), named: named.reduce((sum, one) => sum + one, 0) }
}

/** What is wrong with a shrunk round, each in words: it must still fail so by its own recording, and be nowhere larger than what it was made from. */
export function wrongsOf(scenario: Scenario, from: Round, failure: Failure, { round, text, before, after }: Pick<Shrunk, 'round' | 'text' | 'before' | 'after'>): string[] {
  const unshown = wrongWith(scenario, text, failure)
  const [was, is] = [{ ...lengthOf(scenario, from), ...faultTotals(from.inputs) }, { ...lengthOf(scenario, round), ...faultTotals(round.inputs) }]
  const sizes: [string, number, number][] = [
    ['inputs', from.inputs.length, round.inputs.length], ['nodes', from.settings.nodes, round.settings.nodes], ['ms', was.ms, is.ms], ['facts', was.facts, is.facts],
    ['ms of faults', was.durationMs, is.durationMs], ['nodes named', was.named, is.named],
  ]
  return [
    ...(unshown === null ? [] : [`its recording ${unshown}`]),
    ...(shownIn(scenario, round, failure) === null ? ['it does not fail so'] : []),
    ...sizes.flatMap(([what, most, value]) => (value <= most ? [] : [`${value} ${what}, more than ${most}`])),
    ...(before.inputs === from.inputs.length && before.nodes === from.settings.nodes && before.ms === was.ms && before.facts === was.facts ? [] : ['it says of another round what it was made from']),
    ...(after.inputs === round.inputs.length && after.nodes === round.settings.nodes && after.ms === is.ms && after.facts === is.facts ? [] : ['it says another size than it has']),
  ]
}
