import { test } from 'vitest'
import { scenarios } from '../../../shared/scenarios/index.ts'
import { clickAtRandom } from './clicking.ts'

for (const id of Object.keys(scenarios)) {
  test(`${id}: the rounds 1 to 5000 of random legal clicking throw nothing and break no law of physics`, () => clickAtRandom(id, 1, 5000))
}
