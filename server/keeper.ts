import type { Change, ClassRecord } from '../shared/session.ts'
import { StoreError } from './store/types.ts'
import type { Store } from './store/types.ts'

export type Kept = { ok: true; record: ClassRecord } | { ok: false; reason: string }

/**
 * The record of a class as it is on disk. Changes go through one by one: each is reckoned from the record before it, stored, and
 * only then the record that everybody sees. So nothing is shown that a restart would not know.
 */
export class RecordKeeper {
  readonly #store: Store
  readonly #classId: string
  readonly #ownerEpoch: number
  readonly #lost: (why: string) => void
  #record: ClassRecord
  #last: Promise<unknown> = Promise.resolve()

  constructor(store: Store, classId: string, ownerEpoch: number, record: ClassRecord, lost: (why: string) => void) {
    this.#store = store
    this.#classId = classId
    this.#ownerEpoch = ownerEpoch
    this.#record = record
    this.#lost = lost
  }

  get record(): ClassRecord { return this.#record }

  /** `also` runs after the record is stored and before the next change; its failure is the caller's. */
  change(reckon: (record: ClassRecord) => Change, also: (record: ClassRecord) => Promise<void> | void = () => {}): Promise<Kept> {
    const turn = this.#last.then(() => this.#one(reckon, also))
    this.#last = turn.catch(() => {})
    return turn
  }

  /** When every change asked for is through. */
  async settled(): Promise<void> {
    await this.#last
  }

  async #one(reckon: (record: ClassRecord) => Change, also: (record: ClassRecord) => Promise<void> | void): Promise<Kept> {
    const change = reckon(this.#record)
    if (!change.ok || change.record === this.#record) return change
    try {
      await this.#store.updateBody(this.#classId, this.#ownerEpoch, change.record)
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      if (error.code !== 'overloaded' && error.code !== 'storage-failed') this.#lost(error.message)
      // A failed write may be on disk all the same. The next one that succeeds replaces it, so what counts is what was said: no.
      return { ok: false, reason: 'The server could not write this down, so it was not done. Try again.' }
    }
    this.#record = change.record
    await also(change.record)
    return change
  }
}
