import { factsIn } from '../tell-facts.ts'
import { wordedIn } from '../worded.ts'
import type { Scenario } from '../../sim/scenario.ts'
import type { NodeEvent } from '../../sim/types.ts'
import { actionsIn, opIn, opNumbered, rightAnswer } from './actions.ts'
import { chaos, chaosLimits } from './chaos.ts'
import { claims } from './claims/index.ts'
import { figures } from './figures.ts'
import { misconceptions } from './misconceptions.ts'
import { levels, nextAtMs, rules } from './rules.ts'
import { broughtBy, entryOf, isKnown, isReady, nextStamp, pairOf, state, timingOf, timings } from './state.ts'
import { ORDERS, VERBS } from './types.ts'
import type { Action, Brought, LogicalClocks, Self } from './types.ts'
import { tellingIn } from './view.ts'
import { english } from './words/en.ts'
import type { ClockWords } from './words/en.ts'

/** Mission 2: whose event came first? Lamport clocks (1978), and vector clocks (Fidge, 1988; Mattern, 1989), over an order book that all keep. */
const base: Omit<Scenario<LogicalClocks>, 'title' | 'lesson' | 'actions' | 'view' | 'tellLetter' | 'tellRequest' | 'tellReply' | 'badge'> = {
  id: 'logical-clocks',
  version: 2,
  nodes: { min: 3, usual: 5, max: 7 },
  leaderless: true,
  timings,
  speed: (level) => (level === 'L0' ? 0.5 : level === 'L3' ? 10 : 1),
  latency: { shape: 'log-normal', medianMs: 2_500, leastMs: 1_500, mostMs: 6_000 },
  state,
  messages: {
    op: { letter: 'P', family: 'order', name: 'OPERATION', about: (message) => message.entry.name },
    got: { letter: 'K', family: 'answer', name: 'GOT', about: (message) => message.name },
  },
  arrive: () => undefined,
  alarms: (self) => ({ repeat: self.disk.outbox.length === 0 ? null : self.memory.sentAtMs + timingOf(self), next: nextAtMs(self) }),
  rules,
  levels,
  misconceptions,
  workload: {
    customers: (nodes) => Math.max(2, nodes - 2),
    gapMs: [10_000, 22_000], deadlineMs: 40_000, redirectMs: 500, stickyPercent: 40,
    carries: (reply) => (reply.kind === 'placed' ? { name: reply.entry.name, stamp: [...reply.entry.stamp] } : null),
    operation(customer, n, dice, carried) {
      if (dice.between('compare', `${customer} ${n}`, 0, 3) === 0) return { kind: 'compare' }
      return {
        kind: 'place', verb: VERBS[dice.between('verb', `${customer} ${n}`, 0, VERBS.length - 1)] ?? 'create', order: ORDERS[dice.between('order', `${customer} ${n}`, 0, ORDERS.length - 1)] ?? 1,
        after: carried as unknown as Brought | null,
      }
    },
  },
  claims,
  figures,
  bentClocks: true,
  chaos,
  chaosLimits,
  allows,
}

/** The mission in the words of a language. What happens in it, its claims and its recordings do not depend on them. */
export function logicalClocksIn(words: ClockWords): Scenario<LogicalClocks> {
  return { ...base, ...wordedIn(base, words), title: words.title, lesson: words.lesson, actions: actionsIn(words.keys), alarmNames: words.alarms, tellFact: factsIn(words.facts), ...tellingIn(words.screen) }
}

export const logicalClocks = logicalClocksIn(english)

const isStamp = (self: Self, stamp: readonly number[], told: Parameters<typeof nextStamp>[1]): boolean => nextStamp(self, told).every((value, at) => value === stamp[at])

/** What a node that plays well could have done, with what it knew. */
function allows(self: Self, event: NodeEvent<LogicalClocks>, action: Action | 'nothing'): boolean {
  if (action === 'nothing') {
    switch (event.on) {
      case 'message': { const entry = opIn(event.letter); return entry === null || !isReady(self, entry) }
      // A customer may be let wait for what it builds on.
      case 'request': return event.request.operation.kind === 'place' && !isKnown(self, broughtBy(event.request.operation))
      case 'alarm': return event.name === 'repeat' || nextAtMs(self) === null
      case 'start': return true
    }
  }
  switch (action.kind) {
    case 'repeat': case 'ack': case 'note': return true
    case 'stamp': { const waiting = self.requests.find((one) => one.n === action.request), brought = waiting === undefined ? null : broughtBy(waiting.operation); return waiting !== undefined && isKnown(self, brought) && isStamp(self, action.stamp, brought?.stamp ?? null) }
    case 'apply': { const entry = opNumbered(self, action.letter); return entry !== null && entryOf(self, entry.name) === undefined && isReady(self, entry) && isStamp(self, action.stamp, entry.stamp) }
    case 'answer': return pairOf(self) !== null && action.relation === rightAnswer(self)
    case 'too-few': return pairOf(self) === null
  }
}
