import { faults } from '../../shared/faults/index.ts'
import { recordRound } from '../../shared/headless.ts'
import { decodeRecording, encodeRecording } from '../../shared/recording.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import { start } from '../../shared/sim/simulation.ts'
import type { Sample } from './memory.ts'

/**
 * Plays an hour of five nodes under chaos from its recording, facts thrown away as they come, in a process of its own, so that
 * nothing else counts. Prints one line of JSON: the memory after each ten simulated minutes, in bytes.
 */

const HOUR_MS = 3_600_000, STEP_MS = 600_000, SEED = 7
/** Chaos ends after three fifths of a round: of a longer one, the first hour has no calm. */
const ROUND_MS = (HOUR_MS / 3) * 5

const scenario = scenarios['election']
if (scenario === undefined) throw new Error('the mission election is gone')
if (globalThis.gc === undefined) throw new Error('run this with --expose-gc')
const text = encodeRecording(recordRound(scenario, { seed: SEED, nodes: 5, durationMs: ROUND_MS, rules: 'good', chaos: 'monkey' }))
const read = decodeRecording(text, () => null, () => null)
if (!read.ok) throw new Error(read.error)
const { header, entries } = read.recording

let facts = 0
const samples: Sample[] = []
const sim = start({ scenario, faults, sink: () => { facts++ } }, header.seed, header.settings)
const inputs = entries.flatMap((entry) => (entry.t === 'input' ? [entry.input] : []))
for (let atMs = STEP_MS; atMs <= HOUR_MS; atMs += STEP_MS) {
  for (let next = inputs[0]; next !== undefined && next.atMs <= atMs; next = inputs[0]) {
    sim.submit(next)
    inputs.shift()
  }
  sim.runUntil(atMs)
  globalThis.gc()
  const { rss, heapUsed } = process.memoryUsage()
  samples.push({ atMs, facts, rss, heapUsed })
}
process.stdout.write(`${JSON.stringify(samples)}\n`)
