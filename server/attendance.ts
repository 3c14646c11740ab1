import { CLOSED } from '../shared/wire/messages.ts'
import type { ToClient } from '../shared/wire/messages.ts'
import type { Who } from './door.ts'
import type { Page } from './page.ts'

/** What the instructor is told when they come back; older news is dropped. */
const NEWS_MAX = 5

/** Who is here: a page for each device of an instructor, one for each student. The newest tab has the place. */
export class Attendance {
  readonly #students = new Map<string, Page>()
  readonly #awaited = new Map<string, NodeJS.Timeout>()
  readonly #hosts = new Map<string, Page>()
  #news: ToClient['notice'][] = []

  /** By the names of their devices. */
  get hosts(): ReadonlyMap<string, Page> { return this.#hosts }
  get students(): ReadonlyMap<string, Page> { return this.#students }
  get isEmpty(): boolean { return this.#hosts.size === 0 && this.#students.size === 0 }

  /** Takes the place for this page; the page that had it is told and closed. */
  enter(who: Who, page: Page): void {
    if (who.role === 'host') {
      const before = this.#hosts.get(who.device) ?? null
      this.#hosts.set(who.device, page)
      evict(before, 'You opened this class in another tab. That one is in charge now.')
      return
    }
    const before = this.#students.get(who.id) ?? null
    this.#students.set(who.id, page)
    this.#expectNoMore(who.id)
    evict(before, 'You opened your seat in another tab. That one has it now.')
  }

  /** The page is gone. False when a newer one has its place. */
  leave(who: Who, page: Page): boolean {
    if (who.role === 'host') return this.#hosts.get(who.device) === page && this.#hosts.delete(who.device)
    return this.#students.get(who.id) === page && this.#students.delete(who.id)
  }

  /** Calls `then` unless the student comes back within `ms`. */
  expect(student: string, ms: number, then: () => void): void {
    if (this.#awaited.has(student)) return
    this.#awaited.set(student, setTimeout(() => {
      this.#awaited.delete(student)
      if (!this.#students.has(student)) then()
    }, ms))
  }

  /** Waits for nobody any more. */
  expectNobody(): void {
    for (const student of [...this.#awaited.keys()]) this.#expectNoMore(student)
  }

  #expectNoMore(student: string): void {
    clearTimeout(this.#awaited.get(student))
    this.#awaited.delete(student)
  }

  /** Ends a student's line, whose seat is not theirs any more. */
  dismiss(student: string): void {
    const page = this.#students.get(student)
    this.#students.delete(student)
    this.#expectNoMore(student)
    page?.close(CLOSED.removed, 'The instructor took you off the list of this class.')
  }

  /** Tells the instructors now, or the first who comes. */
  tellHost(notice: ToClient['notice']): void {
    if (this.#hosts.size === 0) this.#news = [...this.#news, notice].slice(-NEWS_MAX)
    else this.toHosts('notice', notice)
  }

  /** Sends to every page of an instructor. */
  toHosts<K extends keyof ToClient>(type: K, body: ToClient[K]): void {
    for (const page of this.#hosts.values()) page.send(type, body)
  }

  /** Tells the instructor what happened while they were away. */
  tellNews(): void {
    const news = this.#news
    this.#news = []
    for (const notice of news) this.tellHost(notice)
  }

  tellStudents(notice: ToClient['notice']): void {
    for (const page of this.#students.values()) page.send('notice', notice)
  }

  sendHome(): void {
    for (const page of [...this.#hosts.values(), ...this.#students.values()]) page.close(CLOSED.ended, 'This class has ended.')
  }
}

function evict(page: Page | null, reason: string): void {
  page?.send('notice', { text: reason, kind: 'warning' })
  page?.close(CLOSED.replaced, reason)
}
