import { expect, test } from 'vitest'
import { isLinearizable } from '../../shared/consistency/linearizable/search.ts'
import { models } from '../../shared/consistency/models/index.ts'
import * as online from '../../shared/consistency/online/index.ts'
import { Meter } from '../../shared/consistency/verdict.ts'
import { compareOnline } from './online-compare.ts'
import { eventsOf, playAll } from './online-events.ts'
import { randomHistory, sizesMiddle } from './random.ts'

/** Longer histories take many times as long as short ones. */
const SEEDS = 300_000, LONGER = 50_000, LONGEST = 100_000
const types = Object.keys(models)

test.each(types)('the online outcome of every event is that of brute force, also in longer histories: %s', (type) => {
  expect(compareOnline(type, online, 1_000_001, SEEDS, 1).seed).toBeNull()
  expect(compareOnline(type, online, 2_000_001, LONGER, 1, sizesMiddle).seed).toBeNull()
})

test.each(types)('where both know it, the online verdict on histories too long for brute force is that of the search: %s', (type) => {
  const disagree: number[] = []
  let known = 0
  for (let seed = 1; seed <= LONGEST; seed++) {
    const { model: { init }, operations } = randomHistory(type, seed, { clientsMax: 6, operationsMin: 8, operationsMax: 24, keysMax: 2 })
    const model = models[type]!.make(init), keys = new Set(operations.map(({ key }) => key))
    const outcomes = new Set([...keys].map((key) => isLinearizable(model, operations.filter((one) => one.key === key), new Meter({ steps: 100_000 }))))
    const verdict = online.verdictOf(playAll(model, eventsOf(operations, seed)))
    if (verdict === 'unknown' || outcomes.has('unknown')) continue
    known++
    if (verdict !== (outcomes.has('violated') ? 'violated' : 'fine')) disagree.push(seed)
  }
  expect(disagree).toEqual([])
  expect(known).toBeGreaterThan(0.9 * LONGEST)
})
