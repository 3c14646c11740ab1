import { test } from 'vitest'
import { scenarios } from '../../../shared/scenarios/index.ts'
import { clickAtRandom } from './clicking.ts'

for (const id of Object.keys(scenarios)) {
  test(`${id}: the rounds 5001 to 10000 of random legal clicking throw nothing and break no law of physics`, () => clickAtRandom(id, 5001, 10000))
}
