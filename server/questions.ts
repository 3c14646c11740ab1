import { ask, closeQuestion, dismissQuestion } from '../shared/session-asking.ts'
import { seatOf } from '../shared/session.ts'
import type { Commanded, Question } from '../shared/session.ts'
import type { AskedQuestion } from '../shared/wire/messages.ts'
import { change, changeUnseen } from './change.ts'
import type { ClassSession } from './class-session.ts'
import type { Page } from './page.ts'
import type { Asked, Logged } from './round.ts'

/** Instructors see answers come in, at most this often, in wall ms. */
const TALLY_WALL_MS = 500

interface Answer { option: number; confidence: number }
type Viewer = { role: 'host' } | { role: 'wall' } | { role: 'student'; id: string }

/**
 * Freeze and ask: a question on all screens while the world stands still. The question is in the class's record; answers are inputs of
 * the recordings, so that a restart finds them, and the replay shows who foresaw what. Bots do not answer.
 */
export class Questions {
  readonly #session: ClassSession
  /** Answers to the question that is asked, by cluster and seat. */
  readonly #answers = new Map<string, Answer>()
  #telling: NodeJS.Timeout | null = null

  constructor(session: ClassSession) {
    this.#session = session
  }

  /** Freezes the round and opens a question. */
  async ask(by: Commanded, text: string, options: readonly string[]): Promise<string | null> {
    const session = this.#session
    const { round, record } = session
    const n = (record.questions ?? 0) + 1
    const wrong = ask(record, { n, text, options })
    if (!wrong.ok) return wrong.reason
    // Unsigned: were it noted as done here, a kill before the question is kept would lose the question.
    if (round !== null && round.running) await round.pause(null)
    const refusal = await change(session, by, (before) => ask(before, { n: (before.questions ?? 0) + 1, text, options }), () => { this.#answers.clear() })
    if (refusal === null) this.tellAll()
    return refusal
  }

  /** Ends the asking: from now on everybody sees the tally. */
  async close(by: Commanded): Promise<string | null> {
    return this.#changed(await changeUnseen(this.#session, by, closeQuestion))
  }

  async dismiss(by: Commanded): Promise<string | null> {
    return this.#changed(await changeUnseen(this.#session, by, dismissQuestion))
  }

  /** Takes the question off, if there is one, since the world goes on. */
  async clear(): Promise<void> {
    if (this.#session.record.question === undefined) return
    const kept = await this.#session.keeper.change(dismissQuestion)
    if (kept.ok) this.tellAll()
  }

  #changed(refusal: string | null): string | null {
    if (refusal === null) this.tellAll()
    return refusal
  }

  /** A student's answer, which replaces the one before. Null when it is on disk, else a sentence that says why it does not count. */
  async answer(id: string, asked: NonNullable<Asked>, given: { question: number; option: number; confidence: number }): Promise<string | null> {
    const session = this.#session, before = session.log.sent(asked.author, asked.seq)
    if (before !== undefined) return before.then(() => null)
    const { question } = session.record, at = seatOf(session.record, id)
    const cluster = session.round?.clusters[at?.cluster ?? -1]
    if (question === undefined || question.n !== given.question || !question.open) return 'This question is closed.'
    const answer = question.options[given.option]
    if (at === null || session.round === null || cluster === undefined || cluster.ended) return 'You have no seat in this round.'
    if (answer === undefined) return 'There is no such answer.'
    await session.round.enter([cluster], (atMs) => ({ kind: 'prediction', atMs, seat: at.seat, n: question.n, question: question.text, answer, confidence: given.confidence }), asked)
    if (session.record.question?.n !== question.n) return null
    this.#answers.set(`${at.cluster}.${at.seat}`, { option: given.option, confidence: given.confidence })
    this.tellStudent(id)
    this.#tellHostsSoon()
    return null
  }

  /** After a restart: the answers that the log holds. */
  recall(logged: readonly Logged[]): void {
    this.#answers.clear()
    const { question } = this.#session.record
    if (question === undefined) return
    for (const [cluster, { entries }] of logged.entries()) {
      for (const entry of entries) {
        if (entry.t !== 'input' || entry.input.kind !== 'prediction' || entry.input.n !== question.n) continue
        const { seat, answer, confidence } = entry.input
        this.#answers.set(`${cluster}.${seat}`, { option: question.options.indexOf(answer), confidence })
      }
    }
  }

  /** The question as somebody may see it; null when nothing is asked. While it is open only instructors see what others think. */
  seenBy(viewer: Viewer): AskedQuestion | null {
    const { question, clusters } = this.#session.record
    if (question === undefined) return null
    const { n, text, options, open } = question, mayCount = viewer.role === 'host' || !open
    const at = viewer.role === 'student' ? seatOf(this.#session.record, viewer.id) : null
    const own = at === null ? null : this.#answers.get(`${at.cluster}.${at.seat}`) ?? null
    const here = clusters.flatMap(({ seats }) => seats).filter((who) => who !== null && this.#session.here.has(who)).length
    return {
      n, text, options, open, tally: mayCount ? this.#tally(question) : null, own,
      // Answers of those who left count too.
      asked: Math.max(here, this.#answers.size), answered: viewer.role === 'student' && open ? (own === null ? 0 : 1) : this.#answers.size,
    }
  }

  #tally({ options }: Question): NonNullable<AskedQuestion['tally']> {
    return options.map((_, option) => {
      const sure = [...this.#answers.values()].filter((one) => one.option === option).map((one) => one.confidence)
      return { count: sure.length, confidence: sure.length === 0 ? null : Math.round(sure.reduce((sum, one) => sum + one, 0) / sure.length) }
    })
  }

  tellAll(): void {
    for (const page of this.#session.attendance.hosts.values()) this.tellHost(page)
    for (const id of this.#session.attendance.students.keys()) this.tellStudent(id)
  }

  tellHost(page: Page): void {
    page.send('question', { question: this.seenBy({ role: 'host' }) })
  }

  tellStudent(id: string): void {
    this.#session.attendance.students.get(id)?.send('question', { question: this.seenBy({ role: 'student', id }) })
  }

  #tellHostsSoon(): void {
    this.#telling ??= setTimeout(() => {
      this.#telling = null
      this.#session.attendance.toHosts('question', { question: this.seenBy({ role: 'host' }) })
    }, TALLY_WALL_MS)
  }

  /** Lets go of the timer. */
  dispose(): void {
    if (this.#telling !== null) clearTimeout(this.#telling)
    this.#telling = null
  }
}
