import { describe, expect, test } from 'vitest'
import { KEYS_MAX, deskOf, keyAt, usualPeer } from '../../client/model/choices.ts'
import type { Choice, Desk, Picked } from '../../client/model/choices.ts'
import { STEADY_MS, WARNED_MS_LEAST, WARNED_MS_MOST, makeHands } from '../../client/model/hands.ts'
import { nodeClock } from '../../client/model/node-clock.ts'
import { nowLine } from '../../client/model/now-line.ts'
import { predictionOf } from '../../client/model/prediction.ts'
import { glossedParts } from '../../client/pages/play/glossed.tsx'
import { sceneOf } from '../../client/model/student-scene.ts'
import { faults } from '../../shared/faults/index.ts'
import { settingsFor } from '../../shared/headless.ts'
import { letterIdOf } from '../../shared/sim/letters.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import { election } from '../../shared/scenarios/election/index.ts'
import { parseFields } from '../../shared/sim/fields.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { start } from '../../shared/sim/simulation.ts'
import type { Simulation } from '../../shared/sim/simulation.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { Level, Self } from '../../shared/sim/types.ts'
import type { Answer } from '../../client/link/requests.ts'

const mission = scenarios['election'] as Scenario
const none: Picked = { letter: null, request: null, taken: null, last: null }

/** A round with a student at A and bots elsewhere. */
function round(n: number, level: Level, sink: (fact: Fact) => void = () => {}): Simulation {
  const settings = settingsFor(mission, n, 5, 180_000, level, ['student', 'bot', 'bot', 'bot', 'bot'])
  return start({ scenario: mission, faults, sink }, n, settings)
}

/** A's own state with some letters, as a hand would write it. */
function selfWith(letters: { from: string; kind: 'ask-vote' | 'beat' | 'vote'; term: number; atMs: number; handled?: boolean }[], clockMs = 60_000, term = 1): Self {
  const dice = { between: (_purpose: string, _key: string, least: number) => least }
  const { disk, memory } = election.state('A', ['B', 'C', 'D', 'E'], 10_000, election.timings('L2'), false, dice)
  return {
    id: 'A', peers: ['B', 'C', 'D', 'E'], clockMs, disk: { ...disk, term }, memory, requests: [], timings: election.timings('L2'),
    inbox: letters.map(({ from, kind, term: about, atMs, handled = false }, index) => ({
      n: index + 1, from, atMs, handled, message: kind === 'beat' ? { kind, term: about, beat: index } : kind === 'vote' ? { kind, term: about, granted: true } : { kind, term: about },
    })),
  }
}
const withRequests = (self: Self, count: number): Self => ({
  ...self, requests: Array.from({ length: count }, (_, n) => ({ n: n + 1, operation: { kind: 'stamp', parcel: 1_000 + n }, atMs: self.clockMs - 2_000, deadlineAtMs: self.clockMs + 9_000 - n * 1_000 })),
})
const hotLetter = (desk: Desk): number | null => desk.cards.find(card => card.state === 'hot')?.letter.n ?? null
const allChoices = (desk: Desk): Choice[] => [...desk.cards.flatMap(card => card.choices), ...desk.tickets.flatMap(ticket => ticket.choices), ...desk.dock]

describe('what the screen offers', () => {
  test.each<Level>(['L0', 'L1', 'L2'])('at %s a whole round played by its keys: six at most, numbered in reading order, each a thing the room accepts', level => {
    let pressed = 0, full = 0
    for (let n = 0; n < 8; n++) {
      const refused: string[] = []
      const sim = round(n, level, fact => { if (fact.kind === 'refused') refused.push(fact.reason) })
      let picked = none
      for (let atMs = 1_000; atMs < 180_000; atMs += 1_500) {
        sim.runUntil(atMs)
        if (atMs === 61_000) sim.submit({ kind: 'fault', atMs, id: 'f', type: 'crash', params: { nodes: ['A'] }, durationMs: 10_000 })
        const node = sim.world.nodes[0]
        if (node === undefined || !node.up) continue
        const self = structuredClone(sim.self(0))
        const desk = deskOf(mission, self, level, picked, null)
        picked = desk.picked
        const numbered = allChoices(desk).filter(choice => choice.number !== null)
        expect(numbered.map(choice => choice.number)).toEqual(numbered.map((_, index) => index + 1))
        expect(numbered.length).toBeLessThanOrEqual(KEYS_MAX)
        if (numbered.length === KEYS_MAX) full++
        expect(desk.cards.filter(card => card.state === 'hot').length).toBeLessThanOrEqual(1)
        expect(desk.tickets.filter(ticket => ticket.hot).length).toBeLessThanOrEqual(1)
        const choice = keyAt(desk, 1 + (n * 31 + atMs / 500) % KEYS_MAX)
        if (choice === null || choice.asks.length > 0 || choice.refusal !== null) continue
        const { kind, letter, request, ...fields } = choice.action
        expect(parseFields(mission.actions[kind]?.fields ?? {}, { ...fields, ...(letter === undefined ? {} : { letter }), ...(request === undefined ? {} : { request }) }, self)).toMatchObject({ ok: true })
        pressed++
        // As the room does it: a recording names letters and requests by identity.
        const letterId = letterIdOf(node, Number(letter)), requestId = node.requestIds[Number(request)]
        sim.submit({ kind: 'act', atMs, seat: 0, action: { ...fields, kind, ...(letterId === undefined ? {} : { letter: letterId }), ...(requestId === undefined ? {} : { request: requestId }) } })
      }
      expect(refused).toEqual([])
    }
    expect(pressed).toBeGreaterThan(200)
    expect(full).toBeGreaterThan(0)
  })

  test('what is hot stays hot when something newer arrives: a key must not change under a finger', () => {
    const before = deskOf(mission, selfWith([{ from: 'B', kind: 'ask-vote', term: 2, atMs: 58_000 }]), 'L2', none, null)
    expect(hotLetter(before)).toBe(1)
    const after = deskOf(mission, selfWith([{ from: 'B', kind: 'ask-vote', term: 2, atMs: 58_000 }, { from: 'C', kind: 'ask-vote', term: 3, atMs: 59_500 }]), 'L2', before.picked, null)
    expect(hotLetter(after)).toBe(1)
    expect(after.cards.map(card => card.state)).toEqual(['hot', 'new'])
  })

  test('a question that the same peer repeats is one card, and says how often', () => {
    const desk = deskOf(mission, selfWith([1, 2, 3].map(n => ({ from: 'B', kind: 'ask-vote' as const, term: 2, atMs: 50_000 + n * 1_000 }))), 'L2', none, null)
    expect(desk.cards.map(card => [card.letter.n, card.times])).toEqual([[3, 3]])
  })

  test('asked again after an answer, the question waits again: the answer may be lost', () => {
    const desk = deskOf(mission, selfWith([{ from: 'B', kind: 'ask-vote', term: 2, atMs: 51_000, handled: true }, { from: 'B', kind: 'ask-vote', term: 2, atMs: 57_000 }]), 'L2', none, null)
    expect(hotLetter(desk)).toBe(2)
  })

  test('what was let pass for long asks no more, and can still be taken', () => {
    const self = selfWith([{ from: 'B', kind: 'ask-vote', term: 2, atMs: 30_000 }])
    const desk = deskOf(mission, self, 'L2', none, null)
    expect([hotLetter(desk), desk.cards[0]?.choices.length]).toEqual([null, 2])
    expect(hotLetter(deskOf(mission, self, 'L2', { letter: 1, request: null, taken: 1, last: 'letter' }, null))).toBe(1)
  })

  test('a late letter is not pushed at anybody; taking part in a term that is over is warned of, except by hand', () => {
    const self = selfWith([{ from: 'B', kind: 'ask-vote', term: 2, atMs: 59_000 }], 60_000, 5)
    expect(deskOf(mission, self, 'L2', none, null).cards[0]?.state).toBe('old')
    const taken: Picked = { letter: 1, request: null, taken: 1, last: 'letter' }
    expect(deskOf(mission, self, 'L2', taken, null).cards[0]?.choices[0]?.warning).toContain('Term 2 is over')
    expect(deskOf(mission, self, 'L0', taken, null).cards[0]?.choices[0]?.warning).toBeNull()
  })

  test('chores have a key only where they do not run by themselves', () => {
    const self = selfWith([{ from: 'B', kind: 'beat', term: 1, atMs: 59_000 }])
    const labels = (level: Level): string[] => deskOf(mission, self, level, none, null).cards.flatMap(card => card.choices.map(choice => choice.label))
    expect(labels('L0')).toContain('Acknowledge')
    expect(labels('L1')).not.toContain('Acknowledge')
  })

  test('a heartbeat that a chore has acknowledged still lets its higher term be adopted', () => {
    const labels = (term: number): string[] => deskOf(mission, selfWith([{ from: 'B', kind: 'beat', term: 3, atMs: 59_000, handled: true }], 60_000, term), 'L1', none, null).cards.flatMap(card => card.choices.map(choice => choice.label))
    expect([labels(2), labels(3)]).toEqual([['Adopt term'], []])
  })

  test('too many keys for one screen: the column that was touched last keeps its own, the other waits for its turn', () => {
    const candidate = withRequests(selfWith([{ from: 'B', kind: 'ask-vote', term: 3, atMs: 59_000 }]), 2)
    Object.assign(candidate.memory, { role: 'candidate', votes: ['A'] })
    const left = deskOf(mission, candidate, 'L0', none, null)
    expect([hotLetter(left), left.tickets.some(ticket => ticket.hot)]).toEqual([1, false])
    const right = deskOf(mission, candidate, 'L0', { letter: null, request: 1, taken: null, last: 'request' }, null)
    expect([hotLetter(right), right.tickets.find(ticket => ticket.hot)?.request.n]).toEqual([null, 1])
  })

  test('customers stand in the order of their deadlines', () => {
    const desk = deskOf(mission, withRequests(selfWith([]), 3), 'L2', none, null)
    expect(desk.tickets.map(ticket => ticket.request.n)).toEqual([3, 2, 1])
    expect(desk.tickets.map(ticket => ticket.hot)).toEqual([true, false, false])
  })

  test('a redirection goes to the peer that was last heard to lead, or to the one picked, or asks to whom', () => {
    const self = withRequests(selfWith([]), 1)
    const redirect = (target: string | null): Choice | undefined => deskOf(mission, self, 'L2', none, target).tickets[0]?.choices.find(choice => choice.action.kind === 'redirect')
    expect(redirect(null)?.asks.map(asked => asked.name)).toEqual(['to'])
    Object.assign(self.memory, { heard: { C: { atMs: 58_000, term: 1, says: 'beat' }, D: { atMs: 59_000, term: 1, says: 'vote' } } })
    expect(redirect(null)?.action).toMatchObject({ to: 'C' })
    expect(redirect('D')?.action).toMatchObject({ to: 'D' })
    expect(usualPeer(mission.view(self), 'nobody')).toBe('C')
  })

  test('the line that says what to do counts down for the eye and not for the ear', () => {
    const desk = deskOf(mission, withRequests(selfWith([{ from: 'B', kind: 'ask-vote', term: 2, atMs: 59_000 }]), 1), 'L2', none, null)
    expect(nowLine(desk, 60_000).seen).toEqual(['B asks for your vote in term 2.', 'Stamp parcel 1000 runs out in 9 s.'])
    expect(nowLine(desk, 60_000).spoken).toBe(nowLine(desk, 63_000).spoken)
    expect(nowLine(deskOf(mission, selfWith([], 12_000), 'L2', none, null), 12_000).seen[0]).toMatch(/^Nothing waits for you\. Your ring runs out in \d+ s: stand\.$/)
  })
})

describe('hands', () => {
  function setUp(live = true) {
    const state = { nowMs: 1_000, live }, acts: unknown[] = [], said: string[] = []
    const answers: ((answer: Answer) => void)[] = []
    const hands = makeHands({
      now: () => state.nowMs, live: () => state.live, say: text => { said.push(text) },
      act: action => { acts.push(action); return new Promise(resolve => { answers.push(resolve) }) },
    })
    return { hands, state, acts, said, answers }
  }
  const choice = (rest: Partial<Choice> = {}): Choice => ({ id: 'stand', label: 'Stand', consequence: null, action: { kind: 'stand' }, asks: [], now: {}, refusal: null, warning: null, inRow: false, number: 1, ...rest })
  const deskWith = (...dock: Choice[]): Desk => ({ ...deskOf(mission, selfWith([]), 'L2', none, null), dock })

  test('one press is one action, however often it is repeated before the answer', async () => {
    const { hands, acts, answers } = setUp()
    hands.press(choice())
    hands.press(choice())
    expect(acts).toEqual([{ kind: 'stand' }])
    answers[0]?.({ ok: true })
    await Promise.resolve()
    await Promise.resolve()
    hands.press(choice())
    expect(acts.length).toBe(2)
  })

  test('a warned key needs a second press: no double click, and none long after', () => {
    const { hands, state, acts } = setUp()
    const warned = choice({ warning: 'You voted already. Press once more to vote twice.' })
    hands.press(warned)
    state.nowMs += WARNED_MS_LEAST - 1
    hands.press(warned)
    expect(acts).toEqual([])
    state.nowMs += WARNED_MS_MOST
    hands.press(warned)
    expect(acts).toEqual([])
    state.nowMs += WARNED_MS_LEAST
    hands.press(warned)
    expect(acts.length).toBe(1)
  })

  test('a number that has just come to mean something else is not pressed by a late finger', () => {
    const { hands, state, acts, said } = setUp()
    hands.see(deskWith(choice()))
    state.nowMs += 5_000
    const changed = deskWith(choice({ id: 'grant 4', action: { kind: 'grant', letter: 4 } }))
    hands.see(changed)
    state.nowMs += STEADY_MS - 1
    hands.pressNumber(changed, 1)
    expect(acts).toEqual([])
    expect(said.length).toBe(1)
    state.nowMs += 1
    hands.pressNumber(changed, 1)
    expect(acts).toEqual([{ kind: 'grant', letter: 4 }])
  })

  test('nothing is done on a screen whose network is gone, and what physics refuses is said and not sent', () => {
    const { hands, state, acts, said } = setUp(false)
    hands.press(choice())
    state.live = true
    hands.press(choice({ refusal: 'You are not standing.' }))
    hands.pressNumber(deskWith(), 1)
    expect(acts).toEqual([])
    expect(said).toEqual(['Your network is gone.', 'You are not standing.'])
  })

  test('a refusal of the room is said', async () => {
    const { hands, answers, said } = setUp()
    hands.press(choice())
    answers[0]?.({ ok: false, reason: 'That message is gone.' })
    await Promise.resolve()
    await Promise.resolve()
    expect(said).toEqual(['That message is gone.'])
  })

  test('what was asked of a node is under way until the node did it, refused it, or has nothing left to do', async () => {
    const { hands, answers } = setUp()
    const grant = choice({ id: 'grant 4', action: { kind: 'grant', letter: 4 } }), deny = choice({ id: 'deny 5', action: { kind: 'deny', letter: 5 } })
    const pending = (): string[] => [...hands.underWay.value]
    const press = (...some: Choice[]): void => some.forEach(one => hands.press(one))
    press(choice(), grant, deny)
    for (const answer of answers.splice(0)) answer({ ok: true })
    await Promise.resolve()
    await Promise.resolve()
    expect([pending(), hands.sending.value.size]).toEqual([['stand', 'grant 4', 'deny 5'], 0])
    hands.did({ kind: 'grant', letter: 3 })
    expect(pending()).toEqual(['stand', 'grant 4', 'deny 5'])
    // The node works in order: what came before and left no trace is gone.
    hands.did({ kind: 'grant', letter: 4 })
    expect(pending()).toEqual(['deny 5'])
    hands.did('refused')
    press(choice(), grant)
    hands.did('nothing left')
    expect(pending()).toEqual([])
    press(deny)
    answers.at(-1)?.({ ok: false, reason: 'The round is over.' })
    await Promise.resolve()
    await Promise.resolve()
    expect(pending()).toEqual([])
  })

  test('a key that asks for more opens a form, and does nothing before it is filled in', () => {
    const { hands, acts } = setUp()
    const asks = choice({ id: 'set-timeout', action: { kind: 'set-timeout' }, asks: [{ name: 'timeoutMs', field: { type: 'integer', least: 1, most: 9, step: 1, unit: 'ms', label: 'Wait', usual: 5 } }] })
    hands.press(asks)
    expect([hands.editing.value, acts.length]).toEqual(['set-timeout', 0])
    hands.fill(asks, { timeoutMs: 7 })
    expect(acts).toEqual([{ kind: 'set-timeout', timeoutMs: 7 }])
    expect(hands.editing.value).toBeNull()
  })
})

describe("a node's own clock on its screen", () => {
  test('runs at the speed of the room, stands when told to, and never runs backwards', () => {
    const clock = nodeClock()
    clock.pace(2, 0)
    clock.tell(10_000, 0)
    expect(clock.at(500)).toBe(11_000)
    clock.pace(0, 500)
    expect(clock.at(9_000)).toBe(11_000)
    clock.pace(1, 9_000)
    // A step that was long on its way shows an earlier time.
    clock.tell(10_900, 9_050)
    expect(clock.at(9_060)).toBe(11_000)
    expect(clock.at(9_500)).toBe(11_350)
    clock.reset()
    clock.tell(5_000, 10_000)
    expect(clock.at(10_000)).toBe(5_000)
  })
})

describe('the picture', () => {
  const now = { clockMs: 60_000, shownMs: 5, flights: [], frozen: false, crashed: false, picked: null, alarms: [], isBot: (id: string) => id === 'B' }
  const self = selfWith([])
  Object.assign(self.memory, { heard: { B: { atMs: 59_000, term: 1, says: 'beat' }, C: { atMs: 20_000, term: 1, says: 'vote' } } })
  const scene = (rest: Partial<typeof now> = {}) => sceneOf('A', self.peers, mission.view(self), { ...now, ...rest })

  test('shows of peers what the node believes, and how old that is', () => {
    const nodes = Object.fromEntries(scene().nodes.map(node => [node.id, node]))
    expect(nodes['B']).toMatchObject({ state: 'ok', shape: 'square', pennant: true, lines: ['alive', 'heard 1.0 s ago', 'leads term 1'] })
    expect(nodes['B']?.freshness).toBeGreaterThan(0.9)
    expect(nodes['C']).toMatchObject({ state: 'suspected', freshness: 0, pennant: false })
    expect(nodes['D']).toMatchObject({ state: 'silent', freshness: 0, ring: null })
  })

  test('whoever has crashed sees nothing and remembers nobody', () => {
    const dark = scene({ crashed: true })
    expect(dark.dark).toBe(true)
    expect(dark.nodes.filter(node => !node.own).map(node => [node.state, node.lines])).toEqual(self.peers.map(() => ['silent', []]))
  })
})

describe('the question for whoever has crashed', () => {
  test('asks for the one value with another fate', () => {
    const plate = mission.view(selfWith([])).plate
    expect(predictionOf(plate)).toEqual({ asks: 'gone', options: ['Term', 'Voted for', 'Timeout'], answer: 'Timeout' })
  })
  test('asks nothing when all share one fate', () => {
    expect(predictionOf([{ label: 'Term', value: '1', where: 'disk' }])).toBeNull()
  })
})

describe('words that explain themselves', () => {
  const glossary = { term: 'T', vote: 'V', 'split vote': 'S' }
  const found = (text: string): string[] => glossedParts(text, glossary).flatMap(part => (part.meaning === null ? [] : [`${part.text}=${part.meaning}`]))

  test('whole words, plurals, any case, and the longest first', () => {
    expect(found('One vote a term. Terms end; a split vote decides nothing. Determined voters.')).toEqual(['vote=V', 'term=T', 'Terms=T', 'split vote=S'])
  })

  test('nothing of the text is lost, and markup stays text', () => {
    for (const text of ['', 'vote', 'a <b>vote</b> & "term"', 'no such words (+?)']) expect(glossedParts(text, glossary).map(part => part.text).join('')).toBe(text)
    expect(glossedParts('a vote', {})).toEqual([{ text: 'a vote', meaning: null }])
  })
})
