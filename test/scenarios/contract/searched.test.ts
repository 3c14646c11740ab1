import { expect, test } from 'vitest'
import { scenarios } from '../../../shared/scenarios/index.ts'
import { searchGood, searchMisconceptions } from './searched.ts'

for (const [id, scenario] of Object.entries(scenarios)) {
  test(`${id}: 200 rounds of a monkey break nothing with good rules`, () => searchGood(id, 200))
  test(`${id}: a monkey finds every misconception, each of which shrinks to a third of its inputs or less`, async () => {
    const found = new Set((await searchMisconceptions(id)).map(({ rules }) => rules))
    expect(found).toEqual(new Set(Object.keys(scenario.misconceptions)))
  })
}
