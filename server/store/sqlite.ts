import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Call, CallName, Calls, ClassRowText, FromWorker, RecordingText, RecordText, StoredText, ToWorker, WorkerOptions } from './calls.ts'
import { PENDING_BYTES_MAX, PENDING_CALLS_MAX } from './limits.ts'
import { lockFolder } from './lock.ts'
import { refusals } from './refusals.ts'
import { StoreError } from './types.ts'
import type { ClassRow, JsonValue, NewRecord, NewRecording, Store, StoredRecord } from './types.ts'

export interface SqliteOptions {
  /** Made if it is missing. Holds `netsplit.sqlite`, its log, and `netsplit.lock`. */
  readonly folder: string
  /** Above this size of the file writes are refused with 'storage-failed'; null for as large as the disk. */
  readonly databaseBytesMax?: number | null
}

/** What the store has done since it was opened. */
export interface SqliteCounts { readonly groups: number; readonly calls: number }

interface Pending {
  readonly call: Call
  readonly bytes: number
  readonly resolve: (value: unknown) => void
  readonly reject: (error: StoreError) => void
}

/** One level at a time: where the system refuses with ENOENT below a folder that exists, `recursive` never comes back. */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path)
}

/**
 * Opens the store of a folder and checks that it can be written. Rejects with one clear sentence: 'in-use' if another
 * live process has the folder, 'storage-failed' if it cannot be made, written or read.
 */
export async function openSqliteStore({ folder, databaseBytesMax = null }: SqliteOptions): Promise<Store & { counts(): SqliteCounts }> {
  const path = resolve(folder)
  let unlock: () => void
  try {
    makeFolder(path)
    unlock = lockFolder(path)
  } catch (error) {
    if (error instanceof StoreError) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new StoreError('storage-failed', `The data folder ${path} cannot be used: ${why}`)
  }
  const line = workerLine({ file: join(path, 'netsplit.sqlite'), databaseBytesMax })
  try {
    await line.ask({ name: 'openClasses', args: [] })
  } catch (error) {
    await line.close()
    unlock()
    throw error
  }
  return sqliteStore(line, unlock)
}

interface Line {
  ask<K extends CallName>(call: Extract<Call, { name: K }>, bytes?: number): Promise<ReturnType<Calls[K]>>
  counts(): SqliteCounts
  close(): Promise<void>
}

/**
 * The line to the worker: one group of calls is out at a time, and what arrives meanwhile is the next group.
 * A worker that dies takes the group down with it (rejected, not known to be stored); the next call starts another.
 */
function workerLine(options: WorkerOptions): Line {
  let worker: Worker | null = null
  let out: readonly Pending[] = []
  let waiting: Pending[] = []
  let bytesHeld = 0
  let closed = false
  let whenIdle: (() => void) | null = null
  const counted = { groups: 0, calls: 0 }

  function start(): Worker {
    const started = new Worker(new URL('./sqlite-worker.ts', import.meta.url), { workerData: options, execArgv: [] })
    let why = 'its thread ended'
    started.on('error', (error) => { why = error instanceof Error ? error.message : String(error) })
    started.on('message', (answer: FromWorker) => settle(answer))
    started.on('exit', () => {
      if (worker !== started) return
      worker = null
      const lost = [...out, ...waiting]
      out = []
      waiting = []
      bytesHeld = 0
      for (const { reject } of lost) reject(refusals.storageFailed(why))
      whenIdle?.()
    })
    return started
  }

  function settle({ outcomes }: FromWorker): void {
    const settled = out
    out = []
    for (const [index, { bytes, resolve: resolveCall, reject }] of settled.entries()) {
      bytesHeld -= bytes
      const outcome = outcomes[index]
      if (outcome?.ok === true) resolveCall(outcome.value)
      else if (outcome === undefined) reject(refusals.storageFailed('an answer is missing'))
      else reject(new StoreError(outcome.code ?? 'storage-failed', outcome.message, outcome.expectedSeq))
    }
    sendNext()
  }

  function sendNext(): void {
    if (out.length > 0) return
    if (waiting.length === 0) {
      worker?.unref() // an idle store keeps no process alive
      whenIdle?.()
      return
    }
    worker ??= start()
    worker.ref()
    out = waiting
    waiting = []
    counted.groups += 1
    counted.calls += out.length
    worker.postMessage({ kind: 'group', calls: out.map(({ call }) => call) } satisfies ToWorker)
  }

  async function close(): Promise<void> {
    closed = true
    if (out.length > 0) await new Promise<void>((done) => { whenIdle = done })
    const last = worker
    if (last === null) return
    worker = null
    last.ref()
    const exited = new Promise<void>((done) => { last.once('exit', () => done()) })
    last.postMessage({ kind: 'close' } satisfies ToWorker)
    await exited
  }

  return {
    ask: (call, bytes = 0) => new Promise((resolveCall, reject) => {
      if (closed) return reject(refusals.storeClosed())
      const isFull = out.length + waiting.length >= PENDING_CALLS_MAX || bytesHeld + bytes > PENDING_BYTES_MAX
      if (isFull) return reject(refusals.overloaded())
      bytesHeld += bytes
      // The worker answers a call by its name with that call's result: `Calls` is its type on both sides.
      waiting.push({ call, bytes, resolve: resolveCall as (value: unknown) => void, reject })
      sendNext()
    }),
    counts: () => ({ ...counted }),
    close,
  }
}

const parse = (text: string): JsonValue => JSON.parse(text) as JsonValue
const toRow = (row: ClassRowText): ClassRow => ({ ...row, body: parse(row.body), open: row.closedAtMs === null })
const toRecord = (record: StoredText): StoredRecord => ({ ...record, body: parse(record.body) })
const toRecording = (recording: RecordingText): NewRecording => ({ ...recording, header: parse(recording.header) })
const toText = ({ round, cluster, author, clientSeq, body }: NewRecord): RecordText =>
  ({ round, cluster, author, clientSeq, body: JSON.stringify(body) })

function sqliteStore(line: Line, unlock: () => void): Store & { counts(): SqliteCounts } {
  let closing: Promise<void> | null = null
  return {
    createClass: async ({ classId, createdAtMs, hostSecretHash, body }) =>
      line.ask<'createClass'>({ name: 'createClass', args: [{ classId, createdAtMs, hostSecretHash, body: JSON.stringify(body) }] }),
    claim: async (classId) => line.ask<'claim'>({ name: 'claim', args: [classId] }),
    openClasses: async () => (await line.ask<'openClasses'>({ name: 'openClasses', args: [] })).map(toRow),
    async readClass(classId) {
      const row = await line.ask<'readClass'>({ name: 'readClass', args: [classId] })
      return row === null ? null : toRow(row)
    },
    async updateBody(classId, ownerEpoch, body) {
      const text = JSON.stringify(body)
      await line.ask<'updateBody'>({ name: 'updateBody', args: [classId, ownerEpoch, text] }, text.length)
    },
    closeClass: async (classId, ownerEpoch, atMs) => line.ask<'closeClass'>({ name: 'closeClass', args: [classId, ownerEpoch, atMs] }),
    deleteClass: async (classId, ownerEpoch) => line.ask<'deleteClass'>({ name: 'deleteClass', args: [classId, ownerEpoch] }),
    async append(classId, ownerEpoch, firstSeq, records) {
      const texts = records.map(toText)
      const bytes = texts.reduce((sum, { body }) => sum + body.length, 0)
      return line.ask<'append'>({ name: 'append', args: [classId, ownerEpoch, firstSeq, texts] }, bytes)
    },
    read: async (classId, filter = {}) => (await line.ask<'read'>({ name: 'read', args: [classId, filter] })).map(toRecord),
    lastSeq: async (classId) => line.ask<'lastSeq'>({ name: 'lastSeq', args: [classId] }),
    async createRecording({ recordingId, classId, round, cluster, header }, ownerEpoch) {
      const text = JSON.stringify(header)
      await line.ask<'createRecording'>({ name: 'createRecording', args: [{ recordingId, classId, round, cluster, header: text }, ownerEpoch] }, text.length)
    },
    async readRecording(recordingId) {
      const whole = await line.ask<'readRecording'>({ name: 'readRecording', args: [recordingId] })
      return whole === null ? null : { ...whole, header: parse(whole.header), records: whole.records.map(toRecord) }
    },
    listRecordings: async (classId) => (await line.ask<'listRecordings'>({ name: 'listRecordings', args: [classId] })).map(toRecording),
    saveFacts: async (recordingId, facts) => line.ask<'saveFacts'>({ name: 'saveFacts', args: [recordingId, facts] }, facts.byteLength),
    counts: () => line.counts(),
    close: () => (closing ??= line.close().then(unlock)),
  }
}
