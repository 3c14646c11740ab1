import { faults } from '../../shared/faults/index.ts'
import { RunningPlan } from '../../shared/faults/plan.ts'
import { recordInputs, sceneOf, settingsFor } from '../../shared/headless.ts'
import { watchQuality } from '../../shared/quality.ts'
import type { SeatQuality } from '../../shared/quality.ts'
import type { Recording } from '../../shared/recording.ts'
import { actionOf } from '../../shared/sent-action.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { Input } from '../../shared/sim/inputs.ts'
import type { Dice, Rule, Scenario } from '../../shared/sim/scenario.ts'
import { start } from '../../shared/sim/simulation.ts'
import type { Simulation } from '../../shared/sim/simulation.ts'
import type { Level, NodeEvent, Shape } from '../../shared/sim/types.ts'

/** A student at A who plays by rules: the good ones, those of a misconception, or none at all. */

const NODES = 5, MINUTE_MS = 60_000
const triggerOf = (event: NodeEvent): string => (event.on === 'message' ? `message ${event.letter.message.kind}` : event.on === 'alarm' ? `alarm ${event.name}` : event.on)

export interface Played { recording: Recording; watched: SeatQuality | undefined; digest: string }

export interface Play { seed: number; level: Level; /** `good`, `idle`, or a misconception. */ who: string; minutes?: number; chaos?: boolean; /** Other inputs, in order of their times. */ more?: readonly Input[] }

export function play(scenario: Scenario, { seed, level, who, minutes = 5, chaos = true, more = [] }: Play): Played {
  const belief = scenario.misconceptions[who], durationMs = minutes * MINUTE_MS
  const settings = settingsFor(scenario, seed, NODES, durationMs, level, Array.from({ length: NODES }, (_, seat) => (seat === 0 ? 'student' as const : 'bot' as const)))
  const all = { ...scenario.rules, ...belief?.replaces }
  const own = who === 'idle' ? [] : Object.entries(all).filter((entry): entry is [string, Rule<Shape>] => entry[1] !== null && (!scenario.levels[level].includes(entry[0]) || entry[0] in (belief?.replaces ?? {})))
  const events: NodeEvent[] = [], dice: Dice = { between: (_purpose, key, least, most) => least + ([...key].reduce((sum, one) => sum + one.charCodeAt(0), seed) % (most - least + 1)) }
  const watch = watchQuality(scenario, () => sim), inputs: Input[] = []
  const sim: Simulation = start({ scenario, faults, sink: (fact) => { watch.take(fact); see(fact) } }, seed, settings)
  function see(fact: Fact): void {
    const self = sim.world.nodes[0]!.self
    if (fact.node !== self.id) return
    const letter = fact.kind === 'delivered' ? self.inbox.findLast(({ n }) => n === fact.letter) : undefined, request = fact.kind === 'requested' ? self.requests.findLast(({ n }) => n === fact.local) : undefined
    if (letter !== undefined) events.push({ on: 'message', letter })
    if (request !== undefined) events.push({ on: 'request', request })
    if (fact.kind === 'timer') events.push({ on: 'alarm', name: fact.name, dueMs: fact.dueMs })
    if (fact.kind === 'restarted') events.push({ on: 'start', restarted: true })
  }
  const running = new RunningPlan(chaos ? scenario.chaos : [], { seed: null })
  const put = (input: Input): void => { inputs.push(input); sim.submit(input); running.took(input) }
  const decide = (): void => {
    for (const event of events.splice(0)) {
      for (const [, rule] of own) {
        const node = sim.world.nodes[0]!
        if (node.playedBy !== 'student' || !node.up || node.pausedAtMs !== null || !rule.on.includes(triggerOf(event) as never)) continue
        const self = { ...node.self, clockMs: sim.self(0).clockMs }
        if (!rule.when(self, event)) continue
        for (const action of rule.act(self, event, dice)) {
          const read = actionOf({ scenario, sim }, 0, action as never)
          if (read.ok) put({ kind: 'act', atMs: sim.world.nowMs, seat: 0, action: read.action })
        }
      }
    }
  }
  const rest = [...more]
  events.push({ on: 'start', restarted: false })
  for (;;) {
    decide()
    const nextMs = Math.min(sim.nextAtMs() ?? durationMs, running.nextAtMs() ?? durationMs, rest[0]?.atMs ?? durationMs)
    if (nextMs >= durationMs) break
    sim.runUntil(nextMs)
    while (rest[0] !== undefined && rest[0].atMs <= nextMs) put(rest.shift()!)
    if ((running.nextAtMs() ?? Infinity) <= nextMs) for (const input of running.look(sceneOf(scenario, sim))) put(input)
  }
  put({ kind: 'end', atMs: durationMs })
  return { recording: recordInputs(scenario, seed, settings, inputs), watched: watch.result()[0], digest: sim.digest() }
}
