import { assert } from './sim/assert.ts'
import { hexOfText } from './sim/hash.ts'
import type { Input } from './sim/inputs.ts'
import type { Seed } from './sim/draws.ts'
import type { NodeId, Settings, SimMs } from './sim/types.ts'

/** A recording is a header and an ordered list of entries; nothing else is truth about a round. */
export const RECORDING_FORMAT = 'netsplit-recording/1'
/** Longest recording text that is read, in characters: a round has well under one million. */
export const RECORDING_CHARS_MAX = 64_000_000

export interface Header {
  format: typeof RECORDING_FORMAT
  simVersion: number
  scenario: string
  scenarioVersion: number
  seed: Seed
  settings: Settings
  nodes: readonly NodeId[]
  /** Name of the cluster, e.g. `Heron`, and number of the round in its class, from 1. */
  cluster: string
  round: number
}

/** `to`: time may run to here. `digest`: the running digest right after fact number `fact`. */
export type Entry =
  | { t: 'input'; input: Input }
  | { t: 'watermark'; toMs: SimMs }
  | { t: 'digest'; fact: number; digest: string }
  | { t: 'closed'; atMs: SimMs; facts: number; digest: string }

export interface Recording { header: Header; entries: readonly Entry[] }

/** Facts between two digests in a recording. */
export const FACTS_PER_DIGEST = 1_000

/** One line of a recording file: checksum and content, as a JSON array. */
export function encodeLine(content: Header | Entry): string {
  const text = JSON.stringify(content)
  return `["${hexOfText(text)}",${text}]`
}

/** A recording as text: JSON lines, each with its checksum, so that damage is found where it is. */
export function encodeRecording(recording: Recording): string {
  return [encodeLine(recording.header), ...recording.entries.map(encodeLine)].join('\n') + '\n'
}

/** `damage` says what is wrong with the first bad line; the entries before it are whole. */
export type Decoded = { ok: true; recording: Recording; damage: string | null } | { ok: false; error: string }

function decodeLine(line: string): unknown {
  const comma = line.indexOf(',')
  const text = line.slice(comma + 1, -1)
  if (!line.endsWith(']') || line.slice(0, comma + 1) !== `["${hexOfText(text)}",`) return undefined
  try { return JSON.parse(text) } catch { return undefined }
}

/** Reads a recording file. What precedes the damage is kept, and the damage is named. `isHeader`, `isEntry` check the shapes. */
export function decodeRecording(text: string, isHeader: (value: unknown) => string | null, isEntry: (value: unknown) => string | null): Decoded {
  // Mail and version control on Windows write line ends of their own; a checksum covers what stands before them.
  const lines = text.split(/\r?\n/)
  const head = decodeLine(lines[0] ?? '')
  if (head === undefined) return { ok: false, error: 'Line 1 is damaged or this is no recording: expected a header with its checksum.' }
  const wrong = isHeader(head)
  if (wrong !== null) return { ok: false, error: `Line 1: ${wrong}` }
  const entries: Entry[] = []
  let damage: string | null = lines[lines.length - 1] === '' ? null : `Line ${lines.length} has no end: the file is cut off.`
  for (let at = 1; at < lines.length; at++) {
    const line = lines[at] as string
    if (line === '' && at === lines.length - 1) break
    const entry = decodeLine(line)
    const bad = entry === undefined ? 'its checksum does not fit' : isEntry(entry)
    if (bad !== null) {
      const unread = lines.slice(at + 1).filter((one) => one !== '').length
      damage = `Line ${at + 1} is damaged (${bad}). Entries before it that are whole: ${entries.length}. Lines after it that were not read: ${unread}.`
      break
    }
    entries.push(entry as Entry)
  }
  assert(entries.length < lines.length, 'more entries than lines')
  return { ok: true, recording: { header: head as Header, entries }, damage }
}

/** How far a recording runs: its last watermark, input or end. */
export function endOf(recording: Recording): SimMs {
  let end = 0
  for (const entry of recording.entries) {
    const at = entry.t === 'input' ? entry.input.atMs : entry.t === 'watermark' ? entry.toMs : entry.t === 'closed' ? entry.atMs : 0
    if (at > end) end = at
  }
  return end
}
