import { randomInt } from 'node:crypto'
import { cleanName, proposeName } from '../shared/names.ts'
import { scenarios } from '../shared/scenarios/index.ts'
import { debrief, freeSeat, joinClass, seatOf, takeSeat } from '../shared/session.ts'
import type { ClassRecord, Student } from '../shared/session.ts'
import { CLOSED, REFUSED, STUDENTS_MAX } from '../shared/wire/messages.ts'
import type { JoinOptions, ToClient } from '../shared/wire/messages.ts'
import type { FromPage } from '../shared/wire/parse.ts'
import { fits, hashOf, idOf, newSeatToken } from './codes.ts'
import { createRecordings, runCommand } from './commands.ts'
import { RecordKeeper } from './keeper.ts'
import { ClassLog, NotStored } from './log.ts'
import type { Page } from './page.ts'
import { Round } from './round.ts'
import type { Logged, RoundPorts } from './round.ts'
import type { Store, StoredRecord } from './store/types.ts'

/** Who a page belongs to, once it has joined. */
export type Who = { role: 'host' } | { role: 'student'; id: string }
export type Admission = { ok: true; who: Who | { role: 'newcomer'; name: string } } | { ok: false; code: number; reason: string }

/** A join that is refused: `code` is one of `REFUSED`, the message a sentence for the page. */
export class JoinRefused extends Error {
  override name = 'JoinRefused'
  readonly code: number
  constructor(code: number, reason: string) {
    super(reason)
    this.code = code
  }
}

export interface ClassParts {
  store: Store
  classId: string
  ownerEpoch: number
  hostSecretHash: string
  record: ClassRecord
  /** Its log as stored. */
  stored: readonly StoredRecord[]
  now(): number
  /** A student who is gone gives way to the bot after so long, in wall ms. */
  dropMs: number
}

/** What the room around it does. */
export interface ClassEvents {
  /** The lobby shows something else now. */
  changed(): void
  /** The class has ended, or is another server's: let its room go. */
  gone(): void
}

/** One class: who is here, what the instructor asks for, and the round that is being played. It knows pages, not sockets. */
export class ClassSession {
  readonly id: string
  readonly keeper: RecordKeeper
  readonly log: ClassLog
  readonly store: Store
  readonly ownerEpoch: number
  round: Round | null = null
  events: ClassEvents = { changed() {}, gone() {} }
  readonly #parts: ClassParts
  readonly #students = new Map<string, Page>()
  readonly #dropping = new Map<string, NodeJS.Timeout>()
  #host: Page | null = null
  /** The highest number of a command that came, done or under way: another tab counts on from there. */
  #hostSeq = 0
  /** What the instructor is told when they come. */
  #news: ToClient['notice'][] = []
  #ended = false

  constructor(parts: ClassParts) {
    this.#parts = parts
    this.id = parts.classId
    this.store = parts.store
    this.ownerEpoch = parts.ownerEpoch
    this.keeper = new RecordKeeper(parts.store, parts.classId, parts.ownerEpoch, parts.record, (why) => this.#lose(why))
    this.log = new ClassLog(parts.store, parts.classId, parts.ownerEpoch, parts.stored, {
      failed: (why) => this.#diskFailed(why),
      recovered: () => this.tellHost({ text: 'The disk works again. Resume when you are ready.', kind: 'info' }),
      lost: (why) => this.#lose(why),
    })
  }

  get record(): ClassRecord { return this.keeper.record }
  get here(): ReadonlySet<string> { return new Set(this.#students.keys()) }
  get isEmpty(): boolean { return this.#host === null && this.#students.size === 0 }

  // Coming and going.

  /** Whether somebody may come in, without changing anything. */
  admits(options: JoinOptions): Admission {
    const { record } = this
    if (record.phase === 'closed') return { ok: false, code: REFUSED.ended, reason: 'This class has ended.' }
    if (options.role === 'host') {
      return fits(options.secret, this.#parts.hostSecretHash) ? { ok: true, who: { role: 'host' } }
        : { ok: false, code: REFUSED.badSecret, reason: 'This is not the instructor\'s key of this class.' }
    }
    if (options.token !== undefined) {
      const student = this.#studentOf(options.token)
      if (student === null) return { ok: false, code: REFUSED.badToken, reason: 'Your seat is not known here any more. Join again with your name.' }
      return { ok: true, who: { role: 'student', id: student.id } }
    }
    const raw = options.name.trim() === '' ? proposeName(randomInt(2 ** 32)) : options.name
    const name = cleanName(raw)
    if (!name.ok) return { ok: false, code: REFUSED.malformed, reason: name.reason }
    const noSeat = record.clusters.length > 0 && record.phase !== 'debrief' && freeSeat(record) === null
    if (record.students.length >= STUDENTS_MAX || noSeat) return { ok: false, code: REFUSED.full, reason: 'This class is full: every seat has its student.' }
    return { ok: true, who: { role: 'newcomer', name: name.name } }
  }

  #studentOf(token: string): Student | null {
    const student = this.record.students.find((one) => one.id === idOf(token))
    return student !== undefined && fits(token, student.tokenHash) ? student : null
  }

  /** Lets somebody in and tells them where they are. Throws `JoinRefused`. */
  async join(options: JoinOptions, page: Page): Promise<Who> {
    const admission = this.admits(options)
    if (!admission.ok) throw new JoinRefused(admission.code, admission.reason)
    const { who } = admission
    if (who.role === 'host') this.#seatHost(page)
    else if (who.role === 'student') await this.#seatStudent(who.id, page, options.role === 'student' ? options.token ?? '' : '')
    else return this.#seatNewcomer(who.name, page)
    return who
  }

  #seatHost(page: Page): void {
    const before = this.#host
    this.#host = page
    evict(before, 'You opened this class in another tab. That one is in charge now.')
    const nextSeq = Math.max(this.log.nextSeq('host'), ...this.record.applied.map((seq) => seq + 1), this.#hostSeq + 1)
    page.send('hostWelcome', { nextSeq, title: this.record.title })
    for (const one of this.#news.splice(0)) page.send('notice', one)
    this.round?.showCockpit(page)
    this.#tellRecordings()
  }

  async #seatNewcomer(name: string, page: Page): Promise<Who> {
    const { id, token } = newSeatToken()
    const kept = await this.keeper.change((record) => joinClass(record, id, name, hashOf(token)))
    if (!kept.ok) {
      // Somebody else may have had the last seat meanwhile; if not, it was the disk.
      const now = this.admits({ role: 'student', name })
      throw new JoinRefused(now.ok ? REFUSED.unavailable : now.code, kept.reason)
    }
    await this.#seatStudent(id, page, token)
    return { role: 'student', id }
  }

  async #seatStudent(id: string, page: Page, token: string): Promise<void> {
    if (seatOf(this.record, id) === null && this.record.clusters.length > 0) await this.keeper.change((record) => takeSeat(record, id))
    const before = this.#students.get(id) ?? null
    this.#students.set(id, page)
    evict(before, 'You opened your seat in another tab. That one has it now.')
    clearTimeout(this.#dropping.get(id))
    this.#dropping.delete(id)
    page.send('welcome', { token, student: id, nextSeq: this.log.nextSeq(authorOf(id)) })
    this.showStudent(id)
    this.#tellRecordings()
    this.events.changed()
    await this.#handToStudent(id)
  }

  async #handToStudent(id: string): Promise<void> {
    const at = seatOf(this.record, id)
    if (at === null || this.record.phase !== 'round' || this.round?.playedBy(at.cluster, at.seat) !== 'bot') return
    // Refused by a busy disk: the bot plays on, and the page is told with its next action.
    await this.round.hand(at.cluster, at.seat, 'student').catch(ignoreNotStored)
  }

  /** A page is gone. If a newer one has its place, nothing happens. */
  leave(who: Who, page: Page): void {
    if (who.role === 'host') {
      if (this.#host !== page) return
      this.#host = null
      this.round?.showCockpit(null)
      return
    }
    if (this.#students.get(who.id) !== page) return
    this.#students.delete(who.id)
    const at = seatOf(this.record, who.id)
    if (at !== null) this.round?.leaveSeat(at.cluster, at.seat)
    this.expect(who.id)
    this.events.changed()
  }

  /** Waits for a student who plays a seat and is not here; then the bot plays. */
  expect(id: string): void {
    if (this.record.phase !== 'round' || this.#dropping.has(id) || this.#ended) return
    this.#dropping.set(id, setTimeout(() => {
      this.#dropping.delete(id)
      const at = seatOf(this.record, id)
      if (at === null || this.#students.has(id) || this.record.phase !== 'round' || this.round?.playedBy(at.cluster, at.seat) !== 'student') return
      this.round.hand(at.cluster, at.seat, 'bot').catch((error: unknown) => {
        if (error instanceof NotStored) this.expect(id)
        else this.broke('A seat', error)
      })
    }, this.#parts.dropMs))
  }

  /** Ends a student's line, whose seat is not theirs any more. */
  dismiss(id: string): void {
    const page = this.#students.get(id)
    this.#students.delete(id)
    clearTimeout(this.#dropping.get(id))
    this.#dropping.delete(id)
    page?.close(CLOSED.removed, 'The instructor took you off the list of this class.')
    this.events.changed()
  }

  // What pages say.

  async receive(who: Who, page: Page, message: FromPage): Promise<void> {
    switch (message.type) {
      case 'ping': page.send('pong', { n: message.body.n }); return
      case 'resync':
        if (who.role === 'host') this.round?.showCockpit(page)
        else this.showStudent(who.id)
        return
      case 'act': {
        const { seq, action } = message.body
        if (who.role !== 'student') return page.send('nack', { seq, reason: 'Only a student has a node to act on.' })
        return answer(page, seq, () => this.#act(who.id, seq, action))
      }
      case 'command': {
        const { seq, command } = message.body
        if (who.role !== 'host') return page.send('nack', { seq, reason: 'Only the instructor can do this.' })
        return answer(page, seq, () => this.#command(seq, () => runCommand(this, seq, command)))
      }
    }
  }

  async #act(id: string, seq: number, action: Extract<FromPage, { type: 'act' }>['body']['action']): Promise<string | null> {
    const author = authorOf(id)
    const before = this.log.sent(author, seq)
    if (before !== undefined) return before.then(() => null)
    const at = seatOf(this.record, id)
    if (this.round === null || this.record.phase !== 'round' || at === null) return 'No round is being played.'
    if (!this.round.running) return 'The instructor has paused the round.'
    return this.round.act(at.cluster, at.seat, action, { author, seq })
  }

  async #command(seq: number, run: () => Promise<string | null>): Promise<string | null> {
    this.#hostSeq = Math.max(this.#hostSeq, seq)
    const before = this.log.sent('host', seq)
    if (before !== undefined) return before.then(() => null)
    return this.record.applied.includes(seq) ? null : run()
  }

  // What pages are told.

  /** Tells a student's page what their node knows, if there is a round. */
  showStudent(id: string): void {
    const page = this.#students.get(id)
    const at = seatOf(this.record, id)
    if (page !== undefined && at !== null && this.record.phase === 'round') this.round?.showSeat(at.cluster, at.seat, page)
  }

  tellHost(notice: ToClient['notice']): void {
    if (this.#host === null) this.#news = [...this.#news, notice].slice(-5)
    else this.#host.send('notice', notice)
  }

  /** After a round: where to watch it. A student is told of their own cluster alone. */
  #tellRecordings(): void {
    const { phase, playing } = this.record
    if (phase !== 'debrief' || playing === null) return
    const all = playing.clusters.map(({ name, recordingId }, cluster) => ({ cluster, name, id: recordingId }))
    this.#host?.send('recordings', { round: playing.round, recordings: all })
    for (const [id, page] of this.#students) {
      const at = seatOf(this.record, id)
      page.send('recordings', { round: playing.round, recordings: all.filter((one) => one.cluster === at?.cluster) })
    }
  }

  // Rounds.

  /** Takes up a round, new or from the log; paused. */
  takeUp(logged: readonly Logged[]): Round {
    const { playing } = this.record
    const setUp = playing?.setUp ?? this.record.setUp
    const ports: RoundPorts = {
      log: this.log,
      now: () => this.#parts.now(),
      pageAt: (cluster, seat) => {
        const student = this.record.clusters[cluster]?.seats[seat] ?? null
        return student === null ? null : this.#students.get(student) ?? null
      },
      changed: () => this.events.changed(),
      over: () => { this.#roundOver().catch((error: unknown) => this.broke('The round', error)) },
      broke: (cluster, error) => this.broke(`Cluster ${cluster}`, error),
    }
    this.round?.dispose()
    this.round = new Round(logged, scenarios[setUp.scenario]?.speed(setUp.level) ?? 1, playing?.chaos ?? false, ports)
    this.round.showCockpit(this.#host)
    for (const id of this.#students.keys()) this.showStudent(id)
    return this.round
  }

  /** Lets go of a round that cannot be played. */
  dropRound(): void {
    this.round?.dispose()
    this.round = null
  }

  async #roundOver(): Promise<void> {
    for (const timer of this.#dropping.values()) clearTimeout(timer)
    this.#dropping.clear()
    await createRecordings(this, this.record.playing)
    await this.keeper.change(debrief)
    this.#tellRecordings()
    this.events.changed()
  }

  // When things go wrong.

  /** Our own mistake: the round stands still and the instructor is told; the other classes never notice. */
  broke(what: string, error: unknown): void {
    process.stderr.write(`Class ${this.id}: ${what} failed: ${error instanceof Error ? error.stack : String(error)}\n`)
    this.round?.freeze()
    this.tellHost({ text: `${what} failed because of a mistake in Netsplit. The round stands still; end it to go on.`, kind: 'warning' })
  }

  #diskFailed(why: string): void {
    process.stderr.write(`Class ${this.id}: ${why}\n`)
    this.round?.freeze()
    const text = 'The server cannot write to its disk. The round stands still; what was confirmed is kept.'
    this.#host?.send('notice', { text, kind: 'warning' })
    for (const page of this.#students.values()) page.send('notice', { text, kind: 'warning' })
  }

  #lose(why: string): void {
    if (this.#ended) return
    process.stderr.write(`Class ${this.id} is not served here any more: ${why}\n`)
    this.round?.dispose()
    this.events.gone()
  }

  /** Sends everybody home: the class is over for good. */
  sendHome(): void {
    for (const page of [this.#host, ...this.#students.values()]) page?.close(CLOSED.ended, 'This class has ended.')
    this.events.gone()
  }

  /** Lets go of timers, and lets what waits for the disk be written. */
  async dispose(): Promise<void> {
    this.#ended = true
    this.round?.dispose()
    for (const timer of this.#dropping.values()) clearTimeout(timer)
    this.#dropping.clear()
    await this.keeper.settled()
    await this.log.close()
  }
}

/** The author of a student's inputs in the log: the same in whichever seat. */
export function authorOf(student: string): string {
  return `student:${student}`
}

function evict(page: Page | null, reason: string): void {
  page?.send('notice', { text: reason, kind: 'warning' })
  page?.close(CLOSED.replaced, reason)
}

/** Does what was asked and answers: done, or a sentence that says why not. */
async function answer(page: Page, seq: number, work: () => Promise<string | null>): Promise<void> {
  let reason: string | null
  try {
    reason = await work()
  } catch (error) {
    if (!(error instanceof NotStored)) {
      page.send('nack', { seq, reason: 'Netsplit made a mistake, and cannot say whether this was done. Look before you try again.' })
      throw error
    }
    reason = error.message
  }
  if (reason === null) page.send('ack', { seq })
  else page.send('nack', { seq, reason })
}

function ignoreNotStored(error: unknown): void {
  if (!(error instanceof NotStored)) throw error
}
