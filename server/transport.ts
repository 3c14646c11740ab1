import { WebSocketTransport } from '@colyseus/ws-transport'
import type { WebSocket } from 'ws'

type Options = NonNullable<ConstructorParameters<typeof WebSocketTransport>[0]>

/** Each line is asked this often whether it still stands, in ms. */
const PING_MS = 3_000
/** A line that left so many of these unanswered is taken for broken. */
const UNANSWERED_MAX = 2
/** The golden ratio: multiples of it, whole turns left out, lie evenly spread however many there are. */
const GOLDEN = 0.618_033_988_749_895

/**
 * The transport of Colyseus, but every line is asked for its pulse at a moment of its own. Asked all at once, as Colyseus does, five hundred lines
 * and their answers keep every cluster waiting for 10 to 20 ms, every three seconds.
 */
export class PulsedTransport extends WebSocketTransport {
  #lines = 0

  constructor(options: Options) {
    super({ ...options, pingInterval: 0 })
    this.wss.on('connection', (line: WebSocket) => this.#watch(line))
  }

  #watch(line: WebSocket): void {
    let unanswered = 0
    line.on('pong', () => { unanswered = 0 })
    const ask = (): void => {
      if (unanswered >= UNANSWERED_MAX) return line.terminate()
      unanswered++
      line.ping()
      timer = setTimeout(ask, PING_MS)
    }
    // Pages that come back together, as after a restart, are asked one after the other all the same.
    let timer = setTimeout(ask, PING_MS * ((++this.#lines * GOLDEN) % 1))
    line.once('close', () => clearTimeout(timer))
  }
}
