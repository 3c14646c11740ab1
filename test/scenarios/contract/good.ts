import { expect } from 'vitest'
import type { Seed } from '../../../shared/sim/draws.ts'
import { goodPlan, inWords, playWatched, repeat, scenarioOf, sharedFigures } from './rounds.ts'

/**
 * Bots that play well, under random chaos: no safety breach at all, and once it is over every figure that states its shares
 * keeps them. A figure without a value is one whose time never came: it counts as late for ever.
 */
export function playGood(id: string, from: Seed, to: Seed): void {
  const scenario = scenarioOf(id)
  const shared = sharedFigures(scenario)
  // Some figure of a mission must say how soon what it is for is back: safety alone is kept best by doing nothing.
  expect(shared.map(([name]) => name)).not.toEqual([])
  const values = new Map<string, { seed: Seed; value: number }[]>(shared.map(([name]) => [name, []]))
  for (let seed = from; seed <= to; seed++) {
    const plan = goodPlan(scenario, seed)
    const { breaches, figures } = playWatched(id, plan)
    if (breaches.length > 0) expect.fail(`${breaches.map((one) => inWords(id, one)).join('\n')}\nRepeat: ${repeat(id, plan)}`)
    for (const [name, all] of values) all.push({ seed, value: figures[name] ?? Infinity })
  }
  for (const [name, { title, shares = [] }] of shared) {
    for (const { percent, atMost } of shares) {
      const all = values.get(name) ?? []
      const late = all.filter(({ value }) => value > atMost)
      const allowed = Math.floor((all.length * (100 - percent)) / 100)
      const first = late[0]
      if (first === undefined || late.length <= allowed) continue
      expect.fail(`${title}: more than ${atMost} in ${late.length} of ${all.length} rounds; ${allowed} may. ` +
        `The first one: ${first.value}. Repeat: ${repeat(id, goodPlan(scenario, first.seed))}`)
    }
  }
}
