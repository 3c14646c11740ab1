import type { Rule } from '../../sim/scenario.ts'
import { NODE_IDS } from '../../sim/types.ts'
import type { NodeEvent, NodeId, Trigger } from '../../sim/types.ts'
import { doubtAtMs, doubted, doubtName, knownOf, tunedMs } from './state.ts'
import type { Heartbeat, Self } from './types.ts'
import { english } from './words/en.ts'

type Event = NodeEvent<Heartbeat>
type HeartbeatRule = Rule<Heartbeat>

const doubts: readonly Trigger[] = NODE_IDS.map((peer): Trigger => `alarm ${doubtName(peer)}`)
export const senderOf = (event: Event): NodeId | null => (event.on === 'message' ? event.letter.from : null)
const letterOf = (event: Event): number => (event.on === 'message' ? event.letter.n : -1)
const inDoubt = (event: Event): NodeId | null => (event.on === 'alarm' ? doubted(event.name) : null)

/** Whether the timeout of the peer that an alarm names has run out, and it is still believed alive. */
export function ranOut(self: Self, event: Event): boolean {
  const peer = inDoubt(event), dueMs = peer === null ? null : doubtAtMs(self, peer)
  return dueMs !== null && self.clockMs >= dueMs
}

/** In the order in which they are asked: who is heard is trusted again before its timeout is tuned. */
export const rules = {
  beat: {
    on: ['start', 'alarm beat'],
    sort: 'chore',
    sentence: english.rules.beat,
    when: () => true,
    act: () => [{ kind: 'beat' }],
  },
  trust: {
    on: ['message beat'],
    sort: 'handler',
    sentence: english.rules.trust,
    when: (self, event) => knownOf(self, senderOf(event) ?? '')?.belief === 'suspected',
    act: (_self, event) => [{ kind: 'trust', letter: letterOf(event) }],
  },
  tune: {
    on: ['message beat'],
    sort: 'judgement',
    sentence: english.rules.tune,
    when(self, event) {
      const peer = senderOf(event) ?? '', wanted = self.memory.fixed ? null : tunedMs(self, peer)
      return wanted !== null && wanted !== knownOf(self, peer)?.timeoutMs
    },
    act: (self, event) => [{ kind: 'set-timeout', peer: senderOf(event) ?? '', timeoutMs: tunedMs(self, senderOf(event) ?? '') ?? 0 }],
  },
  suspect: {
    on: doubts,
    sort: 'judgement',
    sentence: english.rules.suspect,
    when: ranOut,
    act: (_self, event) => [{ kind: 'suspect', peer: inDoubt(event) ?? '' }],
  },
} as const satisfies { [id: string]: HeartbeatRule }

/** What runs by itself at each level; a bot runs all. */
export const levels = { L0: [], L1: ['beat'], L2: ['beat', 'trust'], L3: Object.keys(rules) } as const
