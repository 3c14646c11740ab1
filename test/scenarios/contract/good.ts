import { expect } from 'vitest'
import type { Seed } from '../../../shared/sim/draws.ts'
import { liveness } from '../expectations.ts'
import { goodPlan, inWords, playWatched, repeat, scenarioOf } from './rounds.ts'

/** Bots that play well, under random chaos: no safety breach at all, and what the mission is for returns in its time. */
export function playGood(id: string, from: Seed, to: Seed): void {
  const scenario = scenarioOf(id)
  const expected = liveness[id]
  if (expected === undefined) throw new Error(`test/scenarios/expectations.ts does not say what mission ${id} must return to`)
  const took: { seed: Seed; ms: number }[] = []
  for (let seed = from; seed <= to; seed++) {
    const plan = goodPlan(scenario, seed)
    const { breaches, tookMs } = playWatched(id, plan, expected)
    if (breaches.length > 0) expect.fail(`${breaches.map((one) => inWords(id, one)).join('\n')}\nRepeat: ${repeat(id, plan)}`)
    took.push({ seed, ms: tookMs ?? Infinity })
  }
  for (const { percent, withinMs } of expected.shares) {
    const late = took.filter(({ ms }) => ms > withinMs)
    const allowed = Math.floor((took.length * (100 - percent)) / 100)
    const first = late[0]
    if (late.length > allowed && first !== undefined) {
      expect.fail(`${late.length} of ${took.length} rounds had not returned to ${expected.words} within ${withinMs} ms, at most ${allowed} may. ` +
        `The first one took ${first.ms} ms. Repeat: ${repeat(id, goodPlan(scenario, first.seed))}`)
    }
  }
}
