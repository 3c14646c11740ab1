import { computed, effect, signal } from '@preact/signals'
import type { ReadonlySignal, Signal } from '@preact/signals'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import type { ToClient } from '../../../shared/wire/messages.ts'
import { connect } from '../../link/connect.ts'
import type { Link } from '../../link/connect.ts'
import { addressOfSeat, forgetSeat, keepSeat, keepTheme, keptSeat, keptTheme } from '../../link/seats.ts'
import type { KeptSeat, Theme } from '../../link/seats.ts'
import { inOrder } from '../../link/in-order.ts'
import { loadMission, missionNow } from '../../missions.ts'
import { makeDials } from '../../model/dials.ts'
import type { Dials } from '../../model/dials.ts'
import { makeHands } from '../../model/hands.ts'
import type { Hands } from '../../model/hands.ts'
import { makeStudent } from '../../model/student.ts'
import type { Student } from '../../model/student.ts'
import { texts } from '../../texts/play.ts'

export interface OwnPlace { cluster: string; node: string; seats: { node: string; student: string; name: string; here: boolean; playedBy: string }[] }

/** One student's page: the link, what it has heard, and what is in hand. */
export interface Game {
  readonly code: string
  readonly link: Link
  readonly student: Student
  readonly hands: Hands
  readonly dials: Dials
  /** Answers the open question; resolves to null, or to a sentence that says why it does not count. */
  answer(question: number, option: number, confidence: number): Promise<string | null>
  readonly theme: Signal<Theme>
  readonly name: ReadonlySignal<string>
  /** Where the student sits; null before clusters are formed. */
  readonly place: ReadonlySignal<OwnPlace | null>
  /** Played in this page alone: no class, and no network. */
  readonly alone: boolean
  /** Lets go of everything, the link too. */
  close(): void
}

/** What a game is made of, in a class or alone. `on`: what the page wants to hear; `ownName`: until the room says another. */
interface Parts {
  code: string
  link(on: Student['hear']): Link
  ownName(): string
  onWelcome(token: string): void
  missionOf?: (id: string) => Scenario | null
  alone?: true
}

/** Puts a student's page together: what it heard, what is in hand, and the link that both go through. */
export function makeGame({ code, link: connectIt, ownName, onWelcome, missionOf, alone }: Parts): Game {
  const now = (): number => performance.now()
  const student = makeStudent(now, () => link.resync(), onWelcome, did => hands.did(did), missionOf)
  const link = connectIt(student.hear)
  const live = (): boolean => link.state.value === 'live', say = (text: string): void => student.say(text, 'warning')
  const hands: Hands = makeHands({ now, live, say, act: action => link.request('act', { action }) })
  const dials = makeDials({ hands, live, say, figures: () => student.figures.value })
  const theme = signal(keptTheme())
  const place = computed<OwnPlace | null>(() => {
    const id = student.studentId.value
    for (const cluster of link.lobby.value?.clusters ?? []) {
      const own = cluster.seats.find(each => each.student === id && id !== null && id !== '')
      if (own !== undefined) return { cluster: cluster.name, node: own.node, seats: cluster.seats }
    }
    return null
  })
  // The instructor may have given another name since.
  const name = computed(() => place.value?.seats.find(each => each.student === student.studentId.value)?.name ?? ownName())
  const stops = [
    effect(() => {
      const lobby = link.lobby.value
      student.pace(lobby === null || lobby.phase !== 'round' || lobby.paused ? 0 : lobby.speed)
    }),
    effect(() => {
      document.documentElement.dataset['theme'] = theme.value
      keepTheme(theme.value)
    }),
  ]
  const answer = (question: number, option: number, confidence: number): Promise<string | null> =>
    link.request('answer', { question, option, confidence }).then(given => (given.ok ? null : given.reason))
  return { code, link, student, hands, dials, answer, theme, name, place, alone: alone === true, close() { for (const stop of stops) stop(); link.close() } }
}

/** After this long, in ms, a mission that could not be loaded is tried again. */
const loadAgainMs = 1_000
const insist = (id: string): Promise<unknown> => loadMission(id).catch(() => new Promise((done) => { setTimeout(done, loadAgainMs) }).then(() => insist(id)))

/** Begins to play in a class with a seat that this browser keeps, or with a name that wants one. */
export function startGame(code: string, kept: KeptSeat): Game {
  let seat = kept
  // The mission is loaded when a round of it begins; what the room says meanwhile waits.
  const needs = (name: string, message: unknown): Promise<unknown> | null => (name === 'self' && missionNow((message as ToClient['self']).scenario) === null ? insist((message as ToClient['self']).scenario) : null)
  const game = makeGame({
    code, ownName: () => seat.name,
    link: hear => connect(code, () => ({ role: 'student', name: seat.name, ...(seat.token === null ? {} : { token: seat.token }) }), inOrder(hear, needs)),
    onWelcome: token => {
      seat = { ...seat, token }
      keepSeat(code, seat)
      // The page's own address leads back to the seat: from another laptop, or in a browser that keeps nothing.
      history.replaceState(null, '', addressOfSeat(code, seat))
    },
  })
  const { link, student } = game
  effect(() => { document.title = texts.pageTitle(game.place.value?.node ?? null) })
  effect(() => {
    const by = link.refusedBy.value
    // A seat that is gone must not stand in the way of a new one.
    if (by !== 'removed' && by !== 'badToken' && by !== 'malformed') return
    if (keptSeat(code)?.token === seat.token) forgetSeat(code)
    history.replaceState(null, '', addressOfSeat(code, { ...seat, token: null }))
  })
  let wasLost = false
  effect(() => {
    const state = link.state.value
    if (state === 'live' && wasLost) student.say(texts.backAgain, 'info')
    wasLost = state === 'lost' || (wasLost && state !== 'live')
  })
  return game
}
