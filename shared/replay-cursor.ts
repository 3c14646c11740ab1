import { faults } from './faults/index.ts'
import { missionOf } from './replay.ts'
import type { Checkpoint, Replayed } from './replay.ts'
import type { Input } from './sim/inputs.ts'
import type { Badge, Scenario } from './sim/scenario.ts'
import { resume } from './sim/simulation.ts'
import type { Simulation } from './sim/simulation.ts'
import type { Self, SimMs } from './sim/types.ts'
import type { World } from './sim/world.ts'

/** The true state of every node at a time, by seat. */
export interface StateAt {
  /** Empty, as `selves`, where only the facts were kept. */
  badges: readonly Badge[]
  /** What each node knew then. Belongs to the cursor: read it before the next call. */
  selves: readonly Self[]
  /** Whether each seat was a student's then, and whether its node was up: a crashed one has no memory to look at. */
  students: readonly boolean[]
  up: readonly boolean[]
}

/**
 * The state at any time of a replayed round. Going forward runs the simulation on; going back, or far ahead, starts from the
 * nearest checkpoint, so that no step costs more than a thousand facts or so.
 */
export interface Cursor { at(ms: SimMs): StateAt }

interface Place { sim: Simulation; inputs: number; badges: Badge[]; badgesFacts: number }

/** A cursor of its own over `replayed`. Times beyond its ends are clamped. `told`: whose words badges are in; the mission's own when left out. */
export function cursorOf(replayed: Replayed, told?: Pick<Scenario, 'badge'>): Cursor {
  if (replayed.fromCache) return cacheCursor(replayed)
  const scenario = missionOf(replayed.recording.header)
  const inputs = replayed.recording.entries.flatMap((entry): Input[] => (entry.t === 'input' ? [entry.input] : []))
  const parts = { scenario, faults }
  let place: Place | null = null

  const from = (checkpoint: Checkpoint): Place =>
    ({ sim: resume(parts, JSON.parse(checkpoint.world) as World), inputs: checkpoint.inputs, badges: [], badgesFacts: -1 })

  return {
    at(ms) {
      const atMs = Math.round(Math.max(0, Math.min(ms, replayed.endMs)))
      const checkpoint = latestAt(replayed.checkpoints, atMs)
      if (place === null || place.sim.world.nowMs > atMs || place.sim.world.nowMs < checkpoint.atMs) place = from(checkpoint)
      const { sim } = place
      for (let next = inputs[place.inputs]; next !== undefined && next.atMs <= atMs; next = inputs[place.inputs]) {
        sim.submit(next)
        place.inputs++
      }
      sim.runUntil(Math.max(atMs, sim.world.nowMs))
      const { world } = sim
      if (place.badgesFacts !== world.facts) {
        place.badges = badgesOf(told ?? scenario, world)
        place.badgesFacts = world.facts
      }
      return {
        badges: place.badges, selves: world.nodes.map((_, seat) => sim.self(seat)),
        students: world.nodes.map((node) => node.playedBy === 'student'), up: world.nodes.map((node) => node.up),
      }
    },
  }
}

/** Where only facts were kept: who played and who was up follows from them, what nodes knew does not. */
function cacheCursor(replayed: Replayed): Cursor {
  const { nodes, settings } = replayed.recording.header
  const changes = replayed.facts.filter((fact) => fact.kind === 'seat-changed' || fact.kind === 'crashed' || fact.kind === 'restarted')
  return {
    at(ms) {
      const students = nodes.map((_, seat) => settings.playedBy[seat] === 'student'), up = nodes.map(() => true)
      for (const fact of changes) {
        if (fact.atMs > ms) break
        const seat = fact.node === null ? -1 : nodes.indexOf(fact.node)
        if (fact.kind === 'seat-changed') students[seat] = fact.playedBy === 'student'
        else up[seat] = fact.kind === 'restarted'
      }
      return { badges: [], selves: [], students, up }
    },
  }
}

/** One glance at each node. */
function badgesOf(scenario: Pick<Scenario, 'badge'>, world: World): Badge[] {
  return world.nodes.map((node) => scenario.badge(node.self, node.self))
}

/** The last checkpoint at or before a time; the first is at 0. */
function latestAt(checkpoints: readonly Checkpoint[], atMs: SimMs): Checkpoint {
  let low = 0, high = checkpoints.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((checkpoints[middle]?.atMs ?? Infinity) <= atMs) low = middle
    else high = middle - 1
  }
  const found = checkpoints[low]
  if (found === undefined) throw new Error('a replay has a checkpoint at 0')
  return found
}
