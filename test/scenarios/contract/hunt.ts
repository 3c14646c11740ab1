import { faults } from '../../../shared/faults/index.ts'
import { botSettings, leaderOf } from '../../../shared/headless.ts'
import type { Seed } from '../../../shared/sim/draws.ts'
import type { FactOf } from '../../../shared/sim/facts.ts'
import type { Input } from '../../../shared/sim/inputs.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import { start } from '../../../shared/sim/simulation.ts'
import type { Simulation } from '../../../shared/sim/simulation.ts'
import type { NodeId, SimMs } from '../../../shared/sim/types.ts'
import { chanceOf } from '../../sim/wild.ts'
import type { Chance } from '../../sim/wild.ts'
import { inWords, nodesFor, scenarioOf } from './rounds.ts'

/**
 * An adversary who sees everything and aims at whoever leads. Random faults rarely hit the few seconds in which a rule that is
 * slightly wrong does harm; this one waits for them. Customers come thick and fast, for a stale answer that nobody asks for
 * is never seen.
 */
const DURATION_MS = 300_000
/** How often the adversary looks. */
const LOOK_MS = 500

type Aim = { type: string; params: Extract<Input, { kind: 'fault' }>['params']; durationMs: number }

/** Something that hurts a leader, whatever goes on. */
function anyBlow(leader: NodeId, ids: readonly NodeId[], chance: Chance): Aim {
  const others = ids.filter((id) => id !== leader)
  const some = (): NodeId[] => {
    const chosen = others.filter(() => chance(0, 1) === 1)
    return chosen.length === 0 ? others.slice(0, 1) : chosen
  }
  const durationMs = chance(3_000, 30_000)
  switch (chance(0, 6)) {
    case 0: return { type: 'partition', params: { side: [leader] }, durationMs }
    case 1: return { type: 'partition', params: { side: [leader, ...some().slice(0, 1)] }, durationMs }
    case 2: return { type: 'one-way', params: { from: [leader], to: some() }, durationMs }
    case 3: return { type: 'one-way', params: { from: some(), to: [leader] }, durationMs }
    case 4: return { type: 'pause', params: { nodes: [leader] }, durationMs }
    case 5: return { type: 'crash', params: { nodes: chance(0, 1) === 0 ? some() : [leader] }, durationMs: chance(1_000, 8_000) }
    default: return { type: 'latency', params: { from: [leader], to: some(), extraMs: chance(3_000, 12_000), spreadMs: 0, share: 100, shape: 'constant', correlation: 0 }, durationMs }
  }
}

/** A coup: one follower hears the leader no more, the rest do, until the follower rises. Then nobody reaches the old leader. */
interface Coup { leader: NodeId; sinceMs: SimMs; strikesAtMs: SimMs | null }
const COUP_MS = 60_000

const rankOf = (scenario: Scenario, sim: Simulation, id: NodeId): number => {
  const node = sim.world.nodes[sim.ids.indexOf(id)]
  return node === undefined ? 0 : Number(scenario.badge(node.self, node.self).tab.replace(/\D/g, ''))
}

function beginCoup(leader: NodeId, ids: readonly NodeId[], chance: Chance): Aim[] {
  const others = ids.filter((id) => id !== leader)
  const riser = others[chance(0, others.length - 1)] ?? leader
  return [{ type: 'one-way', params: { from: [leader], to: [riser] }, durationMs: COUP_MS }, { type: 'one-way', params: { from: [riser], to: [leader] }, durationMs: COUP_MS }]
}

/** Nobody reaches the old leader any more, who may not know that it is. */
function silence(leader: NodeId, chance: Chance): Aim {
  const durationMs = chance(8_000, 40_000)
  return chance(0, 3) === 0 ? { type: 'pause', params: { nodes: [leader] }, durationMs } : { type: 'partition', params: { side: [leader] }, durationMs }
}

/** Plays good rules against the adversary, and returns what the judge found. Even seeds plot coups, odd ones strike at random. */
export function hunt(scenario: Scenario, seed: Seed): FactOf<'breached'>[] {
  // Nobody leads: nobody is stale, and a crowd would only make the round longer.
  const crowded: Scenario = scenario.leaderless === true ? scenario : { ...scenario, workload: { ...scenario.workload, customers: (nodes) => 2 * nodes, gapMs: [500, 2_000] } }
  const chance = chanceOf(seed, 'hunt')
  const breaches: FactOf<'breached'>[] = []
  const sim = start({ scenario: crowded, faults, sink: (fact) => { if (fact.kind === 'breached') breaches.push(fact) } }, seed,
    botSettings(scenario, { seed, nodes: nodesFor(scenario, seed), durationMs: DURATION_MS, rules: 'good', chaos: 'none' }))
  let coup: Coup | null = null
  let blows = 0
  const strikeWith = (aims: readonly Aim[]): void => {
    for (const aim of aims) if (Object.hasOwn(scenario.chaosLimits, aim.type)) sim.submit({ kind: 'fault', atMs: sim.world.nowMs, id: `h${blows++}`, ...aim })
  }
  let nextMs = 45_000
  for (let atMs = 0; atMs < DURATION_MS; atMs += LOOK_MS) {
    sim.runUntil(atMs)
    if (coup === null) {
      if (atMs < nextMs) continue
      const leader = leaderOf(scenario, sim) ?? sim.ids[0] ?? ''
      if (seed % 2 === 1) {
        strikeWith([anyBlow(leader, sim.ids, chance)])
        nextMs = atMs + chance(500, 12_000)
      } else {
        strikeWith(beginCoup(leader, sim.ids, chance))
        coup = { leader, sinceMs: atMs, strikesAtMs: null }
      }
      continue
    }
    const { leader }: Coup = coup
    const risers = sim.ids.filter((id) => rankOf(scenario, sim, id) > rankOf(scenario, sim, leader))
    if (coup.strikesAtMs === null && risers.length > 0) {
      coup.strikesAtMs = atMs + chance(0, 6) * LOOK_MS
      const voters = sim.ids.filter((id) => id !== leader && !risers.includes(id))
      // Voters who forget that they heard a leader, just before they are asked: do they wait before they vote?
      if (chance(0, 1) === 1 && voters.length > 0) strikeWith([{ type: 'crash', params: { nodes: voters }, durationMs: 300 }])
    }
    if (coup.strikesAtMs !== null && atMs >= coup.strikesAtMs) strikeWith([silence(leader, chance)])
    if ((coup.strikesAtMs !== null && atMs >= coup.strikesAtMs) || atMs >= coup.sinceMs + COUP_MS) {
      coup = null
      nextMs = atMs + chance(30_000, 60_000)
    }
  }
  sim.submit({ kind: 'end', atMs: DURATION_MS })
  return breaches
}

/** No breach in any round of the adversary. */
export function huntAll(id: string, from: Seed, to: Seed): void {
  const scenario = scenarioOf(id)
  for (let seed = from; seed <= to; seed++) {
    const breaches = hunt(scenario, seed)
    if (breaches.length > 0) throw new Error(`mission ${id}, seed ${seed} of huntAll: ${breaches.map((one) => inWords(id, one)).join(' ')}`)
  }
}
