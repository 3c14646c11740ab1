import { faults } from './faults/index.ts'
import { decodeRecording, endOf, RECORDING_CHARS_MAX } from './recording.ts'
import type { Entry, Header, Recording } from './recording.ts'
import { entryCheck, wrongHeader } from './recording-check.ts'
import { scenarios } from './scenarios/index.ts'
import { assert, AssertionFailed } from './sim/assert.ts'
import type { Fact, FactOf } from './sim/facts.ts'
import type { Scenario } from './sim/scenario.ts'
import { SIM_VERSION, start } from './sim/simulation.ts'
import type { Simulation } from './sim/simulation.ts'
import type { FactNo, SimMs } from './sim/types.ts'

/** Facts that a replay keeps at hand: more than any class makes in an hour. */
export const REPLAY_FACTS_MAX = 500_000
/** Facts between two checkpoints of the world: what a jump of the cursor has to run again at most. */
const FACTS_PER_CHECKPOINT = 1_000
/** Simulated ms between two points at which a replay in slices may stop. Ticking changes nothing. */
const SLICE_MS = 1_000

/** What came out of running a recording again. */
export interface Replayed {
  recording: Recording
  facts: readonly Fact[]
  breaches: readonly FactOf<'breached'>[]
  /** The running digest over all facts, and whether it and all on the way are those of the recording. */
  digest: string
  digestOk: boolean
  /** How many digests of the recording were compared. */
  digestsCompared: number
  /** The first fact that no digest vouches for: the two histories part here or in the next thousand. Null when they agree. */
  divergedAtFact: FactNo | null
  /** What is wrong with the recording, in words; what precedes it was replayed. */
  damage: string | null
  endMs: SimMs
  /** `other`: recorded by another version of the simulation or of the mission. */
  version: 'same' | 'other'
  /** The facts were kept with the recording and not played again: what happened is there, what nodes knew is not. */
  fromCache: boolean
  /** The round was brought to its end. */
  closed: boolean
  /** The world at certain times, in order; the first at 0. None from a cache. */
  checkpoints: readonly Checkpoint[]
}

/** `world` as JSON, with all events until `atMs` run and the first `inputs` inputs applied. */
export interface Checkpoint { atMs: SimMs; inputs: number; world: string }

/** A recording as read, or one sentence that says why it is none. */
export type ReadRecording = { ok: true; recording: Recording; damage: string | null } | { ok: false; error: string }

/** Reads the text of a recording. What precedes the first damage is kept, and the damage is named. */
export function readRecording(text: string): ReadRecording {
  if (text.length > RECORDING_CHARS_MAX) return { ok: false, error: `This is too long for a recording: more than ${RECORDING_CHARS_MAX / 1_000_000} million characters.` }
  let check: (value: unknown) => string | null = () => 'there is no header'
  return decodeRecording(text, (value) => {
    const wrong = wrongHeader(value)
    if (wrong === null) check = entryCheck(value as Header)
    return wrong
  }, (value) => check(value))
}

/** The mission of a recording; its header was checked. */
export function missionOf(header: Pick<Header, 'scenario'>): Scenario {
  const scenario = Object.hasOwn(scenarios, header.scenario) ? scenarios[header.scenario] : undefined
  assert(scenario !== undefined, `there is no mission ${header.scenario}`)
  return scenario
}

/** Whether this program plays a recording with the simulation and the mission that made it. */
export function versionOf(header: Header): Replayed['version'] {
  return header.simVersion === SIM_VERSION && header.scenarioVersion === missionOf(header).version ? 'same' : 'other'
}

/** Compares the facts of a run with the digests of its recording. */
export class Digests {
  readonly expected = new Map<FactNo, string>()
  last: FactNo = -1
  compared = 0
  agreedUntil: FactNo = -1
  divergedAt: FactNo | null = null

  constructor(entries: readonly Entry[]) {
    for (const entry of entries) {
      if (entry.t !== 'digest') continue
      this.expected.set(entry.fact, entry.digest)
      this.last = entry.fact
    }
  }

  /** `fact` just happened. */
  see(fact: FactNo, digestNow: () => string): void {
    const digest = this.expected.get(fact)
    if (digest !== undefined) this.compare(fact, digest === digestNow())
  }

  compare(fact: FactNo, same: boolean): void {
    this.compared++
    if (same && this.divergedAt === null) this.agreedUntil = fact
    else this.divergedAt ??= this.agreedUntil + 1
  }
}

/**
 * Runs a recording again, step by step: each `next()` runs at most a second of simulated time, so that a page can stay alive
 * meanwhile. Yields how far it is, 0 to 1; returns the whole.
 */
export function* replaySteps(recording: Recording, damage: string | null = null): Generator<number, Replayed, void> {
  const { header, entries } = recording
  const facts: Fact[] = []
  const breaches: FactOf<'breached'>[] = []
  const checkpoints: Checkpoint[] = []
  const digests = new Digests(entries)
  const scenario = missionOf(header)
  const recordedMs = endOf(recording)
  const sim: Simulation = start({ scenario, faults, sink: (fact) => {
    facts.push(fact)
    if (fact.kind === 'breached') breaches.push(fact)
    digests.see(fact.n, () => sim.digest())
  } }, header.seed, header.settings)
  let closed = false
  let inputs = 0, checkpointFacts = 0
  const keepCheckpoint = (): void => {
    checkpointFacts = facts.length
    checkpoints.push({ atMs: sim.world.nowMs, inputs, world: JSON.stringify(sim.world) })
  }
  keepCheckpoint()

  function* runTo(atMs: SimMs): Generator<number, void, void> {
    while (sim.world.nowMs < atMs && !sim.world.ended) {
      if (facts.length > REPLAY_FACTS_MAX) throw new AssertionFailed(`it has more than ${REPLAY_FACTS_MAX} facts`)
      if (facts.length - checkpointFacts >= FACTS_PER_CHECKPOINT) keepCheckpoint()
      sim.runUntil(Math.min(atMs, sim.world.nowMs + SLICE_MS))
      yield recordedMs === 0 ? 1 : sim.world.nowMs / recordedMs
    }
  }

  try {
    for (const entry of entries) {
      switch (entry.t) {
        case 'input':
          yield* runTo(entry.input.atMs)
          sim.submit(entry.input)
          inputs++
          break
        case 'watermark': break
        case 'digest': break
        case 'closed':
          yield* runTo(entry.atMs)
          sim.runUntil(Math.max(entry.atMs, sim.world.nowMs))
          digests.compare(entry.facts, entry.digest === sim.digest() && entry.facts === facts.length)
          closed = true
          break
      }
    }
    yield* runTo(recordedMs)
    sim.runUntil(Math.max(recordedMs, sim.world.nowMs))
    // A digest proves that the history ran to its fact, even where the input that followed is lost.
    for (let nextMs = sim.nextAtMs(); nextMs !== null && facts.length <= digests.last && nextMs <= header.settings.durationMs; nextMs = sim.nextAtMs()) {
      yield* runTo(nextMs)
      sim.runUntil(nextMs)
    }
  } catch (error) {
    if (!(error instanceof AssertionFailed)) throw error
    damage ??= `This recording cannot be replayed beyond ${sim.world.nowMs} ms: ${error.message}.`
  }
  if (facts.length <= digests.last) digests.compare(digests.last, false)

  return {
    recording, facts, breaches, checkpoints, damage, closed,
    digest: sim.digest(), digestOk: digests.divergedAt === null, digestsCompared: digests.compared, divergedAtFact: digests.divergedAt,
    endMs: sim.world.nowMs,
    version: versionOf(header), fromCache: false,
  }
}

/** Runs a recording again and compares every digest. `damage` is what `readRecording` said of it. */
export function replay(recording: Recording, damage: string | null = null): Replayed {
  const steps = replaySteps(recording, damage)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}
