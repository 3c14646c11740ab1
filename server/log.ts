import { StoreError } from './store/types.ts'
import type { NewRecord, Store, StoredRecord } from './store/types.ts'

/** Why nothing was stored, in a sentence for a page. The class may go on. */
export class NotStored extends Error {
  override name = 'NotStored'
}

export interface LogEvents {
  /** The disk does not answer as it should: stand still until `recovered`. */
  failed(why: string): void
  recovered(): void
  /** The class is not ours any more, or is gone: stop serving it. */
  lost(why: string): void
}

interface Waiting { readonly records: readonly NewRecord[]; resolve(): void; reject(error: NotStored): void }

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Between two questions whether the disk works again, in ms. */
const RETRY_MS = 500
/** Appends of one class that may wait; one more is refused at once. */
const WAITING_MAX = 1_024

/**
 * The log of one class, in order. One write is out at a time and what arrives meanwhile is the next one, so a refused
 * write leaves no gap behind it. After a failure of the disk nobody knows whether that write is stored: the log asks until
 * it is told, and only then says yes or no.
 */
export class ClassLog {
  readonly #store: Store
  readonly #classId: string
  readonly #ownerEpoch: number
  readonly #events: LogEvents
  /** What each author has sent that is stored or on its way: a second one is not applied. */
  readonly #sent = new Map<string, Map<number, Promise<void>>>()
  #lastSeq: number
  #waiting: Waiting[] = []
  #writing: Promise<void> | null = null
  #closed = false

  constructor(store: Store, classId: string, ownerEpoch: number, stored: readonly StoredRecord[], events: LogEvents) {
    this.#store = store
    this.#classId = classId
    this.#ownerEpoch = ownerEpoch
    this.#events = events
    this.#lastSeq = stored.at(-1)?.seq ?? 0
    for (const record of stored) this.#note(record, Promise.resolve())
  }

  /** What became of an author's input `seq`, if it was sent before; else undefined. */
  sent(author: string, seq: number): Promise<void> | undefined {
    return this.#sent.get(author)?.get(seq)
  }

  /** The next number that this author has not used. */
  nextSeq(author: string): number {
    let last = 0
    for (const seq of this.#sent.get(author)?.keys() ?? []) if (seq > last) last = seq
    return last + 1
  }

  /** Resolves when all of the records are on disk; rejects with `NotStored` when none of them is or will be. */
  append(records: readonly NewRecord[]): Promise<void> {
    if (this.#closed) return Promise.reject(new NotStored('This class is not served here any more.'))
    if (this.#waiting.length >= WAITING_MAX) return Promise.reject(new NotStored('Too much is waiting for the disk. Try again in a moment.'))
    const done = new Promise<void>((resolve, reject) => { this.#waiting.push({ records, resolve, reject }) })
    for (const record of records) this.#note(record, done)
    // Whoever appends looks at the outcome; this keeps a refusal from counting as unhandled where it is looked at later.
    done.catch(() => { for (const record of records) this.#forget(record) })
    this.#writing ??= this.#write()
    return done
  }

  /** Lets what waits be written, then takes nothing more. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#writing
  }

  #note({ author, clientSeq }: NewRecord, done: Promise<void>): void {
    if (author === null || clientSeq === null) return
    const known = this.#sent.get(author) ?? new Map<number, Promise<void>>()
    known.set(clientSeq, done)
    this.#sent.set(author, known)
  }

  #forget({ author, clientSeq }: NewRecord): void {
    if (author !== null && clientSeq !== null) this.#sent.get(author)?.delete(clientSeq)
  }

  async #write(): Promise<void> {
    // Everything asked for in this turn of the event loop goes into one write.
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      const group = this.#waiting
      this.#waiting = []
      const records = group.flatMap((one) => one.records)
      const refusal = await this.#storeAll(records)
      if (refusal === null) {
        this.#lastSeq += records.length
        for (const one of group) one.resolve()
      } else for (const one of group) one.reject(new NotStored(refusal))
    }
    this.#writing = null
  }

  /** Stores all or none; null when stored, else why not. */
  async #storeAll(records: readonly NewRecord[]): Promise<string | null> {
    if (records.length === 0) return null
    try {
      await this.#store.append(this.#classId, this.#ownerEpoch, this.#lastSeq + 1, records)
      return null
    } catch (error) {
      const code = error instanceof StoreError ? error.code : null
      if (code === 'overloaded') return 'The server has too much to write. Try again in a moment.'
      return code === 'storage-failed' ? this.#settle(records.length, reasonOf(error)) : this.#lose(reasonOf(error))
    }
  }

  #lose(why: string): string {
    this.#closed = true
    this.#events.lost(why)
    return 'This class is not served here any more.'
  }

  /** After a failure: asks until the store says whether the write is there. */
  async #settle(count: number, why: string): Promise<string | null> {
    this.#events.failed(why)
    for (;;) {
      try {
        const last = await this.#store.lastSeq(this.#classId)
        this.#events.recovered()
        return last >= this.#lastSeq + count ? null : 'The server could not write this down, so it was not done. Try again.'
      } catch (error) {
        const passing = error instanceof StoreError && (error.code === 'storage-failed' || error.code === 'overloaded')
        if (!passing || this.#closed) return this.#lose(reasonOf(error))
      }
      await new Promise((wake) => { setTimeout(wake, RETRY_MS) })
    }
  }
}
