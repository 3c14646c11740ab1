import type { NewClass, NewRecord, NewRecording, RecordFilter, StoreErrorCode } from './types.ts'

/** The store's calls as they travel to the worker: JSON as text, so that neither thread copies trees. */
export type WithText<T, K extends keyof T> = Omit<T, K> & { readonly [P in K]: string }
export type ClassText = WithText<NewClass, 'body'>
export type ClassRowText = ClassText & { readonly closedAtMs: number | null }
export type RecordText = WithText<NewRecord, 'body'>
export type StoredText = RecordText & { readonly seq: number }
export type RecordingText = WithText<NewRecording, 'header'>
export type WholeRecordingText = RecordingText & { readonly records: StoredText[]; readonly facts: Uint8Array | null }

export interface Calls {
  createClass(row: ClassText): { ownerEpoch: number }
  claim(classId: string): { ownerEpoch: number }
  openClasses(): ClassRowText[]
  readClass(classId: string): ClassRowText | null
  updateBody(classId: string, ownerEpoch: number, body: string): void
  closeClass(classId: string, ownerEpoch: number, atMs: number): void
  deleteClass(classId: string, ownerEpoch: number): void
  append(classId: string, ownerEpoch: number, firstSeq: number, records: readonly RecordText[]): { lastSeq: number }
  read(classId: string, filter: RecordFilter): StoredText[]
  lastSeq(classId: string): number
  createRecording(recording: RecordingText, ownerEpoch: number): void
  readRecording(recordingId: string): WholeRecordingText | null
  listRecordings(classId: string): RecordingText[]
  saveFacts(recordingId: string, facts: Uint8Array): void
}

export type CallName = keyof Calls
export type Call = { [K in CallName]: { readonly name: K; readonly args: Parameters<Calls[K]> } }[CallName]

/** What the worker is started with. */
export interface WorkerOptions { readonly file: string; readonly databaseBytesMax: number | null }

/** The calls of one group, in order; 'close' ends the worker. */
export type ToWorker = { readonly kind: 'group'; readonly calls: readonly Call[] } | { readonly kind: 'close' }

export type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: StoreErrorCode | null; readonly message: string; readonly expectedSeq: number | null }

/** One outcome for each call of the group, sent when all that succeeded is durable. */
export interface FromWorker { readonly outcomes: readonly Outcome[] }
