import { missionOf, readRecording, replay } from '../../shared/replay.ts'
import type { Replayed } from '../../shared/replay.ts'
import { figureFolds, meets } from '../../shared/figures.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { readText } from './files.ts'
import { breachLines, objectiveText, OTHER_VERSION, reportBreach } from './judged.ts'
import type { BreachReport } from './judged.ts'
import { clock, count, figureText, grouped } from './print.ts'
import { parse, UsageError } from './usage.ts'

export const replayHelp = `netsplit replay FILE [--json]

Runs a recording again, compares its digests on the way, and lists the broken claims with their witnesses, and the figures
that missed their objectives.
A damaged recording: what precedes the damage is replayed, and the damage is named.

  FILE     a recording, as \`sim --out\` or the replay page saves it
  --json   one JSON object instead of text

Exit status: 0 no claim broke and every digest agrees, 1 a claim broke, a digest differs or the recording is damaged,
2 bad arguments or no recording.`

/** What `replay --json` prints. */
export interface ReplayReport {
  scenario: string; cluster: string; round: number; seed: number; nodes: number
  version: Replayed['version']; closed: boolean; endMs: number
  facts: number; digest: string; digestOk: boolean; digestsCompared: number; divergedAtFact: number | null; damage: string | null
  breaches: BreachReport[]
  /** Figures that missed their objectives, with their values. */
  missed: { [figure: string]: number }
}

/** Runs `replay`. Lines for stdout and the exit status. */
export function runReplay(args: readonly string[]): { lines: string[]; status: 0 | 1 } {
  const { values, positionals } = parse(args, { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } }, 1)
  if (values.help === true) return { lines: [replayHelp], status: 0 }
  const [file] = positionals
  if (file === undefined) throw new UsageError('Which recording? netsplit replay FILE')
  const read = readRecording(readText(file))
  if (!read.ok) throw new UsageError(`${file}: ${read.error}`)
  const done = replay(read.recording, read.damage)
  const { header } = done.recording
  const scenario = missionOf(header)
  const breaches = done.breaches.map((breach) => reportBreach(breach, done.facts, scenario))
  const missed = missedIn(done, scenario)
  const status = breaches.length > 0 || !done.digestOk || done.damage !== null ? 1 : 0
  if (values.json === true) {
    const report: ReplayReport = {
      scenario: scenario.id, cluster: header.cluster, round: header.round, seed: header.seed, nodes: header.settings.nodes, version: done.version, closed: done.closed,
      endMs: done.endMs, facts: done.facts.length, digest: done.digest, digestOk: done.digestOk, digestsCompared: done.digestsCompared,
      divergedAtFact: done.divergedAtFact, damage: done.damage, breaches, missed: Object.fromEntries(missed.map(({ id, value }) => [id, value])),
    }
    return { lines: [JSON.stringify(report)], status }
  }
  return { status, lines: [
    `${scenario.title} (${scenario.id}), cluster ${header.cluster}, round ${header.round}: ${header.settings.nodes} nodes, seed ${header.seed}, ${clock(done.endMs)}`,
    ...(done.version === 'other' ? [OTHER_VERSION] : []),
    ...(done.closed ? [] : ['The round was not brought to its end.']),
    digestLine(done),
    ...(done.damage === null ? [] : [`Damaged: ${done.damage}`]),
    '',
    breaches.length === 0 ? 'No claim broke.' : `${count(breaches.length, 'breach', 'breaches')}:`,
    ...breachLines(breaches),
    ...missed.map(({ figure, value }) => `Missed: ${figure.title} ${figureText(value, figure.unit)}, ${objectiveText(figure)}.`),
  ] }
}

/** The figures whose objectives were missed at the end. */
function missedIn({ facts, endMs, recording: { header } }: Replayed, scenario: Scenario): { id: string; figure: Scenario['figures'][string]; value: number }[] {
  return figureFolds(scenario, header.settings.nodes, header.settings.level).flatMap(({ id, figure, state }) => {
    for (const fact of facts) figure.fold(state, fact)
    const value = figure.value(state, endMs)
    return value !== null && meets(figure, value) === false ? [{ id, figure, value }] : []
  })
}

/** Whether this is the history that was recorded. */
function digestLine(done: Replayed): string {
  const facts = count(done.facts.length, 'fact')
  if (done.divergedAtFact !== null) return `This replay differs from the recording at fact ${grouped(done.divergedAtFact)} or soon after. Do not trust what follows. ${facts}, digest ${done.digest}.`
  if (done.digestsCompared === 0) return `${facts}, digest ${done.digest}. The recording holds no digest to compare with.`
  return `Replayed to the same digest ${done.digest}: ${facts}, ${count(done.digestsCompared, 'digest')} compared.`
}
