import { test } from 'vitest'
import { scenarios } from '../../../shared/scenarios/index.ts'
import { playGood } from './good.ts'

for (const id of Object.keys(scenarios)) {
  test(`${id}: bots that play well breach nothing in 200 rounds of random chaos, and return in time`, () => playGood(id, 1, 200), 240_000)
}
