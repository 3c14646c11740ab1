import { drawBetween } from '../../shared/sim/draws.ts'
import type { Seed } from '../../shared/sim/draws.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { FaultField, FaultRegistry } from '../../shared/sim/fault.ts'
import type { Field } from '../../shared/sim/fields.ts'
import type { Input, RecordedAction } from '../../shared/sim/inputs.ts'
import { letterIdOf } from '../../shared/sim/letters.ts'
import type { ActionSpec, Scenario } from '../../shared/sim/scenario.ts'
import { start } from '../../shared/sim/simulation.ts'
import type { Simulation } from '../../shared/sim/simulation.ts'
import { LEVELS } from '../../shared/sim/types.ts'
import type { Json, Level, NodeId, PlayedBy, Settings, Shape } from '../../shared/sim/types.ts'
import type { NodeWorld } from '../../shared/sim/world.ts'
import { faults } from '../../shared/faults/index.ts'
import { settingsFor } from '../../shared/headless.ts'

/** Whole numbers from `least` to `most`, one after the other, from a seed. */
export type Chance = (least: number, most: number) => number
export function chanceOf(seed: Seed, purpose: string): Chance {
  let n = 0
  return (least, most) => drawBetween(seed, `test ${purpose}`, n++, 0, least, most)
}
const one = <T>(chance: Chance, list: readonly T[]): T => {
  const found = list[chance(0, list.length - 1)]
  if (found === undefined) throw new Error('nothing to choose from')
  return found
}

/** Values that no field allows, or that look like something else. */
const JUNK: readonly Json[] = [null, true, -1, 0, 2.5, 1e21, -9_007_199_254_740_991, '', 'A', 'Z', 'toString', [], ['A'], {}, { kind: 'beat' }, '\u0000', 'x'.repeat(200)]

function sampleField(field: Field, node: NodeWorld, chance: Chance): Json | undefined {
  switch (field.type) {
    case 'letter': {
      const fit = node.self.inbox.filter((letter) => field.of.length === 0 || field.of.includes(letter.message.kind))
      return fit.length === 0 ? undefined : letterIdOf(node, one(chance, fit).n)
    }
    case 'request': return node.self.requests.length === 0 ? undefined : node.requestIds[one(chance, node.self.requests).n]
    case 'peer': return one(chance, node.self.peers)
    case 'integer': return chance(field.least, field.most)
    case 'choice': return one(chance, field.options)
    case 'stamp': return Array.from({ length: node.self.peers.length + 2 }, () => chance(0, 30))
    case 'durable': return chance(0, 3) > 0
  }
}

type Spec = ActionSpec<Shape, Shape['action']>
const specsOf = (scenario: Scenario): [string, Spec][] => Object.entries(scenario.actions as { [kind: string]: Spec })

/** A click that the page offers at this node now; null when there is none. */
export function legalClick(scenario: Scenario, node: NodeWorld, chance: Chance): RecordedAction | null {
  const { self } = node
  // Who is down has a screen without keys.
  if (!node.up) return null
  const offers: RecordedAction[] = []
  for (const [kind, spec] of specsOf(scenario)) {
    const on = 'letter' in spec.fields ? self.inbox : 'request' in spec.fields ? self.requests : [null]
    for (const target of on) {
      if (!spec.offered(self, target)) continue
      const action: RecordedAction = { kind }
      for (const [name, field] of Object.entries(spec.fields)) {
        action[name] = target !== null && field.type === 'letter' ? letterIdOf(node, target.n) : target !== null && field.type === 'request' ? node.requestIds[target.n]
          : field.type === 'durable' ? true : sampleField(field, node, chance)
      }
      offers.push(action)
    }
  }
  return offers.length === 0 ? null : one(chance, offers)
}

/** Any action at all: of the mission with random fields, of another kind, with fields too few, too many or of the wrong sort. */
export function anyClick(scenario: Scenario, node: NodeWorld, chance: Chance): RecordedAction {
  const [kind, spec] = one(chance, specsOf(scenario))
  const action: RecordedAction = { kind: chance(0, 19) === 0 ? one(chance, ['fly', '', 'constructor', '__proto__']) : kind }
  for (const [name, field] of Object.entries(spec.fields)) {
    const value = chance(0, 9) === 0 ? one(chance, JUNK) : sampleField(field, node, chance)
    if (value !== undefined) action[name] = value
  }
  if (chance(0, 19) === 0) action['more'] = one(chance, JUNK)
  return action
}

function sampleParam(field: FaultField, ids: readonly NodeId[], chance: Chance): Json {
  switch (field.type) {
    case 'nodes': {
      const some = ids.filter(() => chance(0, 1) === 1)
      return some.length === 0 || (field.proper && some.length === ids.length) ? [one(chance, ids)] : some
    }
    case 'node': return one(chance, ids)
    case 'integer': return chance(field.least, field.most)
    case 'choice': return one(chance, field.options)
  }
}

function anyFault(registry: FaultRegistry, ids: readonly NodeId[], id: string, chance: Chance): Omit<Extract<Input, { kind: 'fault' }>, 'atMs'> {
  const type = one(chance, Object.keys(registry))
  const fault = registry[type]
  const params = Object.fromEntries(Object.entries(fault?.fields ?? {}).map(([name, field]) =>
    [name, chance(0, 29) === 0 ? one(chance, JUNK) : sampleParam(field, ids, chance)]))
  const durationMs = fault?.untilHealed === true && chance(0, 5) === 0 ? null : chance(1, 20_000)
  return { kind: 'fault', id, type: chance(0, 39) === 0 ? 'earthquake' : type, params, durationMs }
}

export interface WildOptions { nodes: number; durationMs: number; gapMsMost: number; clicks: 'legal' | 'any'; faults: boolean; level: Level }
export interface Wild { settings: Settings; inputs: Input[]; facts: Fact[]; digest: string }

/** Settings of a round in which students and bots sit side by side. */
export function wildSettings(scenario: Scenario, seed: Seed, options: WildOptions): Settings {
  const chance = chanceOf(seed, 'settings')
  const playedBy = Array.from({ length: options.nodes }, (): PlayedBy => (chance(0, 2) === 0 ? 'bot' : 'student'))
  return { ...settingsFor(scenario, seed, options.nodes, options.durationMs, options.level, playedBy), syncMs: one(chance, [0, 1, 30, 400, 3_000]) }
}

function nextInput(scenario: Scenario, sim: Simulation, chance: Chance, options: WildOptions, n: number): Input | null {
  const atMs = sim.world.nowMs + chance(0, options.gapMsMost)
  sim.runUntil(atMs)
  const seat = chance(0, sim.ids.length - 1)
  const node = sim.world.nodes[seat]
  if (node === undefined) throw new Error(`no seat ${seat}`)
  sim.self(seat)
  const what = options.clicks === 'legal' && !options.faults ? 0 : chance(0, 99)
  if (what < 60) {
    const action = options.clicks === 'legal' ? legalClick(scenario, node, chance) : anyClick(scenario, node, chance)
    return action === null ? null : { kind: 'act', atMs, seat, action }
  }
  if (what < 78) return options.faults ? { ...anyFault(faults, sim.ids, `f${chance(0, 9) === 0 ? n - 1 : n}`, chance), atMs } : null
  if (what < 82) return { kind: 'heal', atMs, id: sim.world.faults.length > 0 && chance(0, 3) > 0 ? one(chance, sim.world.faults).id : 'nothing' }
  if (what < 83) return { kind: 'halt', atMs }
  if (what < 84) return { kind: 'set-clocks', atMs }
  if (what < 90) return { kind: 'seat', atMs, seat, playedBy: one(chance, ['student', 'bot'] as const) }
  if (what < 96) return { kind: 'level', atMs, seat, level: one(chance, LEVELS) }
  return one<Input>(chance, [
    { kind: 'bookmark', atMs, text: 'look' }, { kind: 'speed', atMs, speed: 2 }, { kind: 'phase', atMs, phase: 'paused' },
    { kind: 'prediction', atMs, seat, n: 1, question: 'who', answer: 'A', confidence: 50 },
  ])
}

/** A round of random inputs from a seed; the same seed gives the same inputs. `watch` sees each fact as it happens. */
export function playWild(scenario: Scenario, seed: Seed, options: WildOptions, watch: (sim: Simulation) => (fact: Fact) => void = () => () => {}): Wild {
  const settings = wildSettings(scenario, seed, options)
  const facts: Fact[] = []
  const inputs: Input[] = []
  let tell: (fact: Fact) => void = () => {}
  const sim = start({ scenario, faults, sink: (fact) => { facts.push(fact); tell(fact) } }, seed, settings)
  tell = watch(sim)
  const chance = chanceOf(seed, 'inputs')
  for (let n = 0; sim.world.nowMs < options.durationMs; n++) {
    const input = nextInput(scenario, sim, chance, options, n)
    if (input === null) continue
    inputs.push(input)
    sim.submit(input)
  }
  const end: Input = { kind: 'end', atMs: sim.world.nowMs }
  inputs.push(end)
  sim.submit(end)
  return { settings, inputs, facts, digest: sim.digest() }
}
