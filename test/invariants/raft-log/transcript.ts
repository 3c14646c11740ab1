import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LogEntry } from '../../../shared/invariants/logs.ts'
import type { Fact } from '../../../shared/sim/facts.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import { storyOf } from '../../scenarios/story.ts'
import type { Rehearsal } from './rehearse.ts'
import type { RaftLog } from './types.ts'

/** What nodes decide, what happens to them, and what breaks: messages and disks only where a witness names them. */
function decisions(facts: readonly Fact[]): Fact[] {
  const witness = new Set(facts.flatMap((fact) => (fact.kind === 'breached' ? [...fact.because] : [])))
  const small = ['recover', 'note-ack', 'count-vote']
  const noted = (fact: Fact): boolean => fact.kind === 'acted' && small.includes(fact.action.kind)
  return facts.filter((fact) => witness.has(fact.n) || ((fact.kind === 'acted' || fact.kind === 'crashed' || fact.kind === 'restarted' || fact.kind === 'breached') && !noted(fact)))
}

/** A line with the log on a disk as the terms of its entries, and a place in a log in words. */
const inWords = (line: string): string => line.replace(/previous \{"index":(\d+),"term":(\d+)\}/, 'after entry $1 of term $2').replace(/log (\[.*\]), writes \d+$/, (_, log: string) => `log ${(JSON.parse(log) as LogEntry[]).map((entry) => entry.term).join(' ')}`)

/** A round as a text to be read aloud, stage by stage, until its last breach. */
export function transcriptOf(mission: Scenario<RaftLog>, title: string, { facts, captions }: Pick<Rehearsal, 'facts' | 'captions'>): string {
  const told = decisions(facts.slice(0, facts.findLastIndex((fact) => fact.kind === 'breached') + 1))
  const prevented = (fact: Fact | undefined): string => (fact?.kind === 'breached' ? `\n${' '.repeat(18)}What prevents it: ${mission.claims[fact.claim]?.prevention}` : '')
  const lines = storyOf(mission as unknown as Scenario, told).map((line, at) => inWords(line).replace(/, by hand$/, '').replace(' durable true', '') + prevented(told[at]))
  const stage = (before: number): string[] => captions.filter((one) => one.before === before).flatMap(({ text, logs }) => ['', text, logs, ''])
  const begun = (fact: Fact, at: number): number[] => captions.map((one) => one.before).filter((before) => before <= fact.n && before > (told[at - 1]?.n ?? -1))
  return [
    title, 'Lines with a star are witnesses. Left out are messages, counts, and writes that nothing rests on. Logs are shown by the terms of their entries.', '',
    ...told.flatMap((fact, at) => [...begun(fact, at).flatMap(stage), lines[at] ?? '']), '',
  ].join('\n')
}

/** The transcript as it was kept. `TRANSCRIPTS=write` keeps this one instead: read what changed before committing it. */
export function keptTranscript(name: string, text: string): string {
  const path = join(import.meta.dirname, name)
  if (process.env['TRANSCRIPTS'] === 'write') writeFileSync(path, text)
  return existsSync(path) ? readFileSync(path, 'utf8') : `${name} is missing: TRANSCRIPTS=write makes it`
}
