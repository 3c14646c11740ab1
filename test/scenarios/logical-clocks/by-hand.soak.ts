import { expect, test } from 'vitest'
import { playAllByHand } from './by-hand.ts'

test('[HAND-3] ten thousand rounds of stamps typed by hand are judged exactly', () => {
  const tally = playAllByHand(1, 10_000)
  console.log(JSON.stringify(tally, null, 1))
  expect(tally.rounds).toBe(10_000)
})
