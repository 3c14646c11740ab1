import { factsIn } from '../tell-facts.ts'
import { wordedIn } from '../worded.ts'
import type { Scenario } from '../../sim/scenario.ts'
import type { NodeEvent } from '../../sim/types.ts'
import { actionsIn } from './actions.ts'
import { chaos, chaosLimits } from './chaos.ts'
import { claims, history } from './claims/index.ts'
import { figures } from './figures.ts'
import { misconceptions } from './misconceptions.ts'
import { levels, rules } from './rules.ts'
import { about, next, state, timingOf, timings, under, underOf } from './state.ts'
import type { Next } from './state.ts'
import { KEYS } from './types.ts'
import type { Action, QuorumStore, Self } from './types.ts'
import { tellingIn } from './view.ts'
import { english } from './words/en.ts'
import type { QuorumWords } from './words/en.ts'

/** Mission 3: how many copies are enough? Registers on replicas with read and write quorums (Gifford, 1979; Attiya, Bar-Noy and Dolev, 1995). */
const base: Omit<Scenario<QuorumStore>, 'title' | 'lesson' | 'actions' | 'view' | 'tellLetter' | 'tellRequest' | 'tellReply' | 'badge'> = {
  id: 'quorum-store',
  version: 1,
  nodes: { min: 3, usual: 5, max: 7 },
  leaderless: true,
  timings,
  speed: (level) => (level === 'L0' ? 0.5 : level === 'L3' ? 10 : 1),
  latency: { shape: 'log-normal', medianMs: 2_500, leastMs: 1_500, mostMs: 6_000 },
  state,
  messages: {
    query: { letter: 'Q', family: 'ask', name: 'QUERY', about: (message) => message.op },
    value: { letter: 'V', family: 'answer', name: 'VALUE', about: (message) => message.op, hollow: (message) => message.copy.value === null },
    store: { letter: 'S', family: 'order', name: 'STORE', about: (message) => message.op },
    stored: { letter: 'K', family: 'answer', name: 'STORED', about: (message) => message.op },
  },
  arrive: () => undefined,
  alarms(self) {
    const due = under(self).map(({ one }) => one.sentAtMs + timingOf(self))
    return { repeat: due.length === 0 ? null : Math.min(...due) }
  },
  rules,
  levels,
  misconceptions,
  workload: {
    customers: (nodes) => Math.max(2, nodes - 2),
    gapMs: [6_000, 14_000], deadlineMs: 40_000, redirectMs: 500, stickyPercent: 40,
    operation(customer, n, dice) {
      // One key is asked for three times as often: operations must meet to go wrong.
      const key = KEYS[dice.between('key', `${customer} ${n}`, 0, 3) === 0 ? 1 : 0]
      // No two writes of a round write the same value.
      return dice.between('write', `${customer} ${n}`, 0, 1) === 0 ? { kind: 'read', key } : { kind: 'write', key, value: `${customer + 1}${String(n).padStart(2, '0')}` }
    },
  },
  history,
  claims,
  figures,
  bentClocks: true,
  chaos,
  chaosLimits,
  allows,
}

/** The mission in the words of a language. What happens in it, its claims and its recordings do not depend on them. */
export function quorumStoreIn(words: QuorumWords): Scenario<QuorumStore> {
  return { ...base, ...wordedIn(base, words), title: words.title, lesson: words.lesson, actions: actionsIn(words.keys), alarmNames: words.alarms, tellFact: factsIn(words.facts), ...tellingIn(words.screen) }
}

export const quorumStore = quorumStoreIn(english)

/** What a node that plays well could have done, with what it knew. */
function allows(self: Self, event: NodeEvent<QuorumStore>, action: Action | 'nothing'): boolean {
  const kind = action === 'nothing' ? 'nothing' : action.kind
  if (kind === 'repeat' || kind === 'count' || kind === 'reply-fail') return true
  if (action !== 'nothing' && action.kind === 'set-quorum') return action.read + action.write > self.peers.length + 1
  if (action !== 'nothing' && (action.kind === 'store-by-clock')) return false
  if (action !== 'nothing' && 'request' in action && action.kind in next) {
    const waiting = under(self).find(({ request }) => request.n === action.request)
    return waiting !== undefined && next[action.kind as Next](self, waiting)
  }
  if (action !== 'nothing' && action.kind === 'query') return underOf(self, action.request) === undefined
  const ready = about(self, event).some((each) => Object.values(next).some((is) => is(self, each)))
  switch (event.on) {
    case 'request': return kind === 'nothing' ? false : kind === 'query'
    case 'message': {
      const { message } = event.letter
      if (message.kind === 'query') return kind === 'answer'
      // To store what is older changes nothing, but its sender waits to hear of it.
      if (message.kind === 'store') return kind === 'ack'
      return kind === 'nothing' && !ready
    }
    case 'alarm': return kind === 'nothing' && !ready
    case 'start': return kind === 'nothing'
  }
}
