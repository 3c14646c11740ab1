import { expect, test } from 'vitest'
import { faults } from '../../shared/faults/index.ts'
import { settingsFor } from '../../shared/headless.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { fork, start } from '../../shared/sim/simulation.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { Json } from '../../shared/sim/types.ts'

/** A room halts all its clusters in one turn: twelve times this, and nothing else happens on the server meanwhile. */
const RELEASE_MS_MAX = 80
const TRIES = 3
const UNTIL_MS = 290_000

test('thousands of copies that a hold kept back for minutes are let go in no time, in the order in which they were kept back', () => {
  const mission = scenarios['election'] as Scenario
  const everybody = ['A', 'B', 'C', 'D', 'E', 'F', 'G']
  const links = { from: everybody, to: everybody }
  const facts: Fact[] = []
  const parts = { scenario: mission, faults, sink: (fact: Fact) => { facts.push(fact) } }
  const sim = start(parts, 7, settingsFor(mission, 7, 7, 300_000, 'L2', everybody.map(() => 'bot')))
  const begin = (id: string, type: string, params: Json): void => sim.submit({ kind: 'fault', atMs: 1_000, id, type, params, durationMs: null })
  begin('hold', 'hold', links)
  for (let n = 0; n < 5; n++) begin(`double ${n}`, 'duplicate', { ...links, share: 100 })
  sim.runUntil(UNTIL_MS)
  const copyOf = (one: { message: string; copy: number }): string => `${one.message} ${one.copy}`
  const kept = sim.world.parked.map(({ flight }) => copyOf(flight))
  expect(kept.length).toBeGreaterThan(5_000)
  const tookMs = Array.from({ length: TRIES }, () => {
    const other = fork(parts, sim)
    facts.length = 0
    const beganMs = performance.now()
    other.submit({ kind: 'halt', atMs: UNTIL_MS })
    const endedMs = performance.now()
    expect(facts.flatMap((fact) => (fact.kind === 'released' ? [copyOf(fact)] : []))).toEqual(kept)
    expect(other.world.parked).toEqual([])
    return endedMs - beganMs
  })
  expect(Math.min(...tookMs)).toBeLessThan(RELEASE_MS_MAX)
})
