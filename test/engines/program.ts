import { faults } from '../../shared/faults/index.ts'
import { FACTS_PER_DIGEST } from '../../shared/recording.ts'
import { missionOf, readRecording } from '../../shared/replay.ts'
import { start } from '../../shared/sim/simulation.ts'
import type { Answer, Given, History, Played } from './answer.ts'
import { tables } from './tables.ts'

/** The program that every engine runs: it plays recordings again and says what it saw. It knows no clock, no file and no network. */

/** Plays a recording from its text. Throws what is wrong with the text, or what the simulation throws. */
function historyOf(text: string): History {
  const read = readRecording(text)
  if (!read.ok) throw new Error(read.error)
  if (read.damage !== null) throw new Error(read.damage)
  const { header, entries } = read.recording
  const digests: History['digests'] = []
  let facts = 0
  const sim = start({ scenario: missionOf(header), faults, sink: (fact) => {
    facts++
    if ((fact.n + 1) % FACTS_PER_DIGEST === 0) digests.push([fact.n, sim.digest()])
  } }, header.seed, header.settings)
  for (const entry of entries) if (entry.t === 'input') sim.submit(entry.input)
  return { facts, digests, last: sim.digest() }
}

function play({ seed, text }: Given): Played {
  try {
    return { seed, history: historyOf(text) }
  } catch (error) {
    return { seed, stopped: String(error) }
  }
}

/** Plays all recordings and computes all tables. A recording that cannot be played is an answer too. */
export function answerTo(work: readonly Given[]): Answer {
  return { agent: navigator.userAgent, tables: tables(), rounds: work.map(play) }
}
