/**
 * The storage of a class: one interface, several backends, one contract suite (test/server/store/contract.ts).
 * A store keeps classes and their log of records; what a record or a class body says is opaque to it.
 */

/**
 * What JSON can say. `object` and not an index signature, so that interfaces such as an input fit without a cast;
 * what is read back is to be parsed by its owner, as everything from outside.
 */
export type JsonValue = null | boolean | number | string | object

/** One class. `body` holds all that is personal (names, hashes of tokens, settings), so that it can be emptied. */
export interface ClassRow {
  readonly classId: string // the class code that students type
  readonly createdAtMs: number
  readonly hostSecretHash: string
  readonly body: JsonValue
  readonly open: boolean
  readonly closedAtMs: number | null
}

/** What is needed to open a class: a new class is open by definition. */
export type NewClass = Pick<ClassRow, 'classId' | 'createdAtMs' | 'hostSecretHash' | 'body'>

/** One record of a class's log: an input, a watermark, a digest, a round's header. */
export interface NewRecord {
  readonly round: number
  readonly cluster: number | null // null: belongs to every cluster of its round
  readonly author: string | null // 'host', 'seat:3'; null for watermarks, digests and headers
  readonly clientSeq: number | null // the author's own count; null where nobody retries
  readonly body: JsonValue
}

export interface StoredRecord extends NewRecord {
  readonly seq: number // 1, 2, 3, ... without gaps within a class
}

/** Which records of a class to read; a field left out does not narrow. */
export interface RecordFilter {
  readonly round?: number | undefined
  readonly cluster?: number | null | undefined // exactly this cluster; null: exactly those that belong to every cluster
  readonly fromSeq?: number | undefined // this one and later
}

/** Names one cluster's part of one round, so that a replay can be linked to. */
export interface NewRecording {
  readonly recordingId: string
  readonly classId: string
  readonly round: number
  readonly cluster: number
  readonly header: JsonValue
}

export interface Recording extends NewRecording {
  /** Those of its class and round with its cluster or with none, in order of `seq`. */
  readonly records: readonly StoredRecord[]
  /** The facts of a finished round, compressed by the caller: a cache that may be thrown away. */
  readonly facts: Uint8Array | null
}

export type StoreErrorCode =
  | 'stale-owner' // another process has claimed the class since: stop serving it
  | 'sequence-gap' // firstSeq is not the next number; `expectedSeq` says which is
  | 'duplicate-input' // (author, clientSeq) is stored already: acknowledge it again, do not apply it
  | 'class-taken'
  | 'recording-taken'
  | 'unknown-class'
  | 'unknown-recording'
  | 'class-closed'
  | 'overloaded' // too much is waiting for the disk: nothing was stored, try again later
  | 'in-use' // another live process has this folder open
  | 'storage-failed' // the disk or the file failed: nothing was acknowledged; works again when the cause is gone
  | 'store-closed'

/** Every rejection of a store is one of these. `message` is one plain sentence for a log or an instructor. */
export class StoreError extends Error {
  readonly code: StoreErrorCode
  /** With 'sequence-gap': the number that the next record must carry. */
  readonly expectedSeq: number | null

  constructor(code: StoreErrorCode, message: string, expectedSeq: number | null = null) {
    super(message)
    this.name = 'StoreError'
    this.code = code
    this.expectedSeq = expectedSeq
  }
}

/**
 * Calls take effect in the order in which they are made: an append may be sent before the one before it is durable,
 * and is refused with 'sequence-gap' if that one failed. A write resolves only when it survives a power cut.
 * After 'storage-failed' the caller cannot know whether that write is stored: ask `lastSeq` before going on.
 */
export interface Store {
  /** Opens a class with epoch 1. Rejects with 'class-taken' for an id that is or ever was in use and not deleted. */
  createClass(row: NewClass): Promise<{ readonly ownerEpoch: number }>
  /** Makes the caller the owner: every write with an older epoch is refused from now on with 'stale-owner'. */
  claim(classId: string): Promise<{ readonly ownerEpoch: number }>
  /** All classes not yet closed, the oldest first: what a restarted server must bring back. */
  openClasses(): Promise<ClassRow[]>
  readClass(classId: string): Promise<ClassRow | null>
  /** Allowed on a closed class too, so that names can be removed afterwards. */
  updateBody(classId: string, ownerEpoch: number, body: JsonValue): Promise<void>
  /** Refuses later appends with 'class-closed'; reading goes on. Closing twice keeps the first time. */
  closeClass(classId: string, ownerEpoch: number, atMs: number): Promise<void>
  /** Removes the class, its log and its recordings, irrevocably. */
  deleteClass(classId: string, ownerEpoch: number): Promise<void>
  /**
   * Stores all of the records or none, numbered firstSeq, firstSeq + 1, ...; firstSeq must be lastSeq + 1.
   * A repeated (classId, author, clientSeq), both set, is refused with 'duplicate-input'.
   */
  append(classId: string, ownerEpoch: number, firstSeq: number, records: readonly NewRecord[]): Promise<{ readonly lastSeq: number }>
  /** In order of `seq`; empty for an unknown class. */
  read(classId: string, filter?: RecordFilter): Promise<StoredRecord[]>
  /** 0 for a class without records. Rejects with 'unknown-class'. */
  lastSeq(classId: string): Promise<number>
  createRecording(recording: NewRecording, ownerEpoch: number): Promise<void>
  readRecording(recordingId: string): Promise<Recording | null>
  /** Without records and facts, by round and cluster. */
  listRecordings(classId: string): Promise<NewRecording[]>
  /** Replaces what was there. No epoch: facts follow from the records, whoever computed them. */
  saveFacts(recordingId: string, facts: Uint8Array): Promise<void>
  /** Finishes what was asked before, then lets the folder go. Later calls reject with 'store-closed'. */
  close(): Promise<void>
}
