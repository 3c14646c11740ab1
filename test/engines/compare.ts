import type { Answer, History, Played } from './answer.ts'

/** What every engine must answer. */
export interface Expected { tables: Answer['tables']; rounds: readonly { seed: number; history: History }[] }

/** Where two histories part first, in words; null when nowhere. */
function partingOf(expected: History, got: History): string | null {
  for (const [at, [fact, digest]] of expected.digests.entries()) {
    const [gotFact, gotDigest] = got.digests[at] ?? [null, null]
    if (gotFact === null) return `has ${got.facts} facts and no digest after fact ${fact}, which the recording has`
    if (gotFact !== fact || gotDigest !== digest) return `has the digest ${gotDigest} after fact ${gotFact}, the recording says ${digest} after fact ${fact}`
  }
  if (got.facts !== expected.facts) return `has ${got.facts} facts, the recording says ${expected.facts}`
  if (got.digests.length !== expected.digests.length) return `has ${got.digests.length} digests on the way, the recording has ${expected.digests.length}`
  return got.last === expected.last ? null : `has the digest ${got.last} after its last fact, the recording says ${expected.last}`
}

function differenceOf(expected: History, got: Played | undefined): string | null {
  if (got === undefined) return 'was not played'
  return 'stopped' in got ? `stopped: ${got.stopped}` : partingOf(expected, got.history)
}

/** What an engine said that differs from what it should have said: a sentence for each recording and each table. */
export function differences(engine: string, expected: Expected, got: Answer): string[] {
  const bySeed = new Map(got.rounds.map((round) => [round.seed, round]))
  const wrongTables = Object.keys({ ...expected.tables, ...got.tables }).filter((name) => got.tables[name] !== expected.tables[name])
  return [
    ...wrongTables.map((name) => `${engine}: the table ${name} has the digest ${got.tables[name] ?? 'none'}, elsewhere ${expected.tables[name] ?? 'none'}`),
    ...expected.rounds.flatMap((round) => {
      const difference = differenceOf(round.history, bySeed.get(round.seed))
      return difference === null ? [] : [`${engine}: the recording of seed ${round.seed} ${difference}`]
    }),
    ...(got.rounds.length > expected.rounds.length ? [`${engine}: played ${got.rounds.length} recordings of ${expected.rounds.length}`] : []),
  ]
}
