import type { Field } from '../../shared/sim/fields.ts'
import type { ActionSpec, Scenario, StudentView, Told } from '../../shared/sim/scenario.ts'
import type { Json, Letter, Level, NodeId, OpenRequest, Self, Shape } from '../../shared/sim/types.ts'
import { texts } from '../texts/play.ts'
import { dialsOf } from './dials.ts'
import type { Dial } from './dials.ts'

/** Never more than six keys at once. */
export const KEYS_MAX = 6
/** A question that has at most so many answers is answered by one press: each has a key of its own. */
const OPTIONS_MAX = 3
/** A letter that nothing can be done about is old news after this long, by the node's own clock. */
const freshMs = 6_000
/** A letter that nobody has answered for so long was let pass: it may still be taken, but asks for nothing. */
const waitsMs = 20_000

export type Asked = { name: string; field: Extract<Field, { type: 'integer' | 'choice' | 'peer' | 'stamp' }> }
export type Action = Shape['action'] & { [field: string]: Json }

/** One key: what pressing it does. */
export interface Choice {
  /** The same for as long as the key means the same. */
  id: string
  label: string
  consequence: string | null
  action: Action
  /** What the student must still say before it can be done, and the numbers as they are now. */
  asks: Asked[]
  now: { readonly [field: string]: number }
  refusal: string | null
  warning: string | null
  /** One of the answers to the same question, which stand in one row. */
  inRow: boolean
  /** 1 to 6 in reading order; null when it has none. */
  number: number | null
}

/** `times`: how often the sender has said this very thing. */
export interface LetterCard { letter: Letter; times: number; told: Told; state: 'hot' | 'new' | 'done' | 'old'; choices: Choice[] }
export interface Ticket { request: OpenRequest; command: string; hold: string; hot: boolean; choices: Choice[] }

/**
 * What is in the student's hands. `taken`: the letter they took themselves, which stays hot however old it is. `last`: the
 * column they touched last, which keeps its keys when there are too many.
 */
export interface Picked { letter: number | null; request: number | null; taken: number | null; last: 'letter' | 'request' | null }
export interface Desk {
  view: StudentView
  cards: LetterCard[]
  tickets: Ticket[]
  dock: Choice[]
  /** Where all rules run by themselves: the numbers that are left to the hand, and nothing else is. */
  dials: Dial[]
  picked: Picked
}

type Spec = ActionSpec<Shape, Shape['action']>
type On = Letter | OpenRequest | null

const names = (fields: Spec['fields'], type: Field['type']): string | null =>
  Object.keys(fields).find(name => fields[name]?.type === type) ?? null

/** The peer that an action would go to if the student names none: the one picked on the stage, else whom the mission names, else the one last heard to lead. */
export function usualPeer(view: StudentView, picked: NodeId | null): NodeId | null {
  if (picked !== null && Object.hasOwn(view.peers, picked)) return picked
  if (view.aim !== undefined && view.aim !== null) return view.aim
  const leaders = Object.entries(view.peers).filter(([, peer]) => peer.pennant && peer.belief === 'alive')
  return leaders.sort(([, a], [, b]) => (b.heardAtMs ?? 0) - (a.heardAtMs ?? 0))[0]?.[0] ?? null
}

function choicesOf(kind: string, spec: Spec, self: Self, level: Level, on: On, target: NodeId | null): Choice[] {
  const action: Action = { kind, ...(level === 'L0' ? {} : spec.fill?.(self, on)) }, asks: Asked[] = []
  let aimed = false
  for (const [name, field] of Object.entries(spec.fields)) {
    switch (field.type) {
      case 'letter': case 'request': if (on !== null) action[name] = on.n; break
      case 'peer': if (target === null) asks.push({ name, field }); else { action[name] = target; aimed = true } break
      case 'integer': case 'choice': case 'stamp': if (!Object.hasOwn(action, name)) asks.push({ name, field }); break
      case 'durable': break
    }
  }
  const choice = (own: Pick<Choice, 'id' | 'label' | 'consequence' | 'action' | 'asks' | 'inRow'>): Choice => {
    const ready = own.asks.length === 0
    return {
      ...own, now: spec.now?.(self, target) ?? {}, number: null,
      refusal: ready ? spec.refusal?.(self, own.action) ?? null : null,
      warning: ready && level !== 'L0' ? spec.warning?.(self, own.action) ?? null : null,
    }
  }
  const id = on === null ? kind : `${kind} ${on.n}`
  // Who types the stamp must not read it on the key.
  const consequence = asks.some(({ field: one }) => one.type === 'stamp') ? null : spec.consequence?.(self, on, aimed ? target : null) ?? (aimed && target !== null ? texts.toPeer(target) : null)
  const [{ name, field } = { name: '', field: null }] = asks
  if (asks.length !== 1 || field?.type !== 'choice' || field.options.length > OPTIONS_MAX) return [choice({ id, label: spec.label(self), consequence, action, asks, inRow: false })]
  const row = field.options.map(word => ({ word, ...spec.option?.(self, word) ?? { label: field.names?.[word] ?? word, consequence } }))
  // What the question is about is part of what each answer means: when the words change, these are other keys.
  const about = row.map(({ label }) => label).join(' ')
  return row.map(({ word, label, consequence: does }) => choice({ id: `${id} ${word} of ${about}`, label, consequence: does, action: { ...action, [name]: word }, asks: [], inRow: true }))
}

/**
 * What the screen offers: cards, tickets and the dock, made of nothing but the mission's specs. Chores that run by
 * themselves at this level have no key. Of each column at most one thing is hot, and six keys in all. At L3 there are none: only numbers are left to the
 * hand, and each has its slider.
 */
export function deskOf(scenario: Scenario, self: Self, level: Level, before: Picked, target: NodeId | null): Desk {
  const view = scenario.view(self), aim = usualPeer(view, target), isPolicy = level === 'L3'
  const specs = Object.entries<Spec>(scenario.actions)
  const byItself = (kind: string): boolean => scenario.levels[level].includes(kind) && scenario.rules[kind]?.sort === 'chore'
  const offered = (type: 'letter' | 'request' | null, on: On): Choice[] => (isPolicy ? [] : specs)
    .filter(([kind, { fields }]) => (type === null ? names(fields, 'letter') === null && names(fields, 'request') === null : names(fields, type) !== null) && !byItself(kind))
    .filter(([, spec]) => spec.offered(self, on))
    .flatMap(([kind, spec]) => choicesOf(kind, spec, self, level, on, aim))

  const letters = latest(scenario, self).map(({ letter, times }) => {
    const choices = offered('letter', letter)
    const told = scenario.tellLetter(self, letter)
    return { letter, times, told, choices, waits: choices.length > 0 && !told.stale && self.clockMs - letter.atMs < waitsMs }
  })
  const requests = [...self.requests].sort((a, b) => a.deadlineAtMs - b.deadlineAtMs).map(request => ({ request, choices: offered('request', request) }))
  const dock = offered(null, null)

  const kept = letters.find(each => each.letter.n === before.letter && each.choices.length > 0 && (each.waits || each.letter.n === before.taken))
  const hotLetter = kept ?? letters.find(each => each.waits) ?? null
  const hotRequest = isPolicy ? null : requests.find(each => each.request.n === before.request) ?? requests[0] ?? null
  const room = KEYS_MAX - Math.min(dock.length, KEYS_MAX)
  const both = (hotLetter?.choices.length ?? 0) + (hotRequest?.choices.length ?? 0)
  const onlyOne = hotLetter !== null && hotRequest !== null && both > room
  const letterHot = hotLetter !== null && !(onlyOne && before.last === 'request')
  const requestHot = hotRequest !== null && !(onlyOne && letterHot)

  const cards = letters.map(({ waits, ...rest }): LetterCard => {
    const state = letterHot && rest.letter === hotLetter.letter ? 'hot' : waits ? 'new'
      : rest.told.stale || self.clockMs - rest.letter.atMs > freshMs ? 'old' : 'done'
    return { ...rest, state }
  })
  const tickets = requests.map(({ request, choices }): Ticket =>
    ({ request, choices, hot: requestHot && request === hotRequest.request, ...scenario.tellRequest(self, request) }))

  const numbered = [...(letterHot ? hotLetter.choices : []), ...(requestHot ? hotRequest.choices : [])]
  // What does not fit waits until something hot is dealt with: the mission lists its actions in order of weight.
  const shown = dock.slice(0, Math.max(0, KEYS_MAX - numbered.length))
  numbered.push(...shown)
  numbered.forEach((choice, index) => { choice.number = index + 1 })
  return {
    view, cards: pinned(cards), tickets, dock: shown, dials: isPolicy ? dialsOf(scenario, self, target) : [],
    picked: { letter: letterHot ? hotLetter.letter.n : null, request: requestHot ? hotRequest.request.n : null, taken: before.taken, last: before.last },
  }
}

/** A node that is down has nothing in hand. Its plate still shows what it last knew. */
export function emptyDesk(view: StudentView): Desk {
  return { view, cards: [], tickets: [], dock: [], dials: [], picked: { letter: null, request: null, taken: null, last: null } }
}

/** The inbox, newest first, without what the same sender has said again since: messages get lost, so good senders repeat themselves. */
function latest(scenario: Scenario, self: Self): { letter: Letter; times: number }[] {
  const found = new Map<string, { letter: Letter; times: number }>()
  for (const letter of [...self.inbox].reverse()) {
    const about = scenario.messages[letter.message.kind]?.about(letter.message) ?? String(letter.n)
    const key = `${letter.from} ${letter.message.kind} ${about}`
    const same = found.get(key)
    if (same === undefined) found.set(key, { letter, times: 1 })
    else same.times++
  }
  return [...found.values()]
}

/** What waits comes first, the hot one on top; the rest is newest first. */
function pinned(cards: LetterCard[]): LetterCard[] {
  const rank = { hot: 0, new: 1, done: 2, old: 2 }
  return cards.sort((a, b) => rank[a.state] - rank[b.state] || b.letter.n - a.letter.n)
}

/** Every key on the screen, by its number. */
export function keyAt(desk: Desk, number: number): Choice | null {
  const all = [...desk.cards.flatMap(card => card.choices), ...desk.tickets.flatMap(ticket => ticket.choices), ...desk.dock]
  return all.find(choice => choice.number === number) ?? null
}
