import { Room, ServerError } from '@colyseus/core'
import type { Client } from '@colyseus/core'
import { CLOSED, REFUSED } from '../shared/wire/messages.ts'
import type { ToClient } from '../shared/wire/messages.ts'
import { Lobby } from '../shared/wire/lobby.ts'
import { parseJoin, parseMessage, seqOf } from '../shared/wire/parse.ts'
import type { ClassSession } from './class-session.ts'
import { JoinRefused } from './door.ts'
import type { Who } from './door.ts'
import { Bucket } from './gate.ts'
import { isPageFrame } from './line.ts'
import { writeLobby } from './lobby.ts'
import type { Page } from './page.ts'

/** Messages of one page: so many at once, and so many a second after that. A quick hand clicks five times a second. */
const MESSAGES_AT_ONCE = 60
const MESSAGES_PER_SECOND = 20
/** Messages that were too many before the line is closed. */
const EXCESS_MAX = 200
/** What a page may leave unread before it is let go: it comes back and is told everything anew. */
const UNREAD_BYTES_MAX = 16 * 1024 * 1024
/** Lets a page try again, as after a broken line. */
const CODE_COME_BACK = 4010

interface Joined { page: Page; who: Who; bucket: Bucket; excess: number }

/** The Colyseus room of one class: sockets in, pages out. What it does it is told by its `ClassSession`. */
export class ClassRoom extends Room<{ state: Lobby }> {
  override state = new Lobby()
  override autoDispose = false
  /** No tick: what everybody may know is sent when it changes, before the answer to what changed it. */
  override patchRate: number | null = null
  #session: ClassSession | null = null
  readonly #joined = new Map<string, Joined>()

  constructor() {
    super()
    // Colyseus binds this when a page joins: what is no frame of ours ends the line before anything reads it.
    const read: (client: Client, bytes: unknown) => void = this['_onMessage'].bind(this)
    this['_onMessage'] = (client: Client, bytes: unknown) => {
      if (isPageFrame(bytes)) read(client, bytes)
      else client.leave(CLOSED.flood, 'Your page sent something that is no message. Reload it to go on.')
    }
  }

  override onCreate(options: { session: ClassSession }): void {
    const { session } = options
    this.#session = session
    this.roomId = session.id
    this.autoDispose = false
    session.events = {
      changed: () => this.#guard('The lobby', () => { writeLobby(this.state, session); this.broadcastPatch() }),
      // Whom the class sent home is gone already; whoever is left may look for it elsewhere.
      gone: () => { this.disconnect(CODE_COME_BACK).catch((error: unknown) => session.broke('The room', error)) },
    }
    writeLobby(this.state, session)
    this.onMessage('*', (client, type, body) => this.#receive(client, type, body))
  }

  override async onJoin(client: Client, options: unknown): Promise<void> {
    const session = this.#session
    const join = parseJoin(options)
    if (!join.ok) throw new ServerError(REFUSED.malformed, join.reason)
    if (session === null) throw new ServerError(REFUSED.noClass, 'This code has no class.')
    const page = pageOf(client)
    try {
      const who = await session.join(join.value, page)
      const now = performance.now()
      this.#joined.set(client.sessionId, { page, who, bucket: new Bucket(MESSAGES_AT_ONCE, MESSAGES_PER_SECOND, now), excess: 0 })
    } catch (error) {
      throw error instanceof JoinRefused ? new ServerError(error.code, error.message) : error
    }
  }

  override onLeave(client: Client): void {
    const joined = this.#joined.get(client.sessionId)
    this.#joined.delete(client.sessionId)
    if (joined !== undefined) this.#session?.leave(joined.who, joined.page)
  }

  override async onDispose(): Promise<void> {
    await this.#session?.dispose()
  }

  /** Without this, one handler that throws would end the process, and every class with it. */
  override onUncaughtException(error: Error, method: string): void {
    if (!(error.cause instanceof ServerError)) this.#session?.broke(method, error)
  }

  #receive(client: Client, type: unknown, body: unknown): void {
    const joined = this.#joined.get(client.sessionId)
    const session = this.#session
    if (joined === undefined || session === null) return
    const { page, who, bucket } = joined
    if (!bucket.take(performance.now())) {
      joined.excess++
      if (joined.excess > EXCESS_MAX) page.close(CLOSED.flood, 'Your page sent too many messages. Reload it to go on.')
      else page.send('nack', { seq: seqOf(body), reason: 'Too many messages at once. Slow down.' })
      return
    }
    const message = parseMessage(type, body)
    if (!message.ok) return page.send('nack', { seq: seqOf(body), reason: message.reason })
    session.receive(who, page, message.value).catch((error: unknown) => session.broke('A message', error))
  }

  #guard(what: string, work: () => void): void {
    try { work() } catch (error) { this.#session?.broke(what, error) }
  }
}

function pageOf(client: Client): Page {
  return {
    send<K extends keyof ToClient>(type: K, body: ToClient[K]): void {
      const { ref } = client
      const unread: unknown = typeof ref === 'object' && ref !== null && 'bufferedAmount' in ref ? ref.bufferedAmount : 0
      if (typeof unread === 'number' && unread > UNREAD_BYTES_MAX) client.leave(CODE_COME_BACK, 'Your network is too slow for this page.')
      else client.send(type, body)
    },
    close: (code, reason) => client.leave(code, reason),
  }
}
