import { fail } from '../../sim/assert.ts'
import { integer, letter, peer } from '../../sim/fields.ts'
import { placeOf } from '../../sim/letters.ts'
import type { Scenario } from '../../sim/scenario.ts'
import type { Letter, OpenRequest } from '../../sim/types.ts'
import { doubtAtMs, knownOf, silentSinceMs, timing } from './state.ts'
import { INTERVAL_MS, TIMEOUT_MS } from './types.ts'
import type { Heartbeat, Known, Message, Self } from './types.ts'
import type { HeartbeatWords } from './words/en.ts'

type On = Letter<Message> | OpenRequest<Heartbeat['operation']> | null
const isLetter = (on: On): on is Letter<Message> => on !== null && 'message' in on
const seconds = (ms: number): number => Math.round(ms / 1_000)
const known = (self: Self, id: string): Known => knownOf(self, id) ?? fail(`${id} is no peer of ${self.id}`)

/** Whom the student would suspect next: of those believed alive, the one whose time runs out first. */
function nextInDoubt(self: Self): string | null {
  const due = self.peers.flatMap((id) => { const atMs = doubtAtMs(self, id); return atMs === null ? [] : [{ id, atMs }] })
  return due.toSorted((a, b) => a.atMs - b.atMs)[0]?.id ?? null
}

/** The verbs of the mission; what they do is the same in every language. */
export const actionsIn = (say: HeartbeatWords['keys']): Scenario<Heartbeat>['actions'] => ({
  beat: {
    fields: {},
    label: () => say.beat,
    consequence: (self) => say.toAll(self.memory.beat + 1),
    offered: () => true,
    perform(self, _action, out) {
      const { memory } = self
      memory.beat++
      memory.beatAtMs = self.clockMs
      for (const to of self.peers) out.send(to, { kind: 'beat', beat: memory.beat })
    },
  },
  suspect: {
    fields: { peer: peer() },
    label: () => say.suspect,
    consequence(self, _on, to) { const id = to ?? nextInDoubt(self); return id === null ? say.nobodyLeft : say.silent(id, seconds(self.clockMs - silentSinceMs(self, id))) },
    offered: (self) => self.peers.some((id) => knownOf(self, id)?.belief === 'alive'),
    warning(self, { peer: id }) {
      const agoMs = self.clockMs - (knownOf(self, id)?.heardAtMs ?? -Infinity)
      return agoMs < timing(self, 'earnedMs') ? say.tooSoon(id, seconds(agoMs)) : null
    },
    perform(self, action) { known(self, action.peer).belief = 'suspected' },
  },
  trust: {
    fields: { letter: letter('beat') },
    label: () => say.trust,
    consequence: (_self, on) => (isLetter(on) ? say.again(on.from) : ''),
    offered: (self, on) => isLetter(on) && knownOf(self, on.from)?.belief === 'suspected',
    perform(self, action) { known(self, (self.inbox[placeOf(self.inbox, action.letter)] ?? fail(`letter ${action.letter} is not in the inbox`)).from).belief = 'alive' },
  },
  'set-timeout': {
    fields: { peer: peer(), timeoutMs: integer(say.timeout, 'ms', TIMEOUT_MS.least, TIMEOUT_MS.most, 18_000, 1_000) },
    label: () => say.waitOne,
    consequence: (_self, _on, to) => (to === null || to === undefined ? say.forOne : say.forPeer(to)),
    now: (self, to) => { const one = to === null ? undefined : knownOf(self, to); return one === undefined ? {} : { timeoutMs: one.timeoutMs } },
    offered: () => true,
    perform(self, action) { known(self, action.peer).timeoutMs = action.timeoutMs },
  },
  'set-all': {
    fields: { timeoutMs: integer(say.timeout, 'ms', TIMEOUT_MS.least, TIMEOUT_MS.most, 18_000, 1_000) },
    label: () => say.waitAll,
    consequence: () => say.forAll,
    now: (self) => ({ timeoutMs: Math.max(...Object.values(self.memory.of).map((one) => one.timeoutMs)) }),
    offered: () => true,
    perform(self, action) {
      self.memory.fixed = true
      for (const one of Object.values(self.memory.of)) one.timeoutMs = action.timeoutMs
    },
  },
  'set-interval': {
    fields: { intervalMs: integer(say.interval, 'ms', INTERVAL_MS.least, INTERVAL_MS.most, 6_000, 1_000) },
    label: () => say.beatEvery,
    consequence: (self) => say.every(seconds(self.memory.intervalMs)),
    now: (self) => ({ intervalMs: self.memory.intervalMs }),
    offered: () => true,
    perform(self, action) { self.memory.intervalMs = action.intervalMs },
  },
})
