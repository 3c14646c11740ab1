import { expect, test } from 'vitest'
import { faults } from '../../../shared/faults/index.ts'
import { botSettings } from '../../../shared/headless.ts'
import { tunedMs } from '../../../shared/scenarios/heartbeat/state.ts'
import type { Self } from '../../../shared/scenarios/heartbeat/types.ts'
import { scenarios } from '../../../shared/scenarios/index.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import { start } from '../../../shared/sim/simulation.ts'
import { deskOf } from '../../../client/model/choices.ts'

const heartbeat = scenarios['heartbeat'] as Scenario

/** A cluster of three that nothing disturbs, after so long. */
function calm(untilMs: number): { self: Self } {
  const sim = start({ scenario: heartbeat, faults, sink: () => undefined }, 3, botSettings(heartbeat, { seed: 3, nodes: 3, durationMs: 300_000, rules: 'good', chaos: 'none' }))
  sim.runUntil(untilMs)
  return { self: sim.self(0) as unknown as Self }
}
const withGaps = (self: Self, gapsMs: number[]): Self => { const made = structuredClone(self); const known = made.memory.of['B']; if (known !== undefined) known.gapsMs = gapsMs; return made }

test('a timeout is a quarter and 2 s above the longest gap, never below 13 s nor above 26 s, and waits for three gaps', () => {
  const { self } = calm(30_000)
  expect(tunedMs(withGaps(self, [6_000, 6_000]), 'B')).toBeNull()
  expect(tunedMs(withGaps(self, [6_000, 12_000, 7_000]), 'B')).toBe(17_000)
  expect(tunedMs(withGaps(self, [3_000, 3_000, 3_000]), 'B')).toBe(13_000)
  expect(tunedMs(withGaps(self, [6_000, 40_000, 3_000]), 'B')).toBe(26_000)
})

test('in a calm cluster nobody is suspected, and the timeouts come down to the pace of the links', () => {
  const { self } = calm(200_000)
  expect(Object.values(self.memory.of).map(({ belief }) => belief)).toEqual(['alive', 'alive'])
  for (const { timeoutMs } of Object.values(self.memory.of)) expect(timeoutMs).toBeLessThan(18_000)
})

test('the keys aim at whom the silence is longest for, or whom the student picked, and say so', () => {
  const { self } = calm(60_000)
  const made = structuredClone(self), known = made.memory.of['C']
  if (known?.heardAtMs === null || known === undefined) throw new Error('C was not heard')
  known.heardAtMs -= 40_000
  const labels = (target: string | null): (string | null)[] => deskOf(heartbeat, made as never, 'L1', { letter: null, request: null, taken: null, last: null }, target).dock.map(({ consequence }) => consequence)
  expect(labels(null)[0]).toMatch(/^C, silent for 4\d s$/)
  expect(labels('B')[0]).toMatch(/^B, silent for \d s$/)
  expect(labels('B')[1]).toBe('a timeout for B')
})

test('a suspicion within 12 s of a heartbeat is warned of at L1, and can be made all the same', () => {
  const { self } = calm(60_000)
  const suspect = deskOf(heartbeat, self as never, 'L1', { letter: null, request: null, taken: null, last: null }, 'B').dock.find(({ action }) => action.kind === 'suspect')
  expect(suspect).toMatchObject({ refusal: null, action: { kind: 'suspect', peer: 'B' } })
  expect(suspect?.warning).toMatch(/^You heard B \d s ago/)
})
