import { test } from 'vitest'
import { scenarios } from '../../../shared/scenarios/index.ts'
import { playGood } from './good.ts'

for (const id of Object.keys(scenarios)) {
  test(`${id}: bots that play well breach nothing in the rounds 1 to 5000 of random chaos, and return in time`, () => playGood(id, 1, 5000))
}
