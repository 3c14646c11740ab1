import type { Lobby } from '../../shared/wire/lobby.ts'
import type { JoinOptions, ToClient, ToServer } from '../../shared/wire/messages.ts'
import { texts } from '../texts/common.ts'

/** One open connection to a room. */
export interface Wire {
  send<K extends keyof ToServer>(type: K, message: ToServer[K]): void
  close(): void
}

/** What a connection tells whoever opened it. After `closed` it says nothing more. */
export interface WireEvents {
  message<K extends keyof ToClient>(type: K, message: ToClient[K]): void
  lobby(state: Lobby): void
  closed(code: number, reason: string): void
}

/** A join that failed. `code`: an HTTP status, a close code, or null when nobody answered. */
export class DialError extends Error {
  readonly code: number | null
  constructor(message: string, code: number | null) {
    super(message)
    this.code = code
  }
}

export type Dial = (code: string, options: JoinOptions, events: WireEvents) => Promise<Wire>

/** Every message a room may send. A new one in `ToClient` must be named here too. */
const kinds: { readonly [K in keyof ToClient]: true } = {
  ack: true, nack: true, pong: true, welcome: true, hostWelcome: true, hosts: true, looked: true, question: true, score: true, quality: true, figures: true, plan: true, self: true, step: true, frozen: true, crashed: true,
  cockpit: true, facts: true, plans: true, times: true, recordings: true, notice: true,
}
const isKind = (name: string): name is keyof ToClient => Object.hasOwn(kinds, name)

const answerMsMax = 8_000

/** The room is on the page's own origin; in development Vite stands before it. */
const endpoint = (): string => location.origin + (import.meta.env.DEV ? '/colyseus' : '')

/** Joins the room of a class. The SDK is fetched at the first call. Throws a `DialError`. */
export const dial: Dial = async (code, options, events) => {
  const { Client } = await import('@colyseus/sdk')
  const client = new Client(endpoint(), { fetchFn: (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(answerMsMax) }) })
  const joining = client.joinById<Lobby>(code, options)
  let late: ReturnType<typeof setTimeout> | undefined
  const tooLate = new Promise<never>((_resolve, reject) => {
    late = setTimeout(() => reject(new DialError(texts.link.noAnswer, null)), answerMsMax * 2)
  })
  const room = await Promise.race([joining, tooLate]).catch((error: unknown) => {
    // A join that comes through after all must not leave a second connection behind.
    void joining.then(room => room.leave(false), () => undefined)
    if (error instanceof DialError) throw error
    const code = error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : null
    throw new DialError(error instanceof Error ? error.message : texts.link.refused, code)
  }).finally(() => clearTimeout(late))
  // Coming back is this project's own business (`connect.ts`): only the seat token survives a restart of the server.
  room.reconnection.enabled = false
  for (const kind of Object.keys(kinds)) if (isKind(kind)) room.onMessage<never>(kind, (message: never) => events.message(kind, message))
  room.onStateChange(state => events.lobby(state))
  room.onError(() => undefined)
  room.onLeave((closeCode, reason) => events.closed(closeCode, reason ?? ''))
  return {
    send: (type, message) => { if (room.connection.isOpen) room.send<unknown>(type, message) },
    close: () => { void room.leave(false) },
  }
}
