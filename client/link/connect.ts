import { signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import type { JoinOptions, ToClient } from '../../shared/wire/messages.ts'
import { DialError, dial as dialRoom } from './dial.ts'
import type { Dial, Wire } from './dial.ts'
import { lobbyView } from './lobby-view.ts'
import type { LobbyView } from './lobby-view.ts'
import { refusalOf } from './refusals.ts'
import type { RefusedBy } from './refusals.ts'
import { makeRequests } from './requests.ts'
import type { Answer, Asking, Bodies } from './requests.ts'
import { texts } from '../texts/common.ts'
import { whyInOwnWords } from '../texts/why.ts'

export { glance, openClass } from './classes.ts'
export { elapsedAt } from './lobby-view.ts'
export type { LobbyView } from './lobby-view.ts'

/** `lost`: comes back by itself. `refused`: does not; `refusal` says why. */
export type LinkState = 'connecting' | 'live' | 'lost' | 'refused'

export interface Link {
  readonly state: ReadonlySignal<LinkState>
  readonly refusal: ReadonlySignal<string | null>
  readonly refusedBy: ReadonlySignal<RefusedBy | null>
  /** The real network, there and back; null until measured. */
  readonly rttMs: ReadonlySignal<number | null>
  readonly lobby: ReadonlySignal<LobbyView | null>
  /** Numbered, sent again after a reconnection until the room answers; never rejects. */
  request<K extends Asking>(type: K, body: Bodies[K]): Promise<Answer>
  resync(): void
  /** An instructor asks what a node knows; the room answers with `looked`. Unnumbered: it is asked again soon. */
  look(cluster: number, seat: number): void
  close(): void
}

const retryMsLeast = 300, retryMsMost = 5_000, retryGrowth = 1.6
const pingIntervalMs = 2_000
/** A socket can look open for minutes after the network is gone; this many pings without a pong say so sooner. */
const pingsUnansweredMax = 3
/** A restarting server has no classes for a moment; one that still knows none after so many tries has lost ours. */
const noClassTriesMax = 6

/**
 * Keeps one page in its class: joins, measures the link, comes back after every interruption with the token that `options`
 * gives, and says when that is hopeless. `on` hears every message that is not the link's own business.
 */
export function connect(code: string, options: () => JoinOptions, on: { [K in keyof ToClient]?: (message: ToClient[K]) => void }, dial: Dial = dialRoom): Link {
  const state = signal<LinkState>('connecting'), refusal = signal<string | null>(null), refusedBy = signal<RefusedBy | null>(null)
  const rttMs = signal<number | null>(null), lobby = signal<LobbyView | null>(null)
  let wire: Wire | null = null, dialing = false, closed = false, met = false, tries = 0, noClassTries = 0
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let pingsSent = 0
  /** When each ping that has no pong yet was sent. */
  const unanswered = new Map<number, number>()
  /** Counts connections: what an earlier one still says is not heard. */
  let generation = 0

  const requests = makeRequests((type, message) => wire?.send(type, message))

  const refuse = (by: RefusedBy, text: string): void => {
    closed = true
    refusedBy.value = by
    refusal.value = text
    state.value = 'refused'
    leave()
    requests.giveUp(text)
  }

  const leave = (): void => {
    generation++
    const old = wire
    wire = null
    rttMs.value = null
    requests.parted()
    clearTimeout(retryTimer)
    old?.close()
  }

  const again = (failedCode: number | null, reason: string): void => {
    if (closed) return
    leave()
    const verdict = refusalOf(failedCode, reason)
    if (verdict?.by === 'noClass') noClassTries++
    const onItsWay = verdict?.by === 'noClass' && met && noClassTries < noClassTriesMax
    if (verdict !== null && !onItsWay) return refuse(verdict.by, verdict.text)
    state.value = 'lost'
    const waitMs = Math.min(retryMsMost, retryMsLeast * retryGrowth ** tries++)
    // A whole class comes back at once after a restart: spread it.
    retryTimer = setTimeout(open, waitMs * (0.5 + Math.random() / 2))
  }

  const hear = <K extends keyof ToClient>(type: K, message: ToClient[K]): void => { on[type]?.(message) }

  function open(): void {
    const mine = ++generation
    dialing = true
    const current = (): boolean => mine === generation && !closed
    const early: (() => void)[] = []
    // What arrives while the join is still being resolved waits for the wire, so that an answer can be sent.
    const inOrder = (act: () => void): void => { if (!current()) return; if (wire === null) early.push(act); else act() }
    dial(code, options(), {
      message: (type, message) => inOrder(() => receive(type, message)),
      lobby: live => { if (current()) lobby.value = lobbyView(live, performance.now(), lobby.value) },
      closed: (closeCode, reason) => { if (current()) again(closeCode, reason) },
    }).finally(() => { dialing = false }).then(opened => {
      if (!current()) return opened.close()
      wire = opened
      met = true
      tries = noClassTries = 0
      unanswered.clear()
      state.value = 'live'
      for (const act of early) act()
      measure()
    }, (error: unknown) => {
      if (current()) again(error instanceof DialError ? error.code : null, error instanceof Error ? error.message : '')
    })
  }

  function receive<K extends keyof ToClient>(type: K, message: ToClient[K]): void
  function receive(type: keyof ToClient, message: ToClient[keyof ToClient]): void {
    if ('nextSeq' in message) requests.welcomed(message.nextSeq)
    if ('seq' in message) requests.answered(message.seq, 'reason' in message ? { ok: false, reason: whyInOwnWords(message.reason) } : { ok: true })
    if (type === 'pong' && 'n' in message) {
      const sentAtMs = unanswered.get(message.n)
      if (sentAtMs !== undefined) rttMs.value = performance.now() - sentAtMs
      // Whatever was sent before it is on its way back too, or nobody needs it.
      for (const n of [...unanswered.keys()]) if (n <= message.n) unanswered.delete(n)
    }
    hear(type, message)
  }

  function measure(): void {
    if (wire === null) return
    if (unanswered.size >= pingsUnansweredMax) return again(null, '')
    unanswered.set(++pingsSent, performance.now())
    wire.send('ping', { n: pingsSent })
  }

  const pinging = setInterval(measure, pingIntervalMs)
  const atOnce = (): void => {
    // Two joins on their way at once would put each other out of the seat.
    if (closed || dialing || wire !== null || state.value !== 'lost') return
    clearTimeout(retryTimer)
    tries = 0
    open()
  }
  if (typeof addEventListener === 'function') addEventListener('online', atOnce)
  open()

  return {
    state, refusal, refusedBy, rttMs, lobby,
    request: (type, body) => requests.add(type, body),
    resync: () => wire?.send('resync', {}),
    look: (cluster, seat) => wire?.send('look', { cluster, seat }),
    close() {
      closed = true
      clearInterval(pinging)
      if (typeof removeEventListener === 'function') removeEventListener('online', atOnce)
      leave()
      requests.giveUp(texts.link.left)
    },
  }
}
