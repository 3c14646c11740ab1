import type { History } from '../../../shared/consistency/history.ts'
import { models } from '../../../shared/consistency/models/index.ts'
import { readHistory } from '../../../shared/consistency/read/index.ts'
import type { ReadOptions } from '../../../shared/consistency/read/index.ts'
import { historyOf } from '../../../shared/export/history.ts'
import type { Replayed } from '../../../shared/replay.ts'
import { assert } from '../../../shared/sim/assert.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import { readInput } from '../files.ts'
import { grouped } from '../print.ts'

/** A history with what is to be said of it, or why there is none. */
export type Source =
  | { ok: true; history: History; lineOf(id: number): number | null; notes: readonly string[] }
  /** `line` null: it is about the whole file. */
  | { ok: false; line: number | null; error: string }

/** The first line of a recording: a checksum and a header. */
const RECORDING = /^\["[0-9a-f]+",\{/

/** Reads a file, or stdin for `-`, as a history; a recording is replayed, and gives what its customers did. */
export async function sourceOf(file: string, options: ReadOptions): Promise<Source> {
  const input = await readInput(file)
  if (!input.ok) return { ok: false, line: null, error: `cannot be read: ${input.why}.` }
  if (!RECORDING.test(input.text)) return readHistory(input.text, options)
  // Only here, for it brings all missions with it.
  const { missionOf, readRecording, replay } = await import('../../../shared/replay.ts')
  const read = readRecording(input.text)
  if (!read.ok) return { ok: false, line: null, error: read.error }
  const scenario = missionOf(read.recording.header)
  const refused = refusedMission(scenario, options)
  return refused === null ? customersOf(replay(read.recording, read.damage), scenario, options) : { ok: false, line: null, error: refused }
}

/** Why there is nothing to judge in a round of this mission; null when there is. */
export function refusedMission({ id, history: spec }: Scenario, options: ReadOptions): string | null {
  if (spec === undefined) return `the customers of the mission ${id} use no object that a check knows; netsplit replay says which claims broke.`
  return options.model === null || options.model === spec.model ? null : `the customers of the mission ${id} use an object of the model ${spec.model}, not ${options.model}.`
}

/** What the customers of a round did, as a history. Its mission was not refused. */
export function customersOf(round: Pick<Replayed, 'facts' | 'divergedAtFact' | 'damage'>, { id, history: spec }: Scenario, options: ReadOptions): Source {
  assert(spec !== undefined, `the mission ${id} says how its customers' operations read`)
  if (round.divergedAtFact !== null) return { ok: false, line: null, error: `this replay differs from the recording at fact ${grouped(round.divergedAtFact)} or soon after: it is not what was recorded.` }
  const history = historyOf(round.facts, spec)
  const init = options.init === undefined ? spec.init : options.init
  const wrong = models[spec.model]?.refuseInit(init) ?? null
  if (wrong !== null) return { ok: false, line: null, error: `the state at the start does not fit the model ${spec.model}: ${wrong}.` }
  const notes = [`What the customers of a round of ${id} did.`, ...(round.damage === null ? [] : [`Damaged, and judged up to there: ${round.damage}`])]
  return { ok: true, history: { ...history, model: { type: spec.model, init } }, lineOf: () => null, notes }
}
