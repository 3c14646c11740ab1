import { factsIn } from '../tell-facts.ts'
import { wordedIn } from '../worded.ts'
import type { Scenario } from '../../sim/scenario.ts'
import { actionsIn } from './actions.ts'
import { chaos, chaosLimits } from './chaos.ts'
import { claims } from './claims/index.ts'
import { figures } from './figures.ts'
import { misconceptions } from './misconceptions.ts'
import { levels, rules, senderOf } from './rules.ts'
import { arrive, doubtAtMs, doubtName, knownOf, silentSinceMs, state, timing, timings } from './state.ts'
import { tellingIn } from './view.ts'
import type { Action, Heartbeat, Self } from './types.ts'
import { english } from './words/en.ts'
import type { HeartbeatWords } from './words/en.ts'

/** Mission 1: is it dead or only slow? A failure detector of heartbeats and timeouts (after Chandra and Toueg, 1996). */
const base: Omit<Scenario<Heartbeat>, 'title' | 'lesson' | 'actions' | 'view' | 'tellLetter' | 'tellRequest' | 'tellReply' | 'badge'> = {
  id: 'heartbeat',
  version: 1,
  nodes: { min: 3, usual: 5, max: 7 },
  leaderless: true,
  timings,
  speed: (level) => (level === 'L0' ? 0.5 : level === 'L3' ? 10 : 1),
  latency: { shape: 'log-normal', medianMs: 2_500, leastMs: 1_500, mostMs: 6_000 },
  state,
  messages: { beat: { letter: 'H', family: 'beat', name: 'HEARTBEAT', about: (message) => `${message.beat}` } },
  arrive,
  alarms(self) {
    const { memory } = self
    return {
      beat: memory.beatAtMs === null ? memory.wokeAtMs : memory.beatAtMs + memory.intervalMs,
      ...Object.fromEntries(self.peers.map((peer) => [doubtName(peer), doubtAtMs(self, peer)])),
    }
  },
  rules,
  levels,
  misconceptions,
  // Nobody asks this cluster for anything: what it does is to watch itself.
  workload: { customers: () => 0, gapMs: [8_000, 16_000], deadlineMs: 20_000, redirectMs: 500, stickyPercent: 50, operation: () => ({ kind: 'none' }) },
  claims,
  figures,
  bentClocks: false,
  chaos,
  chaosLimits,
  allows,
}

/** The mission in the words of a language. What happens in it, its claims and its recordings do not depend on them. */
export function heartbeatIn(words: HeartbeatWords): Scenario<Heartbeat> {
  return { ...base, ...wordedIn(base, words), title: words.title, lesson: words.lesson, actions: actionsIn(words.keys), alarmNames: words.alarms, tellFact: factsIn(words.facts), ...tellingIn(words.screen) }
}

export const heartbeat = heartbeatIn(english)

/** What a node that plays well could have done, with what it knew. */
function allows(self: Self, event: Parameters<Scenario<Heartbeat>['allows']>[1], action: Action | 'nothing'): boolean {
  const kind = action === 'nothing' ? 'nothing' : action.kind
  // Numbers may be set to whatever one likes; what comes of them is judged by the figures.
  if (kind === 'set-timeout' || kind === 'set-all' || kind === 'set-interval' || kind === 'beat') return true
  // Who is believed alive, and was not heard for longer than usual gaps, may be suspected: the timeout could have been as short.
  if (action !== 'nothing' && action.kind === 'suspect') return knownOf(self, action.peer)?.belief === 'alive' && self.clockMs - silentSinceMs(self, action.peer) >= timing(self, 'earnedMs')
  switch (event.on) {
    case 'message': {
      const peer = senderOf(event) ?? '', suspected = knownOf(self, peer)?.belief === 'suspected'
      return kind === 'trust' ? suspected : kind === 'nothing' ? !suspected : false
    }
    case 'alarm': {
      return kind === 'nothing' && self.peers.every((peer) => doubtAtMs(self, peer) === null || self.clockMs - silentSinceMs(self, peer) < timing(self, 'tuneMostMs'))
    }
    case 'request': case 'start': return kind === 'nothing'
  }
}
