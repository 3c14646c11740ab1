import { expect, test } from 'vitest'
import { requestOf } from '../../../server/cli/sim-request.ts'
import { liveness } from '../expectations.ts'
import { pinned } from './pinned.ts'
import { goodPlan, inWords, playWatched, repeat, scenarioOf } from './rounds.ts'

for (const { scenario, plan, why } of pinned) {
  test(`${scenario}, seed ${plan.seed}: ${why}`, () => {
    const expected = liveness[scenario]
    const { breaches, tookMs } = playWatched(scenario, plan, expected)
    expect(breaches.map((one) => inWords(scenario, one)), `${repeat(scenario, plan)}`).toEqual([])
    expect(tookMs ?? Infinity, `${repeat(scenario, plan)}`).toBeLessThanOrEqual(expected?.shares.at(-1)?.withinMs ?? Infinity)
  })
}

test('the command that a failure prints is one that the command line understands, and plays that very round', () => {
  for (const seed of [7, 10]) {
    const plan = goodPlan(scenarioOf('election'), seed)
    const words = repeat('election', plan).split(' ')
    expect(words.slice(0, 6).join(' ')).toBe('npm run -s netsplit -- sim')
    expect(requestOf(words.slice(6))?.plan).toEqual(plan)
  }
})
