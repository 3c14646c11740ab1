import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { Calls, ClassRowText, RecordingText, StoredText, WholeRecordingText } from './calls.ts'
import { refusals, repeatedInput } from './refusals.ts'

const CLASS = `SELECT class_id AS classId, created_at_ms AS createdAtMs, host_secret_hash AS hostSecretHash, body,
  closed_at_ms AS closedAtMs FROM classes`
const RECORD = 'SELECT seq, round, cluster, author, client_seq AS clientSeq, body FROM records'
const RECORDING = 'SELECT recording_id AS recordingId, class_id AS classId, round, cluster, header FROM recordings'

/** The store's calls over an open database, each to be run inside a transaction. They throw `StoreError` to refuse. */
export function sqlCalls(db: DatabaseSync): Calls {
  const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>()
  function sql(text: string): ReturnType<DatabaseSync['prepare']> {
    const known = statements.get(text) ?? db.prepare(text)
    statements.set(text, known)
    return known
  }

  // The columns are named by the queries above and typed by STRICT tables, so these rows are what they are said to be.
  const one = <T>(text: string, ...values: SQLInputValue[]): T | null => (sql(text).get(...values) ?? null) as T | null
  const all = <T>(text: string, ...values: SQLInputValue[]): T[] => sql(text).all(...values) as unknown as T[]

  function ownedClass(classId: string, ownerEpoch: number): { readonly open: boolean } {
    const row = one<{ epoch: number; closedAtMs: number | null }>(
      'SELECT owner_epoch AS epoch, closed_at_ms AS closedAtMs FROM classes WHERE class_id = ?', classId)
    if (row === null) throw refusals.unknownClass(classId)
    if (row.epoch !== ownerEpoch) throw refusals.staleOwner(classId, ownerEpoch, row.epoch)
    return { open: row.closedAtMs === null }
  }

  function openClass(classId: string, ownerEpoch: number): void {
    if (!ownedClass(classId, ownerEpoch).open) throw refusals.classClosed(classId)
  }

  const lastSeqOf = (classId: string): number =>
    one<{ seq: number | null }>('SELECT max(seq) AS seq FROM records WHERE class_id = ?', classId)?.seq ?? 0

  return {
    createClass(row) {
      const { changes } = sql(`INSERT INTO classes (class_id, created_at_ms, host_secret_hash, body, owner_epoch)
        VALUES (?, ?, ?, ?, 1) ON CONFLICT DO NOTHING`).run(row.classId, row.createdAtMs, row.hostSecretHash, row.body)
      if (changes === 0) throw refusals.classTaken(row.classId)
      return { ownerEpoch: 1 }
    },
    claim(classId) {
      const row = one<{ ownerEpoch: number }>(
        'UPDATE classes SET owner_epoch = owner_epoch + 1 WHERE class_id = ? RETURNING owner_epoch AS ownerEpoch', classId)
      if (row === null) throw refusals.unknownClass(classId)
      return { ownerEpoch: row.ownerEpoch }
    },
    openClasses: () => all<ClassRowText>(`${CLASS} WHERE closed_at_ms IS NULL ORDER BY created_at_ms, class_id`),
    readClass: (classId) => one<ClassRowText>(`${CLASS} WHERE class_id = ?`, classId),
    updateBody(classId, ownerEpoch, body) {
      ownedClass(classId, ownerEpoch)
      sql('UPDATE classes SET body = ? WHERE class_id = ?').run(body, classId)
    },
    closeClass(classId, ownerEpoch, atMs) {
      ownedClass(classId, ownerEpoch)
      sql('UPDATE classes SET closed_at_ms = ? WHERE class_id = ? AND closed_at_ms IS NULL').run(atMs, classId)
    },
    deleteClass(classId, ownerEpoch) {
      ownedClass(classId, ownerEpoch)
      sql('DELETE FROM classes WHERE class_id = ?').run(classId)
    },
    append(classId, ownerEpoch, firstSeq, records) {
      openClass(classId, ownerEpoch)
      const nextSeq = lastSeqOf(classId) + 1
      if (firstSeq !== nextSeq) throw refusals.sequenceGap(classId, firstSeq, nextSeq)
      const repeated = repeatedInput(records)
      if (repeated !== null) throw refusals.duplicateInput(classId, repeated.author ?? '', repeated.clientSeq ?? 0)
      const insert = sql(`INSERT INTO records (class_id, seq, round, cluster, author, client_seq, body) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (class_id, author, client_seq) WHERE author IS NOT NULL AND client_seq IS NOT NULL DO NOTHING`)
      for (const [index, { round, cluster, author, clientSeq, body }] of records.entries()) {
        const { changes } = insert.run(classId, firstSeq + index, round, cluster, author, clientSeq, body)
        if (changes === 0) throw refusals.duplicateInput(classId, author ?? '', clientSeq ?? 0)
      }
      return { lastSeq: firstSeq + records.length - 1 }
    },
    read: (classId, { round = null, cluster, fromSeq = 0 }) => all<StoredText>(
      `${RECORD} WHERE class_id = ?1 AND seq >= ?2 ${round === null ? '' : 'AND round = ?3'}
       ${cluster === undefined ? '' : 'AND cluster IS ?4'} ORDER BY seq`,
      // SQLite wants no value for a parameter that the query does not name.
      ...[classId, fromSeq, round, cluster ?? null].slice(0, cluster !== undefined ? 4 : round !== null ? 3 : 2)),
    lastSeq(classId) {
      if (one('SELECT 1 FROM classes WHERE class_id = ?', classId) === null) throw refusals.unknownClass(classId)
      return lastSeqOf(classId)
    },
    createRecording({ recordingId, classId, round, cluster, header }, ownerEpoch) {
      openClass(classId, ownerEpoch)
      const { changes } = sql(`INSERT INTO recordings (recording_id, class_id, round, cluster, header) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING`).run(recordingId, classId, round, cluster, header)
      if (changes === 0) throw refusals.recordingTaken(recordingId)
    },
    readRecording(recordingId) {
      const recording = one<RecordingText & { facts: Uint8Array | null }>(
        `${RECORDING.replace(' FROM', ', facts FROM')} WHERE recording_id = ?`, recordingId)
      if (recording === null) return null
      const records = all<StoredText>(`${RECORD} WHERE class_id = ? AND round = ? AND (cluster IS NULL OR cluster = ?) ORDER BY seq`,
        recording.classId, recording.round, recording.cluster)
      return { ...recording, records } satisfies WholeRecordingText
    },
    listRecordings: (classId) => all<RecordingText>(`${RECORDING} WHERE class_id = ? ORDER BY round, cluster`, classId),
    saveFacts(recordingId, facts) {
      const { changes } = sql('UPDATE recordings SET facts = ? WHERE recording_id = ?').run(facts, recordingId)
      if (changes === 0) throw refusals.unknownRecording(recordingId)
    },
  }
}
