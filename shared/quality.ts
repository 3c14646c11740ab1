import { faults } from './faults/index.ts'
import type { Recording } from './recording.ts'
import type { Fact, FactOf } from './sim/facts.ts'
import type { ActionSpec, Dice, Rule, Scenario } from './sim/scenario.ts'
import { start } from './sim/simulation.ts'
import type { Simulation } from './sim/simulation.ts'
import type { FactNo, Letter, NodeEvent, NodeId, OpenRequest, Self, Shape, SimMs, Trigger } from './sim/types.ts'
import type { NodeWorld } from './sim/world.ts'
import { MISSED_TOLD } from './wire/messages.ts'
import type { QualityTold } from './wire/messages.ts'

/**
 * Decision quality: of the decisions that a student was offered, doing nothing included, how many were among those that a well-playing node with the
 * same knowledge could have taken, whatever turned out to be true. `allows` of the mission says which those are.
 *
 * An event at a node offers a decision when a rule that does not run by itself at this level would act on it, and something that could be done about
 * it would be wrong. The decision is the student's first action about it; after ten seconds of the node's running time, if a rule would still act, it
 * is to let it pass. What nobody asked for, a key pressed unasked, is a decision as well, about the latest event of the kind that its rule acts on; a
 * number that is set again within ten seconds is one decision, the last.
 */

/** Whoever has not acted for so long has let it pass, in ms of the node's running time. */
export const DECIDE_MS = 10_000

type Action = Shape['action']
export interface Decision {
  /** When it was taken, and the fact that it was about or that did it. */
  atMs: SimMs
  fact: FactNo
  /** What it was about: `message ask-vote`, `request`, `alarm stand`. */
  about: Trigger
  /** The kind of the action, or `nothing`. */
  choice: string
  agreed: boolean
  /** Rules that would have acted. */
  would: readonly string[]
}
export interface SeatQuality { seat: number; node: NodeId; offered: number; agreed: number; decisions: readonly Decision[] }

export interface QualityWatch {
  /** A fact as it happens, in order, from the simulation's sink. */
  take(fact: Fact): void
  /** Of each seat that a student held, so far. What is open at the end is not counted. */
  result(): SeatQuality[]
}

interface Offer { key: string; trigger: Trigger; event: NodeEvent; fact: FactNo; sinceRanMs: number; would: readonly string[]; acts: readonly Action[]; isDecision: boolean }
interface Seat { decisions: Decision[]; open: Offer[]; /** Arrived, and not looked at yet. */ fresh: { event: NodeEvent; fact: FactNo }[]; ranMs: number; lastMs: SimMs; runs: boolean; asked: boolean }

/** Rules draw for waits alone; which kind of action comes of them does not depend on it. */
const LEAST: Dice = { between: (_purpose, _key, least) => least }
const triggerOf = (event: NodeEvent): Trigger => (event.on === 'message' ? `message ${event.letter.message.kind}` : event.on === 'alarm' ? `alarm ${event.name}` : event.on)

/** Watches a simulation. `simOf`: it is asked for only when facts come. The world is read, never changed. */
export function watchQuality(scenario: Scenario, simOf: () => Simulation): QualityWatch {
  const seats: Seat[] = []
  const specs: { readonly [kind: string]: ActionSpec<Shape, Action> } = scenario.actions
  const seatOf = (at: number): Seat => (seats[at] ??= { decisions: [], open: [], fresh: [], ranMs: 0, lastMs: 0, runs: true, asked: false })
  const isPlayed = (node: NodeWorld): boolean => node.playedBy === 'student' && node.up

  /** The rules that wait for the student, of those that would act now. */
  const waiting = (node: NodeWorld, self: Self, event: NodeEvent): [string, Rule<Shape>][] => Object.entries(scenario.rules)
    .filter(([id, rule]) => !scenario.levels[node.level].includes(id) && rule.on.includes(triggerOf(event)) && rule.when(self, event))

  /** What the keys on that card or ticket would do. */
  function keysOn(self: Self, event: NodeEvent): Action[] {
    const on: Letter | OpenRequest | null = event.on === 'message' ? event.letter : event.on === 'request' ? event.request : null
    if (on === null) return []
    const type = event.on === 'message' ? 'letter' : 'request'
    return Object.entries(specs).flatMap(([kind, spec]) => {
      const name = Object.keys(spec.fields).find((one) => spec.fields[one]?.type === type), field = name === undefined ? undefined : spec.fields[name]
      if (name === undefined || (field?.type === 'letter' && event.on === 'message' && field.of.length > 0 && !field.of.includes(event.letter.message.kind)) || !spec.offered(self, on)) return []
      return [{ kind, [name]: on.n, ...spec.fill?.(self, on) } as Action]
    })
  }

  function offer(seat: Seat, node: NodeWorld, { event, fact }: { event: NodeEvent; fact: FactNo }): void {
    const { self } = node, would = waiting(node, self, event)
    if (would.length === 0) return
    const acts = would.flatMap(([, rule]) => rule.act(self, event, LEAST)), trigger = triggerOf(event)
    const about = acts.find((one) => one.letter === undefined && one.request !== undefined)?.request
    const key = about !== undefined ? `${acts.map(({ kind }) => kind).join(' ')} ${about}`
      : event.on === 'message' ? `${trigger} ${event.letter.from} ${scenario.messages[event.letter.message.kind]?.about(event.letter.message) ?? ''}` : event.on === 'request' ? `request ${event.request.n}` : trigger
    const later = { ...self, clockMs: self.clockMs + DECIDE_MS }
    const isDecision = [...acts, ...keysOn(self, event)].some((one) => !scenario.allows(self, event, one)) || !scenario.allows(later, event, 'nothing')
    // Said again, it is the same question, asked since the first time.
    const before = seat.open.find((one) => one.key === key)
    seat.open = [...seat.open.filter((one) => one !== before), { key, trigger, event, fact, sinceRanMs: before?.sinceRanMs ?? seat.ranMs, would: would.map(([id]) => id), acts, isDecision }]
  }

  /** Lets time pass at a seat, up to a fact that is about to show. */
  function pass(seat: Seat, node: NodeWorld, at: number, nowMs: SimMs): void {
    if (seat.fresh.length > 0 && nowMs > seat.lastMs) for (const one of seat.fresh.splice(0)) offer(seat, node, one)
    if (seat.runs) seat.ranMs += nowMs - seat.lastMs
    seat.lastMs = nowMs
    const due = seat.open.filter((one) => seat.ranMs - one.sinceRanMs >= DECIDE_MS)
    if (due.length === 0) return
    seat.open = seat.open.filter((one) => !due.includes(one))
    for (const one of due) {
      const lateMs = seat.ranMs - one.sinceRanMs - DECIDE_MS
      const self = { ...node.self, clockMs: simOf().self(at).clockMs - lateMs }
      const agreed = scenario.allows(self, one.event, 'nothing')
      if ((one.isDecision || !agreed) && waiting(node, self, one.event).length > 0) seat.decisions.push({ atMs: nowMs - lateMs, fact: one.fact, about: one.trigger, choice: 'nothing', agreed, would: one.would })
    }
  }

  const isAbout = (action: Action, { event, acts }: Offer): boolean => (event.on === 'message' && action.letter === event.letter.n) || (event.on === 'request' && action.request === event.request.n)
    || acts.some((one) => one.kind === action.kind && one.request === action.request && (one.letter === undefined || one.letter === action.letter))

  /** The events that an action may be about which nothing asked for: its own card or ticket, else the latest of those on which its rule acts. */
  function eventsFor(self: Self, action: Action): NodeEvent[] {
    const letter = self.inbox.find(({ n }) => n === action.letter), request = self.requests.find(({ n }) => n === action.request)
    if (letter !== undefined) return [{ on: 'message', letter }]
    if (request !== undefined) return [{ on: 'request', request }]
    const alarms = scenario.alarms(self)
    return (scenario.rules[action.kind]?.on ?? []).flatMap((trigger): NodeEvent[] => {
      const [on, name = ''] = trigger.split(' ')
      if (on === 'alarm') return alarms[name] === undefined ? [] : [{ on: 'alarm', name, dueMs: alarms[name] ?? self.clockMs }]
      const latest = on === 'message' ? self.inbox.findLast(({ message }) => message.kind === name) : undefined
      return latest === undefined ? [] : [{ on: 'message', letter: latest }]
    })
  }

  function decide(seat: Seat, node: NodeWorld, fact: FactOf<'acted'>): void {
    const { action } = fact, asked = seat.open.find((one) => isAbout(action, one))
    // By the time of the fact the letter counts as answered: to who decided it did not.
    const unanswered = (letter: Letter): Letter => (letter.n === action.letter ? { ...letter, handled: false } : letter), self = { ...node.self, inbox: node.self.inbox.map(unanswered) }
    seat.open = seat.open.filter((one) => one !== asked)
    const note = (about: Trigger, agreed: boolean, would: readonly string[]): void => { seat.decisions.push({ atMs: fact.atMs, fact: fact.n, about, choice: action.kind, agreed, would }) }
    if (asked !== undefined) {
      const { event } = asked, agreed = scenario.allows(self, event.on === 'message' ? { ...event, letter: unanswered(event.letter) } : event, action)
      if (asked.isDecision || !agreed) note(asked.trigger, agreed, asked.would)
      return
    }
    const events = eventsFor(self, action), fits = events.find((event) => scenario.allows(self, event, action)) ?? events[0]
    if (fits !== undefined) return note(triggerOf(fits), scenario.allows(self, fits, action), waiting(node, self, fits).map(([id]) => id))
    if (scenario.rules[action.kind] !== undefined) return
    seat.decisions = seat.decisions.filter(({ about, choice, atMs }) => about !== 'start' || choice !== action.kind || fact.atMs - atMs >= DECIDE_MS)
    note('start', scenario.allows(self, { on: 'start', restarted: false }, action), [])
  }

  function eventOf(node: NodeWorld, fact: Fact): NodeEvent | null {
    const { self } = node
    switch (fact.kind) {
      case 'delivered': { const letter = self.inbox.findLast(({ n }) => n === fact.letter); return letter === undefined ? null : { on: 'message', letter } }
      case 'requested': { const request = self.requests.findLast(({ n }) => n === fact.local); return request === undefined ? null : { on: 'request', request } }
      case 'timer': return { on: 'alarm', name: fact.name, dueMs: fact.dueMs }
      default: return null
    }
  }

  return {
    take(fact) {
      const { nodes } = simOf().world
      for (const [at, node] of nodes.entries()) {
        const seat = seatOf(at)
        if (!isPlayed(node)) { seat.open = []; seat.fresh = [] } else seat.asked = true
        pass(seat, node, at, fact.atMs)
        seat.runs = node.up && node.pausedAtMs === null
        if (fact.node !== node.self.id || !isPlayed(node)) continue
        if (fact.kind === 'acted' && fact.rule === null) {
          for (const one of seat.fresh.splice(0)) offer(seat, node, one)
          decide(seat, node, fact)
        }
        const event = eventOf(node, fact)
        if (event !== null) seat.fresh.push({ event, fact: fact.n })
      }
    },
    result: () => seats.flatMap((seat, at) => (seat.asked ? [{ seat: at, node: simOf().ids[at] ?? '', offered: seat.decisions.length, agreed: seat.decisions.filter(({ agreed }) => agreed).length, decisions: seat.decisions }] : [])),
  }
}

/** Decision quality of the seats of a recording, by playing it again. */
export function qualityOf(recording: Recording, scenario: Scenario): SeatQuality[] {
  const { header, entries } = recording
  const watch = watchQuality(scenario, () => sim), sim: Simulation = start({ scenario, faults, sink: (fact) => watch.take(fact) }, header.seed, header.settings)
  for (const entry of entries) if (entry.t === 'input') sim.submit(entry.input)
  return watch.result()
}

/** What a student is told of their own decisions. */
export const toldOf = ({ offered, agreed, decisions }: SeatQuality): QualityTold => ({ offered, agreed, missed: decisions.filter((one) => !one.agreed).slice(0, MISSED_TOLD) })

/** In percent; null where nothing was offered. */
export const qualityShare = ({ offered, agreed }: Pick<SeatQuality, 'offered' | 'agreed'>): number | null => (offered === 0 ? null : Math.round((100 * agreed) / offered))
