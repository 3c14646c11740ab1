import { test } from 'vitest'
import { scenarios } from '../../../shared/scenarios/index.ts'
import { clickAtRandom } from './clicking.ts'

for (const id of Object.keys(scenarios)) {
  test(`${id}: 200 rounds of random legal clicking throw nothing and break no law of physics`, () => clickAtRandom(id, 1, 200), 240_000)
}
