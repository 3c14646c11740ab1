import type { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import type { Call, Calls, FromWorker, Outcome, ToWorker, WorkerOptions } from './calls.ts'
import { refusals } from './refusals.ts'
import { openDatabase } from './schema.ts'
import { sqlCalls } from './sql.ts'
import { StoreError } from './types.ts'

/**
 * The thread that owns the database file. It takes one group of calls at a time and runs it in one transaction, so that
 * a group costs one wait for the disk. Each call has a savepoint: a refused one leaves the others alone.
 */
interface Open { readonly db: DatabaseSync; readonly calls: Calls }

/** SQLite's results that concern one call's values and leave the transaction whole: TOOBIG, CONSTRAINT, MISMATCH, RANGE. */
const ONE_CALL_CODES: ReadonlySet<number> = new Set([18, 19, 20, 25])
const SQLITE_BUSY = 5

const options = workerData as WorkerOptions // set by sqlite.ts, the only one that starts this file
let open: Open | null = null

function sqliteCode(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : null
}

function failure(error: unknown): Outcome {
  if (error instanceof StoreError) return { ok: false, code: error.code, message: error.message, expectedSeq: error.expectedSeq }
  const message = error instanceof Error ? error.message : String(error)
  if (sqliteCode(error) === SQLITE_BUSY) {
    return { ok: false, code: 'in-use', message: `The data file ${options.file} is in use by another process.`, expectedSeq: null }
  }
  const { code, message: sentence } = refusals.storageFailed(`${message} (${options.file})`)
  return { ok: false, code, message: sentence, expectedSeq: null }
}

/** A mistake in one call's values (a wrong type, say), not the disk's: it fails that call alone. */
function concernsOneCall(error: unknown): boolean {
  const code = sqliteCode(error)
  return error instanceof StoreError || (code === null ? error instanceof TypeError || error instanceof RangeError : ONE_CALL_CODES.has(code))
}

function opened(): Open {
  if (open !== null) return open
  const db = openDatabase(options.file, options.databaseBytesMax)
  return (open = { db, calls: sqlCalls(db) })
}

/** After a failed write SQLite's memory of the file is not to be trusted: the next group opens it anew and recovers. */
function letGo(): void {
  const db = open?.db
  open = null
  try {
    db?.close()
  } catch {
    // It failed already, and whoever waited hears of that first failure.
  }
}

const invoke = (calls: Calls, { name, args }: Call): unknown => (calls[name] as (...values: readonly unknown[]) => unknown)(...args)

function runOne({ db, calls }: Open, call: Call): Outcome {
  db.exec('SAVEPOINT one_call')
  try {
    const value = invoke(calls, call)
    db.exec('RELEASE one_call')
    return { ok: true, value }
  } catch (error) {
    if (!concernsOneCall(error) || !db.isTransaction) throw error
    db.exec('ROLLBACK TO one_call; RELEASE one_call')
    return failure(error)
  }
}

/** What was deleted must not live on in the log file. */
function emptyLog(db: DatabaseSync): void {
  try {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  } catch {
    letGo() // The group is durable all the same; opening the file anew does the rest.
  }
}

function runGroup(group: readonly Call[]): readonly Outcome[] {
  try {
    const ready = opened()
    ready.db.exec('BEGIN IMMEDIATE')
    const outcomes = group.map((call) => runOne(ready, call))
    ready.db.exec('COMMIT')
    if (group.some(({ name }) => name === 'deleteClass')) emptyLog(ready.db)
    return outcomes
  } catch (error) {
    letGo()
    return group.map(() => failure(error))
  }
}

parentPort?.on('message', (message: ToWorker) => {
  if (message.kind === 'close') {
    letGo()
    parentPort?.close()
    return
  }
  const answer: FromWorker = { outcomes: runGroup(message.calls) }
  parentPort?.postMessage(answer)
})
