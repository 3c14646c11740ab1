import { matchMaker } from '@colyseus/core'
import { newClass } from '../shared/session.ts'
import { TITLE_LENGTH_MAX } from '../shared/wire/messages.ts'
import type { ClassGlance, OpenedClass } from '../shared/wire/messages.ts'
import { cleanTitle } from '../shared/names.ts'
import { ClassSession } from './class-session.ts'
import { hashOf, keysOf, newCode, newSecret } from './codes.ts'
import { restoreClass } from './restore.ts'
import type { Timing } from './restore.ts'
import { StoreError } from './store/types.ts'
import type { Store } from './store/types.ts'

/** Name of the one kind of room. */
export const ROOM = 'class'
/** Classes that are open at a time on one server. */
const CLASSES_MAX = 200
/** A code that is taken is drawn again; this often in a row happens to nobody. */
const DRAWS_MAX = 20
/** A class that nobody is in and that was opened longer ago than this is over. */
const CLASS_LIFE_MS = 36 * 3_600_000
const SWEEP_MS = 3_600_000

export type Opened = { ok: true; opened: OpenedClass } | { ok: false; status: number; reason: string }

/** All classes that this server serves, by code. */
export class Classes {
  readonly #store: Store
  readonly #timing: Timing
  readonly #open = new Map<string, { session: ClassSession; createdAtMs: number }>()
  #sweeper: NodeJS.Timeout | null = null

  constructor(store: Store, timing: Timing) {
    this.#store = store
    this.#timing = timing
  }

  find(code: string): ClassSession | null {
    return this.#open.get(code)?.session ?? null
  }

  /** Brings back every class that the store has open. One that cannot be brought back keeps none of the others from it. */
  async restoreAll(): Promise<number> {
    for (const row of await this.#store.openClasses()) {
      try {
        const session = await restoreClass(this.#store, row, this.#timing)
        // Killed between the two writes that close a class.
        if (session.record.phase === 'closed') await this.#store.closeClass(row.classId, session.ownerEpoch, Date.now())
        else await this.#serve(session, row.createdAtMs)
      } catch (error) {
        process.stderr.write(`Class ${row.classId} cannot be brought back: ${error instanceof Error ? error.stack : String(error)}\n`)
      }
    }
    await this.#sweep()
    this.#sweeper = setInterval(() => { this.#sweep().catch((error: unknown) => process.stderr.write(`Old classes were not closed: ${String(error)}\n`)) }, SWEEP_MS)
    this.#sweeper.unref()
    return this.#open.size
  }

  async #serve(session: ClassSession, createdAtMs: number): Promise<void> {
    await matchMaker.createRoom(ROOM, { session })
    this.#open.set(session.id, { session, createdAtMs })
    const { gone } = session.events
    session.events.gone = () => {
      this.#open.delete(session.id)
      gone()
    }
  }

  /** Closes what was opened long ago and nobody is in. */
  async #sweep(): Promise<void> {
    for (const { session, createdAtMs } of [...this.#open.values()]) {
      if (!session.isEmpty || Date.now() - createdAtMs < CLASS_LIFE_MS) continue
      await this.#store.closeClass(session.id, session.ownerEpoch, Date.now())
      session.sendHome()
    }
  }

  /** Opens a class and its room. The secret is said once; only its hash is kept. */
  async open(rawTitle: string): Promise<Opened> {
    const title = cleanTitle(rawTitle, TITLE_LENGTH_MAX)
    if (!title.ok) return { ok: false, status: 400, reason: title.reason }
    if (this.#open.size >= CLASSES_MAX) return { ok: false, status: 503, reason: `This server has ${CLASSES_MAX} classes open and takes no more. Close one.` }
    const secret = newSecret()
    const hostSecretHash = hashOf(secret)
    const { co, wall } = keysOf(secret)
    const record = newClass(title.name, { coHash: hashOf(co), wallHash: hashOf(wall) })
    for (let draw = 0; draw < DRAWS_MAX; draw++) {
      const code = newCode()
      const createdAtMs = Date.now()
      try {
        const { ownerEpoch } = await this.#store.createClass({ classId: code, createdAtMs, hostSecretHash, body: record })
        await this.#serve(new ClassSession({ store: this.#store, classId: code, ownerEpoch, hostSecretHash, record, stored: [], ...this.#timing }), createdAtMs)
        return { ok: true, opened: { code, secret } }
      } catch (error) {
        if (!(error instanceof StoreError)) throw error
        if (error.code !== 'class-taken') return { ok: false, status: 503, reason: 'The server cannot write this down at the moment. Try again.' }
      }
    }
    return { ok: false, status: 503, reason: 'No free class code was found. Try again.' }
  }

  /** What the join page shows of a class, open or ended; null for a code without a class. */
  async glance(code: string): Promise<ClassGlance | null> {
    const session = this.find(code)
    if (session !== null) {
      const { record } = session
      const seats = record.clusters.reduce((sum, { seats: one }) => sum + one.length, 0)
      return { code, title: record.title, here: session.here.size, seats, phase: record.phase }
    }
    const row = await this.#store.readClass(code)
    return row === null || row.open ? null : { code, title: '', here: 0, seats: 0, phase: 'closed' }
  }

  dispose(): void {
    if (this.#sweeper !== null) clearInterval(this.#sweeper)
  }
}
