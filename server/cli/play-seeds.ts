import type { RoundPlan } from '../../shared/headless.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { JobFailed } from './crew.ts'
import type { Crew } from './crew.ts'
import { Totals } from './tally.ts'
import type { Tally } from './tally.ts'

/** Seeds that a thread is given at a time: some tenths of a second, so that all threads end together and a stop is soon heeded. */
const BATCH_SEEDS = 8

/** `stopped`: no more seeds are handed out once it says so; those under way are finished. `progress` is told after each batch, in the order of the seeds. */
export interface PlayOptions { stopped?: () => boolean; progress?: (totals: Totals) => void }

/**
 * Plays `seeds` rounds, counted up from the plan's seed, on all threads of a crew. The totals do not depend on how many there are.
 * When it is stopped, they hold all seeds up to some seed.
 */
export async function playSeeds(crew: Crew, scenario: Scenario, plan: RoundPlan, seeds: number, { stopped = () => false, progress = () => {} }: PlayOptions = {}): Promise<Totals> {
  const totals = new Totals(scenario, plan.rules)
  const batch = Math.max(1, Math.min(BATCH_SEEDS, Math.ceil(seeds / crew.size)))
  const done = new Map<number, readonly Tally[]>()
  let handedOut = 0

  /** Adds up what is there without a gap. */
  const addUp = (): void => {
    for (let tallies = done.get(totals.seeds); tallies !== undefined; tallies = done.get(totals.seeds)) {
      done.delete(totals.seeds)
      for (const tally of tallies) totals.add(plan.seed + totals.seeds, tally)
      progress(totals)
    }
  }
  const keepBusy = async (): Promise<void> => {
    while (handedOut < seeds && !stopped()) {
      const from = handedOut
      const count = Math.min(batch, seeds - from)
      handedOut += count
      done.set(from, await playBatch(crew, scenario.id, { ...plan, seed: plan.seed + from }, count))
      addUp()
    }
  }
  await Promise.all(Array.from({ length: crew.size }, keepBusy))
  return totals
}

/** A batch whose thread died counts as rounds that could not be played. */
async function playBatch(crew: Crew, scenario: string, plan: RoundPlan, seeds: number): Promise<readonly Tally[]> {
  try {
    return await crew.ask({ kind: 'play', scenario, plan, seeds })
  } catch (error) {
    if (!(error instanceof JobFailed)) throw error
    return Array.from({ length: seeds }, () => ({ facts: 0, broken: [], values: [], exposed: false, error: error.message }))
  }
}
