import { Protocol } from '@colyseus/core'
import { pack, unpack } from 'msgpackr'
import { WebSocket } from 'ws'
import type { JoinOptions, ToClient, ToServer } from '../../../shared/wire/messages.ts'
import { doubtMs } from './awake.ts'

/** First byte of a MessagePack text of up to 31 bytes. */
const TEXT_FIRST = 0xa0

/** A message as it came: when, on `performance.now()`, how much too late that may be, and its bytes, which nobody has looked at yet. */
export interface Frame { atMs: number; doubtMs: number; bytes: Buffer }
export type Heard = { [K in keyof ToClient]: { type: K; body: ToClient[K] } }[keyof ToClient]

/**
 * A page with nothing behind it: a frame is stamped the moment the socket hands it over, and read later by whoever wants to. The
 * lobby's state is ignored. Five hundred of these in one process keep nobody waiting, as five hundred whole pages would.
 */
export class BarePage {
  readonly #socket: WebSocket
  readonly #take: (frame: Frame) => void
  #seq = 0

  private constructor(socket: WebSocket, take: (frame: Frame) => void) {
    this.#socket = socket
    this.#take = take
    socket.on('message', (data) => {
      const atMs = performance.now()
      if (!(data instanceof Buffer)) return
      if (data[0] === Protocol.JOIN_ROOM) socket.send(Uint8Array.of(Protocol.JOIN_ROOM))
      else if (data[0] === Protocol.ROOM_DATA) this.#take({ atMs, doubtMs: doubtMs(atMs), bytes: data })
    })
    socket.on('error', () => {})
  }

  /** Whether the line still stands. */
  get open(): boolean { return this.#socket.readyState === WebSocket.OPEN }

  /** Joins a class; `take` is given every message of the room. Rejects with what the server said. */
  static async join(url: string, code: string, options: JoinOptions, take: (frame: Frame) => void): Promise<BarePage> {
    const answer = await fetch(`${url}/matchmake/joinById/${code}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(options) })
    if (!answer.ok) throw new Error(`could not join: ${await answer.text()}`)
    const { processId, roomId, sessionId } = await answer.json() as { processId: string; roomId: string; sessionId: string }
    const socket = new WebSocket(`${url.replace('http', 'ws')}/${processId}/${roomId}?sessionId=${sessionId}`, { perMessageDeflate: false })
    // Before it opens, so that nothing that comes at once is missed.
    const page = new BarePage(socket, take)
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve())
      socket.once('error', reject)
    })
    return page
  }

  /** The number for the next thing that this page asks for. */
  nextSeq(): number { return ++this.#seq }

  send<K extends keyof ToServer>(type: K, body: ToServer[K]): void {
    if (this.open) this.#socket.send(Buffer.concat([Uint8Array.of(Protocol.ROOM_DATA), pack(type), pack(body)]))
  }

  leave(): void { this.#socket.close() }
}

/** The type of a message, without reading the rest. */
export function typeOf({ bytes }: Frame): string {
  return bytes.toString('latin1', 2, 2 + (bytes[1] ?? TEXT_FIRST) - TEXT_FIRST)
}

/** The message in a frame. Our own server's: it is what its type says. */
export function heardIn(frame: Frame): Heard {
  const type = typeOf(frame)
  return { type, body: unpack(frame.bytes.subarray(2 + type.length)) as unknown } as Heard
}
