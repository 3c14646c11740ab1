import { availableParallelism } from 'node:os'
import { expect } from 'vitest'
import { Crew } from '../../../server/cli/crew.ts'
import { playSeeds } from '../../../server/cli/play-seeds.ts'
import { table } from '../../../server/cli/print.ts'
import type { Totals } from '../../../server/cli/tally.ts'
import type { Failure } from '../../../shared/failure.ts'
import type { RoundPlan } from '../../../shared/headless.ts'
import type { Seed } from '../../../shared/sim/draws.ts'
import { SHRINK_RUNS_MAX } from '../../../shared/shrink.ts'
import type { Shrunk } from '../../../shared/shrink.ts'
import { failuresOf } from '../../shared/failing.ts'
import { inWords, repeat, scenarioOf } from './rounds.ts'

/**
 * The swarm over a mission: monkeys never break good rules, and find every misconception. Rounds of five minutes, in the usual cluster,
 * as `netsplit sim` plays them, on as many threads as there are cores.
 */
const DURATION_MS = 300_000
/** Seeds within which a monkey must find a misconception. */
const SEEDS_MAX = 1_000

const planOf = (id: string, rules: string): RoundPlan => ({ seed: 1, rules, nodes: scenarioOf(id).nodes.usual, durationMs: DURATION_MS, chaos: 'monkey', level: 'L2' })

/** A crew for as long as `use` takes. */
async function withCrew<T>(threads: number, use: (crew: Crew) => Promise<T>): Promise<T> {
  const crew = new Crew(threads)
  try {
    return await use(crew)
  } finally {
    await crew.close()
  }
}

/** How long good rounds took, by the clock and by all processors. */
export interface Took { seeds: number; facts: number; threads: number; wallMs: number; cpuMs: number }

/** Plays rounds of good rules from seed 1 on. None may break a claim, and the simulation may not stumble over any. */
export function searchGood(id: string, seeds: number, threads = availableParallelism()): Promise<Took> {
  return withCrew(threads, async (crew) => {
    const plan = planOf(id, 'good')
    const [beganMs, cpu] = [performance.now(), process.cpuUsage()]
    const totals = await playSeeds(crew, scenarioOf(id), plan, seeds)
    const { user, system } = process.cpuUsage(cpu)
    const first = [...totals.claims.values()].flatMap((claim) => claim.first ?? []).toSorted((a, b) => a.seed - b.seed)[0]
    if (first !== undefined) expect.fail(`${inWords(id, first.breach)}\nRepeat: ${repeat(id, { ...plan, seed: first.seed })}`)
    for (const { seed, message } of totals.errors) expect.fail(`${message}\nRepeat: ${repeat(id, { ...plan, seed })}`)
    expect(totals.seeds).toBe(seeds)
    return { seeds, facts: totals.facts, threads: crew.size, wallMs: performance.now() - beganMs, cpuMs: (user + system) / 1_000 }
  })
}

/** What a misconception is known for, the first seed in which a monkey found it, and what it shrank to. */
export interface Hunted { rules: string; failure: Failure; seed: Seed; shrunk: Shrunk }

const firstSeed = (totals: Totals, { kind, id }: Failure): Seed | null => (kind === 'claim' ? (totals.claims.get(id)?.first?.seed ?? null) : (totals.found?.seed ?? null))

/** Where several faults must meet to do harm, a round shrinks to no fewer than those. */
const INPUTS_FEW = 6

/** Searches for everything that each misconception is known for, and shrinks it: to at most a third of its inputs, or to a few. */
export function searchMisconceptions(id: string): Promise<Hunted[]> {
  const scenario = scenarioOf(id)
  return withCrew(availableParallelism(), async (crew) => {
    const hunted: Hunted[] = []
    for (const rules of Object.keys(scenario.misconceptions)) {
      const failures = failuresOf(scenario, rules)
      let found = false
      const totals = await playSeeds(crew, scenario, planOf(id, rules), SEEDS_MAX, {
        stopped: () => found, progress: (now) => { found = failures.every((failure) => firstSeed(now, failure) !== null) },
      })
      for (const failure of failures) {
        const seed = firstSeed(totals, failure)
        if (seed === null) return expect.fail(`no seed up to ${SEEDS_MAX} shows ${failure.id} with ${rules}`)
        const plan = { ...planOf(id, rules), seed }
        const shrunk = await crew.ask({ kind: 'shrink', scenario: id, plan, failure, runsMax: SHRINK_RUNS_MAX })
        if (shrunk === null) return expect.fail(`${failure.id} does not show when it is shrunk: ${repeat(id, plan)}`)
        hunted.push({ rules, failure, seed, shrunk })
      }
    }
    for (const { rules, shrunk: { before, after } } of hunted) expect(after.inputs * 3, `${rules}: ${before.inputs} inputs, shrunk to ${after.inputs}`).toBeLessThanOrEqual(Math.max(before.inputs, 3 * INPUTS_FEW))
    return hunted
  })
}

/** What was found, for people. */
export function huntedLines(hunted: readonly Hunted[]): string[] {
  return table([['rules', 'shows', 'first seed', 'inputs', 'nodes', 'seconds', 'facts', 'runs'], ...hunted.map(({ rules, failure, seed, shrunk: { before, after, runs } }) => [
    rules, failure.id, String(seed), `${before.inputs} to ${after.inputs}`, `${before.nodes} to ${after.nodes}`, `${Math.round(before.ms / 1_000)} to ${Math.round(after.ms / 1_000)}`,
    `${before.facts} to ${after.facts}`, String(runs),
  ])], [2, 3, 4, 5, 6, 7])
}
