import { expect, test } from 'vitest'
import { requestOf } from '../../../server/cli/sim-request.ts'
import { pinned } from './pinned.ts'
import { goodPlan, inWords, playWatched, repeat, scenarioOf, sharedFigures } from './rounds.ts'

for (const { scenario, plan, why } of pinned) {
  test(`${scenario}, seed ${plan.seed}: ${why}`, () => {
    const { breaches, figures } = playWatched(scenario, plan)
    expect(breaches.map((one) => inWords(scenario, one)), `${repeat(scenario, plan)}`).toEqual([])
    for (const [id, { shares }] of sharedFigures(scenarioOf(scenario))) {
      expect(figures[id] ?? Infinity, `${id}: ${repeat(scenario, plan)}`).toBeLessThanOrEqual(shares?.find(({ percent }) => percent === 100)?.atMost ?? Infinity)
    }
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
