import { endOf } from '../shared/recording.ts'
import type { Entry, Header } from '../shared/recording.ts'
import { scenarios } from '../shared/scenarios/index.ts'
import { debrief } from '../shared/session.ts'
import type { ClassRecord } from '../shared/session.ts'
import { SIM_VERSION } from '../shared/sim/simulation.ts'
import { ClassSession } from './class-session.ts'
import { clockText } from '../shared/sim/words.ts'
import { createRecordings, headersOf } from './commands.ts'
import type { Logged } from './round.ts'
import type { ClassRow, Store, StoredRecord } from './store/types.ts'

export interface Timing { now(): number; dropMs: number }

/**
 * Brings a class back as its log has it: the roster and the phase from its record, the round from its recordings, run to
 * the durable watermark and paused there. From then on this process owns the class.
 */
export async function restoreClass(store: Store, row: ClassRow, timing: Timing): Promise<ClassSession> {
  const { ownerEpoch } = await store.claim(row.classId)
  const stored = await store.read(row.classId)
  // The body is what this program stored itself, at the version that it names.
  const record = row.body as ClassRecord
  const session = new ClassSession({ store, classId: row.classId, ownerEpoch, hostSecretHash: row.hostSecretHash, record, stored, ...timing })
  if (record.phase !== 'round' || record.playing === null) return session
  await createRecordings(session, record.playing)
  const headers = await headersStored(store, session)
  const logged = headers.map((header, cluster): Logged => ({ header, entries: entriesOf(stored, header.round, cluster) }))
  const other = headers.find((header) => header.simVersion !== SIM_VERSION || header.scenarioVersion !== scenarios[header.scenario]?.version)
  if (other !== undefined) {
    await closeUnplayable(session, logged, 'was made by another version of Netsplit')
    return session
  }
  try {
    session.takeUp(logged).closeEnded()
  } catch (error) {
    // Our own mistake, made before the restart and made again: the class goes on without that round.
    process.stderr.write(`Class ${row.classId}: its round cannot be taken up: ${error instanceof Error ? error.stack : String(error)}\n`)
    session.dropRound()
    await closeUnplayable(session, logged, 'cannot be taken up because of a mistake in Netsplit')
    return session
  }
  for (const cluster of record.clusters) for (const student of cluster.seats) if (student !== null) session.expect(student)
  session.tellHost({ text: 'The server restarted. Nothing that was confirmed is lost; the round is paused where it was. Press Go on when your students are back.', kind: 'info' })
  return session
}

/** The headers as they were stored when the round began: whatever this program would write now, that is what was played. */
async function headersStored(store: Store, session: ClassSession): Promise<Header[]> {
  const { playing } = session.record
  if (playing === null) return []
  const stored = new Map((await store.listRecordings(session.id)).map((one) => [one.recordingId, one.header as Header]))
  return headersOf(playing).map((header, cluster) => stored.get(playing.clusters[cluster]?.recordingId ?? '') ?? header)
}

/** The entries of one cluster of a round, in order. */
export function entriesOf(stored: readonly StoredRecord[], round: number, cluster: number): Entry[] {
  return stored.filter((one) => one.round === round && (one.cluster === null || one.cluster === cluster)).map((one) => one.body as Entry)
}

/** A round that cannot go on as it was is closed where it stood, and the instructor is told why. */
async function closeUnplayable(session: ClassSession, logged: readonly Logged[], why: string): Promise<void> {
  const ends = logged.map(({ header, entries }) => endOf({ header, entries }))
  const round = logged[0]?.header.round ?? 0
  await session.log.append(logged.flatMap(({ entries }, cluster) => (entries.some((entry) => entry.t === 'input' && entry.input.kind === 'end') ? []
    : [{ round, cluster, author: null, clientSeq: null, body: { t: 'input', input: { kind: 'end', atMs: ends[cluster] as number } } satisfies Entry }])))
  await session.keeper.change(debrief)
  session.tellHost({ text: `Round ${round} ${why}. It was closed at ${clockText(Math.max(0, ...ends))}; its recording is kept.`, kind: 'warning' })
}
