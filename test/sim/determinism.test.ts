import { expect, test } from 'vitest'
import { faults } from '../../shared/faults/index.ts'
import { headerOf } from '../../shared/headless.ts'
import { decodeRecording, encodeRecording } from '../../shared/recording.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { Input } from '../../shared/sim/inputs.ts'
import { cloneJson } from '../../shared/sim/json.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { resume, start } from '../../shared/sim/simulation.ts'
import type { Settings } from '../../shared/sim/types.ts'
import { LEVELS } from '../../shared/sim/types.ts'
import { physics } from './physics.ts'
import { probe } from './probe.ts'
import { playWild } from './wild.ts'
import type { WildOptions } from './wild.ts'

interface Run { facts: Fact[]; digest: string; world: string }
type Play = (scenario: Scenario, seed: number, settings: Settings, inputs: readonly Input[]) => Run

/** Nothing but the inputs moves the simulation. */
const leap: Play = (scenario, seed, settings, inputs) => {
  const facts: Fact[] = []
  const sim = start({ scenario, faults, sink: (fact) => facts.push(fact) }, seed, settings)
  for (const input of inputs) sim.submit(input)
  return { facts, digest: sim.digest(), world: JSON.stringify(sim.world) }
}

const steps: Play = (scenario, seed, settings, inputs) => {
  const facts: Fact[] = []
  const sim = start({ scenario, faults, sink: (fact) => facts.push(fact) }, seed, settings)
  for (const input of inputs) {
    for (let atMs = sim.world.nowMs + 37; atMs < input.atMs; atMs += 37) sim.runUntil(atMs)
    sim.submit(input)
  }
  return { facts, digest: sim.digest(), world: JSON.stringify(sim.world) }
}

/** Goes on from a clone of the world at every event and every input. */
const clones: Play = (scenario, seed, settings, inputs) => {
  const facts: Fact[] = []
  const parts = { scenario, faults, sink: (fact: Fact) => { facts.push(fact) } }
  let sim = start(parts, seed, settings)
  const renew = (): void => { sim = resume(parts, cloneJson(sim.world)) }
  for (const input of inputs) {
    for (let atMs = sim.nextAtMs(); atMs !== null && atMs < input.atMs; atMs = sim.nextAtMs()) {
      sim.runUntil(atMs)
      renew()
    }
    sim.submit(cloneJson(input))
    renew()
  }
  return { facts, digest: sim.digest(), world: JSON.stringify(sim.world) }
}

/** Through the text of a recording and back. */
const recorded: Play = (scenario, seed, settings, inputs) => {
  const text = encodeRecording({ header: headerOf(scenario, seed, settings, 'Heron', 1), entries: inputs.map((input) => ({ t: 'input', input })) })
  const decoded = decodeRecording(text, () => null, () => null)
  if (!decoded.ok || decoded.damage !== null) throw new Error('a recording could not be read back')
  const { header, entries } = decoded.recording
  return leap(scenario, header.seed, header.settings, entries.flatMap((entry) => (entry.t === 'input' ? [entry.input] : [])))
}

const SEEDS = 500

function optionsFor(seed: number): WildOptions {
  return { nodes: 3 + (seed % 5), durationMs: 24_000, gapMsMost: 1_200, clicks: 'any', faults: true, level: LEVELS[seed % LEVELS.length] ?? 'L0' }
}

/** The probe bends clocks and lets lies through, which missions may forbid. */
const missions: { readonly [id: string]: Scenario } = { ...scenarios, probe: probe as unknown as Scenario }

for (const [id, scenario] of Object.entries(missions)) {
  test(`${id}: ${SEEDS} rounds of random inputs are the same facts in one leap, in 37 ms steps, through a clone at every event, and from the recording`, () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { settings, inputs, facts, digest } = playWild(scenario, seed, optionsFor(seed), (sim) => {
        const laws = physics(cloneJson(sim.world), sim.world.settings, faults)
        return (fact) => laws.watch(fact, sim.world)
      })
      const expected = JSON.stringify(facts)
      // Who looks at a node winds its clock, so the round that was watched while it was played is no measure for the world.
      const { world } = leap(scenario, seed, settings, inputs)
      for (const [name, play] of Object.entries({ leap, steps, clones, recorded })) {
        const run = play(scenario, seed, settings, inputs)
        // The first fact that differs says more than two long lists do.
        const at = JSON.stringify(run.facts) === expected ? 0 : facts.findIndex((fact, n) => JSON.stringify(fact) !== JSON.stringify(run.facts[n]))
        expect(run.facts[at], `seed ${seed}, ${name}, fact ${at}`).toEqual(facts[at])
        expect(run.facts.length, `seed ${seed}, ${name}`).toBe(facts.length)
        expect(run.world === world, `seed ${seed}, ${name}: the world at the end`).toBe(true)
        expect(run.digest, `seed ${seed}, ${name}`).toBe(digest)
      }
    }
  }, 240_000)
}
