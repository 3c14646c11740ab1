import { describe, expect, test } from 'vitest'
import { scenarios } from '../../../shared/scenarios/index.ts'
import { firstBreach, missed, SEEDS_MAX, wrongPlan } from './misconceptions.ts'

for (const [id, scenario] of Object.entries(scenarios)) {
  describe(id, () => {
    for (const [rules, { breaks, misses }] of Object.entries(scenario.misconceptions)) {
      test(`${rules} breaks something`, () => expect(breaks.length > 0 || misses !== undefined).toBe(true))
      for (const claim of breaks) {
        test(`${rules} breaks ${claim} within ${SEEDS_MAX} seeds`, () => {
          let seed = 1
          while (seed <= SEEDS_MAX && firstBreach(scenario, wrongPlan(scenario, rules, seed), claim) === null) seed++
          expect(seed, `no seed up to ${SEEDS_MAX} breaks it`).toBeLessThanOrEqual(SEEDS_MAX)
        })
      }
      if (misses !== undefined) {
        test(`${rules} misses the objective of ${misses} within ${SEEDS_MAX} seeds, and good rules meet it at that seed`, () => {
          let seed = 1
          while (seed <= SEEDS_MAX) {
            const plan = wrongPlan(scenario, rules, seed)
            // A seed that is hard for everybody shows nothing.
            if (missed(scenario, plan, misses).missed && !missed(scenario, { ...plan, rules: 'good' }, misses).missed) break
            seed++
          }
          expect(seed, `no seed up to ${SEEDS_MAX} misses it`).toBeLessThanOrEqual(SEEDS_MAX)
        })
      }
    }
  })
}
