import type { Scenario } from '../../shared/sim/scenario.ts'
import type { Level, NodeEvent, Self, Trigger } from '../../shared/sim/types.ts'
import type { Desk } from './choices.ts'

/** Hints at a time. */
const hintsMost = 2

/** What lies before the student now, as events that a rule may be asked about: the hot card, the hot ticket, then alarms that are due. */
function eventsOf(scenario: Scenario, self: Self, desk: Desk): { trigger: Trigger; event: NodeEvent }[] {
  const card = desk.cards.find(({ state }) => state === 'hot'), ticket = desk.tickets.find(({ hot }) => hot)
  const due = Object.entries(scenario.alarms(self)).filter((entry): entry is [string, number] => entry[1] !== null && entry[1] <= self.clockMs)
  return [
    ...(card === undefined ? [] : [{ trigger: `message ${card.letter.message.kind}` as const, event: { on: 'message' as const, letter: card.letter } }]),
    ...(ticket === undefined ? [] : [{ trigger: 'request' as const, event: { on: 'request' as const, request: ticket.request } }]),
    ...due.map(([name, dueMs]) => ({ trigger: `alarm ${name}` as const, event: { on: 'alarm' as const, name, dueMs } })),
  ]
}

/**
 * Sentences of the rules that a node playing by them would follow now, of those that do not run by themselves at this level. It knows what the
 * student's node knows and nothing else.
 */
export function hintsOf(scenario: Scenario, level: Level, self: Self, desk: Desk): string[] {
  const own = scenario.levels[level]
  const hints = eventsOf(scenario, self, desk).flatMap(({ trigger, event }) => Object.entries(scenario.rules).flatMap(([id, rule]) => (
    !own.includes(id) && rule.on.includes(trigger) && rule.when(self, event) ? [rule.sentence] : [])).slice(0, 1))
  return [...new Set(hints)].slice(0, hintsMost)
}
