import { test } from 'vitest'
import { scenarios } from '../../../shared/scenarios/index.ts'
import { huntAll } from './hunt.ts'

for (const id of Object.keys(scenarios)) {
  test(`${id}: bots that play well breach nothing in 10000 rounds against an adversary who sees everything`, () => huntAll(id, 1, 10_000))
}
