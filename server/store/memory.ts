import { refusals, repeatedInput } from './refusals.ts'
import type { ClassRow, JsonValue, NewRecord, NewRecording, RecordFilter, Recording, Store, StoredRecord } from './types.ts'

interface HeldClass {
  row: ClassRow
  ownerEpoch: number
  readonly records: StoredRecord[]
  readonly inputs: Set<string>
}
interface HeldRecording { readonly recording: NewRecording; facts: Uint8Array | null }

const copyOf = <T>(value: T): T => structuredClone(value)

/** What JSON keeps of a value: the same loss (undefined fields) as on disk, and nothing shared with the caller. */
const throughJson = (value: JsonValue): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue

/** A store that forgets everything with the process: for tests of what stands on a store. */
export function memoryStore(): Store {
  const classes = new Map<string, HeldClass>()
  const recordings = new Map<string, HeldRecording>()
  let closed = false

  function heldClass(classId: string): HeldClass {
    const held = classes.get(classId)
    if (held === undefined) throw refusals.unknownClass(classId)
    return held
  }

  function ownedClass(classId: string, ownerEpoch: number): HeldClass {
    const held = heldClass(classId)
    if (held.ownerEpoch !== ownerEpoch) throw refusals.staleOwner(classId, ownerEpoch, held.ownerEpoch)
    return held
  }

  const inputKey = (record: NewRecord): string | null =>
    record.author === null || record.clientSeq === null ? null : JSON.stringify([record.author, record.clientSeq])

  const inOrder = (a: NewRecording, b: NewRecording): number => a.round - b.round || a.cluster - b.cluster

  function isRecorded(recording: NewRecording): boolean {
    return [...recordings.values()].some(({ recording: other }) => other.recordingId === recording.recordingId ||
      (other.classId === recording.classId && other.round === recording.round && other.cluster === recording.cluster))
  }

  /** Every call goes through here: a store never throws at once, and a closed one refuses all. */
  async function answer<T>(work: () => T): Promise<T> {
    if (closed) throw refusals.storeClosed()
    return work()
  }

  return {
    createClass: (row) => answer(() => {
      if (classes.has(row.classId)) throw refusals.classTaken(row.classId)
      const { classId, createdAtMs, hostSecretHash, body } = row
      const stored = { classId, createdAtMs, hostSecretHash, body: throughJson(body), open: true, closedAtMs: null }
      classes.set(classId, { row: stored, ownerEpoch: 1, records: [], inputs: new Set() })
      return { ownerEpoch: 1 }
    }),
    claim: (classId) => answer(() => ({ ownerEpoch: ++heldClass(classId).ownerEpoch })),
    openClasses: () => answer(() => [...classes.values()].map(({ row }) => row).filter(({ open }) => open)
      .sort((a, b) => a.createdAtMs - b.createdAtMs || (a.classId < b.classId ? -1 : 1)).map(copyOf)),
    readClass: (classId) => answer(() => copyOf(classes.get(classId)?.row ?? null)),
    updateBody: (classId, ownerEpoch, body) => answer(() => {
      const held = ownedClass(classId, ownerEpoch)
      held.row = { ...held.row, body: throughJson(body) }
    }),
    closeClass: (classId, ownerEpoch, atMs) => answer(() => {
      const held = ownedClass(classId, ownerEpoch)
      if (held.row.open) held.row = { ...held.row, open: false, closedAtMs: atMs }
    }),
    deleteClass: (classId, ownerEpoch) => answer(() => {
      ownedClass(classId, ownerEpoch)
      classes.delete(classId)
      for (const [id, { recording }] of recordings) if (recording.classId === classId) recordings.delete(id)
    }),
    append: (classId, ownerEpoch, firstSeq, records) => answer(() => {
      const held = ownedClass(classId, ownerEpoch)
      if (!held.row.open) throw refusals.classClosed(classId)
      const nextSeq = held.records.length + 1
      if (firstSeq !== nextSeq) throw refusals.sequenceGap(classId, firstSeq, nextSeq)
      const repeated = repeatedInput(records) ?? records.find((record) => held.inputs.has(inputKey(record) ?? ''))
      if (repeated !== undefined && repeated !== null) throw refusals.duplicateInput(classId, repeated.author ?? '', repeated.clientSeq ?? 0)
      const stored = records.map(({ round, cluster, author, clientSeq, body }, index) =>
        ({ seq: firstSeq + index, round, cluster, author, clientSeq, body: throughJson(body) }))
      for (const record of stored) {
        held.records.push(record)
        const key = inputKey(record)
        if (key !== null) held.inputs.add(key)
      }
      return { lastSeq: held.records.length }
    }),
    read: (classId, filter: RecordFilter = {}) => answer(() => (classes.get(classId)?.records ?? []).filter((record) =>
      (filter.round === undefined || record.round === filter.round) &&
      (filter.cluster === undefined || record.cluster === filter.cluster) &&
      (filter.fromSeq === undefined || record.seq >= filter.fromSeq)).map(copyOf)),
    lastSeq: (classId) => answer(() => heldClass(classId).records.length),
    createRecording: ({ recordingId, classId, round, cluster, header }, ownerEpoch) => answer(() => {
      const held = ownedClass(classId, ownerEpoch)
      if (!held.row.open) throw refusals.classClosed(classId)
      const recording = { recordingId, classId, round, cluster, header: throughJson(header) }
      if (isRecorded(recording)) throw refusals.recordingTaken(recordingId)
      recordings.set(recordingId, { recording, facts: null })
    }),
    readRecording: (recordingId) => answer((): Recording | null => {
      const held = recordings.get(recordingId)
      if (held === undefined) return null
      const { classId, round, cluster } = held.recording
      const records = heldClass(classId).records.filter((record) =>
        record.round === round && (record.cluster === null || record.cluster === cluster))
      return copyOf({ ...held.recording, records, facts: held.facts })
    }),
    listRecordings: (classId) => answer(() => [...recordings.values()].map(({ recording }) => recording)
      .filter((recording) => recording.classId === classId).sort(inOrder).map(copyOf)),
    saveFacts: (recordingId, facts) => answer(() => {
      const held = recordings.get(recordingId)
      if (held === undefined) throw refusals.unknownRecording(recordingId)
      held.facts = Uint8Array.from(facts)
    }),
    close: async () => { closed = true },
  }
}
