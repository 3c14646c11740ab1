import { formats } from '../../shared/export/index.ts'
import type { FormatName } from '../../shared/export/index.ts'
import type { Format } from '../../shared/export/format.ts'
import { SHIVIZ_PARSER } from '../../shared/export/shiviz.ts'
import { missionOf, readRecording, replay } from '../../shared/replay.ts'
import type { Replayed } from '../../shared/replay.ts'
import { fromWhereTheUserIs, readText, writeParts } from './files.ts'
import { OTHER_VERSION } from './judged.ts'
import { count, indented, table } from './print.ts'
import { oneOf, parse, UsageError } from './usage.ts'

const names = Object.keys(formats) as FormatName[]

export const exportHelp = `netsplit export FILE --format FORMAT [--key KEY] [--out FILE]

Runs a recording again and writes what happened in a form that other tools read. No student's name is in it.

  FILE            a recording, as \`sim --out\` or the replay page saves it
  --format        one of these:
${indented(indented(table(names.map((name) => [name, formats[name].title])))).join('\n')}
  --key KEY       only the operations on this object, told as if there were no other: Knossos knows no keys (jepsen)
  --out FILE      where to write; without it, to stdout

jepsen, elle  A customer whose operation nobody answered goes on as another process. Faults are what the nemesis does.
              A request that reached no node is left out: it did nothing, and no fact says what it was. One that a node kept waiting
              and never took up has failed.
jepsen        What a register holds at the start is written first, by a client of its own. Its null is :null, since
              nil is an answer that nobody knows.
shiviz        Load the file, or paste it: its first line is the expression that ShiViz uses by default,
              ${SHIVIZ_PARSER}
              Every node is a host; what a customer carries from one node to the next is an arrow between them.
csv           Rows end with CR LF. Text that a spreadsheet would carry out begins with an apostrophe.

A damaged recording: what precedes the damage is written, and the damage is named.
Exit status: 0 written, 1 written as far as it can be trusted: the recording is damaged or a digest differs,
2 bad arguments, no recording, or a round that cannot be told in this form.`

/** Runs `export`. Parts for stdout with notes for stderr, or lines for stdout, and the exit status. */
export function runExport(args: readonly string[]): ({ lines: string[] } | { parts: Iterable<string> }) & { notes?: string[]; status: 0 | 1 } {
  const { values, positionals } = parse(args, { format: { type: 'string' }, key: { type: 'string' }, out: { type: 'string' }, help: { type: 'boolean', short: 'h' } }, 1)
  if (values.help === true) return { lines: [exportHelp], status: 0 }
  const [file] = positionals
  if (file === undefined) throw new UsageError('Which recording? netsplit export FILE --format FORMAT')
  if (values.format === undefined) throw new UsageError(`In which form? --format is one of ${names.join(', ')}.`)
  const format: Format = formats[oneOf('format', values.format, names)]
  if (values.key !== undefined && !format.byKey) throw new UsageError(`--key is for ${names.filter((name) => formats[name].byKey).join(', ')}.`)
  if (values.out !== undefined && fromWhereTheUserIs(values.out) === fromWhereTheUserIs(file)) throw new UsageError('--out names the recording itself, which would be lost.')
  const read = readRecording(readText(file))
  if (!read.ok) throw new UsageError(`${file}: ${read.error}`)
  const done = replay(read.recording, read.damage)
  const { header } = read.recording
  const written = format.write({ header, scenario: missionOf(header), facts: done.facts, endMs: done.endMs, damage: done.damage }, { key: values.key ?? null })
  if (!written.ok) throw new UsageError(`${file}: ${written.error}`)
  const notes = notesOf(done)
  const status = done.damage !== null || !done.digestOk ? 1 : 0
  if (values.out === undefined) return { parts: written.parts, notes, status }
  writeParts(values.out, written.parts)
  return { lines: [`${count(done.facts.length, 'fact')}, as ${values.format}, to ${values.out}`], notes, status }
}

/** What whoever takes the file should know. */
function notesOf(done: Replayed): string[] {
  return [
    ...(done.damage === null ? [] : [`Damaged: ${done.damage}`]),
    ...(done.version === 'other' ? [OTHER_VERSION] : []),
    ...(done.divergedAtFact === null ? [] : [`This replay differs from the recording at fact ${done.divergedAtFact} or soon after. Do not trust what follows.`]),
  ]
}
