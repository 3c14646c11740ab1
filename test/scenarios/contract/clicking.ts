import { faults } from '../../../shared/faults/index.ts'
import type { Seed } from '../../../shared/sim/draws.ts'
import { cloneJson } from '../../../shared/sim/json.ts'
import { LEVELS } from '../../../shared/sim/types.ts'
import { physics } from '../../sim/physics.ts'
import { playWild } from '../../sim/wild.ts'
import { nodesFor, scenarioOf } from './rounds.ts'

/**
 * Students who click whatever their page offers, at every level, while the world breaks: nothing throws, physics holds, the
 * judge's sentences can be said, and every screen can be drawn after every step.
 */
export function clickAtRandom(id: string, from: Seed, to: Seed): void {
  const scenario = scenarioOf(id)
  for (let seed = from; seed <= to; seed++) {
    try {
      playWild(scenario, seed, { nodes: nodesFor(scenario, seed), durationMs: 120_000, gapMsMost: 1_500, clicks: 'legal', faults: seed % 4 > 0, level: LEVELS[seed % LEVELS.length] ?? 'L0' }, (sim) => {
        const laws = physics(cloneJson(sim.world), sim.world.settings, faults)
        return (fact) => {
          laws.watch(fact, sim.world)
          if (fact.kind === 'breached' && !(scenario.claims[fact.claim]?.sentence(fact.values) ?? '').endsWith('.')) throw new Error(`no sentence for ${JSON.stringify(fact)}`)
          if (fact.kind !== 'acted') return
          const { self, up } = sim.world.nodes[sim.ids.indexOf(fact.node)] ?? { self: null, up: false }
          if (self === null || !up) throw new Error(`${fact.node} acted and is not there`)
          scenario.view(self)
          for (const letter of self.inbox) scenario.tellLetter(self, letter)
          for (const request of self.requests) scenario.tellRequest(self, request)
          scenario.badge(self, self)
        }
      })
    } catch (error) {
      throw new Error(`mission ${id}, seed ${seed} of clickAtRandom: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
    }
  }
}
