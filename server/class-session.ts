import { scenarios } from '../shared/scenarios/index.ts'
import { appliedMark, debrief, HOST, joinClass, seatOf, takeSeat, yes } from '../shared/session.ts'
import type { ClassRecord, Commanded } from '../shared/session.ts'
import type { PlayedBy } from '../shared/sim/types.ts'
import { REFUSED } from '../shared/wire/messages.ts'
import type { JoinOptions, ToClient } from '../shared/wire/messages.ts'
import type { FromPage } from '../shared/wire/parse.ts'
import { Attendance } from './attendance.ts'
import { hashOf, keysOf, newSeatToken } from './codes.ts'
import { NO_PLAN } from './cluster-plans.ts'
import { createRecordings, runCommand } from './commands.ts'
import { admits, JoinRefused } from './door.ts'
import type { Admission, Who } from './door.ts'
import { RecordKeeper } from './keeper.ts'
import { keepFacts } from './kept-facts.ts'
import { ClassLog, NotStored } from './log.ts'
import type { Page } from './page.ts'
import { ownPlanOf } from './plan-commands.ts'
import { Questions } from './questions.ts'
import { Round } from './round.ts'
import type { Logged, RoundPorts } from './round.ts'
import { Scores } from './scores.ts'
import type { Store, StoredRecord } from './store/types.ts'

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
  readonly attendance = new Attendance()
  readonly questions = new Questions(this)
  readonly scores = new Scores(this)
  /** Students who are here and let a bot play. A restart gives them their seats back. */
  readonly botPlays = new Set<string>()
  readonly #parts: ClassParts
  /** By author, the highest number of a command that came, done or under way: another tab counts on from there. */
  readonly #commanded = new Map<string, number>()
  #ended = false

  constructor(parts: ClassParts) {
    this.#parts = parts
    this.id = parts.classId
    this.store = parts.store
    this.ownerEpoch = parts.ownerEpoch
    this.keeper = new RecordKeeper(parts.store, parts.classId, parts.ownerEpoch, parts.record, (why) => this.#lose(why))
    this.log = new ClassLog(parts.store, parts.classId, parts.ownerEpoch, parts.stored, {
      failed: (why) => this.#diskFailed(why),
      recovered: () => this.tellHost({ text: 'The disk works again. Press Go on when you are ready.', kind: 'info' }),
      lost: (why) => this.#lose(why),
    })
  }

  get record(): ClassRecord { return this.keeper.record }
  get here(): ReadonlySet<string> { return new Set(this.attendance.students.keys()) }
  get hostSecretHash(): string { return this.#parts.hostSecretHash }
  get isEmpty(): boolean { return this.attendance.isEmpty }

  // Coming and going.

  /** Whether somebody may come in, without changing anything. */
  admits(options: JoinOptions): Admission {
    return admits(this.record, this.#parts.hostSecretHash, options)
  }

  /** Lets somebody in and tells them where they are. Throws `JoinRefused`. */
  async join(options: JoinOptions, page: Page): Promise<Who> {
    const admission = this.admits(options)
    if (!admission.ok) throw new JoinRefused(admission.code, admission.reason)
    const { who } = admission
    if (who.role === 'host') await this.#seatHost(who, page, options.role === 'host' ? options.secret : '')
    else if (who.role === 'student') await this.#seatStudent(who.id, page, options.role === 'student' ? options.token ?? '' : '')
    else return this.#seatNewcomer(who.name, page)
    return who
  }

  async #seatHost(who: Extract<Who, { role: 'host' }>, page: Page, secret: string): Promise<void> {
    const links = who.rank === 'host' ? keysOf(secret) : null
    if (links !== null && this.record.keys === undefined) await this.keeper.change((record) => yes({ ...record, keys: { coHash: hashOf(links.co), wallHash: hashOf(links.wall) } }))
    const before = this.attendance.hosts.get(who.device)
    if (before !== undefined) this.round?.leaveCockpit(before)
    this.attendance.enter(who, page)
    page.send('hostWelcome', { nextSeq: this.#nextSeq(hostAuthor(who.device)), title: this.record.title, links })
    this.#tellHostsCount()
    page.send('plan', { plan: this.record.plan ?? null })
    this.attendance.tellNews()
    this.round?.showCockpit(page)
    this.questions.tellHost(page)
    this.#tellRecordings()
  }

  /** The next number of an author: past all that are in the log, in the record, or under way. */
  #nextSeq(author: string): number {
    let next = Math.max(this.log.nextSeq(author), (this.#commanded.get(author) ?? 0) + 1)
    for (const mark of this.record.applied) {
      const seq = typeof mark === 'number' ? (author === HOST ? mark : 0) : mark.startsWith(`${author} `) ? Number(mark.slice(author.length + 1)) : 0
      next = Math.max(next, seq + 1)
    }
    return next
  }

  #tellHostsCount(): void {
    this.attendance.toHosts('hosts', { pages: this.attendance.hosts.size })
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
    // Refused when every seat is taken: then there is none in this round, and the page is told so by hearing of none.
    if (seatOf(this.record, id) === null && this.record.clusters.length > 0) await this.keeper.change((record) => takeSeat(record, id))
    this.attendance.enter({ role: 'student', id }, page)
    page.send('welcome', { token, student: id, nextSeq: this.log.nextSeq(authorOf(id)) })
    this.showStudent(id)
    if (this.record.question !== undefined) this.questions.tellStudent(id)
    this.scores.tellAnew(id)
    this.#tellRecordings()
    this.events.changed()
    if (this.#playedBy(id) === 'bot' && !this.botPlays.has(id)) this.hand(id, 'student')
  }

  /** Who plays a student's seat in the round; null when there is none. */
  #playedBy(id: string): PlayedBy | null {
    const at = seatOf(this.record, id)
    return at === null || this.record.phase !== 'round' || this.round === null ? null : this.round.playedBy(at.cluster, at.seat)
  }

  /** Gives a student's seat to them or to the bot, and looks again when that is written down: they may have come or gone meanwhile. */
  hand(id: string, to: PlayedBy): void {
    const at = seatOf(this.record, id)
    if (at === null || this.round === null) return
    this.round.hand(at.cluster, at.seat, to).then(() => {
      const isHere = this.attendance.students.has(id) && !this.botPlays.has(id)
      if (isHere && to === 'bot') this.hand(id, 'student')
      else if (!isHere && to === 'student') { if (this.botPlays.has(id)) this.hand(id, 'bot'); else this.expect(id) }
    }, (error: unknown) => {
      if (!(error instanceof NotStored)) this.broke('A seat', error)
      // A busy disk: looked at again after a while.
      else if (to === 'bot') this.expect(id)
    })
  }

  /** A page is gone. If a newer one has its place, nothing happens. */
  leave(who: Who, page: Page): void {
    if (!this.attendance.leave(who, page)) return
    if (who.role === 'host') {
      this.round?.leaveCockpit(page)
      return this.#tellHostsCount()
    }
    const at = seatOf(this.record, who.id)
    if (at !== null) this.round?.leaveSeat(at.cluster, at.seat)
    this.expect(who.id)
    this.events.changed()
  }

  /** Waits for a student who is not here; then the bot plays. */
  expect(id: string): void {
    if (this.record.phase !== 'round' || this.#ended) return
    this.attendance.expect(id, this.#parts.dropMs, () => { if (this.#playedBy(id) === 'student') this.hand(id, 'bot') })
  }

  /** Ends a student's line, whose seat is not theirs any more. */
  dismiss(id: string): void {
    this.attendance.dismiss(id)
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
      case 'look': {
        const { cluster, seat } = message.body, snapshot = who.role === 'host' ? this.round?.lookAt(cluster, seat) ?? null : null
        if (snapshot !== null) page.send('looked', { cluster, seat, snapshot })
        return
      }
      case 'answer': {
        const { seq, ...given } = message.body
        if (who.role !== 'student') return page.send('nack', { seq, reason: 'Only students answer.' })
        return answer(page, seq, () => this.questions.answer(who.id, { author: authorOf(who.id), seq }, given))
      }
      case 'command': {
        const { seq, command } = message.body
        if (who.role !== 'host') return page.send('nack', { seq, reason: 'Only the instructor can do this.' })
        if (who.rank === 'co' && command.kind === 'close') return page.send('nack', { seq, reason: 'Only the host can end the class.' })
        const commanded = { author: hostAuthor(who.device), seq }
        return answer(page, seq, () => this.#command(commanded, () => runCommand(this, commanded, command)))
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
    if (this.botPlays.has(id)) return 'A bot plays your node at the moment, as your instructor wished.'
    return this.round.act(at.cluster, at.seat, action, { author, seq })
  }

  async #command(commanded: Commanded, run: () => Promise<string | null>): Promise<string | null> {
    const { author, seq } = commanded
    this.#commanded.set(author, Math.max(this.#commanded.get(author) ?? 0, seq))
    const before = this.log.sent(author, seq)
    if (before !== undefined) return before.then(() => null)
    return this.record.applied.includes(appliedMark(commanded)) ? null : run()
  }

  // What pages are told.

  /** Tells a student's page what their node knows, if there is a round. */
  showStudent(id: string): void {
    const page = this.attendance.students.get(id)
    const at = seatOf(this.record, id)
    if (page !== undefined && at !== null && this.record.phase === 'round') this.round?.showSeat(at.cluster, at.seat, page)
  }

  tellHost(notice: ToClient['notice']): void {
    this.attendance.tellHost(notice)
  }

  /** Tells the instructors' pages which plan the next rounds run. */
  tellPlan(): void {
    this.attendance.toHosts('plan', { plan: this.record.plan ?? null })
  }

  /** After a round: where to watch it. A student is told of their own cluster alone. */
  #tellRecordings(): void {
    const { phase, playing } = this.record
    if (phase !== 'debrief' || playing === null) return
    const all = playing.clusters.map(({ name, recordingId }, cluster) => ({ cluster, name, id: recordingId }))
    this.attendance.toHosts('recordings', { round: playing.round, recordings: all })
    for (const [id, page] of this.attendance.students) {
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
        return student === null ? null : this.attendance.students.get(student) ?? null
      },
      changed: () => {
        this.events.changed()
        this.scores.tellLive(this.#parts.now())
      },
      over: () => { this.#roundOver().catch((error: unknown) => this.broke('The round', error)) },
      broke: (cluster, error) => this.broke(`Cluster ${cluster}`, error),
    }
    this.round?.dispose()
    const scenario = scenarios[setUp.scenario]
    this.round = new Round(logged, scenario?.speed(setUp.level) ?? 1, playing === null ? NO_PLAN : ownPlanOf(playing), ports)
    this.scores.follow(this.round)
    this.questions.recall(logged)
    for (const page of this.attendance.hosts.values()) this.round.showCockpit(page)
    for (const id of this.attendance.students.keys()) this.showStudent(id)
    return this.round
  }

  /** Lets go of a round that cannot be played. */
  dropRound(): void {
    this.round?.dispose()
    this.round = null
  }

  async #roundOver(): Promise<void> {
    this.attendance.expectNobody()
    const wasAsked = this.record.question !== undefined
    await createRecordings(this, this.record.playing)
    await this.keeper.change(debrief)
    if (this.round !== null) await keepFacts(this.store, this.record.playing, this.round.clusters)
    this.botPlays.clear()
    this.#tellRecordings()
    this.scores.tellAll()
    if (wasAsked) this.questions.tellAll()
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
    const notice = { text: 'The server cannot write to its disk. The round stands still; what was confirmed is kept.', kind: 'warning' } as const
    this.attendance.tellHost(notice)
    this.attendance.tellStudents(notice)
  }

  #lose(why: string): void {
    if (this.#ended) return
    process.stderr.write(`Class ${this.id} is not served here any more: ${why}\n`)
    this.round?.dispose()
    this.events.gone()
  }

  /** Sends everybody home: the class is over for good. */
  sendHome(): void {
    this.attendance.sendHome()
    this.events.gone()
  }

  /** Lets go of timers, and lets what waits for the disk be written. */
  async dispose(): Promise<void> {
    this.#ended = true
    this.questions.dispose()
    this.round?.dispose()
    this.attendance.expectNobody()
    await this.keeper.settled()
    await this.log.close()
  }
}

/** The author of a student's inputs in the log: the same in whichever seat. */
export function authorOf(student: string): string {
  return `student:${student}`
}

/** The author of commands from one of an instructor's pages. */
export function hostAuthor(device: string): string {
  return device === '' ? HOST : `${HOST}:${device}`
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
