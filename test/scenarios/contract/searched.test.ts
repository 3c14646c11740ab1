import { expect, test } from 'vitest'
import { scenarios } from '../../../shared/scenarios/index.ts'
import { failuresOf } from '../../shared/failing.ts'
import { searchGood, searchMisconceptions } from './searched.ts'

for (const [id, scenario] of Object.entries(scenarios)) {
  test(`${id}: 200 rounds of a monkey break nothing with good rules`, () => searchGood(id, 200), 240_000)
  test.each(Object.keys(scenario.misconceptions))(`${id}: %s is known for a claim that it breaks or a figure that it misses`, (rules) => expect(failuresOf(scenario, rules)).not.toEqual([]))
  test(`${id}: a monkey finds every misconception, each of which shrinks to a third of its inputs, or to a few`, async () => {
    const found = new Set((await searchMisconceptions(id)).map(({ rules }) => rules))
    expect(found).toEqual(new Set(Object.keys(scenario.misconceptions)))
  }, 240_000)
}
