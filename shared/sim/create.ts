import { assert } from './assert.ts'
import { noAttempts } from './attempts.ts'
import { clockAt, trueClock } from './clocks.ts'
import { drawBetween } from './draws.ts'
import { diceOf } from './dice.ts'
import type { Seed } from './draws.ts'
import { cloneJson } from './json.ts'
import { CLOCK_OFFSET_MS_MAX, DURATION_MS_MIN, NODES_MAX, TIME_MS_MAX } from './limits.ts'
import { push } from './queue.ts'
import type { Scenario } from './scenario.ts'
import { LEVELS, NODE_IDS } from './types.ts'
import type { NodeId, Settings } from './types.ts'
import type { NodeWorld, World } from './world.ts'

/** Names of the nodes of a cluster. */
export function nodeIds(nodes: number): NodeId[] {
  return NODE_IDS.slice(0, nodes)
}

/** What is wrong with a seed or settings for this mission, in words; null when nothing is. */
export function wrongSettings(scenario: Scenario, seed: Seed, settings: Settings): string | null {
  const whole = (value: number, least: number, most: number): boolean => Number.isInteger(value) && value >= least && value <= most
  const { nodes } = settings
  if (!whole(seed, 0, Number.MAX_SAFE_INTEGER)) return `The seed must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}.`
  if (!whole(nodes, scenario.nodes.min, Math.min(scenario.nodes.max, NODES_MAX))) return `${scenario.id} is played by ${scenario.nodes.min} to ${scenario.nodes.max} nodes, not ${nodes}.`
  if (!LEVELS.includes(settings.level)) return `The level must be one of ${LEVELS.join(', ')}.`
  if (settings.clockOffsetsMs.length !== nodes || !settings.clockOffsetsMs.every((ms) => whole(ms, -CLOCK_OFFSET_MS_MAX, CLOCK_OFFSET_MS_MAX))) {
    return `There must be ${nodes} clock offsets of at most ${CLOCK_OFFSET_MS_MAX} ms either way.`
  }
  if (settings.playedBy.length !== nodes || !settings.playedBy.every((by) => by === 'bot' || by === 'student')) return `There must be ${nodes} seats, each played by a bot or a student.`
  if (!whole(settings.syncMs, 0, 10_000)) return 'A disk takes 0 to 10000 ms.'
  if (!whole(settings.durationMs, DURATION_MS_MIN, TIME_MS_MAX)) return `A round lasts from ${DURATION_MS_MIN} to ${TIME_MS_MAX} ms.`
  for (const [seat, belief] of Object.entries(settings.beliefs)) {
    if (!whole(Number(seat), 0, nodes - 1)) return `There is no seat ${seat}.`
    if (!Object.hasOwn(scenario.misconceptions, belief)) return `The misconceptions of ${scenario.id} are ${Object.keys(scenario.misconceptions).join(', ')}; not ${belief}.`
  }
  return null
}

/** The world at time 0. Throws `AssertionFailed` when the settings are wrong: check with `wrongSettings` at the edge. */
export function createWorld(scenario: Scenario, seed: Seed, settings: Settings): World {
  const error = wrongSettings(scenario, seed, settings)
  assert(error === null, error ?? '')
  const ids = nodeIds(settings.nodes)
  const timings = scenario.timings(settings.level)
  const nodes = ids.map((id, seat): NodeWorld => {
    const clock = trueClock(settings.clockOffsetsMs[seat] as number)
    const peers = ids.filter((other) => other !== id)
    const clockMs = clockAt(clock, 0)
    const dice = diceOf(seed, id)
    const { disk, memory } = scenario.state(id, peers, clockMs, timings, false, dice)
    return {
      self: { id, peers, clockMs, disk, memory, inbox: [], requests: [], timings }, clock,
      playedBy: settings.playedBy[seat] ?? 'bot', level: settings.level, belief: settings.beliefs[seat] ?? null,
      up: true, crashedBy: null, pausedAtMs: null, runsSinceMs: 0, syncedDisk: cloneJson(disk), barriers: [], workMs: 0, workAtMs: null, held: [], fresh: [], fired: {}, lastFact: -1,
      attempts: noAttempts(), letters: 0, requests: 0, origins: [], requestIds: {}, boots: 0,
    }
  })
  const world: World = {
    scenario: scenario.id, seed, settings: cloneJson(settings), nowMs: 0, order: 0, facts: 0, digest: [0, 0], nodes, queue: [], faults: [], parked: [], lanes: {},
    customers: [], claims: {}, broken: {}, ended: false,
  }
  for (let seat = 0; seat < settings.nodes; seat++) push(world.queue, { atMs: 0, order: world.order++, event: { kind: 'start', seat } })
  const customers = settings.customers ? scenario.workload.customers(settings.nodes) : 0
  for (let customer = 0; customer < customers; customer++) {
    world.customers.push({ n: 0, lastFact: -1, knows: null, open: null })
    const atMs = drawBetween(seed, 'first request', customer, 0, 1_000, scenario.workload.gapMs[1])
    push(world.queue, { atMs, order: world.order++, event: { kind: 'ask', customer } })
  }
  return world
}
