import { signal } from '@preact/signals'
import type { ReadonlySignal, Signal } from '@preact/signals'
import { applyPatch } from 'fast-json-patch'
import type { Scenario } from '../../shared/sim/scenario.ts'
import type { ClockMs, Level, Self, Shape } from '../../shared/sim/types.ts'
import { missionNow } from '../missions.ts'
import type { Seen } from '../../shared/visibility.ts'
import type { AskedQuestion, FiguresTold, QualityTold, Score, SelfSnapshot, ToClient } from '../../shared/wire/messages.ts'
import type { StagePacket } from '../stage/scene.ts'
import { departShownMs } from '../stage/flight.ts'
import { texts } from '../texts/play.ts'
import { nodeClock } from './node-clock.ts'
import { inOwnWords } from '../texts/said.ts'

/** The node as its student knows it, since its last step. */
export interface Seat { round: number; scenario: Scenario; level: Level; self: Self }
/** How a customer's request ended. `key` makes it one of its kind. */
export interface Outcome { key: number; how: 'replied' | 'redirected' | 'expired'; command: string; text: string; clockMs: ClockMs }
export interface Said { key: number; text: string; kind: 'info' | 'warning' }
/** The node is down. `backAtMs`: page time at which it should be up again at the present speed; null if nobody knows. */
export interface Crash { backInMs: number | null; toldAtMs: number }

/** What came of the student's own clicks: the node did this one, refused the oldest, or has none left to do. */
export type Did = Shape['action'] | 'refused' | 'nothing left'

export const OUTCOMES_KEPT = 6, FLIGHTS_KEPT = 48, OPERATIONS_KEPT = 64, ANSWERED_KEPT = 64

export interface Student {
  readonly seat: ReadonlySignal<Seat | null>
  readonly outcomes: ReadonlySignal<readonly Outcome[]>
  /** What the student themselves did about a letter, by its number: the label of the key. */
  readonly answered: ReadonlyMap<number, string>
  readonly frozen: ReadonlySignal<boolean>
  readonly crash: ReadonlySignal<Crash | null>
  readonly recording: ReadonlySignal<{ round: number; name: string; id: string } | null>
  /** The latest thing the page wants to say once. */
  readonly said: ReadonlySignal<Said | null>
  /** What the instructor said, in their own words, until it is put away. */
  readonly told: Signal<{ key: number; text: string } | null>
  readonly question: ReadonlySignal<AskedQuestion | null>
  /** The cluster's score, where it may be known. */
  readonly score: ReadonlySignal<Score | null>
  /** The mission's figures of the own cluster, at L3. */
  readonly figures: ReadonlySignal<FiguresTold['values'] | null>
  /** How the own decisions were, after a round. */
  readonly quality: ReadonlySignal<QualityTold | null>
  readonly studentId: ReadonlySignal<string | null>
  /** What the room tells a student. */
  readonly hear: { [K in 'welcome' | 'self' | 'step' | 'frozen' | 'crashed' | 'recordings' | 'notice' | 'question' | 'score' | 'figures' | 'quality']: (message: ToClient[K]) => void }
  /** The room's speed, 0 when it stands. */
  pace(speed: number): void
  say(text: string, kind: Said['kind']): void
  /** The time the screen shows: page time, which stands while the node does. */
  shownMs(): number
  clockMs(): ClockMs
  /** Packets for the stage, in the time of `shownMs`. */
  flights(): StagePacket[]
}

/**
 * All a student's page knows, folded from what the room sends. `now`: page time in ms. `onGap` is called when a step does not
 * fit what the page has, so that it can ask for everything again; `onWelcome` hands over the token to keep; `onDid` tells what came of the
 * student's clicks. `missionOf`: null for a mission that this page does not know.
 */
export function makeStudent(now: () => number, onGap: () => void, onWelcome: (token: string) => void, onDid: (did: Did) => void, missionOf: (id: string) => Scenario | null = missionNow): Student {
  const seat = signal<Seat | null>(null), outcomes = signal<readonly Outcome[]>([]), frozen = signal(false), crash = signal<Crash | null>(null)
  const recording = signal<{ round: number; name: string; id: string } | null>(null), said = signal<Said | null>(null), studentId = signal<string | null>(null)
  const told = signal<{ key: number; text: string } | null>(null), question = signal<AskedQuestion | null>(null), score = signal<Score | null>(null)
  const figures = signal<FiguresTold['values'] | null>(null), quality = signal<QualityTold | null>(null)
  const clock = nodeClock()
  const operations = new Map<number, string>(), answered = new Map<number, string>()
  let flights: StagePacket[] = [], count = 0, frozenAtMs = 0, speed = 0

  const shownMs = (): number => (frozen.value ? frozenAtMs : now())
  const say = (text: string, kind: Said['kind']): void => { said.value = { key: ++count, text, kind } }

  const setPace = (): void => clock.pace(frozen.value || crash.value !== null ? 0 : speed, now())

  const freeze = (on: boolean): void => {
    if (on === frozen.value) return
    if (on) frozenAtMs = now()
    frozen.value = on
    setPace()
  }

  function fly(here: Seat, one: Extract<Seen, { kind: 'sent' | 'delivered' }>): void {
    const spec = here.scenario.messages[one.body.kind]
    if (spec === undefined) return
    const atMs = now(), sent = one.kind === 'sent'
    const packet: StagePacket = {
      key: String(++count), from: sent ? here.self.id : one.from, to: sent ? one.to : here.self.id, family: spec.family, letter: spec.letter,
      hollow: spec.hollow?.(one.body) ?? false, departMs: atMs, arriveMs: sent ? atMs + departShownMs : atMs, fate: sent ? 'fades' : 'arrives',
    }
    flights = [...flights, packet].slice(-FLIGHTS_KEPT)
  }

  function end(how: Outcome['how'], request: number, text: string, clockMs: ClockMs): void {
    outcomes.value = [{ key: ++count, how, command: operations.get(request) ?? texts.aRequest, text, clockMs }, ...outcomes.value].slice(0, OUTCOMES_KEPT)
  }

  /** `live`: it happens now, so it is shown happening; otherwise it is history that came with a snapshot. */
  function take(here: Seat, one: Seen, live: boolean): void {
    switch (one.kind) {
      case 'requested': {
        const { command } = here.scenario.tellRequest(here.self, { n: one.request, operation: one.operation, atMs: one.atMs, deadlineAtMs: one.atMs })
        return keep(operations, one.request, command, OPERATIONS_KEPT)
      }
      case 'acted': {
        if (live && one.rule === null) onDid(one.action)
        const label = here.scenario.actions[one.action.kind]?.label(here.self)
        return one.rule === null && one.action.letter !== undefined && label !== undefined ? keep(answered, one.action.letter, label, ANSWERED_KEPT) : undefined
      }
      case 'sent': case 'delivered': return live ? fly(here, one) : undefined
      case 'replied': return end('replied', one.request, here.scenario.tellReply(one.reply), one.atMs)
      case 'redirected': return end('redirected', one.request, texts.redirectedTo(one.to), one.atMs)
      case 'expired': return end('expired', one.request, texts.ranOut, one.atMs)
      case 'refused':
        if (!live) return
        onDid('refused')
        return say(one.reason, 'warning')
      case 'resumed': return live ? say(texts.wereYouPaused(one.pausedMs), 'info') : undefined
      case 'restarted': return live ? say(texts.restarted, 'info') : undefined
      case 'stored': case 'timer': case 'crashed': return
    }
  }

  const hear: Student['hear'] = {
    welcome(message) {
      studentId.value = message.student
      // The room says so if something is still asked.
      question.value = null
      onWelcome(message.token)
    },
    self(snapshot: SelfSnapshot) {
      const scenario = missionOf(snapshot.scenario)
      if (scenario === null) return say(texts.unknownMission, 'warning')
      const known = seat.value
      if (known === null || known.round !== snapshot.round || known.self.id !== snapshot.self.id) {
        clock.reset()
        recording.value = null
        score.value = figures.value = quality.value = null
      }
      operations.clear()
      answered.clear()
      flights = []
      outcomes.value = []
      onDid('nothing left')
      const here: Seat = { round: snapshot.round, scenario, level: snapshot.level, self: snapshot.self }
      for (const one of snapshot.seen) take(here, one, false)
      for (const one of snapshot.self.requests) operations.set(one.n, scenario.tellRequest(snapshot.self, one).command)
      if (crash.value !== null && snapshot.crashed === null && known?.round === snapshot.round) say(texts.restarted, 'info')
      crash.value = snapshot.crashed === null ? null : { backInMs: snapshot.crashed.backInMs, toldAtMs: now() }
      frozen.value = false
      freeze(snapshot.frozen)
      clock.tell(snapshot.self.clockMs, now())
      setPace()
      seat.value = here
    },
    step(message) {
      const before = seat.value
      if (before === null) return onGap()
      let self: Self
      // The old `self` stays as it is: a screen that is being drawn must not change under its own hands.
      try { self = applyPatch(before.self, message.patch, true, false).newDocument } catch { return onGap() }
      freeze(false)
      const here = { ...before, self }
      clock.tell(message.clockMs, now())
      for (const one of message.seen) take(here, one, true)
      if (message.seen.some(one => one.kind === 'restarted')) crash.value = null
      setPace()
      seat.value = here
    },
    frozen: message => freeze(message.frozen),
    crashed(message) {
      crash.value = { backInMs: message.backInMs, toldAtMs: now() }
      flights = []
      onDid('nothing left')
      freeze(false)
      setPace()
    },
    recordings(message) {
      const own = message.recordings[0]
      recording.value = own === undefined ? null : { round: message.round, name: own.name, id: own.id }
    },
    notice(message) {
      if (message.from === 'instructor') told.value = { key: ++count, text: inOwnWords(message.text) }
      else say(inOwnWords(message.text), message.kind)
    },
    question: message => { question.value = message.question },
    score: message => { score.value = message },
    quality: message => { quality.value = message },
    // A screen that stands still shows nothing new.
    figures: message => { if (!frozen.value) figures.value = message.values },
  }

  return {
    seat, outcomes, answered, frozen, crash, recording, said, told, question, score, figures, quality, studentId, hear, say, shownMs,
    pace(next) { speed = next; setPace() },
    clockMs: () => clock.at(shownMs()),
    flights() {
      const nowMs = shownMs()
      if (flights.some(one => nowMs - one.arriveMs > departShownMs)) flights = flights.filter(one => nowMs - one.arriveMs <= departShownMs)
      return flights
    },
  }
}

/** Notes one thing more, and forgets the oldest beyond `most`. */
function keep(map: Map<number, string>, key: number, value: string, most: number): void {
  map.set(key, value)
  const oldest = map.keys().next()
  if (map.size > most && oldest.done !== true) map.delete(oldest.value)
}
