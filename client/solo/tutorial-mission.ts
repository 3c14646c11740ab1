import { letter, peer } from '../../shared/sim/fields.ts'
import { placeOf } from '../../shared/sim/letters.ts'
import type { PeerView, Scenario, StudentView } from '../../shared/sim/scenario.ts'
import type { ClockMs, NodeId, Self as AnySelf } from '../../shared/sim/types.ts'
import { texts } from '../texts/solo.ts'

/** The practice before all missions: three nodes that say hello. It is played through the same screen, rules and physics as they are, by hand. */

export interface Hello {
  disk: object
  memory: { of: { [peer: NodeId]: Known } }
  message: { kind: 'hello' | 'reply' }
  action: { kind: 'hello'; peer: NodeId } | { kind: 'doubt'; peer: NodeId } | { kind: 'answer'; letter: number } | { kind: 'trust'; letter: number }
  operation: { kind: 'none' }
  reply: { kind: 'none' }
}
/** `askedAtMs`: of a hello that has no answer yet. */
export interface Known { belief: 'alive' | 'suspected'; heardAtMs: ClockMs | null; askedAtMs: ClockMs | null; answered: boolean }
export type HelloSelf = AnySelf<Hello>

/** After so long without an answer a peer may be doubted, in ms. */
export const PATIENCE_MS = 8_000

const say = texts.tutorial.mission
const known = (self: HelloSelf, id: NodeId): Known => self.memory.of[id] ?? { belief: 'alive', heardAtMs: null, askedAtMs: null, answered: false }
/** A peer whose answer is overdue and that is believed alive. */
const overdue = (self: HelloSelf): NodeId | null => self.peers.find((id) => { const { askedAtMs, belief } = known(self, id); return askedAtMs !== null && belief === 'alive' && self.clockMs - askedAtMs >= PATIENCE_MS }) ?? null
/** Whom to greet next: who was not greeted yet comes first. */
const next = (self: HelloSelf): NodeId | null => self.peers.find((id) => known(self, id).askedAtMs === null && !known(self, id).answered) ?? null
const senderOf = (self: HelloSelf, n: number): NodeId => self.inbox[placeOf(self.inbox, n)]?.from ?? ''

function peerView(self: HelloSelf, id: NodeId): PeerView {
  const { belief, heardAtMs } = known(self, id)
  return { belief: belief === 'suspected' ? 'suspected' : heardAtMs === null ? 'silent' : 'alive', heardAtMs, patienceMs: 60_000, fill: 'empty', pennant: false, note: null }
}

function nowWords(self: HelloSelf): string | null {
  const owes = overdue(self), left = self.peers.filter((id) => known(self, id).askedAtMs === null && !known(self, id).answered)
  return owes !== null ? say.owes(owes) : left.length > 0 ? say.notGreeted(left.join(' ')) : null
}

function view(self: HelloSelf): StudentView {
  const waits = self.peers.find((id) => known(self, id).askedAtMs !== null && known(self, id).belief === 'alive'), fromMs = waits === undefined ? null : known(self, waits).askedAtMs
  const heard = self.peers.filter((id) => known(self, id).heardAtMs !== null), doubted = self.peers.filter((id) => known(self, id).belief === 'suspected')
  return {
    role: '', fill: 'empty', pennant: false, aim: overdue(self) ?? next(self), now: nowWords(self),
    plate: [{ label: say.heard, value: heard.join(' ') || say.nobody, where: 'memory' }, { label: say.doubted, value: doubted.join(' ') || say.nobody, where: 'memory' }],
    peers: Object.fromEntries(self.peers.map((id) => [id, peerView(self, id)])),
    ring: waits === undefined || fromMs === null ? null : { label: say.wait(waits), fromMs, dueMs: fromMs + PATIENCE_MS },
    panels: [{ kind: 'table', title: say.panel, head: [say.peer, say.state], empty: '', rows: self.peers.map((id) => {
      const { belief, heardAtMs, askedAtMs } = known(self, id)
      return { key: id, cells: [id, belief === 'suspected' ? say.isDoubted : askedAtMs !== null ? say.isAsked : heardAtMs === null ? say.isUnknown : say.isHeard], ...(overdue(self) === id ? { mark: true as const } : {}) }
    }) }],
  }
}

export const tutorialMission: Scenario<Hello> = {
  id: 'tutorial', version: 1, title: say.title,
  lesson: { brief: '', ruleCard: { title: say.title, rules: say.rules }, runbook: [], questions: [], glossary: {} },
  nodes: { min: 3, usual: 3, max: 3 }, leaderless: true, timings: () => ({ patienceMs: PATIENCE_MS }), speed: () => 1,
  latency: { shape: 'log-normal', medianMs: 1_600, leastMs: 1_200, mostMs: 2_500 },
  state: (_id, peers) => ({ disk: {}, memory: { of: Object.fromEntries(peers.map((id): [NodeId, Known] => [id, { belief: 'alive', heardAtMs: null, askedAtMs: null, answered: false }])) } }),
  messages: { hello: { letter: 'H', family: 'ask', name: 'HELLO', about: () => 'hello' }, reply: { letter: 'Y', family: 'answer', name: 'HELLO_BACK', about: () => 'hello' } },
  bentClocks: false,
  arrive(self, from, message) {
    const one = self.memory.of[from]
    if (one === undefined) return
    one.heardAtMs = self.clockMs
    if (message.kind === 'reply') one.askedAtMs = null
  },
  actions: {
    answer: {
      fields: { letter: letter('hello') }, label: () => say.answer, consequence: (_self, on) => (on !== null && 'from' in on ? texts.tutorial.to(on.from) : ''),
      offered: (_self, on) => on !== null && 'message' in on && on.message.kind === 'hello' && !on.handled,
      perform(self, action, out) { out.send(senderOf(self, action.letter), { kind: 'reply' }) },
    },
    trust: {
      fields: { letter: letter('reply') }, label: () => say.trust, consequence: (_self, on) => (on !== null && 'from' in on ? say.again(on.from) : ''),
      offered: (self, on) => on !== null && 'message' in on && known(self, on.from).belief === 'suspected',
      perform(self, action) { const one = self.memory.of[senderOf(self, action.letter)]; if (one !== undefined) one.belief = 'alive' },
    },
    hello: {
      fields: { peer: peer() }, label: () => say.hello,
      offered: (self) => next(self) !== null,
      perform(self, action, out) {
        const one = self.memory.of[action.peer]
        if (one !== undefined) { one.askedAtMs = self.clockMs; one.answered = true }
        out.send(action.peer, { kind: 'hello' })
      },
    },
    doubt: {
      fields: { peer: peer() }, label: () => say.doubt,
      consequence: (_self, _on, to) => (to === null || to === undefined ? '' : say.tooLong(to)),
      offered: (self) => overdue(self) !== null,
      perform(self, action) { const one = self.memory.of[action.peer]; if (one !== undefined) one.belief = 'suspected' },
    },
  },
  alarms: () => ({}),
  rules: {
    answer: { on: ['message hello'], sort: 'handler', sentence: say.answerRule, when: () => true, act: (_self, event) => (event.on === 'message' ? [{ kind: 'answer', letter: event.letter.n }] : []) },
  },
  levels: { L0: [], L1: [], L2: [], L3: [] },
  misconceptions: {}, claims: {}, figures: {}, chaos: [], chaosLimits: {},
  workload: { customers: () => 0, gapMs: [8_000, 16_000], deadlineMs: 20_000, redirectMs: 500, stickyPercent: 50, operation: () => ({ kind: 'none' }) },
  view,
  tellLetter: (_self, { from, message }) => ({ text: message.kind === 'hello' ? say.greets(from) : say.answers(from), why: null, stale: false }),
  tellRequest: () => ({ command: '', hold: '' }), tellReply: () => '',
  badge: () => ({ fill: 'empty', pennant: false, tab: '', words: '', leads: false }),
  allows: () => true,
}
