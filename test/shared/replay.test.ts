import { describe, expect, test } from 'vitest'
import { faults } from '../../shared/faults/index.ts'
import { recordRound } from '../../shared/headless.ts'
import type { RoundPlan } from '../../shared/headless.ts'
import { encodeRecording } from '../../shared/recording.ts'
import type { Entry, Recording } from '../../shared/recording.ts'
import { cursorOf } from '../../shared/replay-cursor.ts'
import { missionOf, readRecording, replay, replaySteps } from '../../shared/replay.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import { start } from '../../shared/sim/simulation.ts'

const election = scenarios['election']
if (election === undefined) throw new Error('the mission election is gone')

const plan = (more: Partial<RoundPlan> = {}): RoundPlan => ({ seed: 7, nodes: 5, durationMs: 120_000, rules: 'eager', chaos: 'monkey', ...more })

function record(more: Partial<RoundPlan> = {}): { recording: Recording; facts: Fact[] } {
  const facts: Fact[] = []
  const recording = recordRound(missionOf({ scenario: 'election' } as Recording['header']), plan(more), (fact) => facts.push(fact))
  return { recording, facts }
}

/** The entries of a round in which time was written ahead, and inputs came before the watermark was used up. */
function withWatermarks(recording: Recording): Recording {
  const entries = recording.entries.flatMap((entry): Entry[] =>
    entry.t === 'input' && entry.input.kind !== 'end' ? [{ t: 'watermark', toMs: entry.input.atMs + 400 }, entry] : [entry])
  return { header: recording.header, entries }
}

describe('a recording replays to the same facts', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('seed %i: fact by fact, with every digest', (seed) => {
    const { recording, facts } = record({ seed, durationMs: 300_000 })
    const done = replay(recording)
    expect(done.facts).toEqual(facts)
    expect(done).toMatchObject({ digestOk: true, divergedAtFact: null, damage: null, version: 'same', closed: true, endMs: 300_000 })
    expect(done.digestsCompared).toBe(1 + Math.floor(facts.length / 1_000))
    expect(done.breaches).toEqual(facts.filter((fact) => fact.kind === 'breached'))
  })

  test('through its text', () => {
    const { recording, facts } = record()
    const read = readRecording(encodeRecording(recording))
    expect(read).toMatchObject({ ok: true, damage: null })
    expect(read.ok && replay(read.recording).facts).toEqual(facts)
  })

  test('whether or not time was written ahead of its inputs', () => {
    const { recording, facts } = record()
    expect(replay(withWatermarks(recording)).facts).toEqual(facts)
  })

  test('a round that never ended runs to its last watermark, and no further', () => {
    const { recording, facts } = record()
    const open: Recording = { header: recording.header, entries: [...recording.entries.filter((entry) => entry.t === 'input' && entry.input.atMs < 60_000), { t: 'watermark', toMs: 60_000 }] }
    const done = replay(open)
    expect(done).toMatchObject({ closed: false, endMs: 60_000, digestOk: true, digestsCompared: 0 })
    expect(done.facts).toEqual(facts.filter((fact) => fact.atMs <= 60_000))
  })

  test('in slices: no step runs more than a second of the round', () => {
    const { recording } = record({ durationMs: 300_000 })
    let steps = 0, before = 0
    for (const share of replaySteps(recording)) {
      steps++
      expect(share).toBeGreaterThanOrEqual(before)
      before = share
    }
    expect(steps).toBeGreaterThanOrEqual(300)
  })
})

describe('a replay that differs says so', () => {
  const spoil = (recording: Recording, change: (entry: Entry) => Entry): Recording => ({ header: recording.header, entries: recording.entries.map(change) })
  const long = record({ durationMs: 600_000, seed: 3 }).recording

  test('another seed differs from the first digest on', () => {
    const other = { header: { ...long.header, seed: long.header.seed + 1 }, entries: long.entries }
    expect(replay(other)).toMatchObject({ digestOk: false, divergedAtFact: 0 })
  })

  test('a digest that differs names the first fact that nothing vouches for', () => {
    expect(long.entries.filter((entry) => entry.t === 'digest').length).toBeGreaterThan(1)
    expect(replay(spoil(long, (entry) => (entry.t === 'digest' && entry.fact === 1_999 ? { ...entry, digest: '0'.repeat(16) } : entry)))).toMatchObject({ digestOk: false, divergedAtFact: 1_000 })
  })

  test('a wrong closing digest, and a wrong number of facts', () => {
    expect(replay(spoil(long, (entry) => (entry.t === 'closed' ? { ...entry, digest: '0'.repeat(16) } : entry))).digestOk).toBe(false)
    expect(replay(spoil(long, (entry) => (entry.t === 'closed' ? { ...entry, facts: entry.facts + 1 } : entry))).digestOk).toBe(false)
  })

  test('a recording that speaks of facts which the replay never reaches', () => {
    const { recording } = record({ durationMs: 30_000 })
    const entries: Entry[] = [...recording.entries.filter((entry) => entry.t === 'input'), { t: 'digest', fact: 99_999, digest: '0'.repeat(16) }]
    expect(replay({ header: recording.header, entries })).toMatchObject({ digestOk: false })
  })

  test('a recording of another version is replayed, and named', () => {
    const { recording } = record()
    expect(replay({ header: { ...recording.header, simVersion: 99 }, entries: recording.entries }).version).toBe('other')
    expect(replay({ header: { ...recording.header, scenarioVersion: 99 }, entries: recording.entries }).version).toBe('other')
  })
})

describe('the cursor', () => {
  test('shows the state that a run of its own has, wherever it jumps', () => {
    const { recording } = record({ durationMs: 300_000, rules: 'good' })
    const done = replay(recording)
    expect(done.checkpoints.length).toBeGreaterThan(1)
    const cursor = cursorOf(done)
    for (const atMs of [0, 150_000, 149_999, 20_000, 20_001, 299_999, 300_000, 61_234, 61_234, 5]) {
      const sim = start({ scenario: election, faults }, recording.header.seed, recording.header.settings)
      for (const entry of recording.entries) if (entry.t === 'input' && entry.input.atMs <= atMs) sim.submit(entry.input)
      sim.runUntil(Math.max(atMs, sim.world.nowMs))
      const { selves, badges } = cursor.at(atMs)
      expect(selves).toEqual(sim.world.nodes.map((_, seat) => sim.self(seat)))
      expect(badges).toEqual(sim.world.nodes.map((node) => election.badge(node.self, node.self)))
    }
  })

  test('clamps times outside of the round', () => {
    const cursor = cursorOf(replay(record({ durationMs: 30_000 }).recording))
    const end = JSON.stringify(cursor.at(30_000))
    expect(JSON.stringify(cursor.at(99_000))).toBe(end)
    expect(() => cursor.at(-5)).not.toThrow()
  })

  test('hands out the same badges while nothing happens, so that a picture can tell', () => {
    const cursor = cursorOf(replay(record({ chaos: 'none', durationMs: 30_000 }).recording))
    expect(cursor.at(100).badges).toBe(cursor.at(101).badges)
  })
})
