import type { Scenario } from '../../sim/scenario.ts'
import { factsIn } from '../tell-facts.ts'
import { wordedIn } from '../worded.ts'
import { actionsIn } from './actions.ts'
import { chaosLimits } from './chaos.ts'
import { claims } from './claims/index.ts'
import { figures } from './figures.ts'
import { misconceptions } from './misconceptions.ts'
import { levels, mayGrant, rules } from './rules.ts'
import { arrive, holdsLease, majority, mustWait, standAtMs, state, timings } from './state.ts'
import { tellingIn } from './view.ts'
import type { Action, Election, Self } from './types.ts'
import { english } from './words/en.ts'
import type { ElectionWords } from './words/en.ts'

/** Mission 5: who leads? Leader election with terms, votes on disk and leases (after Raft, Ongaro and Ousterhout, 2014). */
const base: Omit<Scenario<Election>, 'title' | 'lesson' | 'actions' | 'view' | 'tellLetter' | 'tellRequest' | 'tellReply' | 'tellOperation' | 'badge'> = {
  id: 'election',
  version: 1,
  nodes: { min: 3, usual: 5, max: 7 },
  timings,
  speed: (level) => (level === 'L0' ? 0.5 : level === 'L3' ? 10 : 1),
  latency: { shape: 'log-normal', medianMs: 2_500, leastMs: 1_500, mostMs: 6_000 },
  state,
  messages: {
    'ask-vote': { letter: 'R', family: 'ask', name: 'REQUEST_VOTE', about: (message) => `${message.term}` },
    vote: { letter: 'Y', family: 'answer', name: 'VOTE', about: (message) => `${message.term}`, hollow: (message) => !message.granted },
    beat: { letter: 'H', family: 'beat', name: 'HEARTBEAT', about: (message) => `${message.term}.${message.beat}` },
    'beat-ack': { letter: 'K', family: 'answer', name: 'ACK', about: (message) => `${message.term}.${message.beat}` },
  },
  arrive,
  alarms(self) {
    const { memory } = self
    return {
      beat: memory.role !== 'leader' ? null : memory.beatAtMs === null ? memory.ledAtMs : memory.beatAtMs + (self.timings['beatIntervalMs'] as number),
      ask: memory.role === 'candidate' && memory.askedAtMs !== null ? memory.askedAtMs + (self.timings['askIntervalMs'] as number) : null,
      stand: memory.role === 'leader' ? null : standAtMs(self),
    }
  },
  rules,
  levels,
  misconceptions,
  workload: {
    customers: (nodes) => Math.max(1, Math.floor(nodes / 2)),
    gapMs: [8_000, 16_000],
    deadlineMs: 20_000,
    redirectMs: 500,
    stickyPercent: 50,
    operation: (customer, n) => ({ kind: 'stamp', parcel: (customer + 1) * 1_000 + n }),
  },
  claims,
  figures,
  bentClocks: false,
  chaos: [
    { do: 'fault', atMs: 60_000, type: 'partition', params: { side: ['leader'] }, durationMs: 45_000 },
    { do: 'fault', atMs: 130_000, type: 'pause', params: { nodes: ['leader'] }, durationMs: 40_000 },
    { do: 'fault', atMs: 190_000, type: 'crash', params: { nodes: ['leader'] }, durationMs: 25_000 },
  ],
  chaosLimits,
  allows,
}

/** The mission in the words of a language. What happens in it, its claims and its recordings do not depend on them. */
export function electionIn(words: ElectionWords): Scenario<Election> {
  return {
    ...base, title: words.title, lesson: words.lesson, actions: actionsIn(words.keys), alarmNames: words.alarms, behind: { unit: words.behind, of: (disk) => disk.term },
    ...wordedIn(base, words), tellFact: factsIn(words.facts), ...tellingIn(words.screen),
  }
}

export const election = electionIn(english)

/** What a node that plays well could have done, with what it knew. */
function allows(self: Self, event: Parameters<Scenario<Election>['allows']>[1], action: Action | 'nothing'): boolean {
  const kind = action === 'nothing' ? 'nothing' : action.kind
  // Whatever it was about: nobody leads without a majority, or stands while a leader may be there.
  if (kind === 'lead') return self.memory.role === 'candidate' && self.memory.votes.length >= majority(self)
  if (kind === 'stand') return !mustWait(self)
  if (kind === 'adopt-term') return event.on === 'message' && event.letter.message.term > self.disk.term
  switch (event.on) {
    case 'message':
      if (event.letter.message.kind === 'ask-vote') return kind === 'grant' ? mayGrant(self, event) : kind === 'deny' || (kind === 'nothing' && !mayGrant(self, event))
      return kind !== 'grant'
    case 'request': return kind === 'serve' ? holdsLease(self) : kind === 'redirect' ? self.memory.leader !== null && self.memory.role !== 'leader' : !holdsLease(self)
    case 'alarm': return event.name !== 'stand' ? true : kind === 'set-timeout'
    case 'start': return true
  }
}
